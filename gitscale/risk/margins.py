"""How near a bot is to each limit of GS101-GS110: the figure and its bound in a few words, breached or not.

A fleet is that of one account here, as the linter judges it.
"""

from collections.abc import Callable, Mapping

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import distance_in, exposure, loss_at_stop, stop_reach_bps
from gitscale.model.fees import fee_floors
from gitscale.model.fleet import Fleet
from gitscale.model.grants import granted_in, nets
from gitscale.model.numbers import spell
from gitscale.risk.rules.gs108 import WHOLE


def _extreme(fleet: Fleet, bot: PerpMMBot) -> str:
    return f"exposure {spell(exposure(bot.settings))}%, Extreme from {spell(fleet.policy.levels.extreme)}%"


def _limit(fleet: Fleet, bot: PerpMMBot) -> str:
    return f"exposure {spell(exposure(bot.settings))}%, at most {spell(fleet.policy.max_exposure)}%"


def _stop(fleet: Fleet, bot: PerpMMBot) -> str:
    reach = f"stop filled at {spell(stop_reach_bps(bot, fleet.policy))} bps"
    if exposure(bot.settings) <= 0:
        return f"{reach}, no exposure to liquidate"
    return f"{reach}, liquidation at {distance_in(fleet, bot) * 10_000:.0f} bps"


def _loss(fleet: Fleet, bot: PerpMMBot) -> str:
    bounds = fleet.policy.loss_at_stop
    cost = spell(round(loss_at_stop(bot, fleet.policy), 2))
    return f"one stop costs {cost}%, warning above {spell(bounds.warn)}%, error above {spell(bounds.max)}%"


def _fees(fleet: Fleet, bot: PerpMMBot) -> str:
    floors = fee_floors(bot, fleet.policy)
    said = (f"{name} {spell(getattr(bot.settings, name))}, above {spell(floor.bps)}" for name, floor in floors.items())
    return "; ".join(said)


def _leverage(fleet: Fleet, bot: PerpMMBot) -> str:
    granted = granted_in(fleet, bot)
    if not granted:
        return f"leverage {bot.settings.leverage}x"
    narrowest = min(granted, key=lambda symbol: granted[symbol])
    return f"leverage {bot.settings.leverage}x, {spell(granted[narrowest])}x granted on {narrowest}"


def _account(fleet: Fleet, _: PerpMMBot) -> str:
    total = sum(exposure(other.settings) for other in _together(fleet))
    if len(_together(fleet)) < 2:
        return "alone on its account, where GS102 bounds it"
    return f"account {spell(round(total, 9))}%, at most {spell(fleet.policy.max_account_exposure)}%"


def _equity(fleet: Fleet, _: PerpMMBot) -> str:
    total = sum(other.settings.equity_pct for other in _together(fleet))
    return f"equity_pct of the account adds up to {spell(round(total, 9))}%, at most {spell(WHOLE)}%"


def _hedge(fleet: Fleet, bot: PerpMMBot) -> str:
    mode = "nets long and short" if nets(fleet, bot.exchange) else "has hedge mode"
    return f"xgrid_enabled {spell(bot.settings.xgrid_enabled)}, {bot.exchange} {mode}"


def _symbols(fleet: Fleet, bot: PerpMMBot) -> str:
    others = sum(entry.bot.enabled and entry.bot.name != bot.name for entry in fleet.bots.values())
    return f"symbols {len(bot.symbols)}, other enabled bots of the account {others}"


def _together(fleet: Fleet) -> list[PerpMMBot]:
    entries = (entry.bot for entry in fleet.bots.values() if entry.bot.enabled)
    return [other for other in entries if isinstance(other, PerpMMBot)]


MARGINS: Mapping[str, Callable[[Fleet, PerpMMBot], str]] = {
    "GS101": _extreme,
    "GS102": _limit,
    "GS103": _stop,
    "GS104": _loss,
    "GS105": _fees,
    "GS106": _leverage,
    "GS107": _account,
    "GS108": _equity,
    "GS109": _hedge,
    "GS110": _symbols,
}
