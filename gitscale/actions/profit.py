"""/profit estimate: a bot's own ladder replayed over candles, and what arithmetic says without any."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gitscale.actions.check import refuse_unjudged
from gitscale.actions.status import nearest
from gitscale.actions.symbols import Query as Quotes
from gitscale.actions.symbols import ago, feed_of, recording
from gitscale.actions.workspace import Scope, Workspace, choose, perp_mm
from gitscale.documents.words import suggestion
from gitscale.errors import Refused, Unavailable
from gitscale.market import files
from gitscale.market.history import History, history, kept_pages, pages
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure, loss_at_stop
from gitscale.model.fleet import Fleet

if TYPE_CHECKING:
    from gitscale.estimate.summary import Summary

_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: the bot's first symbol unless one is named; candles of the exchange unless there is a file."""

    symbol: str = ""
    days: int = 10_000
    seed: int = 1
    candles: Path | None = None
    funding: Path | None = None
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """What needs no candles, in % of equity: a round trip of one lot net of fees, and one stop of a full side.

    `break_even` is how many such trips pay for one stop; `fee_share` how much of the price's move goes to the fees.
    """

    trip: float
    stop: float
    break_even: float | None
    fee_share: float


@dataclass(frozen=True, slots=True)
class Window:
    """The candles: from, to, how far apart in ms, how many, gaps, and the part of them whose funding is known."""

    start: datetime
    end: datetime
    frame_ms: int
    candles: int
    days: float
    gaps: int
    funded: float


@dataclass(frozen=True, slots=True)
class Profit:
    """An estimate; without one there is a reason, and a remedy where the reason is that no candles are known."""

    bot: PerpMMBot
    revision: str
    symbol: str
    exposure: float
    arithmetic: Arithmetic
    profile: str
    claim: str
    exact: bool
    seed: int
    counter: bool
    window: Window | None = None
    summary: "Summary | None" = None
    reason: str = ""
    remedy: str = ""
    equity: float | None = None


def profit(workspace: Workspace, scope: Scope, query: Query) -> Profit:
    """The estimate for one bot.

    Raises:
        Refused: there is no such symbol, or a file holds no candles.
        InvalidConfig: the policy is broken, so that nothing says what fees and stops cost.
        Unavailable: a file cannot be read.
    """
    from gitscale.estimate.ladder import ladder

    tip = workspace.tip(scope)
    loaded = workspace.loaded(tip)
    fleet, bot = loaded.fleet, perp_mm(choose(loaded, scope.bot))
    refuse_unjudged(loaded)
    profile, deviations = nearest(bot, fleet.profiles.profiles)
    found = Profit(
        bot,
        tip,
        _symbol(bot, query.symbol),
        exposure(bot.settings),
        arithmetic(fleet, bot),
        profile,
        fleet.profiles.profiles[profile].expected if profile else "",
        not deviations,
        query.seed,
        ladder(fleet, bot).counter,
        equity=fleet.policy.equity_of("/".join(bot.venue)),
    )
    if not found.exposure:
        return replace(found, reason="the exposure is 0%: nothing is traded")
    try:
        known = _history(workspace, found.symbol, bot.exchange, query)
    except Unavailable as error:
        if query.candles is not None:
            raise
        return replace(found, reason=error.message, remedy=_remedy(workspace, found, query))
    return _estimated(workspace, fleet, found, (known, query.days))


def arithmetic(fleet: Fleet, bot: PerpMMBot) -> Arithmetic:
    """The figures that follow from settings and fees alone."""
    settings, maker = bot.settings, fleet.policy.fees_of(bot.exchange).maker
    trip = exposure(settings) / settings.num_levels * settings.target_net_bps / 1e4
    stop = loss_at_stop(bot, fleet.policy)
    return Arithmetic(trip, stop, stop / trip if trip else None, 2 * maker / (settings.target_net_bps + 2 * maker))


def _estimated(workspace: Workspace, fleet: Fleet, found: Profit, of: tuple[History, int]) -> Profit:
    from gitscale.estimate.bars import bars
    from gitscale.estimate.ladder import ladder
    from gitscale.estimate.summary import estimate

    known, days = of
    table = bars([candle[:5] for candle in known.candles], known.frame_ms, known.funding)
    if table.days < 1:
        raise Refused(f"{table.days * 24:.1f} hours of candles say nothing of a day", "give a day of them at least")
    summary = estimate(table, ladder(fleet, found.bot), (days, found.seed), workspace.host.progress)
    window = Window(
        _moment(table.start), _moment(table.end), table.frame_ms, len(table), table.days, table.gaps, table.funded
    )
    return replace(found, window=window, summary=summary)


def _history(workspace: Workspace, symbol: str, exchange: str, query: Query) -> History:
    if query.candles is not None:
        return files.history(_source(query.candles), _source(query.funding) if query.funding else None)
    feed = feed_of(workspace, exchange, Quotes(offline=query.offline))
    kept = recording(workspace, exchange)
    wanted = kept_pages(kept.known(symbol)) if query.offline else pages(exchange, symbol, workspace.host.now())
    return history(feed, symbol, wanted, workspace.host.progress)


def _remedy(workspace: Workspace, found: Profit, query: Query) -> str:
    """What is known from before, or where candles may come from."""
    kept = recording(workspace, found.bot.exchange)
    if query.offline:
        return "ask once without --offline, or give --candles FILE"
    known = kept_pages(kept.known(found.symbol))
    if known and (answer := kept.find(known[-1])):
        return f"known from {ago(workspace.host.now() - answer.at)}: /profit estimate --offline"
    return "try again later, or give --candles FILE"


def _source(file: Path) -> files.Source:
    try:
        if file.exists() and not file.is_file():
            raise Refused(f"{file} is no file", "name a CSV file")
        if file.stat().st_size > _LARGEST:
            raise Refused(f"{file} is larger than {_LARGEST >> 20} MiB", "give fewer candles")
        return files.Source(str(file), file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise Refused(f"{file} is not UTF-8", "save it as CSV in UTF-8") from None
    except OSError as error:
        raise Unavailable(f"cannot read {file}: {error.strerror}") from None


def _symbol(bot: PerpMMBot, name: str) -> str:
    """The bot's symbol that is meant: in full, or by its base."""
    wanted = name.upper()
    found = [item for item in bot.symbols if not name or wanted in (item, item.partition("/")[0])]
    if not found:
        remedy = suggestion(wanted, list(bot.symbols)) or f"it trades {', '.join(bot.symbols)}"
        raise Refused(f"{bot.name} does not trade {name!r}", remedy)
    return found[0]


def _moment(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)
