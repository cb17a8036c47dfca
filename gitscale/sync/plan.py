"""What a sync will do: the difference between what should be and what the targets hold."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from gitscale.sync.render import Record


@dataclass(frozen=True, slots=True)
class Plan:
    """Records to write to a target and names to remove from it; `unchanged` are right as they are."""

    creates: tuple[Record, ...]
    updates: tuple[Record, ...]
    deletes: tuple[str, ...]
    unchanged: int

    @property
    def writes(self) -> tuple[Record, ...]:
        """Everything that is written."""
        return self.creates + self.updates

    @property
    def empty(self) -> bool:
        """Whether the target holds what it should."""
        return not (self.creates or self.updates or self.deletes)


def plan(records: Iterable[Record], held: Mapping[str, str], gone: Collection[str] = ()) -> Plan:
    """The plan that brings a target holding `held` (sha256 by name) to `records`, removing the names in `gone`."""
    creates, updates, unchanged = [], [], 0
    for record in records:
        sha256 = held.get(record.name)
        if sha256 is None:
            creates.append(record)
        elif sha256 != record.sha256:
            updates.append(record)
        else:
            unchanged += 1
    deletes = tuple(sorted(name for name in gone if name in held))
    return Plan(tuple(creates), tuple(updates), deletes, unchanged)
