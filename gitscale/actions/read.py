"""Questions about one bot or the fleet: its figures, profiles, presets, history, diff. They change nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from gitscale.actions.revert import file_of
from gitscale.actions.workspace import Scope, Workspace, choose, named, perp_mm
from gitscale.documents import load
from gitscale.errors import Problem, Refused
from gitscale.model.bot import Bot
from gitscale.model.change import rows
from gitscale.model.exposure import Level, distance_in, exposure, level, loss_at_stop
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.profiles import Preset, Profile
from gitscale.store.history import LogEntry, log


@dataclass(frozen=True, slots=True)
class Figures:
    """What a bot's numbers mean; exposure and loss in % of equity, distance as a fraction (infinite: none)."""

    exposure: float
    level: Level
    loss_at_stop: float
    liquidation_distance: float


@dataclass(frozen=True, slots=True)
class Bots:
    """The whole fleet in short, for a status without a bot named."""

    revision: str
    bots: tuple[Bot, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in a bot's file between two commits: rows of (what, before, after)."""

    bot: str
    old: str
    new: str
    rows: tuple[tuple[str, str, str], ...]


def figures(fleet: Fleet, entry: FleetBot) -> Figures:
    """The figures of a perp_mm bot among the fleet's others."""
    bot = perp_mm(entry)
    size = exposure(bot.settings)
    return Figures(size, level(size, fleet.policy.levels), loss_at_stop(bot, fleet.policy), distance_in(fleet, bot))


def bots(workspace: Workspace, scope: Scope) -> Bots:
    """All bots of the tip, and what is broken."""
    tip = workspace.tip(scope)
    loaded = workspace.loaded(tip)
    found = tuple(loaded.fleet.bots[name].bot for name in sorted(loaded.fleet.bots))
    return Bots(tip, found, loaded.problems)


def profiles(workspace: Workspace, scope: Scope) -> tuple[Mapping[str, Profile], Fleet]:
    """The profiles of the tip, and the fleet whose policy names their levels."""
    fleet = workspace.loaded(workspace.tip(scope)).fleet
    return fleet.profiles.profiles, fleet


def presets(workspace: Workspace, scope: Scope) -> Mapping[str, Preset]:
    """The presets of the tip."""
    return workspace.loaded(workspace.tip(scope)).fleet.profiles.presets


def history(workspace: Workspace, scope: Scope, limit: int) -> tuple[str, list[LogEntry]]:
    """A bot's newest commits, whatever folder it lay in."""
    tip = workspace.tip(scope)
    entry = _any_bot(workspace, tip, scope)
    return entry.bot.name, list(log(workspace.repository, tip, entry.bot.name, limit=limit))


def diff(workspace: Workspace, scope: Scope, revision: str | None) -> Difference:
    """A bot's file between `revision` (default: before its newest commit) and the tip."""
    tip = workspace.tip(scope)
    entry = _any_bot(workspace, tip, scope)
    name = entry.bot.name
    if revision is None:
        newest = next(log(workspace.repository, tip, name, limit=1), None)
        old = newest.before() if newest else None
        if old is None:
            raise Refused(f"{name} has no earlier state", "name a revision: /diff REV")
    else:
        old = workspace.commit_named(revision)
    before, after = file_of(workspace, old, name), workspace.source(tip, entry.path)
    assert after is not None
    documents = (
        load.document(before.path, before.data) if before else {},
        load.document(after.path, after.data),
    )
    return Difference(name, old, tip, rows(*documents))


def _any_bot(workspace: Workspace, tip: str, scope: Scope) -> FleetBot:
    loaded = workspace.loaded(tip)
    return choose(loaded, None) if scope.bot is None else named(loaded, scope.bot)
