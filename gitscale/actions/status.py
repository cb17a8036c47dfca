"""/status: one perp_mm bot as git has it, as it is delivered, and as it runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from gitscale.actions.condition import Sync, conditions
from gitscale.actions.live import Rendered, live
from gitscale.actions.read import Figures, figures
from gitscale.actions.workspace import Scope, Workspace, choose, perp_mm
from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import Danger, dangers
from gitscale.model.fleet import FleetBot
from gitscale.model.numbers import Scalar
from gitscale.model.profiles import Profile
from gitscale.runtime.state import Standing

Deviations = tuple[tuple[str, Scalar, Scalar], ...]


@dataclass(frozen=True, slots=True)
class Status:
    """A bot, its figures and its state; `deviations` from the nearest profile are (key, the bot's, the profile's)."""

    entry: FleetBot
    revision: str
    profile: str
    deviations: Deviations
    figures: Figures
    findings: tuple[Danger, ...]
    rendered: Rendered
    standing: Standing
    sync: Sync


def status(workspace: Workspace, scope: Scope) -> Status:
    """Settings, figures and state of one perp_mm bot."""
    tip = workspace.tip(scope)
    loaded = workspace.loaded(tip)
    entry = choose(loaded, scope.bot)
    bot = perp_mm(entry)
    profile, deviations = nearest(bot, loaded.fleet.profiles.profiles)
    here = live(workspace)
    return Status(
        entry,
        tip,
        profile,
        deviations,
        figures(loaded.fleet, entry),
        dangers(loaded.fleet, bot),
        here.rendered(entry),
        here.standing(bot.name),
        conditions(workspace, only=bot.name).of(bot.name),
    )


def nearest(bot: PerpMMBot, profiles: Mapping[str, Profile]) -> tuple[str, Deviations]:
    """The profile with the fewest deviating settings, and those; none where not a single one is met."""
    best: tuple[str, Deviations] = ("", ())
    fewest = None
    for name, profile in profiles.items():
        wanted = profile.settings.given()
        mine = {key: getattr(bot.settings, key) for key in wanted}
        off = tuple((key, mine[key], value) for key, value in wanted.items() if mine[key] != value)
        if len(off) < len(wanted) and (fewest is None or len(off) < fewest):
            best, fewest = (name, off), len(off)
    return best
