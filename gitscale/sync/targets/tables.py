"""The two tables as SQLAlchemy knows them; the migrations create them."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, MetaData, String, Table

METADATA = MetaData()

BOTS = Table(
    "bots",
    METADATA,
    Column("name", String(63), primary_key=True),
    Column("strategy", String(63), nullable=False),
    Column("exchange", String(63), nullable=False),
    Column("account", String(200), nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("config", JSON, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("path", String(500), nullable=False),
    Column("blob", String(64), nullable=False),
    Column("revision", String(64), nullable=False),
    Column("updated_at", DateTime, nullable=False),
)

SYNCS = Table(
    "syncs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", String(64), nullable=False),
    Column("branch", String(200), nullable=False),
    Column("renderer", String(100), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("finished_at", DateTime),
    Column("created", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
)
