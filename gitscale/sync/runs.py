"""What a sync says about itself, before and after."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One row of `syncs`; unfinished when the sync was cut short.

    `elsewhere` names the other host that ran it, `removes` says whether it was to remove bots.
    """

    id: int
    revision: str
    renderer: str
    finished: bool
    elsewhere: str = ""
    removes: bool = False

    @property
    def state(self) -> tuple[str, str]:
        """What it delivers: a revision, and how that is rendered."""
        return self.revision, self.renderer


@dataclass(frozen=True, slots=True)
class Mark:
    """What is delivered, by which version of the renderer, when, and by which host."""

    revision: str
    branch: str
    renderer: str
    now: datetime
    host: str = ""
