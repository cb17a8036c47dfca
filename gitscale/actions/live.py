"""What is delivered and what runs, beside what git says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from gitscale.actions.deploy import Destination, destination, refuse_links
from gitscale.actions.workspace import Workspace
from gitscale.errors import GitscaleError
from gitscale.model.fleet import FleetBot
from gitscale.runtime.state import Standing, present, standing
from gitscale.sync.render import record

Delivered = Literal["fresh", "older", "missing", "unknown"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a bot renders to at the revision that was read, and whether its file and row hold that."""

    sha256: str
    file: Delivered
    row: Delivered
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Live:
    """The machine's side of a repository: where bots read their configuration and say that they live."""

    place: Destination | None
    run: Path | None
    now: datetime
    reason: str = ""

    def running(self) -> Mapping[str, Standing]:
        """How the bots stand that have a run file, by name."""
        return self._standings(sorted(present(self.run)) if self.run else ())

    def standing(self, name: str) -> Standing:
        """How one bot stands."""
        return self._standings((name,)).get(name, Standing("unreadable"))

    def _standings(self, names: Sequence[str]) -> dict[str, Standing]:
        if self.run is None or self.place is None:
            return {}
        held = self.place.files.held(names)
        return {name: standing(self.run, name, held.get(name) or None, self.now) for name in names}

    def rendered(self, entry: FleetBot) -> Rendered:
        """How far a bot's file and row are."""
        sha256 = record(entry).sha256
        if self.place is None:
            return Rendered(sha256, "unknown", "unknown", self.reason)
        name = entry.bot.name
        file = _compared(sha256, self.place.files.held([name]).get(name))
        try:
            rows = self.place.rows.held([name]) if self.place.rows.version() else {}
        except GitscaleError as error:
            return Rendered(sha256, file, "unknown", error.message)
        return Rendered(sha256, file, _compared(sha256, rows.get(name)))


def live(workspace: Workspace) -> Live:
    """Where this repository is delivered to; a place that cannot be used is named, and stops no answer."""
    now, root = workspace.host.now(), workspace.repository.root
    try:
        place = destination(workspace)
        run = refuse_links(root, f"{place.output}/run") if root else None
    except GitscaleError as error:
        return Live(None, None, now, error.message)
    return Live(place, run, now)


def _compared(sha256: str, held: str | None) -> Delivered:
    if held is None:
        return "missing"
    return "fresh" if held == sha256 else "older"
