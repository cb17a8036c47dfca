"""The arithmetic of risk. Exposures and losses in % of equity, distances as fractions, fees and stops in bps.

Formulas: design section 3. Exposure is the notional of one side with every level filled, all of it in one symbol.
"""

from collections.abc import Iterable, Iterator
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
    return liquidation_distance(margin_multiple(bot, fleet.sharing(bot)), maintenance_in(fleet, bot))


def notionals(fleet: Fleet, bot: PerpMMBot) -> dict[str, float]:
    """The worst-case notional by symbol of the bots behind one margin; empty where the account's equity is not known.

    Every bot has all of its exposure in each of its symbols: the worst case is in one of them.
    """
    equity = fleet.policy.equity_of("/".join(bot.venue))
    found: dict[str, float] = {}
    for other in _together(fleet, bot) if equity is not None else ():
        for symbol in other.symbols:
            found[symbol] = found.get(symbol, 0) + exposure(other.settings) * (equity or 0) / 100
    return found


def maintenance_in(fleet: Fleet, bot: PerpMMBot) -> float:
    """The maintenance rate in % behind a bot's margin: each bot's worst tier, weighted by exposure.

    The policy's rate counts where no tier is known.
    """
    usual, held = fleet.policy.maintenance_margin, notionals(fleet, bot) if fleet.facts else {}
    if not held or not (total := sum(exposure(other.settings) for other in _together(fleet, bot))):
        return usual
    rates = {symbol: _rate(fleet, bot.exchange, symbol, size) for symbol, size in held.items()}
    parts = (exposure(other.settings) * max(map(rates.__getitem__, other.symbols)) for other in _together(fleet, bot))
    return round(sum(parts) / total, 9)


def _together(fleet: Fleet, bot: PerpMMBot) -> Iterator[PerpMMBot]:
    """The bots whose positions draw on one margin."""
    yield bot
    if bot.margin_mode == "cross":
        yield from fleet.sharing(bot)


def _rate(fleet: Fleet, exchange: str, symbol: str, notional: float) -> float:
    market = fleet.facts.market(exchange, symbol) if fleet.facts else None
    tier = market.tier(notional) if market else None
    return fleet.policy.maintenance_margin if tier is None else tier.maintenance
