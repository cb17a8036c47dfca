"""From what rules answered to findings: the policy's severities, what base had already, what somebody accepted."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gitscale.documents.nodes import dotted
from gitscale.model.bot import AcceptedRisk
from gitscale.model.fleet import Fleet
from gitscale.model.policy import Policy
from gitscale.risk.finding import Finding, Place, Related, Severity, State
from gitscale.risk.linter import Told
from gitscale.risk.rule import Breach, Pair, Skipped, Spot
from gitscale.risk.rules import BY_CODE

Known = Mapping[tuple[str, str], float]
Accepted = Callable[[str], Sequence[AcceptedRisk]]


@dataclass(frozen=True, slots=True)
class Judge:
    """What findings are decided by.

    `fleet` holds head's bots under the policy that is trusted, `accepted` gives the trusted entries of a bot, `pairs`
    are the changed bots, `known` the figures base had, by code and what they are about.
    """

    fleet: Fleet
    today: date
    accepted: Accepted
    find: Callable[[Spot], Place]
    pairs: Mapping[str, Pair] = field(default_factory=dict)
    known: Known = field(default_factory=dict)


def known_figures(told: Iterable[Told], old: Fleet, new: Fleet) -> dict[tuple[str, str], float]:
    """The worst figure of every breach that base had.

    What a bot showed while it was disabled is not held for known once it is enabled: it could not hurt then.
    """
    worst: dict[tuple[str, str], float] = {}
    for item in told:
        if isinstance(item.outcome, Breach) and not _woken(item.outcome.about, old, new):
            key = item.rule.code, item.outcome.about
            worst[key] = max(worst.get(key, item.outcome.figure), item.outcome.figure)
    return worst


def _woken(name: str, old: Fleet, new: Fleet) -> bool:
    before, after = old.bots.get(name), new.bots.get(name)
    return before is not None and after is not None and after.bot.enabled and not before.bot.enabled


def findings(judge: Judge, told: Iterable[Told]) -> Iterator[Finding]:
    """Every answer as a finding; what could not be evaluated is gathered, one finding a rule and reason."""
    skipped: dict[tuple[str, str], list[Skipped]] = {}
    for item in told:
        if isinstance(item.outcome, Skipped):
            skipped.setdefault((item.rule.code, item.outcome.reason), []).append(item.outcome)
            continue
        if (severity := _severity(judge.fleet.policy, item.rule.code, item.outcome.severity)) is not None:
            yield _finding(judge, item.rule.code, item.outcome, severity)
    yield from _not_evaluated(judge, skipped)


def _severity(policy: Policy, code: str, own: Severity | None) -> Severity | None:
    """The policy's word, else the breach's own, else the rule's; None: switched off."""
    chosen = policy.severity.get(code) or own or BY_CODE[code].severity
    return None if chosen == "off" else chosen


def _finding(judge: Judge, code: str, breach: Breach, severity: Severity) -> Finding:
    related = tuple(Related(judge.find(spot), message) for spot, message in breach.related)
    return Finding(
        code,
        severity,
        breach.message,
        judge.find(breach.spot),
        remedy=breach.remedy,
        bots=breach.bots or ((breach.about,) if breach.about in judge.fleet.bots else ()),
        key=dotted(breach.spot.keys),
        figure=breach.figure,
        limit=breach.limit,
        related=related,
        state=_state(judge, code, breach),
    )


def _state(judge: Judge, code: str, breach: Breach) -> State:
    names = breach.bots or (breach.about,)
    entries = (entry for name in names for entry in judge.accepted(name))
    if any(entry.covers(code, breach.figure, judge.today) for entry in entries):
        return "accepted"
    if breach.figure <= judge.known.get((code, breach.about), float("-inf")):
        return "existing"
    changed = [judge.pairs[name].direction for name in names if name in judge.pairs]
    return "de-risking" if changed and set(changed) == {"de-risking"} else "new"


def _not_evaluated(judge: Judge, skipped: Mapping[tuple[str, str], Sequence[Skipped]]) -> Iterator[Finding]:
    severity = _severity(judge.fleet.policy, "GS903", None)
    for (code, reason), items in skipped.items():
        if severity is not None:
            message = f"{code} {BY_CODE[code].name} was not evaluated: {reason}"
            bots = tuple(sorted({item.about for item in items}))
            first = min((item.spot for item in items), key=lambda spot: spot.path)
            yield Finding("GS903", severity, message, judge.find(first), bots=bots, figure=len(items))
