"""What a dangerous write can cost in this very account: said before it is asked for, and what a confirmation is of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import stop_beyond_liquidation
from gitscale.model.exposure import exposure, level, stop_reach_bps
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.numbers import spell
from gitscale.risk import linter
from gitscale.risk.deltas import Side, deltas, pairs
from gitscale.risk.finding import Delta
from gitscale.risk.measure import of_account
from gitscale.risk.reporters import figures

_NAMED = 6


@dataclass(frozen=True, slots=True)
class Stakes:
    """The cost in sentences, and the same in figures."""

    sentences: tuple[str, ...]
    figures: dict[str, Any]


def stakes(fleet: Fleet, before: PerpMMBot | None, after: PerpMMBot) -> Stakes:
    """What `after`, a bot of the fleet, can cost beside what it could before."""
    others = {name: entry for name, entry in fleet.bots.items() if name != after.name}
    old = replace(fleet, bots=others | ({before.name: FleetBot("", "", before)} if before else {}))
    venues = {bot.venue for bot in (before, after) if bot}
    sides = _side(old, venues), _side(fleet, venues)
    bot, *rows = deltas(*sides, pairs(*sides, [after.name]))
    # where a bot comes back to an account, the one that it leaves is among them
    account = next(row for row in rows if (row.kind, row.name) == ("account", "/".join(after.venue)))
    sharing = _sharing(fleet, after)
    sentences = (*_of_bot(fleet, bot, after), *_of_account(account, after, sharing))
    data = {"bot": figures.measured(bot), "account": {"name": account.name} | figures.measured(account)}
    return Stakes(
        sentences, data | {"stop_fires": stop_beyond_liquidation(fleet, after) is None, "shared_with": list(sharing)}
    )


def _side(fleet: Fleet, venues: set[tuple[str, str]]) -> Side:
    near = linter.accounts(fleet, venues)
    return Side(fleet, near, {name: linter.Verdict((), of_account(group)) for name, group in near.items()})


def _of_bot(fleet: Fleet, delta: Delta, bot: PerpMMBot) -> Iterator[str]:
    measure, was = delta.after, delta.before
    assert measure is not None
    named = level(measure.exposure, fleet.policy.levels).value
    rise = f"{spell(was.exposure)}% -> " if was and was.exposure != measure.exposure else ""
    size = f"{rise}{spell(measure.exposure)}% of equity{_money(delta, measure.exposure)}, {named}"
    yield f"exposure {size}: one side of every level filled, all in one symbol"
    costs = figures.costs(delta, measure)
    yield "adverse moves, in % of equity: " + "; ".join(
        f"{item.move}%: {item.end or f'{_share(item.equity_pct)}{_money(delta, item.equity_pct)}'}" for item in costs
    )
    cost = f"{_share(measure.loss_at_stop)} of equity{_money(delta, measure.loss_at_stop)}"
    filled = f"filled at {spell(stop_reach_bps(bot, fleet.policy))} bps"
    stop = f"the hard stop at {spell(bot.settings.hard_stop_loss_bps)} bps"
    if measure.liquidation is None:
        return
    end = f"liquidation {measure.liquidation * 100:.0f} bps from the average entry ({bot.margin_mode})"
    if stop_beyond_liquidation(fleet, bot) is None:
        yield f"one stop costs {cost}: {stop} is {filled}, before {end}"
    else:
        held = 100.0 if bot.margin_mode == "cross" else bot.settings.equity_pct
        yield f"{stop} never fires: it would be {filled}, after {end}"
        yield f"liquidation takes all that stands behind the position: {spell(held)}% of equity{_money(delta, held)}"
    if not bot.enabled:
        yield "the bot is disabled: this is what it can cost once it runs"


def _of_account(delta: Delta, bot: PerpMMBot, sharing: dict[str, float]) -> Iterator[str]:
    """What the account's other bots have to do with it."""
    if not sharing:
        return
    total = round(sum(sharing.values()) + exposure(bot.settings), 9)
    named = ", ".join(f"{name} {spell(size)}%" for name, size in list(sharing.items())[:_NAMED])
    named += f" and {len(sharing) - _NAMED} more" if len(sharing) > _NAMED else ""
    yield f"account {delta.name} is shared with {named}: {spell(total)}% of equity together{_money(delta, total)}"
    if bot.margin_mode == "cross":
        yield "cross margin: a loss of this bot brings the liquidation of the others' positions nearer, and the reverse"


def _sharing(fleet: Fleet, bot: PerpMMBot) -> dict[str, float]:
    """The exposure of the other enabled perp_mm bots of the account, by name."""
    entries = (fleet.bots[name] for name in sorted(fleet.bots) if name != bot.name)
    others = (entry.bot for entry in entries if entry.venue == bot.venue)
    return {item.name: exposure(item.settings) for item in others if isinstance(item, PerpMMBot) and item.enabled}


def _share(value: float) -> str:
    return f"{spell(round(float(value), 2))}%"


def _money(delta: Delta, share: float) -> str:
    return "" if delta.equity is None else f" ({figures.money(delta.equity * share / 100)} {delta.currency})"
