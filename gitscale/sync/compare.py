"""What should be, what was delivered, and what a target holds: a pending change, a drift, or both.

Git moved since the last sync: pending. The target is not as the last sync left it: drift.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from gitscale.model.change import rows
from gitscale.sync.held import Held, Rows
from gitscale.sync.render import Record

Target = Literal["file", "row"]
What = Literal["create", "update", "delete", "missing", "changed", "unreadable", "foreign", "left"]
# what sync never writes to
UNTOUCHED: tuple[What, ...] = ("foreign", "left")


class Difference(NamedTuple):
    """One target of one bot that is not as it should be.

    `changes` lead to git, (key, held, wanted); `edits` are what somebody did, (key, delivered, held).
    """

    target: Target
    what: What
    pending: bool
    drifted: bool
    changes: Rows = ()
    edits: Rows = ()
    held: Held | None = None


class Side(NamedTuple):
    """One target: what it holds by name, and the records that syncs left there; the first of these is the last."""

    target: Target
    held: Mapping[str, Held]
    delivered: Mapping[str, tuple[Record, ...]]


def compare(side: Side, name: str, wanted: Record | None, *, prune: bool = False) -> Difference | None:
    """How one bot's target differs from `wanted`, which is None where git has no such bot; None: it is right."""
    held, before = side.held.get(name), side.delivered.get(name, ())
    if held is None:
        return _absent(side.target, wanted, before)
    if held.foreign or (held.document is None and not (wanted or before)):
        moved = wanted is not None and not (before and before[0].sha256 == wanted.sha256)
        return Difference(side.target, "foreign", moved, bool(before), held=held)
    if wanted is None:
        what: What = "delete" if prune else "left"
        return Difference(side.target, what, prune, bool(held.odd), edits=held.odd, held=held)
    return _present(side.target, held, wanted, before)


def _absent(target: Target, wanted: Record | None, before: tuple[Record, ...]) -> Difference | None:
    if wanted is None:
        return None
    if not before:
        return Difference(target, "create", pending=True, drifted=False)
    return Difference(target, "missing", before[0].sha256 != wanted.sha256, drifted=True)


def _present(target: Target, held: Held, wanted: Record, before: tuple[Record, ...]) -> Difference | None:
    pending = wanted.sha256 != (before[0].sha256 if before else held.stated)
    if held.document is None:
        return Difference(target, "unreadable", pending, drifted=True, held=held)
    if held.sha256 == wanted.sha256:
        if not held.odd:
            return None
        changes = tuple((key, there, right) for key, right, there in held.odd)
        return Difference(target, "changed", pending=False, drifted=True, changes=changes, edits=held.odd, held=held)
    changes = rows(held.document, _plain(wanted))
    known = {record.sha256 for record in before} or {held.stated}
    if held.sha256 in known and not held.odd:
        return Difference(target, "update", pending=True, drifted=False, changes=changes, held=held)
    edits = held.odd if held.sha256 in known else rows(_plain(before[0] if before else wanted), held.document)
    return Difference(target, "changed", pending, drifted=True, changes=changes, edits=edits, held=held)


def _plain(record: Record) -> dict[str, object]:
    return {key: value for key, value in record.document.items() if key != "gitscale"}
