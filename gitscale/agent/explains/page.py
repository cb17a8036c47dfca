"""What a page is made of, and the figures that several pages show alike."""

from collections.abc import Callable, Iterable
from math import isinf
from typing import Any, NamedTuple

from gitscale.actions.explain import Sight
from gitscale.agent.blocks import Block, Phrase, Toned
from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import stop_beyond_liquidation
from gitscale.model.exposure import distance_in, exposure, level, loss_at_stop, move_cost
from gitscale.model.numbers import Number, Scalar, spell
from gitscale.model.parameters import PARAMETERS


class Page(NamedTuple):
    """What is said of one thing, and the same figures for JSON."""

    summary: str
    blocks: tuple[Block, ...]
    figures: dict[str, Any]


Pages = Callable[[Sight], Page]


def altered(bot: PerpMMBot, **settings: Scalar) -> PerpMMBot:
    """The bot with other settings, all of them in range."""
    return bot.model_copy(update={"settings": bot.settings.model_copy(update=settings)})


def moded(bot: PerpMMBot, mode: str) -> PerpMMBot:
    """The bot in a margin mode."""
    return bot.model_copy(update={"margin_mode": mode})


def among(values: Iterable[Number], own: Number) -> list[Number]:
    """Values to compare, with the bot's own in its place."""
    return sorted({*values, own})


def marked(sight: Sight, text: str, *, own: bool) -> Phrase:
    """The first cell of a row, marked where it is the bot's own."""
    return Toned(f"{text} ({whose(sight)})", "strong") if own else text


def whose(sight: Sight) -> str:
    """Whose figures these are."""
    return "yours" if sight.mine else "the default"


def setting(name: str, value: object) -> str:
    """`75x`."""
    return f"{spell(value)}{PARAMETERS[name].unit.short}"


def number(value: float) -> str:
    """A reckoned number, without the binary fraction that it is reckoned with."""
    return spell(round(float(value), 9))


def share(value: float) -> str:
    """A percentage, to two places."""
    return f"{spell(round(float(value), 2))}%"


def bps(fraction: float) -> str:
    """A distance to liquidation."""
    return "none" if isinf(fraction) else f"{fraction * 10_000:.0f} bps"


def cash(value: float) -> str:
    """An amount to the cent, without its currency."""
    return f"{value:,.2f}".removesuffix(".00")


def amount(sight: Sight, percent: float) -> str:
    """` (375 USDT)`, where policy knows the equity."""
    return "" if sight.equity is None else f" ({cash(sight.equity * percent / 100)} {sight.currency})"


def sized(sight: Sight, bot: PerpMMBot) -> str:
    """`5% x 75x = 375% of equity (Moderate)`."""
    size, own = exposure(bot.settings), bot.settings
    named = level(size, sight.fleet.policy.levels).value
    return f"{spell(own.equity_pct)}% x {own.leverage}x = {spell(size)}% of equity ({named})"


def cost(sight: Sight, bot: PerpMMBot) -> str:
    """The exposure, and what a 1% move makes of it."""
    size = exposure(bot.settings)
    lost = move_cost(size)
    worked = f"{spell(size)}% x 1% = {spell(lost)}% of equity{amount(sight, lost)}"
    return f"{sized(sight, bot)}; a 1% adverse move costs {worked}."


def fires(sight: Sight, bot: PerpMMBot) -> bool:
    """Whether the hard stop is filled before liquidation, as GS103 has it."""
    return stop_beyond_liquidation(sight.fleet, bot) is None


def figures(sight: Sight, bot: PerpMMBot) -> dict[str, Any]:
    """What a bot's settings mean, for JSON."""
    policy, size = sight.fleet.policy, exposure(bot.settings)
    distance = distance_in(sight.fleet, bot)
    return {
        "exposure": size,
        "level": level(size, policy.levels).value,
        "move_cost": move_cost(size),
        "loss_at_stop": loss_at_stop(bot, policy),
        "liquidation_distance": None if isinf(distance) else distance,
        "stop_fires": fires(sight, bot),
    }
