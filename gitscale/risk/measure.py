"""Exposure, loss at the stop and distance to liquidation: of a bot among its account, of an account, of a fleet."""

from collections.abc import Mapping, Sequence
from math import isinf

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import distance_in, exposure, loss_at_stop
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk.finding import Direction, Measure

NOTHING = Measure(0, 0, None)


def of_bot(fleet: Fleet, entry: FleetBot | None) -> Measure | None:
    """A perp_mm bot as it is configured, enabled or not, among the bots of `fleet`; nothing for other strategies."""
    if entry is None or not isinstance(entry.bot, PerpMMBot):
        return None
    distance = distance_in(fleet, entry.bot)
    liquidation = None if isinf(distance) else round(100 * distance, 6)
    return Measure(exposure(entry.bot.settings), loss_at_stop(entry.bot, fleet.policy), liquidation)


def of_account(fleet: Fleet) -> Measure:
    """The enabled bots of one account together: every stop hit, at most all of the equity; the nearest liquidation."""
    entries = (entry for entry in fleet.bots.values() if entry.bot.enabled)
    return total([found for entry in entries if (found := of_bot(fleet, entry))], most=100)


def total(measures: Sequence[Measure], *, most: float = float("inf")) -> Measure:
    """Exposures and losses added, the nearest liquidation."""
    return Measure(
        round(sum(item.exposure for item in measures), 9),
        min(round(sum(item.loss_at_stop for item in measures), 9), most),
        min((item.liquidation for item in measures if item.liquidation is not None), default=None),
    )


def weighted(measures: Mapping[str, Measure], equities: Mapping[str, float]) -> Measure:
    """Accounts in % of their equities together; one without a measure has its equity and risks nothing."""
    whole = sum(equities.values())
    shares = {name: equities[name] / whole for name in equities.keys() & measures.keys()}
    return total(
        [
            Measure(item.exposure * share, item.loss_at_stop * share, item.liquidation)
            for name, share in sorted(shares.items())
            for item in [measures[name]]
        ]
    )


def direction(old: FleetBot | None, new: FleetBot | None, figures: tuple[Measure | None, Measure | None]) -> Direction:
    """Which way a bot's change goes, by its numbers on either side, never by the command's name.

    Figures count as configured, enabled or not: else a bot could be disabled and geared up in one calm-looking step.
    """
    if new is None:
        return "neutral"
    if old is None:
        return "risk-adding" if new.bot.enabled else "neutral"
    before, after = figures
    if _touches_the_unknown(old, new) or new.bot.enabled > old.bot.enabled or (before is None) != (after is None):
        return "risk-adding"
    found = trend(before, after) if before and after else "neutral"
    return "de-risking" if found == "neutral" and old.bot.enabled > new.bot.enabled else found


def trend(before: Measure, after: Measure) -> Direction:
    """Which way figures go: risk-adding where any is worse, de-risking where none is and one is better."""
    steps = _steps(before, after)
    if any(step > 0 for step in steps):
        return "risk-adding"
    return "de-risking" if any(step < 0 for step in steps) else "neutral"


def _steps(before: Measure, after: Measure) -> tuple[float, ...]:
    """How much worse exposure, loss and closeness to liquidation get; below zero is better."""
    near, far = (float("inf") if item.liquidation is None else item.liquidation for item in (before, after))
    closeness = 0.0 if near == far else near - far
    return after.exposure - before.exposure, after.loss_at_stop - before.loss_at_stop, closeness


def _touches_the_unknown(old: FleetBot, new: FleetBot) -> bool:
    """Whether something changed whose risk no figure shows: venue, strategy, symbols, hedging, free-form parameters."""
    one, other = old.bot, new.bot
    if (one.venue, one.strategy, one.advanced) != (other.venue, other.strategy, other.advanced):
        return True
    if set(one.symbols) != set(other.symbols):
        return True
    if isinstance(one, PerpMMBot) and isinstance(other, PerpMMBot):
        return one.settings.xgrid_enabled != other.settings.xgrid_enabled
    return one.settings != other.settings
