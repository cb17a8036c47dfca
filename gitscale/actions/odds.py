"""How likely a stop and a liquidation are, before and after a change, where candles of the bot's symbols are known.

They inform and never judge: a cache is this machine's, and what passes must be the same everywhere.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from gitscale.actions.symbols import recording
from gitscale.actions.workspace import Workspace
from gitscale.errors import Unavailable
from gitscale.estimate.bars import Bars, bars
from gitscale.estimate.ladder import ladder
from gitscale.estimate.summary import estimate
from gitscale.market.history import history, kept_pages
from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import FleetBot
from gitscale.risk.deltas import Side
from gitscale.risk.finding import Chances, Delta, Odds
from gitscale.risk.linter import account_of

# enough for whole percents; more bots than these would keep a gate waiting
_DAYS, _SEED = 1000, 1
_MOST = 8


def with_odds(workspace: Workspace, found: Iterable[Delta], sides: tuple[Side, Side]) -> Iterator[Delta]:
    """The deltas; the first bots of known symbols with their odds."""
    left = _MOST
    for delta in found:
        entries = [side.fleet.bots.get(delta.name) for side in sides] if delta.kind == "bot" and left else []
        meant = next((entry.bot for entry in reversed(entries) if entry and isinstance(entry.bot, PerpMMBot)), None)
        known = _known(workspace, meant) if meant else None
        if known is None:
            yield delta
            continue
        left -= 1
        symbol, table = known
        before, after = (_chances(side, entry, table) for side, entry in zip(sides, entries, strict=True))
        start, end = (f"{datetime.fromtimestamp(moment / 1000, UTC):%Y-%m-%d}" for moment in (table.start, table.end))
        yield replace(delta, odds=Odds(symbol, start, end, before, after))


def _known(workspace: Workspace, bot: PerpMMBot) -> tuple[str, Bars] | None:
    """The first of the bot's symbols of which a day of candles is known at least."""
    kept = recording(workspace, bot.exchange)
    for symbol in bot.symbols:
        if pages := kept_pages(kept.known(symbol)):
            try:
                found = history(kept, symbol, pages)
            except Unavailable:
                continue
            return symbol, bars([candle[:5] for candle in found.candles], found.frame_ms, found.funding)
    return None


def _chances(side: Side, entry: FleetBot | None, table: Bars) -> Chances | None:
    if entry is None or not isinstance(entry.bot, PerpMMBot) or not entry.bot.settings.equity_pct:
        return None
    found = estimate(table, ladder(side.accounts[account_of(entry)], entry.bot), (_DAYS, _SEED))
    return Chances(found.stopped, found.liquidated)
