"""gitscale lint: every rule over the fleet; with a base, what the change since then can cost.

Old values come from the merge base. What judges (policy, facts, acceptances) comes from the tip of base, so that no
branch can loosen its own gate.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gitscale import __version__
from gitscale.actions.ask import Ask
from gitscale.actions.sides import Side, at_commit, at_work_tree
from gitscale.actions.survey import survey
from gitscale.actions.verdicts import Verdicts
from gitscale.actions.workspace import MARKET_CACHE, Workspace
from gitscale.documents.digests import DIGESTS
from gitscale.errors import InvalidConfig, Problem, Unavailable
from gitscale.model.fleet import POLICY_FILE, Fleet, SourceFile
from gitscale.risk import deltas, linter
from gitscale.risk.finding import Delta, Finding, Place, Report, of_problems
from gitscale.risk.gate import Accepted, Judge, findings, known_figures
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
    base = _base(workspace, ask.base, ask) if ask.base is not None else None
    spare = frozenset(base.trusted.policy.not_secrets) if base else None
    verdicts: list[str] = []

    def look_over(files: Sequence[SourceFile], common: Fleet) -> tuple[list[str], list[Problem]]:
        found = survey(workspace.repository, files, common, workspace.today())
        verdicts.extend(found.verdicts)
        return found.rows, found.problems

    if ask.head is None and workspace.repository.root is not None:
        head = at_work_tree(workspace, spare, seen, None if base else look_over)
    else:
        head = at_commit(workspace, workspace.commit_named(ask.head or "HEAD"), spare)
    found, changes = _changed(workspace, head, base) if base else (_alone(workspace, head, verdicts), ())
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


def _base(workspace: Workspace, revision: str, ask: Ask) -> _Base:
    tip, head = workspace.commit_named(revision), workspace.commit_named(ask.head or "HEAD")
    fork = workspace.repository.merge_base(tip, head)
    if fork is None:
        shallow = bool(workspace.repository.cut)
        remedy = "git fetch --unshallow (in CI: check out with fetch-depth: 0)" if shallow else "name another --base"
        cut = ": this clone is shallow" if shallow else ""
        raise Unavailable(f"{revision} and what is judged have no commit in common{cut}", remedy)
    old, trusted = at_commit(workspace, fork), workspace.loaded(head if ask.merged else tip)
    if not ask.merged and (broken := [item for item in trusted.problems if item.path == POLICY_FILE]):
        raise InvalidConfig(f"the policy at {revision} is not valid: nothing says what a change may cost", broken)
    return _Base(old, trusted.fleet)


def _alone(workspace: Workspace, head: Side, verdicts: Sequence[str]) -> Iterator[Finding]:
    """Without a base everything found is new, and the fleet's own acceptances count."""
    fleet, today = head.loaded.fleet, workspace.today()
    memory = Verdicts(workspace.repository.state_dir, fleet, today)
    memory.learn(verdicts)
    told = [*memory.told(fleet), *_of_profiles(Scene(fleet, today)), *_stale_schemas(head)]
    memory.save()
    return findings(Judge(fleet, today, _accepted(fleet), head.place), told)


def _changed(workspace: Workspace, head: Side, base: _Base) -> tuple[Iterator[Finding], Iterator[Delta]]:
    today, trusted, given = workspace.today(), base.trusted, head.loaded.fleet
    # a bot whose file is broken is not gone: what it was is no matter until it can be read
    broken = head.broken()
    kept = {name: entry for name, entry in base.old.loaded.fleet.bots.items() if name not in broken}
    old = replace(base.old.loaded.fleet, policy=trusted.policy, facts=trusted.facts, bots=kept)
    new = replace(given, policy=trusted.policy, facts=trusted.facts)
    memory = Verdicts(workspace.repository.state_dir, trusted, today)
    before = _judged(old, memory)
    after = _judged_after(before, new, memory)
    memory.save()
    pairs = deltas.pairs(before, after, linter.differing(old, new))
    told = [
        *_told(after),
        *_of_profiles(Scene(new, today)),
        *_stale_schemas(head),
        *linter.compare(Scene(new, today), Comparison(base.trusted, given, pairs, base.old.loaded.fleet)),
    ]
    known = known_figures([*_told(before), *_of_profiles(Scene(old, today))], old, new)
    judge = Judge(new, today, _accepted(trusted), _finder(head, base.old), pairs, known)
    found = deltas.deltas(before, after, pairs)
    if not (workspace.repository.state_dir / MARKET_CACHE).exists():
        return findings(judge, told), found
    from gitscale.actions.odds import with_odds

    return findings(judge, told), with_odds(workspace, found, (before, after))


def _judged(fleet: Fleet, memory: Verdicts) -> deltas.Side:
    accounts = linter.accounts(fleet)
    return deltas.Side(fleet, accounts, memory.of(accounts))


def _judged_after(before: deltas.Side, fleet: Fleet, memory: Verdicts) -> deltas.Side:
    """The other side of a comparison: what is said of an account that nothing touched is said already."""
    sides = before.fleet.bots, fleet.bots
    moved = [side[name] for name in linter.moved(before.fleet, fleet) for side in sides if name in side]
    only = {entry.venue for entry in moved}
    names = {linter.account_of(entry) for entry in moved}
    touched = linter.accounts(fleet, only)
    accounts = {name: group for name, group in before.accounts.items() if name not in names} | touched
    verdicts = {name: found for name, found in before.verdicts.items() if name not in names} | memory.of(touched)
    return deltas.Side(fleet, accounts, verdicts)


def _told(side: deltas.Side) -> Iterator[linter.Told]:
    return (told for verdict in side.verdicts.values() for told in verdict.told)


def _stale_schemas(head: Side) -> Iterator[linter.Told]:
    """Schema files of another version; a repository need not have any."""
    for path, digest in DIGESTS.items():
        found = head.raw(path)
        if found is not None and hashlib.sha256(found).hexdigest() != digest:
            breach = Breach("is not this version's", path, Spot(path), remedy="gitscale schema write")
            yield linter.Told(BY_CODE["GS904"], breach)


def _of_profiles(scene: Scene) -> Iterator[linter.Told]:
    """Profiles and presets, judged as if they were bots."""
    return (linter.Told(BY_CODE[code], breach) for code, breach in undeclared(scene))


def _accepted(fleet: Fleet) -> Accepted:
    """The entries that a bot of that name carries in a fleet."""
    return lambda name: fleet.bots[name].bot.accepted_risks if name in fleet.bots else ()


def _finder(head: Side, old: Side) -> Callable[[Spot], Place]:
    """Finds places in head, or in base for what head no longer has."""
    return lambda spot: (head if spot.path in head.files or spot.path not in old.files else old).place(spot)
