"""hummingbot's v2 controller `pmm_simple`: conf/controllers/*.yml, spreads as fractions; one script a bot runs them."""

from collections.abc import Iterator, Sequence

from gitscale.model.bot import PerpMMBot
from gitscale.model.numbers import spell
from gitscale.sync.engines.losses import Loss, common
from gitscale.sync.engines.sizing import Market, config_id, drawdown_stop, fraction, take_profit_bps, total

# what hummingbot reads again every 10 s
HOT = frozenset(
    {
        "total_amount_quote",
        "manual_kill_switch",
        "buy_spreads",
        "sell_spreads",
        "stop_loss",
        "take_profit",
        "time_limit",
        "take_profit_order_type",
        "trailing_stop",
    }
)


def settings(bot: PerpMMBot, market: Market) -> dict[str, object]:
    """The controller's configuration; an empty text is hummingbot's way to switch a barrier off."""
    own = bot.settings
    ladder = [float(fraction(own.base_spread_bps) * level) for level in range(1, own.num_levels + 1)]
    return {
        "id": config_id(bot, market),
        "controller_name": "pmm_simple",
        "controller_type": "market_making",
        "total_amount_quote": float(total(bot, market)),
        "manual_kill_switch": not bot.enabled,
        "connector_name": market.connector.name,
        "trading_pair": market.pair,
        "buy_spreads": ladder,
        "sell_spreads": ladder,
        "leverage": own.leverage,
        "position_mode": "HEDGE" if own.xgrid_enabled and market.connector.hedge else "ONEWAY",
        "stop_loss": float(fraction(own.hard_stop_loss_bps)),
        "take_profit": float(fraction(take_profit_bps(bot, market.maker_bps))),
        "time_limit": "",
        "take_profit_order_type": "LIMIT_MAKER" if market.connector.maker else "LIMIT",
        "trailing_stop": "",
    }


def script(bot: PerpMMBot, markets: Sequence[Market]) -> dict[str, object]:
    """The configuration of v2_with_controllers.py, which takes the drawdown stop: the same for every symbol."""
    return {
        "script_file_name": "v2_with_controllers.py",
        "controllers_config": [f"{config_id(bot, market)}.yml" for market in markets],
        "max_controller_drawdown_quote": float(drawdown_stop(bot, markets[0])),
    }


def losses(bot: PerpMMBot, market: Market) -> Iterator[Loss]:
    """What pmm_simple does otherwise."""
    yield from common(bot, market)
    stop = spell(float(drawdown_stop(bot, market)))
    yield Loss(
        "approximate",
        "hard_stop_loss_bps",
        "of each lot from its own entry, net, closed at market; "
        f"a drawdown of {stop} stops a symbol's controller and its resting orders, and leaves positions open",
    )
    if not market.connector.maker:
        plain = f"a plain limit order, which may pay the taker fee: {market.connector.name} has none that is maker only"
        yield Loss("approximate", "take_profit_order_type", plain)
    yield Loss("no counterpart", "min_spread_bps", "spreads are fixed, and none is below it")
    yield Loss("no counterpart", "executor_refresh_time", "hummingbot's own, left at its default of 300 s")
    yield Loss("no counterpart", "cooldown_time", "hummingbot's own, left at its default of 15 s")
    if not bot.enabled:
        yield Loss("approximate", "enabled", "the kill switch is set; the script obeys it after its first tick")
