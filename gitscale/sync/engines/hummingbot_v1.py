"""hummingbot's v1 strategy `perpetual_market_making`: conf/strategies/*.yml, spreads in percent."""

from gitscale.model.bot import PerpMMBot
from gitscale.sync.engines.sizing import Market, fraction, order_amount, pair, take_profit_bps

# hummingbot demands a refresh time and perp_mm has none
_REFRESH_SECONDS = 30


def settings(bot: PerpMMBot, market: Market, connector: str) -> dict[str, object]:
    """The strategy's configuration."""
    own = bot.settings
    spread, profit = _percent(own.base_spread_bps), _percent(take_profit_bps(bot, market))
    return {
        "template_version": 6,
        "strategy": "perpetual_market_making",
        "derivative": connector,
        "market": pair(market.symbol),
        "leverage": own.leverage,
        "position_mode": "Hedge" if own.xgrid_enabled else "One-way",
        "bid_spread": spread,
        "ask_spread": spread,
        "minimum_spread": _percent(own.min_spread_bps),
        "order_refresh_time": _REFRESH_SECONDS,
        "order_amount": float(order_amount(bot, market)),
        "long_profit_taking_spread": profit,
        "short_profit_taking_spread": profit,
        "stop_loss_spread": _percent(own.hard_stop_loss_bps),
        "order_levels": own.num_levels,
        "order_level_amount": 0,
        "order_level_spread": spread,
    }


def _percent(bps: float) -> float:
    return float(fraction(bps) * 100)
