"""The tables `bots` and `syncs`."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "v0001"
down_revision = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "bots",
        sa.Column("name", sa.String(63), primary_key=True),
        sa.Column("strategy", sa.String, nullable=False),
        sa.Column("exchange", sa.String, nullable=False),
        sa.Column("account", sa.String, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("config", sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("blob", sa.String(64), nullable=False),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "syncs",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("revision", sa.String(64), nullable=False),
        sa.Column("branch", sa.String, nullable=False),
        sa.Column("renderer", sa.String, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("created", sa.Integer, nullable=False),
        sa.Column("updated", sa.Integer, nullable=False),
        sa.Column("deleted", sa.Integer, nullable=False),
    )
