"""The last steps of every sync: what stops one, and files and rows brought to where they should be."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from gitscale.actions.deploy import Destination
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, Refused
from gitscale.sync.plan import Plan
from gitscale.sync.runs import Mark, Run

if TYPE_CHECKING:
    from gitscale.model.policy import Policy


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. `created`, `updated`, `deleted` name bots; `left` are gone from git and still delivered.

    `kept` are drifts that were not healed: healing them would raise the risk, or take what is not gitscale's.
    `exported` are engine files that were written or removed; `left_out` says which bots an engine cannot run, and why.
    """

    revision: str
    branch: str
    created: tuple[str, ...]
    updated: tuple[str, ...]
    deleted: tuple[str, ...]
    left: tuple[str, ...]
    folder: str
    database: str
    kept: tuple[str, ...] = ()
    exported: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many bots were written or removed."""
        return len(self.created) + len(self.updated) + len(self.deleted)


class Delivery(NamedTuple):
    """A sync under way: where to, what, the last finished one, and those since that were cut short."""

    place: Destination
    mark: Mark
    last: Run | None
    cut_short: tuple[Run, ...]

    @property
    def half_removed(self) -> bool:
        """Whether a sync that was cut short may have left of a bot a file without a row, or a row without a file."""
        return any(run.removes for run in self.cut_short)

    @property
    def fresh(self) -> bool:
        """Whether the last sync delivered this very revision, and nothing was cut short since."""
        last, mark = self.last, self.mark
        same = last is not None and (last.revision, last.renderer) == (mark.revision, mark.renderer)
        return same and not self.cut_short


class Amounts(NamedTuple):
    """The names that a sync creates, updates and deletes."""

    created: frozenset[str] = frozenset()
    updated: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()

    @classmethod
    def of(cls, for_files: Plan, for_rows: Plan) -> "Amounts":
        """What is new in the rows is new; what else is written is updated."""
        created = frozenset(record.name for record in for_rows.creates)
        updated = frozenset(record.name for record in (*for_rows.updates, *for_files.writes)) - created
        return cls(created, updated, frozenset({*for_rows.deletes, *for_files.deletes}))


class Guard(NamedTuple):
    """Stops a sync that empties the fleet, or changes more than policy's `mass_sync` allows, until it is forced."""

    workspace: Workspace
    delivery: Delivery
    policy: "Policy"
    prune: bool

    def check(self, amounts: Amounts, *, emptied: bool) -> None:
        """Look at a sync before it writes; what only lowers the risk is never too much.

        Raises:
            Refused: with the checksum that forces it.
        """
        if self.delivery.last is None:
            return
        if emptied:
            raise self._refused("git has no bot any more, and targets have")
        share, bots = self.policy.mass_sync.share, self.policy.mass_sync.bots
        if max(map(len, amounts)) <= bots:
            return
        from gitscale.model.numbers import spell

        whole = self.delivery.place.rows.count()
        calm = self._calm() if len(amounts.updated) > max(bots, share / 100 * whole) else frozenset()
        for word, names in zip(("create", "update", "delete"), amounts, strict=True):
            count = len(names - calm)
            if count > bots and count * 100 > share * whole:
                allowed = f"policy's mass_sync allows {bots} bots or {spell(share)}%"
                raise self._refused(f"this sync would {word} {count} bots, and {whole} are delivered; {allowed}")

    def _calm(self) -> frozenset[str]:
        from gitscale.actions.targets import look

        place = self.delivery.place
        steps = look(self.workspace, place, place.tip, prune=self.prune).steps
        return frozenset(step.name for step in steps if step.record and step.direction == "de-risking")

    def _refused(self, why: str) -> Refused:
        from gitscale.actions.plan import plan_at

        place = self.delivery.place
        made = plan_at(self.workspace, place, place.tip, prune=self.prune)
        flags = "--prune " * self.prune
        return Refused(
            f"{why}; nothing was written",
            f"gitscale plan {flags}shows it; to deliver just that: gitscale sync {flags}--force-plan {made.checksum}",
        )


def refuse_foreign(place: Destination, names: Collection[str]) -> None:
    """Refuse to write over what gitscale did not write.

    Raises:
        Conflict: the bots are named.
    """
    if names:
        shown = ", ".join(sorted(names)[:5]) + (", ..." if len(names) > 5 else "")
        raise Conflict(
            f"file or row of {shown} has no gitscale block, so it is not gitscale's; nothing was written",
            f"move it out of {place.files.folder} or {place.rows.shown}, then: gitscale sync",
        )


def carry_out(delivery: Delivery, for_files: Plan, for_rows: Plan) -> SyncReport:
    """Files first, then the rows; nothing at all where the targets are at this very revision and right."""
    place, mark = delivery.place, delivery.mark
    if not (delivery.fresh and for_files.empty and for_rows.empty):
        removing = len({*for_files.deletes, *for_rows.deletes})
        run = None if for_files.empty else place.rows.begin(mark, removing)
        place.files.apply(for_files.writes, for_files.deletes)
        place.rows.apply(run, mark, for_rows)
    return reported(delivery, Amounts.of(for_files, for_rows))


def reported(delivery: Delivery, amounts: Amounts) -> SyncReport:
    """What a sync did, by the names it wrote or removed."""
    place, mark = delivery.place, delivery.mark
    created, updated, deleted = (tuple(sorted(names)) for names in amounts)
    folder, database = str(place.files.folder), place.rows.shown
    return SyncReport(mark.revision, mark.branch, created, updated, deleted, (), folder, database)
