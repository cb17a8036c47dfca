"""Which host ran a sync."""

import sqlalchemy as sa
from alembic import op

revision = "v0002"
down_revision = "v0001"


def upgrade() -> None:
    """Add the column; who ran the earlier syncs is not known."""
    op.add_column("syncs", sa.Column("host", sa.String, nullable=False, server_default=""))
