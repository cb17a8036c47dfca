"""Alembic migrations of the tables that sync writes."""
