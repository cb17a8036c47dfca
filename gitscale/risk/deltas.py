"""The risk diff: what a change does to each bot it touches, to their accounts, and to the fleet."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gitscale.model.change import rows
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk import measure
from gitscale.risk.finding import Delta, Measure
from gitscale.risk.linter import Verdict, account_of
from gitscale.risk.rule import Pair

Groups = Mapping[str, Fleet]


class Side(NamedTuple):
    """One side of a comparison: the fleet, its accounts, and the verdict on each of them."""

    fleet: Fleet
    accounts: Groups
    verdicts: Mapping[str, Verdict]


def pairs(old: Side, new: Side, names: Iterable[str]) -> dict[str, Pair]:
    """The changed bots with the direction of each."""
    return {name: _pair(name, old, new) for name in names}


def _pair(name: str, old: Side, new: Side) -> Pair:
    before, after = old.fleet.bots.get(name), new.fleet.bots.get(name)
    figures = _measured(old.accounts, before), _measured(new.accounts, after)
    return Pair(name, before, after, measure.direction(before, after, figures))


def _measured(groups: Groups, entry: FleetBot | None) -> Measure | None:
    return measure.of_bot(groups[account_of(entry)], entry) if entry else None


def touched(changed: Mapping[str, Pair]) -> list[str]:
    """The accounts that changed bots were or are on, sorted."""
    return sorted({account_of(entry) for pair in changed.values() for entry in (pair.old, pair.new) if entry})


def deltas(old: Side, new: Side, changed: Mapping[str, Pair]) -> Iterator[Delta]:
    """Bots first, then their accounts, then the fleet; nothing where nothing changed."""
    for pair in changed.values():
        yield _of_bot(old.accounts, new.accounts, pair)
    for name in touched(changed):
        yield _of_account(name, old, new)
    if changed:
        before, after = (measure.total([item.measure for item in side.verdicts.values()]) for side in (old, new))
        yield Delta("fleet", "fleet", before, after, measure.trend(before, after))


def standing(side: Side, entry: FleetBot) -> tuple[Delta, Delta]:
    """A bot and its account as they are: rows of the risk diff that have no before."""
    nothing = Side(Fleet({}), {}, {})
    bot = _of_bot({}, side.accounts, Pair(entry.bot.name, None, entry, "neutral"))
    return bot, _of_account(account_of(entry), nothing, side)


def _of_bot(old: Groups, new: Groups, pair: Pair) -> Delta:
    changes = rows(_document(pair.old), _document(pair.new)) if pair.old and pair.new else ()
    some = pair.new or pair.old
    equity = _equity(new, account_of(some)) if some else None
    sides = _measured(old, pair.old), _measured(new, pair.new)
    return Delta("bot", pair.name, *sides, pair.direction, equity, _currency(some, equity), changes)


def _document(entry: FleetBot) -> dict[str, object]:
    return entry.bot.model_dump(exclude={"accepted_risks"})


def _of_account(name: str, old: Side, new: Side) -> Delta:
    before, after = (side.verdicts[name].measure if name in side.verdicts else None for side in (old, new))
    fleet = new.accounts.get(name) or old.accounts[name]
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
