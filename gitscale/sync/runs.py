"""What a sync says about itself, before and after."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Run:
    """One row of `syncs`; unfinished when the sync was cut short."""

    id: int
    revision: str
    renderer: str
    finished: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """What is delivered, by which version of the renderer, and when."""

    revision: str
    branch: str
    renderer: str
    now: datetime
