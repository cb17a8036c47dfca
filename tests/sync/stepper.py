"""usage: stepper.py REPO HOST URL: bring a clone forward commit by commit, delivering each; restarted, it goes on.

A host for tests: it passes no revision by, so that what two of them do to shared rows can be told exactly.
"""

import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from gitscale.actions.sync import sync
from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Conflict
from gitscale.store.commit import forward


def main(repo: str, name: str, url: str) -> None:
    """Deliver where we are, then each commit that the remote has beyond it."""
    words = ["git", "rev-list", "--reverse", "origin/main"]
    commits = subprocess.run(words, cwd=repo, check=True, capture_output=True, text=True).stdout.split()
    with Workspace.open(Path(repo), Host(lambda: datetime.now(UTC), url, name)) as workspace:
        here = workspace.repository.tip("main")
        assert here is not None
        sys.stdout.write("started\n")
        sys.stdout.flush()
        for commit in commits[commits.index(here) :]:
            assert forward(workspace.repository, "main", commit)
            with suppress(Conflict):  # the other one delivered this already, and what follows it
                sync(workspace)


if __name__ == "__main__":
    main(*sys.argv[1:])
