"""The two tables as SQLAlchemy knows them; the migrations create them."""

from sqlalchemy import JSON, Boolean, Column, DateTime, Integer, MetaData, String, Table
from sqlalchemy.dialects.postgresql import JSONB

METADATA = MetaData()
CONFIG = JSON().with_variant(JSONB(), "postgresql")
MOMENT = DateTime(timezone=True)  # SQLite knows no zones: UTC there

BOTS = Table(
    "bots",
    METADATA,
    Column("name", String(63), primary_key=True),
    Column("strategy", String, nullable=False),
    Column("exchange", String, nullable=False),
    Column("account", String, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("config", CONFIG, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("path", String, nullable=False),
    Column("blob", String(64), nullable=False),
    Column("revision", String(64), nullable=False),
    Column("updated_at", MOMENT, nullable=False),
)

SYNCS = Table(
    "syncs",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", String(64), nullable=False),
    Column("branch", String, nullable=False),
    Column("renderer", String, nullable=False),
    Column("host", String, nullable=False, server_default=""),
    Column("started_at", MOMENT, nullable=False),
    Column("finished_at", MOMENT),
    Column("created", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("deleted", Integer, nullable=False),
)
