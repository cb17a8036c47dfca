"""The two axes of a bot's state: how far its targets are, and how its process stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from gitscale.actions.deploy import destination
from gitscale.actions.live import live
from gitscale.actions.targets import Look, Step, look
from gitscale.actions.workspace import Workspace
from gitscale.errors import GitscaleError
from gitscale.runtime.state import Phase, Standing

Sync = Literal["Synced", "Pending", "Drifted", "Unknown"]


class Condition(NamedTuple):
    """One bot's state."""

    sync: Sync
    run: Phase


@dataclass(frozen=True, slots=True)
class Conditions:
    """How far the targets of the deployed branch are; what keeps them from being read leaves them unknown."""

    look: Look | None
    steps: Mapping[str, Step]

    def of(self, name: str) -> Sync:
        """One bot; drift outweighs what is pending."""
        if self.look is None or name not in self.look.fleet.bots:
            return "Unknown"
        step = self.steps.get(name)
        if step is None:
            return "Synced"
        return "Drifted" if step.drifted else "Pending"


def conditions(workspace: Workspace, *, only: str | None = None) -> Conditions:
    """Of all bots of the deployed branch, or of one."""
    try:
        place = destination(workspace)
        found = look(workspace, place, place.tip, only=only)
    except GitscaleError:
        return Conditions(None, {})
    return Conditions(found, {step.name: step for step in found.steps})


def fleet_conditions(workspace: Workspace, names: Iterable[str]) -> dict[str, Condition]:
    """Both axes of the named bots."""
    targets, running = conditions(workspace), live(workspace).running()
    return {name: Condition(targets.of(name), running.get(name, Standing("stopped")).phase) for name in names}
