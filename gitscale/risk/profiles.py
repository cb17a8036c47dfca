"""Profiles and presets judged as the bots they would make: what is dangerous must declare that it is confirmed."""

from collections.abc import Iterator
from typing import Any

from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import RULES as DANGERS
from gitscale.model.fleet import PROFILES_FILE, Fleet, FleetBot
from gitscale.model.profiles import Preset, Profile
from gitscale.risk.rule import Breach, Scene, Spot
from gitscale.risk.rules import BY_CODE

# what a profile is applied to says nothing of it: an account of its own, where most of the presets are at home
USUAL = {"exchange": "blofin", "margin_mode": "cross", "symbols": ["BTC/USDT:USDT"]}


def undeclared(scene: Scene) -> Iterator[tuple[str, Breach]]:
    """Code and breach of every GS101-GS104 error of a profile or preset without `confirm: true`."""
    profiles = scene.fleet.profiles
    for name, profile in sorted(profiles.profiles.items()):
        yield from _errors(scene, ("profiles", name), profile, USUAL)
    for name, preset in sorted(profiles.presets.items()):
        venue = {"exchange": preset.exchange, "margin_mode": preset.margin_mode, "symbols": preset.symbols}
        yield from _errors(scene, ("presets", name), preset, venue)


def _errors(
    scene: Scene, keys: tuple[str, str], source: Profile | Preset, venue: dict[str, Any]
) -> Iterator[tuple[str, Breach]]:
    if source.confirm:
        return
    # not validated: a profile that only raises the floor fits the bots it is meant for, not the default spread
    bot = PerpMMBot.model_construct(name=keys[1], strategy="perp_mm", settings=source.settings, **venue)
    alone = scene._replace(fleet=Fleet({}, policy=scene.fleet.policy))
    what = f"{keys[0].removesuffix('s')} {keys[1]}"
    for code in DANGERS:
        check = BY_CODE[code].bot
        for found in check(alone, FleetBot(PROFILES_FILE, "", bot)) if check else ():
            if isinstance(found, Breach) and found.severity in (None, "error"):
                yield code, _declare(found, what, Spot(PROFILES_FILE, (*keys, "settings")))


def _declare(found: Breach, what: str, spot: Spot) -> Breach:
    remedy = "declare confirm: true" + (f", or: {found.remedy}" if found.remedy else "")
    return found._replace(message=f"{what}: {found.message}", about=what, spot=spot, bots=(), remedy=remedy, related=())
