"""Runs the rules. A fleet is judged an account at a time: no rule of bots or accounts looks beyond its account."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk.rule import Account, Comparison, Outcome, Rule, Scene
from gitscale.risk.rules import RULES

_BOT = [(rule, rule.bot) for rule in RULES if rule.bot]
_ACCOUNT = [(rule, rule.account) for rule in RULES if rule.account]
_PAIR = [(rule, rule.pair) for rule in RULES if rule.pair]
_COMPARISON = [(rule, rule.comparison) for rule in RULES if rule.comparison]


class Told(NamedTuple):
    """What a rule answered."""

    rule: Rule
    outcome: Outcome


def account_of(entry: FleetBot) -> str:
    """`exchange/account`, aliases resolved."""
    return "/".join(entry.bot.venue)


def accounts(fleet: Fleet) -> dict[str, Fleet]:
    """The fleet by account: each with the same policy and facts, and its own bots only."""
    groups: dict[str, dict[str, FleetBot]] = {}
    for name, entry in fleet.bots.items():
        groups.setdefault(account_of(entry), {})[name] = entry
    return {name: replace(fleet, bots=bots) for name, bots in sorted(groups.items())}


def judge(groups: Iterable[tuple[str, Fleet]], today: date) -> Iterator[Told]:
    """What the rules of bots and accounts say about these accounts."""
    for name, fleet in groups:
        scene = Scene(fleet, today)
        entries = tuple(fleet.bots.values())
        for rule, check in _BOT:
            for entry in entries:
                for outcome in check(scene, entry):
                    yield Told(rule, outcome)
        account = Account(name, tuple(entry for entry in entries if entry.bot.enabled))
        for rule, look in _ACCOUNT:
            for outcome in look(scene, account):
                yield Told(rule, outcome)


def compare(scene: Scene, comparison: Comparison) -> Iterator[Told]:
    """What the rules of changes say about this one; `scene` holds head's bots under the policy that is trusted."""
    for rule, check in _PAIR:
        for pair in comparison.pairs.values():
            yield from (Told(rule, outcome) for outcome in check(scene, pair))
    for rule, look in _COMPARISON:
        yield from (Told(rule, outcome) for outcome in look(scene, comparison))


def differing(old: Fleet, new: Fleet) -> list[str]:
    """Names of the bots that are not the same, sorted; where a file lies, and what is accepted in it, is no matter."""
    names = sorted(old.bots.keys() | new.bots.keys())
    return [name for name in names if not _same(old.bots.get(name), new.bots.get(name))]


def _same(one: FleetBot | None, other: FleetBot | None) -> bool:
    if one is None or other is None:
        return one is other
    if one.bot is other.bot or one.bot == other.bot:
        return True
    return bool(_plain(one) == _plain(other))


def _plain(entry: FleetBot) -> object:
    return entry.bot.model_copy(update={"accepted_risks": []})
