"""The one number that would help: the largest value of one setting with which a rule no longer fires."""

from bisect import bisect_left
from collections.abc import Callable
from math import ceil

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.parameters import PARAMETERS, spell

SIZE = ("leverage", "equity_pct")
STOP_FIRST = ("hard_stop_loss_bps", *SIZE)


def calmer(bot: PerpMMBot, fires: Callable[[PerpMMBot], bool], names: tuple[str, ...] = SIZE) -> str:
    """The first of the settings that helps by itself, with its largest whole number that does; empty: none does."""
    for name in names:
        if (value := _fitting(bot, fires, name)) is not None:
            return f"{name} {value} or less {_effect(name, _with(bot, name, value))}"
    return ""


def _fitting(bot: PerpMMBot, fires: Callable[[PerpMMBot], bool], name: str) -> int | None:
    values = range(int(PARAMETERS[name].minimum or 0), ceil(getattr(bot.settings, name)))
    # the larger any of these settings, the worse: what fires, fires for all larger values
    fitting = bisect_left(values, True, key=lambda value: fires(_with(bot, name, value)))
    return values[fitting - 1] if fitting else None


def _with(bot: PerpMMBot, name: str, value: int) -> PerpMMBot:
    return bot.model_copy(update={"settings": bot.settings.model_copy(update={name: value})})


def _effect(name: str, bot: PerpMMBot) -> str:
    return "keeps the stop within reach" if name not in SIZE else f"keeps exposure at {spell(exposure(bot.settings))}%"
