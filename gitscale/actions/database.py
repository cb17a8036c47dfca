"""gitscale db upgrade: the schema of the database that sync writes."""

from gitscale.actions.deploy import destination
from gitscale.actions.sync import PATIENCE
from gitscale.actions.workspace import Workspace
from gitscale.store.lock import exclusive


def upgrade(workspace: Workspace) -> tuple[str, str]:
    """Bring the schema to this version; the database as shown to people, and its schema version."""
    with exclusive(workspace.repository.state_dir / "sync.lock", patience=PATIENCE):
        rows = destination(workspace).rows
        with rows.writing(PATIENCE):
            rows.upgrade()
        return rows.shown, rows.version() or ""
