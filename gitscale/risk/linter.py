"""Runs the rules. A fleet is judged an account at a time: no rule of bots or accounts looks beyond its account."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk.finding import Measure
from gitscale.risk.measure import of_account
from gitscale.risk.rule import Account, Breach, Comparison, Outcome, Rule, Scene, Spot
from gitscale.risk.rules import BY_CODE, RULES

_BOT = [(rule, rule.bot) for rule in RULES if rule.bot]
_ACCOUNT = [(rule, rule.account) for rule in RULES if rule.account]
_PAIR = [(rule, rule.pair) for rule in RULES if rule.pair]
_COMPARISON = [(rule, rule.comparison) for rule in RULES if rule.comparison]


class Told(NamedTuple):
    """What a rule answered."""

    rule: Rule
    outcome: Outcome


class Verdict(NamedTuple):
    """What the rules say of one account, and what its enabled bots can cost together."""

    told: tuple[Told, ...]
    measure: Measure


def account_of(entry: FleetBot) -> str:
    """`exchange/account`, aliases resolved."""
    return "/".join(entry.venue)


def groups(fleet: Fleet, only: Container[tuple[str, str]] | None = None) -> dict[tuple[str, str], dict[str, FleetBot]]:
    """The bots by the account they draw on, of all accounts or of `only` some."""
    found: dict[tuple[str, str], dict[str, FleetBot]] = {}
    for name, entry in fleet.bots.items():
        if only is None or entry.venue in only:
            found.setdefault(entry.venue, {})[name] = entry
    return found


def account(fleet: Fleet, bots: Mapping[str, FleetBot]) -> Fleet:
    """One account of a fleet: with the same policy and facts, and its own bots."""
    return Fleet(bots, fleet.profiles, fleet.policy, fleet.facts)


def accounts(fleet: Fleet, only: Container[tuple[str, str]] | None = None) -> dict[str, Fleet]:
    """The fleet by account, or `only` some accounts of it, by name."""
    return {"/".join(venue): account(fleet, bots) for venue, bots in groups(fleet, only).items()}


def judge(name: str, fleet: Fleet, today: date) -> Verdict:
    """The verdict on the account of that name, whose bots are all of `fleet`."""
    scene, entries = Scene(fleet, today), tuple(fleet.bots.values())
    told = [Told(rule, outcome) for rule, check in _BOT for entry in entries for outcome in check(scene, entry)]
    account = Account(name, tuple(entry for entry in entries if entry.bot.enabled))
    told += [Told(rule, outcome) for rule, look in _ACCOUNT for outcome in look(scene, account)]
    told += _unused(entries, told)
    return Verdict(tuple(told), of_account(fleet))


def _unused(entries: Iterable[FleetBot], told: Iterable[Told]) -> list[Told]:
    """GS902: acceptances of what the rules of bots and accounts do not find."""
    signed = [entry for entry in entries if entry.bot.accepted_risks]
    breaches = ((item.rule.code, item.outcome) for item in told if signed and isinstance(item.outcome, Breach))
    used = {(code, name) for code, breach in breaches for name in breach.bots or (breach.about,)}
    return [Told(BY_CODE["GS902"], breach) for entry in signed for breach in _needless(entry, used)]


def _needless(entry: FleetBot, used: Collection[tuple[str, str]]) -> Iterator[Breach]:
    for index, accepted in enumerate(entry.bot.accepted_risks):
        rule, name = BY_CODE.get(accepted.rule), entry.bot.name
        if (rule is None or rule.bot or rule.account) and (accepted.rule, name) not in used:
            message = f"{accepted.rule} is accepted and {'finds nothing here' if rule else 'is no rule'}"
            spot = Spot(entry.path, ("accepted_risks", index, "rule"))
            yield Breach(message, name, spot, (name,), remedy="remove the entry")


def compare(scene: Scene, comparison: Comparison) -> Iterator[Told]:
    """What the rules of changes say about this one; `scene` holds head's bots under the policy that is trusted."""
    for rule, check in _PAIR:
        for pair in comparison.pairs.values():
            yield from (Told(rule, outcome) for outcome in check(scene, pair))
    for rule, look in _COMPARISON:
        yield from (Told(rule, outcome) for outcome in look(scene, comparison))


def differing(old: Fleet, new: Fleet) -> list[str]:
    """Names of the bots that are not the same, sorted; where a file lies, and what is accepted in it, is no matter."""
    return sorted(name for name in moved(old, new) if not _same(old.bots.get(name), new.bots.get(name)))


def moved(old: Fleet, new: Fleet) -> list[str]:
    """Names of the bots whose files are not the same, or not in the same place."""
    gone = [name for name in old.bots if name not in new.bots]
    return gone + [name for name, entry in new.bots.items() if not _stayed(old.bots.get(name), entry)]


def _stayed(one: FleetBot | None, other: FleetBot) -> bool:
    return one is other or (one is not None and one.path == other.path and other.has_text_of(one))


def _same(one: FleetBot | None, other: FleetBot | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.has_text_of(other) or one.bot == other.bot or bool(_plain(one) == _plain(other))


def _plain(entry: FleetBot) -> object:
    return entry.bot.model_copy(update={"accepted_risks": []})
