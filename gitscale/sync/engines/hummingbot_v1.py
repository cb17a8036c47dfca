"""hummingbot's v1 strategy `perpetual_market_making`: conf/strategies/*.yml, spreads in percent, read at start."""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.numbers import spell
from gitscale.sync.engines.losses import Loss, common
from gitscale.sync.engines.sizing import Market, drawdown_stop, fraction, order_amount, take_profit_bps

# hummingbot demands a refresh time and perp_mm has none
_REFRESH_SECONDS = 30
# hummingbot's way to switch its floor off
_NO_FLOOR = -100


def settings(bot: PerpMMBot, market: Market) -> dict[str, object]:
    """The strategy's configuration."""
    own = bot.settings
    spread, profit = _percent(own.base_spread_bps), _percent(take_profit_bps(bot, market.maker_bps))
    return {
        "template_version": 6,
        "strategy": "perpetual_market_making",
        "derivative": market.connector.name,
        "market": market.pair,
        "leverage": own.leverage,
        "position_mode": "Hedge" if own.xgrid_enabled and market.connector.hedge else "One-way",
        "bid_spread": spread,
        "ask_spread": spread,
        "minimum_spread": _percent(own.min_spread_bps) if _has_room(bot) else _NO_FLOOR,
        "order_refresh_time": _REFRESH_SECONDS,
        "order_amount": float(order_amount(bot, market)),
        "long_profit_taking_spread": profit,
        "short_profit_taking_spread": profit,
        "stop_loss_spread": _percent(own.hard_stop_loss_bps),
        "order_levels": own.num_levels,
        "order_level_amount": 0,
        "order_level_spread": spread,
    }


def losses(bot: PerpMMBot, market: Market) -> Iterator[Loss]:
    """What perpetual_market_making does otherwise."""
    yield from common(bot, market)
    stop = spell(float(drawdown_stop(bot, market)))
    yield Loss("approximate", "order_amount", "base units at the price that was given: export again when it moves")
    yield Loss("approximate", "num_levels", "no grid: with a position open it quotes no more and only manages the exit")
    yield Loss("approximate", "min_spread_bps", _floor(bot))
    yield Loss("approximate", "hard_stop_loss_bps", "a limit order 0.5% beyond it, which a fast market can pass")
    yield Loss("no counterpart", "drawdown stop", f"nothing stops a symbol at a loss of {stop}")
    yield Loss("no counterpart", "order_refresh_time", f"hummingbot's own, set to {_REFRESH_SECONDS} s")
    yield Loss("no counterpart", "filled_order_delay", "hummingbot's own, left at its default of 60 s")


def _has_room(bot: PerpMMBot) -> bool:
    """Whether orders can rest between floor and spread: hummingbot cancels those nearer than its floor."""
    return bot.settings.min_spread_bps < bot.settings.base_spread_bps


def _floor(bot: PerpMMBot) -> str:
    if _has_room(bot):
        return "hummingbot cancels a resting order that the price comes nearer to than this"
    return "switched off: at base_spread_bps, hummingbot would cancel its own first level"


def _percent(bps: float) -> float:
    return float(fraction(bps) * 100)
