"""What a bot loses on the way to hummingbot, whichever of its engines it goes to."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

from gitscale.model.bot import PerpMMBot
from gitscale.model.numbers import spell
from gitscale.sync.engines.sizing import Market, take_profit_bps


class Loss(NamedTuple):
    """A setting that has no counterpart, or only an approximate one, and what stands in its place."""

    kind: Literal["no counterpart", "approximate"]
    what: str
    how: str


def common(bot: PerpMMBot, market: Market) -> Iterator[Loss]:
    """The losses of both hummingbot engines, the same for each of the bot's symbols."""
    equity, gross = spell(float(market.equity)), spell(take_profit_bps(bot, market.maker_bps))
    yield Loss("approximate", "equity_pct", f"amounts are those of an equity of {equity}: export again when it moves")
    if (count := len(bot.symbols)) > 1:
        shared = f"each of {count} has an equal share of the exposure, perp_mm may put all of it into one"
        yield Loss("approximate", "symbols", shared)
    yield Loss("approximate", "amounts", "not rounded to the exchange's lots, nor held against its smallest order")
    yield Loss("approximate", "target_net_bps", f"{gross} bps gross: the target and the maker fee of both ways")
    if bot.settings.xgrid_enabled:
        yield Loss("no counterpart", "xgrid_enabled", _hedging(market))
    yield Loss("no counterpart", "margin_mode", f"set {bot.margin_mode} margin on the exchange")
    yield Loss("no counterpart", "account", f"run it in an instance that holds the keys of {bot.account}")
    if bot.advanced:
        yield Loss("no counterpart", "advanced", f"left out: {', '.join(bot.advanced)}")


def _hedging(market: Market) -> str:
    if market.connector.hedge:
        return "nothing counter-scalps; only the position mode is set to hedge"
    return f"nothing counter-scalps, and {market.connector.name} knows one-way mode alone"
