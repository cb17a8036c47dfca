"""The figures behind GS101-GS104: what makes a write wait for confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from gitscale.model.bot import AcceptedRisk, PerpMMBot
from gitscale.model.exposure import Level, distance_in, exposure, level, loss_at_stop, stop_reach_bps
from gitscale.model.fleet import Fleet
from gitscale.model.numbers import spell

RULES = ("GS101", "GS102", "GS103", "GS104")


@dataclass(frozen=True, slots=True)
class Danger:
    """One finding: a larger `figure` is worse; an error needs confirmation, a warning is shown."""

    rule: str
    severity: str
    figure: float
    message: str


def dangers(fleet: Fleet, bot: PerpMMBot) -> tuple[Danger, ...]:
    """The GS101-GS104 findings of `bot`, judged among the fleet's other bots, accepted ones included."""
    found = [rule(fleet, bot) for rule in (extreme, over_limit, stop_beyond_liquidation, loss)]
    severity = fleet.policy.severity
    remapped = (
        Danger(item.rule, severity.get(item.rule, item.severity), item.figure, item.message) for item in found if item
    )
    return tuple(item for item in remapped if item.severity != "off")


def unaccepted(
    before: Sequence[Danger], after: Sequence[Danger], accepted: Sequence[AcceptedRisk], today: date
) -> tuple[Danger, ...]:
    """The errors in `after` that are new or worse than in `before` and that no standing acceptance covers."""
    had = {item.rule: item.figure for item in before if item.severity == "error"}
    return tuple(
        item
        for item in after
        if item.severity == "error"
        and item.figure > had.get(item.rule, float("-inf"))
        and not any(entry.covers(item.rule, item.figure, today) for entry in accepted)
    )


def extreme(fleet: Fleet, bot: PerpMMBot) -> Danger | None:
    """GS101: exposure at the Extreme level."""
    size = exposure(bot.settings)
    if level(size, fleet.policy.levels) is not Level.EXTREME:
        return None
    bound = spell(fleet.policy.levels.extreme)
    text = f"exposure {spell(size)}% of equity is Extreme (from {bound}%): a 1% adverse move costs {spell(size / 100)}%"
    return Danger("GS101", "error", size, text)


def over_limit(fleet: Fleet, bot: PerpMMBot) -> Danger | None:
    """GS102: exposure above the policy's limit."""
    size, limit = exposure(bot.settings), fleet.policy.max_exposure
    if size <= limit:
        return None
    return Danger("GS102", "error", size, f"exposure {spell(size)}% is above the policy's {spell(limit)}%")


def stop_beyond_liquidation(fleet: Fleet, bot: PerpMMBot) -> Danger | None:
    """GS103: a stop that liquidation overtakes; the figure is by how many bps."""
    distance = distance_in(fleet, bot) * 10_000
    overshoot = stop_reach_bps(bot, fleet.policy) - distance
    if overshoot < 0:
        return None
    stop = spell(bot.settings.hard_stop_loss_bps)
    text = f"the hard stop at {stop} bps can never fire: liquidation comes at {distance:.0f} bps ({bot.margin_mode})"
    return Danger("GS103", "error", round(overshoot, 2), text)


def loss(fleet: Fleet, bot: PerpMMBot) -> Danger | None:
    """GS104: what one stop costs; a warning or an error by the policy's two bounds."""
    exact, bounds = loss_at_stop(bot, fleet.policy), fleet.policy.loss_at_stop
    if exact <= bounds.warn:
        return None
    over = exact > bounds.max
    bound = spell(bounds.max if over else bounds.warn)
    # rounded up, so that what is above a bound by little is not shown, or accepted, as the bound itself
    cost = ceil(round(exact * 100, 6)) / 100
    text = f"one stop costs {spell(cost)}% of the equity (policy: {bound}%)"
    return Danger("GS104", "error" if over else "warning", cost, text)
