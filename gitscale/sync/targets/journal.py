"""What this host's files are at, where the rows are shared with other hosts.

The rows then say nothing about the files here, so that this stands beside them, and shares their fate when the folder
is lost, restored or copied to another host.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from gitscale.sync.runs import Run
from gitscale.sync.targets.files import put_file


@dataclass(frozen=True, slots=True)
class Journal:
    """A small file: the run that last finished here, and those since that may have touched files."""

    path: Path

    def read(self) -> list[Run]:
        """The finished run, then those that were cut short; empty where nothing is known."""
        try:
            noted = json.loads(self.path.read_bytes())
            return [
                Run(run["id"], run["revision"], run["renderer"], run["finished"], removes=run.get("removes", False))
                for run in noted["runs"]
            ]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return []

    def begin(self, begun: Run) -> None:
        """Note a run before it touches a file."""
        self._write([*(run for run in self.read() if run.finished or run.state != begun.state), begun])

    def finish(self, run: Run) -> None:
        """Note that all files are as this run has them."""
        self._write([run])

    def _write(self, runs: Iterable[Run]) -> None:
        keys = ("id", "revision", "renderer", "finished", "removes")
        rows = [{key: getattr(run, key) for key in keys} for run in runs]
        self.path.parent.mkdir(parents=True, exist_ok=True)
        put_file(self.path, json.dumps({"runs": rows}).encode() + b"\n")
