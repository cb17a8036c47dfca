"""What `gitscale lint` is asked."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """What is judged: revisions by name (no head: the work tree), and which paths are shown (none: all).

    `merged`: head is on the deployed branch already, so that its own policy and acceptances judge, not those of base.
    """

    base: str | None = None
    head: str | None = None
    strict: bool = False
    valid_only: bool = False
    merged: bool = False
    paths: Sequence[str] = ()
