"""The two axes of a bot's state: how far its targets are, and how its process stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from gitscale.actions.deploy import destination
from gitscale.actions.engines import engine_files
from gitscale.actions.live import live
from gitscale.actions.targets import Compared, compared
from gitscale.actions.workspace import Workspace
from gitscale.errors import GitscaleError
from gitscale.runtime.state import Phase, Standing

if TYPE_CHECKING:
    from gitscale.sync.compare import Difference
    from gitscale.sync.targets.exports import Export

Sync = Literal["Synced", "Pending", "Drifted", "Unknown"]


class Condition(NamedTuple):
    """One bot's state."""

    sync: Sync
    run: Phase


@dataclass(frozen=True, slots=True)
class Conditions:
    """How far the targets of the deployed branch are; what keeps them from being read leaves them unknown."""

    seen: Compared | None
    exports: Sequence["Export"] = ()

    def of(self, name: str) -> Sync:
        """One bot; drift outweighs what is pending."""
        if self.seen is None or name not in self.seen.fleet.bots:
            return "Unknown"
        found: list[Difference | Export] = [*self.seen.differences.get(name, ())]
        found += [item for item in self.exports if item.bot == name]
        if any(item.drifted for item in found):
            return "Drifted"
        return "Pending" if found else "Synced"


def conditions(workspace: Workspace, *, only: str | None = None) -> Conditions:
    """Of all bots of the deployed branch, or of one."""
    try:
        place = destination(workspace)
        seen = compared(workspace, place, place.tip, only=only)
        return Conditions(seen, engine_files(place, seen.fleet))
    except GitscaleError:
        return Conditions(None)


def fleet_conditions(workspace: Workspace, names: Iterable[str]) -> dict[str, Condition]:
    """Both axes of the named bots."""
    targets, running = conditions(workspace), live(workspace).running()
    return {name: Condition(targets.of(name), running.get(name, Standing("stopped")).phase) for name in names}
