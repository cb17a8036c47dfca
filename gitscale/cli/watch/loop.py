"""The controller's rhythm: look, tell what is new, wait; sooner when somebody knocks, later while it fails."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gitscale.errors import Bug, GitscaleError, known

if TYPE_CHECKING:
    from gitscale.actions.follow import Followed

# seconds: the longest wait between two tries of what fails, the shortest between any two looks, what a look may take
_LONGEST, _SHORTEST, _LOOK = 300.0, 0.2, 30.0

Look = Callable[["Followed | None"], "Followed"]
Tell = Callable[[str, dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Health:
    """How the controller does: `well` is the clock's time of the last look that failed in nothing."""

    well: float
    failures: int = 0
    error: str = ""
    last: "Followed | None" = None


class Loop:
    """Looks until it is stopped. Everything it does happens in the thread that runs it; others may only knock."""

    def __init__(self, look: Look, tell: Tell, interval: float) -> None:
        self._look, self._tell, self._interval = look, tell, interval
        self._knocked, self._stopped = threading.Event(), False
        self.health = Health(time.monotonic())

    def knock(self) -> None:
        """Look now, not at the end of the interval."""
        self._knocked.set()

    def stop(self) -> None:
        """Finish the look under way, then end."""
        self._stopped = True
        self._knocked.set()

    def alive(self) -> bool:
        """Whether a look has succeeded within three intervals: what a health check asks."""
        return time.monotonic() - self.health.well < 3 * self._interval + _LOOK

    def run(self) -> None:
        """Until stopped."""
        while not self._stopped:
            self._knocked.clear()
            self.once()
            if not self._stopped:
                time.sleep(_SHORTEST)  # a flood of knocks is answered by one look
                self._knocked.wait(pause(self._interval, self.health.failures, random.random()))  # noqa: S311 - no secret

    def once(self) -> None:
        """One look; whatever goes wrong is told, and tried again later."""
        before = self.health
        try:
            found = self._look(before.last)
        except Exception as error:
            self._failed(known(error) or Bug(f"a bug: {type(error).__name__}: {error}", "please report it"))
            return
        self.health = Health(time.monotonic(), last=found)
        if before.error:
            self._tell("recovered", {"failures": before.failures})
        if found.state == "delivered" or (found.state != "unchanged" and found != before.last):
            self._tell(found.state, _facts(found))

    def _failed(self, error: GitscaleError) -> None:
        before = self.health
        self.health = Health(before.well, before.failures + 1, error.message, before.last)
        facts = {"error": error.message, "remedy": error.remedy, "failures": self.health.failures}
        self._tell("failed", facts)


def pause(interval: float, failures: int, chance: float) -> float:
    """Seconds to wait: the interval, or doubling from one second while it fails; spread, so that many do not march."""
    if not failures:
        return interval * (0.9 + 0.2 * chance)
    return min(_LONGEST, 2.0 ** min(failures - 1, 30)) * (0.5 + 0.5 * chance)


def _facts(found: "Followed") -> dict[str, Any]:
    facts: dict[str, Any] = {"branch": found.branch, "revision": found.revision}
    if found.reasons:
        facts["reasons"] = list(found.reasons)
    if found.report:
        report = found.report
        facts |= {"created": list(report.created), "updated": list(report.updated), "deleted": list(report.deleted)}
        facts["exported"] = list(report.exported)
    return facts
