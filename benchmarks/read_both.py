"""The floor under a comparison: both fleets are read and checked, and nothing is judged.

usage: python read_both.py REPOSITORY OLD NEW
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from gitscale.actions.workspace import Host, Workspace


def main() -> None:
    """Two workspaces, so that neither knows what the other has read."""
    for revision in sys.argv[2:]:
        with Workspace.open(Path(sys.argv[1]), Host(lambda: datetime.now(UTC))) as workspace:
            workspace.loaded(workspace.commit_named(revision)).valid()


if __name__ == "__main__":
    main()
