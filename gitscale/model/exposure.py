"""The arithmetic of risk. Exposures and losses in % of equity, distances as fractions, fees and stops in bps.

Formulas: design section 3. Exposure is the notional of one side with every level filled, all of it in one symbol.
"""

from collections.abc import Iterable
from enum import Enum

from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import Fleet
from gitscale.model.parameters import Settings
from gitscale.model.policy import Levels, Policy


class Level(Enum):
    """Risk level of an exposure."""

    LOW = "Low"
    MODERATE = "Moderate"
    HIGH = "High"
    EXTREME = "Extreme"


def exposure(settings: Settings) -> float:
    """Effective exposure X = equity_pct x leverage, in % of equity; rounded so that decimals stay exact."""
    return round(settings.equity_pct * settings.leverage, 9)


def level(exposure_pct: float, bounds: Levels) -> Level:
    """The level an exposure falls in; each bound belongs to the level above it."""
    if exposure_pct < bounds.moderate:
        return Level.LOW
    if exposure_pct < bounds.high:
        return Level.MODERATE
    return Level.HIGH if exposure_pct < bounds.extreme else Level.EXTREME


def move_cost(exposure_pct: float, move_pct: float = 1) -> float:
    """What an adverse move of `move_pct` costs, in % of equity."""
    return round(exposure_pct * move_pct / 100, 9)


def margin_multiple(bot: PerpMMBot, sharing: Iterable[PerpMMBot]) -> float:
    """Notional over the collateral behind it: leverage when isolated, else the account's cross bots together."""
    if bot.margin_mode == "isolated":
        return float(bot.settings.leverage)
    return (exposure(bot.settings) + sum(exposure(other.settings) for other in sharing)) / 100


def liquidation_distance(multiple: float, maintenance_pct: float) -> float:
    """Distance from the average entry to liquidation as a fraction of it, the nearer of long and short.

    min((1/x - m)/(1 - m), (1/x - m)/(1 + m)), not below 0; infinite without exposure.
    """
    if multiple <= 0:
        return float("inf")
    rate = maintenance_pct / 100
    free = 1 / multiple - rate
    return max(0.0, min(free / (1 - rate), free / (1 + rate)))


def stop_reach_bps(bot: PerpMMBot, policy: Policy) -> float:
    """How far the price has gone when a stop is filled: stop + taker + slippage, in bps."""
    return round(bot.settings.hard_stop_loss_bps + policy.fees_of(bot.exchange).taker + policy.slippage_bps, 9)


def loss_at_stop(bot: PerpMMBot, policy: Policy) -> float:
    """Cost of one stop in % of equity: exposure x reach, at most the collateral behind it."""
    collateral = 100.0 if bot.margin_mode == "cross" else bot.settings.equity_pct
    return min(round(exposure(bot.settings) * stop_reach_bps(bot, policy) / 10_000, 9), collateral)


def distance_in(fleet: Fleet, bot: PerpMMBot) -> float:
    """Liquidation distance of a bot among the fleet's others, as a fraction of the average entry."""
    return liquidation_distance(margin_multiple(bot, fleet.sharing(bot)), fleet.policy.maintenance_margin)
