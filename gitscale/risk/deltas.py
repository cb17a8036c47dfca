"""The risk diff: what a change does to each bot it touches, to their accounts, and to the fleet."""

from collections.abc import Iterable, Iterator, Mapping

from gitscale.model.change import rows
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk import measure
from gitscale.risk.finding import Delta, Measure
from gitscale.risk.linter import account_of
from gitscale.risk.rule import Pair

Groups = Mapping[str, Fleet]


def pairs(old: Groups, new: Groups, names: Iterable[str]) -> dict[str, Pair]:
    """The changed bots with the direction of each; fleets are given by account."""
    before, after = _by_name(old), _by_name(new)
    return {name: _pair(name, (before.get(name), after.get(name)), old, new) for name in names}


def _by_name(groups: Groups) -> dict[str, FleetBot]:
    return {name: entry for fleet in groups.values() for name, entry in fleet.bots.items()}


def _pair(name: str, sides: tuple[FleetBot | None, FleetBot | None], old: Groups, new: Groups) -> Pair:
    figures = _measured(old, sides[0]), _measured(new, sides[1])
    return Pair(name, *sides, measure.direction(*sides, figures))


def _measured(groups: Groups, entry: FleetBot | None) -> Measure | None:
    return measure.of_bot(groups[account_of(entry)], entry) if entry else None


def touched(changed: Mapping[str, Pair]) -> list[str]:
    """The accounts that changed bots were or are on, sorted."""
    return sorted({account_of(entry) for pair in changed.values() for entry in (pair.old, pair.new) if entry})


def deltas(old: Groups, new: Groups, changed: Mapping[str, Pair]) -> Iterator[Delta]:
    """Bots first, then their accounts, then the fleet; nothing where nothing changed."""
    for pair in changed.values():
        yield _of_bot(old, new, pair)
    for name in touched(changed):
        yield _of_account(name, (old.get(name), new.get(name)))
    if changed:
        before, after = ([measure.of_account(fleet) for fleet in side.values()] for side in (old, new))
        both = measure.total(before), measure.total(after)
        yield Delta("fleet", "fleet", *both, measure.trend(*both))


def _of_bot(old: Groups, new: Groups, pair: Pair) -> Delta:
    changes = rows(_document(pair.old), _document(pair.new)) if pair.old and pair.new else ()
    some = pair.new or pair.old
    equity = _equity(new, account_of(some)) if some else None
    sides = _measured(old, pair.old), _measured(new, pair.new)
    return Delta("bot", pair.name, *sides, pair.direction, equity, _currency(some, equity), changes)


def _document(entry: FleetBot) -> dict[str, object]:
    return entry.bot.model_dump(exclude={"accepted_risks"})


def _of_account(name: str, sides: tuple[Fleet | None, Fleet | None]) -> Delta:
    before, after = (measure.of_account(side) if side else None for side in sides)
    fleet = sides[1] or sides[0]
    assert fleet is not None
    equity = fleet.policy.accounts.get(name)
    some = next(iter(fleet.bots.values()))
    trend = measure.trend(before or measure.NOTHING, after or measure.NOTHING)
    return Delta("account", name, before, after, trend, equity, _currency(some, equity))


def _equity(groups: Groups, account: str) -> float | None:
    return groups[account].policy.accounts.get(account) if account in groups else None


def _currency(entry: FleetBot | None, equity: float | None) -> str:
    """The settle currency of the bot's first symbol; asked only where an equity is known."""
    symbols = entry.bot.symbols if entry and equity is not None else []
    return symbols[0].rpartition(":")[2] if symbols else ""
