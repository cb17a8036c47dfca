"""gitscale lint: every rule over the fleet; with a base, what the change since then can cost.

Old values come from the merge base. What judges (policy, facts, acceptances) comes from the tip of base, so that no
branch can loosen its own gate.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from gitscale import __version__
from gitscale.actions.ask import Ask
from gitscale.actions.sides import Side, at_commit, at_work_tree
from gitscale.actions.workspace import Workspace
from gitscale.documents.digests import DIGESTS
from gitscale.errors import InvalidConfig, Unavailable
from gitscale.model.bot import AcceptedRisk
from gitscale.model.fleet import POLICY_FILE, Fleet
from gitscale.risk import deltas, linter
from gitscale.risk.finding import Delta, Finding, Place, Report, of_problems
from gitscale.risk.gate import Judge, findings, known_figures
from gitscale.risk.pages import infos
from gitscale.risk.profiles import undeclared
from gitscale.risk.rule import Breach, Comparison, Scene, Spot
from gitscale.risk.rules import BY_CODE


@dataclass(frozen=True, slots=True)
class _Base:
    """The old side, and the fleet that judges, at the tip of the branch it was cut from."""

    old: Side
    trusted: Fleet


def gate(workspace: Workspace, ask: Ask, seen: bytes | None = None) -> Report:
    """Judge; a caller that has looked at the work tree hands in what it saw.

    Raises:
        Refused: a revision names nothing.
        Unavailable: the histories have nothing in common, perhaps because the clone is shallow.
        InvalidConfig: the policy at base is broken.
    """
    base = _base(workspace, ask.base, ask.head) if ask.base is not None else None
    spare = frozenset(base.trusted.policy.not_secrets) if base else None
    if ask.head is None and workspace.repository.root is not None:
        head = at_work_tree(workspace, spare, seen)
    else:
        head = at_commit(workspace, workspace.commit_named(ask.head or "HEAD"), spare)
    found, changes = _changed(workspace, head, base) if base else (_alone(workspace, head), ())
    shown = [item for item in (*of_problems(head.loaded.problems), *found) if item.place.below(ask.paths)]
    places = {spot.path for item in shown for spot in (item.place, *(other.place for other in item.related))}
    return Report(
        findings=tuple(shown),
        rules=infos(),
        files=len(head.files),
        bots=len(head.bots()),
        version=__version__,
        deltas=tuple(changes),
        base=ask.base or "",
        head=ask.head or "",
        not_evaluated=sum(int(item.figure or 0) for item in shown if item.code == "GS903"),
        strict=ask.strict,
        sources={path: lines for path in places if (lines := head.lines(path) or (base and base.old.lines(path)))},
    )


def _base(workspace: Workspace, revision: str, head: str | None) -> _Base:
    tip = workspace.commit_named(revision)
    fork = workspace.repository.merge_base(tip, workspace.commit_named(head or "HEAD"))
    if fork is None:
        shallow = bool(workspace.repository.cut)
        remedy = "git fetch --unshallow (in CI: check out with fetch-depth: 0)" if shallow else "name another --base"
        cut = ": this clone is shallow" if shallow else ""
        raise Unavailable(f"{revision} and what is judged have no commit in common{cut}", remedy)
    old, trusted = at_commit(workspace, fork), workspace.loaded(tip)
    if broken := [problem for problem in trusted.problems if problem.path == POLICY_FILE]:
        raise InvalidConfig(f"the policy at {revision} is not valid: nothing says what a change may cost", broken)
    return _Base(old, trusted.fleet)


def _alone(workspace: Workspace, head: Side) -> Iterator[Finding]:
    """Without a base everything found is new, and the fleet's own acceptances count."""
    fleet, today = head.loaded.fleet, workspace.today()
    told = [*linter.judge(linter.accounts(fleet).items(), today), *_of_profiles(Scene(fleet, today))]
    told += _stale_schemas(head)
    return findings(Judge(fleet, today, _accepted(fleet), head.place), told)


def _changed(workspace: Workspace, head: Side, base: _Base) -> tuple[Iterator[Finding], Iterator[Delta]]:
    today, trusted, given = workspace.today(), base.trusted, head.loaded.fleet
    # a bot whose file is broken is not gone: what it was is no matter until it can be read
    broken = head.broken()
    kept = {name: entry for name, entry in base.old.loaded.fleet.bots.items() if name not in broken}
    old = replace(base.old.loaded.fleet, policy=trusted.policy, facts=trusted.facts, bots=kept)
    new = replace(given, policy=trusted.policy, facts=trusted.facts)
    before, after = linter.accounts(old), linter.accounts(new)
    pairs = deltas.pairs(before, after, linter.differing(old, new))
    touched = deltas.touched(pairs)
    # what is said of an account that nothing touched was said at base too
    same = [*linter.judge(((name, side) for name, side in after.items() if name not in touched), today)]
    known = [*same, *linter.judge(_only(before, touched), today), *_of_profiles(Scene(old, today))]
    told = [
        *same,
        *linter.judge(_only(after, touched), today),
        *_of_profiles(Scene(new, today)),
        *_stale_schemas(head),
        *linter.compare(Scene(new, today), Comparison(base.trusted, given, pairs)),
    ]
    judge = Judge(new, today, _accepted(trusted), _finder(head, base.old), pairs, known_figures(known, old, new))
    return findings(judge, told), deltas.deltas(before, after, pairs)


def _stale_schemas(head: Side) -> Iterator[linter.Told]:
    """Schema files of another version; a repository need not have any."""
    for path, digest in DIGESTS.items():
        found = head.raw(path)
        if found is not None and hashlib.sha256(found).hexdigest() != digest:
            breach = Breach("is not this version's", path, Spot(path), remedy="gitscale schema write")
            yield linter.Told(BY_CODE["GS904"], breach)


def _only(groups: Mapping[str, Fleet], names: Iterable[str]) -> Iterator[tuple[str, Fleet]]:
    return ((name, groups[name]) for name in names if name in groups)


def _of_profiles(scene: Scene) -> Iterator[linter.Told]:
    """Profiles and presets, judged as if they were bots."""
    return (linter.Told(BY_CODE[code], breach) for code, breach in undeclared(scene))


def _accepted(fleet: Fleet) -> dict[str, Sequence[AcceptedRisk]]:
    return {name: entry.bot.accepted_risks for name, entry in fleet.bots.items() if entry.bot.accepted_risks}


def _finder(head: Side, old: Side) -> Callable[[Spot], Place]:
    """Finds places in head, or in base for what head no longer has."""
    return lambda spot: (head if spot.path in head.files or spot.path not in old.files else old).place(spot)
