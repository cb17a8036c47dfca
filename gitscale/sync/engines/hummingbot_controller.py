"""hummingbot's v2 controller `pmm_simple`: conf/controllers/*.yml, spreads as fractions."""

from gitscale.model.bot import PerpMMBot
from gitscale.sync.engines.sizing import Market, fraction, pair, side, take_profit_bps


def settings(bot: PerpMMBot, market: Market, connector: str) -> dict[str, object]:
    """The controller's configuration; an empty text is hummingbot's way to switch a barrier off."""
    own = bot.settings
    ladder = [float(fraction(own.base_spread_bps) * level) for level in range(1, own.num_levels + 1)]
    return {
        "id": bot.name,
        "controller_name": "pmm_simple",
        "controller_type": "market_making",
        "total_amount_quote": float(2 * side(bot, market)),
        "manual_kill_switch": not bot.enabled,
        "connector_name": connector,
        "trading_pair": pair(market.symbol),
        "buy_spreads": ladder,
        "sell_spreads": ladder,
        "leverage": own.leverage,
        "position_mode": "HEDGE" if own.xgrid_enabled else "ONEWAY",
        "stop_loss": float(fraction(own.hard_stop_loss_bps)),
        "take_profit": float(fraction(take_profit_bps(bot, market))),
        "time_limit": "",
        "take_profit_order_type": "LIMIT_MAKER",
        "trailing_stop": "",
    }
