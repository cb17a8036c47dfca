"""Alembic's entry: runs the migrations on the connection that `targets.rows` hands in."""

from alembic import context

from gitscale.sync.targets.tables import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()
