"""What might be changed about a bot for each goal: settings, and what they would do. Whether they may, a trial says."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

from gitscale.model.bot import PerpMMBot, bot_from
from gitscale.model.exposure import exposure
from gitscale.model.fees import fee_floors
from gitscale.model.fleet import Fleet
from gitscale.model.grid import beyond_average_bps
from gitscale.model.numbers import Scalar, spell
from gitscale.model.parameters import PARAMETERS
from gitscale.risk.trial import Trial

_STEP = 1.25


@dataclass(frozen=True, slots=True)
class Idea:
    """A canonical command, the settings it makes, and what they would do."""

    command: str
    settings: Mapping[str, Scalar]
    effect: str


@dataclass(frozen=True, slots=True)
class Sight:
    """What ideas are had about: a bot in its fleet, and the trial of it with other settings (None: not valid)."""

    fleet: Fleet
    bot: PerpMMBot
    tried: Callable[[Mapping[str, Scalar]], Trial | None]

    def calm(self, settings: Mapping[str, Scalar]) -> bool:
        """Whether these settings would raise nothing new, not even a warning."""
        found = self.tried(settings)
        return found is not None and found.passes and not found.found

    def passes(self, settings: Mapping[str, Scalar]) -> bool:
        """Whether these settings would be let in."""
        found = self.tried(settings)
        return found is not None and found.passes

    def calmer(self, settings: Mapping[str, Scalar]) -> bool:
        """Whether these settings would lower the risk."""
        found = self.tried(settings)
        return found is not None and found.direction == "de-risking"


def changed(bot: PerpMMBot, settings: Mapping[str, Scalar]) -> PerpMMBot | None:
    """The bot with other settings; nothing where that is no valid bot."""
    document = bot.model_dump()
    document["settings"] |= settings
    try:
        found = bot_from(document)
    except ValueError:
        return None
    assert isinstance(found, PerpMMBot)
    return found


def profit(sight: Sight) -> Iterator[Idea]:
    """More exposure: a step of a quarter, and the most that raises no warning."""
    size = exposure(sight.bot.settings)
    for name in ("equity_pct", "leverage"):
        for value, most in _larger(sight, name).items():
            larger = exposure(sight.bot.settings.model_copy(update={name: value}))
            times = f"{larger / size:.2f} times what they are" if size else "no longer nothing"
            bound = ", the most that nothing warns of" if most else ""
            if larger > size:
                yield _set(name, value, f"gains and losses become {times}{bound}")
    yield from _profiles(sight, lambda found: found.after.exposure > found.before.exposure)


def _larger(sight: Sight, name: str) -> dict[float, bool]:
    """Larger values of a setting, and whether each is the most that raises no warning.

    Where none is let in, the next one: its refusal says what stands against it.
    """
    now, most = getattr(sight.bot.settings, name), int(PARAMETERS[name].maximum or 0)
    step = _most(sight.passes, name, now, min(ceil(now * _STEP), most))
    calm = _most(sight.calm, name, now, most)
    found = {value: value == calm for value in sorted({step, calm}) if value > now}
    return found or dict.fromkeys(range(floor(now) + 1, most + 1)[:1], False)


def safety(sight: Sight) -> Iterator[Idea]:
    """Less exposure, a calmer profile, a nearer stop."""
    bot = sight.bot.settings
    yield from _profiles(sight, lambda found: found.direction == "de-risking")
    nearer = max(bot.hard_stop_loss_bps / 2, _beyond(sight.bot) + 1, PARAMETERS["hard_stop_loss_bps"].minimum or 0)
    ideas = [
        *(_smaller(sight.bot, name) for name in ("leverage", "equity_pct")),
        _set("hard_stop_loss_bps", ceil(nearer), "a stop costs less and comes more often"),
    ]
    yield from (idea for idea in ideas if sight.calmer(idea.settings))


def _smaller(bot: PerpMMBot, name: str) -> Idea:
    now = getattr(bot.settings, name)
    half = max(1, floor(now / 2))
    times = f"{half / now:.2f}" if now else "0"
    return _set(name, half, f"exposure and the cost of every move become {times} times what they are")


def grid(sight: Sight) -> Iterator[Idea]:
    """More levels, or fewer; only as far as the stop lets the grid fill."""
    bot = sight.bot
    size, now = exposure(bot.settings), bot.settings.num_levels
    for count in (now + 3, now - 2):
        if _reached(bot, levels=count):
            spread = bot.settings.base_spread_bps
            yield _set(
                "num_levels",
                count,
                f"each order is {spell(round(size / count, 2))}% of equity instead of {spell(round(size / now, 2))}%, "
                f"the last level {spell(round(spread * count, 2))} bps from mid instead of {spell(spread * now)}",
            )


def spread(sight: Sight) -> Iterator[Idea]:
    """Wider or tighter quotes, above the fees and above the floor."""
    bot = sight.bot
    now, fees = bot.settings.base_spread_bps, fee_floors(bot, sight.fleet.policy)
    wider, tighter = ceil(now * 4 / 3), floor(now * 3 / 4)
    if _reached(bot, spread=wider):
        yield _set("base_spread_bps", wider, f"{_over(wider, fees['base_spread_bps'].bps)}; fills become rarer")
    if tighter > fees["base_spread_bps"].bps:
        yield _set("base_spread_bps", tighter, f"{_over(tighter, fees['base_spread_bps'].bps)}; fills become more")
    maker = fees["min_spread_bps"].bps
    if bot.settings.min_spread_bps - maker < 1:
        raised = floor(maker) + 2
        yield _set("min_spread_bps", raised, f"a fill at the floor is {spell(round(raised - maker, 9))} bps above fees")


GOALS: Mapping[str, Callable[[Sight], Iterator[Idea]]] = {
    "profit": profit,
    "safety": safety,
    "grid": grid,
    "spread": spread,
}


def _set(name: str, value: Scalar, effect: str) -> Idea:
    return Idea(f"/set {name} {spell(value)}", {name: value}, effect)


def _profiles(sight: Sight, wanted: Callable[[Trial], bool]) -> Iterator[Idea]:
    for name, profile in sight.fleet.profiles.profiles.items():
        found = None if profile.confirm else sight.tried(profile.settings.given())
        if found is not None and wanted(found):
            yield Idea(f"/scale {name}", profile.settings.given(), profile.summary or "a profile of this fleet")


def _most(fits: Callable[[Mapping[str, Scalar]], bool], name: str, now: float, largest: int) -> float:
    """The largest whole value up to `largest` that fits, or what the bot has: the larger, the worse by every rule."""
    values = range(floor(now) + 1, largest + 1)
    refused = bisect_left(values, True, key=lambda value: not fits({name: value}))
    return values[refused - 1] if refused else now


def _beyond(bot: PerpMMBot, levels: int = 0, spread: float = 0) -> float:
    """How far the last level lies from the average entry of a filled side, in bps."""
    return beyond_average_bps(spread or bot.settings.base_spread_bps, levels or bot.settings.num_levels)


def _reached(bot: PerpMMBot, levels: int = 0, spread: float = 0) -> bool:
    """Whether the grid fills before the stop fires."""
    return _beyond(bot, levels, spread) < bot.settings.hard_stop_loss_bps


def _over(value: float, floor_bps: float) -> str:
    return f"the first level is {spell(round(value - floor_bps, 9))} bps above fees"
