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
        yield _of_bot(old, new, pair)
    for name in touched(changed):
        yield _of_account(name, old, new)
    if changed:
        yield _of_fleet(old, new)


def standing(side: Side, entry: FleetBot) -> tuple[Delta, Delta]:
    """A bot and its account as they are: rows of the risk diff that have no before."""
    nothing = Side(Fleet({}), {}, {})
    bot = _of_bot(nothing, side, Pair(entry.bot.name, None, entry, "neutral"))
    return bot, _of_account(account_of(entry), nothing, side)


def _of_bot(old: Side, new: Side, pair: Pair) -> Delta:
    changes = rows(_document(pair.old), _document(pair.new)) if pair.old and pair.new else ()
    some = pair.new or pair.old
    assert some is not None
    sides = _measured(old.accounts, pair.old), _measured(new.accounts, pair.new)
    return Delta("bot", pair.name, *sides, pair.direction, *_money(account_of(some), old, new), changes)


def _document(entry: FleetBot) -> dict[str, object]:
    return entry.bot.model_dump(exclude={"accepted_risks"})


def _of_account(name: str, old: Side, new: Side) -> Delta:
    before, after = (side.verdicts[name].measure if name in side.verdicts else None for side in (old, new))
    trend = measure.trend(before or measure.NOTHING, after or measure.NOTHING)
    return Delta("account", name, before, after, trend, *_money(name, old, new))


def _of_fleet(old: Side, new: Side) -> Delta:
    """Weighted by equity where policy names that of every account at risk, in one currency; else percentages added."""
    sides = [{name: verdict.measure for name, verdict in side.verdicts.items()} for side in (old, new)]
    exposed = sorted({name for side in sides for name, found in side.items() if found.exposure})
    equities = {name: equity for name in exposed if (equity := new.fleet.policy.equity_of(name)) is not None}
    # where one is missing, or two currencies would be added, nothing says what a percentage of the whole is
    whole = len(equities) == len(exposed)
    currencies = {_money(name, old, new)[1] for name in exposed} if whole else set()
    if len(currencies) != 1:
        before, after = (measure.total(list(side.values())) for side in sides)
        return Delta("fleet", "fleet", before, after, measure.trend(before, after))
    before, after = (measure.weighted(side, equities) for side in sides)
    trend = measure.trend(before, after)
    return Delta("fleet", "fleet", before, after, trend, sum(equities.values()), currencies.pop())


def _money(account: str, old: Side, new: Side) -> tuple[float | None, str]:
    """The account's equity, where policy names it, and what its first bot settles in."""
    equity = new.fleet.policy.equity_of(account)
    bots = (entry for side in (new, old) if account in side.accounts for entry in side.accounts[account].perp_mm())
    first = next(bots, None) if equity is not None else None
    return equity, first.bot.symbols[0].rpartition(":")[2] if first else ""
