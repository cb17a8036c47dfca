"""/overview: every bot with how it runs, and what the perp_mm bots expose together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gitscale.actions.condition import Sync, conditions
from gitscale.actions.live import live
from gitscale.actions.workspace import Scope, Workspace, choose
from gitscale.errors import Problem
from gitscale.model.bot import Bot, PerpMMBot
from gitscale.model.exposure import Level, exposure, level
from gitscale.model.fleet import Fleet
from gitscale.runtime.state import Standing


@dataclass(frozen=True, slots=True)
class Seat:
    """One bot; its exposure, in % of its account's equity, is known for perp_mm alone."""

    bot: Bot
    standing: Standing
    exposure: float | None
    level: Level | None
    sync: Sync

    @property
    def running(self) -> bool:
        """Whether a process gives signs of life."""
        return self.standing.state == "running"

    @property
    def counts(self) -> bool:
        """Whether its exposure is taken: it runs, or should."""
        return self.exposure is not None and (self.running or self.bot.enabled)


@dataclass(frozen=True, slots=True)
class Weighted:
    """Exposure of several accounts in % of all their equity, which is in one currency."""

    exposure: float
    equity: float
    currency: str


@dataclass(frozen=True, slots=True)
class Overview:
    """All bots by account and name; `total` adds up the percentages of `accounts`; `strays` run and are not in git."""

    revision: str
    seats: tuple[Seat, ...]
    total: float
    accounts: Mapping[str, float]
    weighted: Weighted | None
    level: Level
    problems: tuple[Problem, ...]
    strays: tuple[str, ...]

    @property
    def exchanges(self) -> list[str]:
        """Where bots run, or should."""
        return sorted({seat.bot.exchange for seat in self.seats if seat.running or seat.bot.enabled})


def overview(workspace: Workspace, scope: Scope) -> Overview:
    """The fleet at the tip.

    Raises:
        Refused: there is no bot at all.
    """
    tip = workspace.tip(scope)
    loaded = workspace.loaded(tip)
    fleet, running = loaded.fleet, live(workspace).running()
    if not fleet.bots:
        choose(loaded, None)
    how_synced = conditions(workspace)
    seats = tuple(
        _seat(fleet, name, running, how_synced.of(name))
        for name in sorted(fleet.bots, key=lambda key: _order(fleet, key))
    )
    accounts = _by_account(seats)
    total = round(sum(accounts.values()), 9)
    weighted = _weighted(fleet, seats, accounts)
    strays = tuple(name for name, item in running.items() if item.state == "running" and name not in fleet.bots)
    found = level(weighted.exposure if weighted else total, fleet.policy.levels)
    return Overview(tip, seats, total, accounts, weighted, found, loaded.problems, strays)


def _order(fleet: Fleet, name: str) -> tuple[str, str, str]:
    return (*fleet.bots[name].venue, name)


def _seat(fleet: Fleet, name: str, running: Mapping[str, Standing], sync: Sync) -> Seat:
    bot = fleet.bots[name].bot
    size = exposure(bot.settings) if isinstance(bot, PerpMMBot) else None
    known = None if size is None else level(size, fleet.policy.levels)
    return Seat(bot, running.get(name, Standing("stopped")), size, known, sync)


def _by_account(seats: Iterable[Seat]) -> dict[str, float]:
    found: dict[str, float] = {}
    for seat in seats:
        if seat.counts and seat.exposure is not None:
            account = "/".join(seat.bot.venue)
            found[account] = round(found.get(account, 0) + seat.exposure, 9)
    return found


def _weighted(fleet: Fleet, seats: Iterable[Seat], accounts: Mapping[str, float]) -> Weighted | None:
    """Nothing where there is one account, or where policy does not know them all in one currency."""
    equity = {name: held for name in accounts if (held := fleet.policy.equity_of(name)) is not None}
    currencies = {seat.bot.symbols[0].rpartition(":")[2] for seat in seats if seat.counts}
    if len(accounts) < 2 or len(equity) < len(accounts) or len(currencies) != 1:
        return None
    whole = sum(equity.values())
    share = round(sum(size * equity[name] for name, size in accounts.items()) / whole, 2)
    return Weighted(share, whole, currencies.pop())
