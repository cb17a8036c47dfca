"""sync --plan, --force-plan and --heal: a plan made anew under the lock, and carried out as far as was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from gitscale.actions.deliver import Amounts, Guard, SyncReport, carry_out, refuse_foreign
from gitscale.actions.engines import with_engines
from gitscale.actions.plan import kind, plan_at, refuse_moved
from gitscale.actions.sync import USUAL, Terms, delivering
from gitscale.actions.targets import Step, written
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict
from gitscale.sync.compare import UNTOUCHED, Target
from gitscale.sync.plan import Plan
from gitscale.sync.render import Record


@dataclass(frozen=True, slots=True)
class Order:
    """What may be done. `kept` is the content of a saved plan, `force` the checksum of one that is too large.

    `heal` "safe" leaves drifts alone whose repair would add risk.
    """

    heal: Literal["safe", "all"] = "all"
    prune: bool = False
    kept: Mapping[str, Any] | None = None
    force: str = ""
    terms: Terms = USUAL


def apply(workspace: Workspace, order: Order) -> SyncReport:
    """Bring the targets, as they really are, to the tip of the deployed branch.

    Raises:
        Conflict: the plan is not what would be planned now, or something foreign is in the way.
        Refused: too much would change, and that was not forced.
    """
    with delivering(workspace, terms=order.terms) as delivery:
        made = plan_at(workspace, delivery.place, delivery.place.tip, prune=order.prune)
        if order.kept is not None:
            refuse_moved(order.kept, made)
        if order.force and order.force != made.checksum:
            raise Conflict(f"the plan is another one now: {made.checksum}", "gitscale plan shows it")
        steps = made.look.steps
        refuse_foreign(delivery.place, [step.name for step in steps if _blocked(step)])
        kept = [step for step in steps if step.drifted and (order.heal == "safe" and _raises(step))]
        chosen = [step for step in written(steps) if step not in kept]
        if not order.force:
            guard = Guard(workspace, delivery, made.look.fleet.policy, prune=order.prune)
            emptied = not made.look.fleet.bots and made.look.delivered > 0
            guard.check(_amounts(chosen), emptied=emptied)
        delivery.place.files.sweep()
        report = carry_out(delivery, _for("file", chosen), _for("row", chosen))
        foreign = [step for step in steps if step.drifted and any(item.what == "foreign" for item in step.differences)]
        left = tuple(step.name for step in steps if any(item.what == "left" for item in step.differences))
        report = replace(report, left=left, kept=tuple(sorted({step.name for step in (*kept, *foreign)})))
        heal = order.heal == "all"
        return with_engines(workspace, delivery.place, report, prune=order.prune, heal=heal)


def _blocked(step: Step) -> bool:
    return any(item.what == "foreign" and item.pending for item in step.differences)


def _raises(step: Step) -> bool:
    return step.direction == "risk-adding"


def _amounts(steps: Sequence[Step]) -> Amounts:
    named = {
        word: frozenset(step.name for step in steps if kind(step) == word) for word in ("create", "update", "delete")
    }
    return Amounts(named["create"], named["update"], named["delete"])


def _for(target: Target, steps: Sequence[Step]) -> Plan:
    creates: list[Record] = []
    updates: list[Record] = []
    deletes: list[str] = []
    for step in steps:
        for item in step.differences:
            if item.target != target or item.what in UNTOUCHED:
                continue
            if item.what == "delete" or step.record is None:
                deletes.append(step.name)
            else:
                (creates if item.what == "create" else updates).append(step.record)
    return Plan(tuple(creates), tuple(updates), tuple(deletes), 0)
