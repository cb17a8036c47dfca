"""The one number that would help: the largest value of one setting with which a rule no longer fires."""

from bisect import bisect_left
from collections.abc import Callable
from math import ceil
from typing import NamedTuple

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.numbers import spell
from gitscale.model.parameters import PARAMETERS

SIZE = ("leverage", "equity_pct")
STOP_FIRST = ("hard_stop_loss_bps", *SIZE)


def calmer(bot: PerpMMBot, fires: Callable[[PerpMMBot], bool], names: tuple[str, ...] = SIZE) -> str:
    """The first of the settings that helps by itself, with its largest whole number that does; empty: none does."""
    found = fitting(bot, fires, names)
    return f"{found.name} {found.value} or less {_effect(found.name, found.bot)}" if found else ""


class Fitting(NamedTuple):
    """A setting, its largest whole number that helps, and the bot with it."""

    name: str
    value: int
    bot: PerpMMBot


def fitting(bot: PerpMMBot, fires: Callable[[PerpMMBot], bool], names: tuple[str, ...] = SIZE) -> Fitting | None:
    """The first of the settings that helps by itself; nothing where none does."""
    for name in names:
        if (value := _largest(bot, fires, name)) is not None:
            return Fitting(name, value, _with(bot, name, value))
    return None


def _largest(bot: PerpMMBot, fires: Callable[[PerpMMBot], bool], name: str) -> int | None:
    values = range(int(PARAMETERS[name].minimum or 0), ceil(getattr(bot.settings, name)))
    # the larger any of these settings, the worse: what fires, fires for all larger values
    fit = bisect_left(values, True, key=lambda value: fires(_with(bot, name, value)))
    return values[fit - 1] if fit else None


def _with(bot: PerpMMBot, name: str, value: int) -> PerpMMBot:
    return bot.model_copy(update={"settings": bot.settings.model_copy(update={name: value})})


def _effect(name: str, bot: PerpMMBot) -> str:
    return "keeps the stop within reach" if name not in SIZE else f"keeps exposure at {spell(exposure(bot.settings))}%"
