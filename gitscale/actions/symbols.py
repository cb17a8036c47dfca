"""/symbols: the best symbols of an exchange for market making, from its own quotes."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from gitscale.actions.workspace import MARKET_CACHE, Scope, Workspace, choose, perp_mm
from gitscale.documents.load import Loaded
from gitscale.documents.words import suggestion
from gitscale.errors import Refused, Unavailable
from gitscale.market.cached import Asked, CachedFeed
from gitscale.market.feed import Ask, Feed
from gitscale.market.quotes import markets
from gitscale.market.ranking import Ranking, Wanted, rank
from gitscale.market.recording import Recording
from gitscale.model.exchanges import ALIASES, KNOWN
from gitscale.model.parameters import Settings


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked; without an exchange, the bot's."""

    exchange: str = ""
    top: int = 10
    symbol: str = ""
    offline: bool = False
    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Symbols:
    """The ranking of an exchange, the symbol to explain, and how old the oldest quote in it is."""

    exchange: str
    ranking: Ranking
    top: int
    explained: str
    age: timedelta


def symbols(workspace: Workspace, scope: Scope, query: Query) -> Symbols:
    """The ranking.

    Raises:
        Refused: there is no such exchange or symbol.
        Unavailable: the exchange gives no quotes; the remedy names what is known of it, with its age.
    """
    exchange, own_leverage = _exchange(workspace.loaded(workspace.tip(scope)), scope, query.exchange)
    kept = recording(workspace, exchange)
    try:
        feed = feed_of(workspace, exchange, query)
        symbol = _symbol(feed, query.symbol) if query.symbol else ""
        ranking = rank(feed, Wanted(query.top, symbol, own_leverage), workspace.host.progress)
    except Unavailable as error:
        told = error.message if exchange in error.message else f"{exchange}: {error.message}"
        raise Unavailable(told, error.remedy or _last_known(workspace, kept)) from None
    return Symbols(exchange, ranking, query.top, symbol, workspace.host.now() - ranking.oldest)


def recording(workspace: Workspace, exchange: str) -> Recording:
    """Where an exchange's answers are kept: beside git's own state, so that no commit can plant one.

    What a stand-in said is kept apart from what the exchange said.
    """
    place = quote(workspace.host.market_url, safe="") or "exchanges"
    return Recording(workspace.repository.state_dir / MARKET_CACHE / place, exchange)


def feed_of(workspace: Workspace, exchange: str, query: Query) -> Feed:
    """The feed of an exchange that a query asks for; ccxt is loaded when the exchange is really asked."""
    kept = recording(workspace, exchange)
    if query.offline:
        return kept
    return CachedFeed(kept, partial(_ccxt, workspace, exchange), workspace.host.now, query.max_age)


def _ccxt(workspace: Workspace, exchange: str) -> Asked:
    from gitscale.market.ccxt_feed import CcxtFeed

    return CcxtFeed(exchange, workspace.host.now, workspace.host.market_url)


def _exchange(loaded: Loaded, scope: Scope, named: str) -> tuple[str, int]:
    """The exchange, and the leverage of the bot there, or the default where no one bot is meant."""
    if named and named not in KNOWN:
        raise Refused(f"{named!r} is not a ccxt exchange id", suggestion(named, sorted(KNOWN)) or "for example: bybit")
    meant = [choose(loaded, scope.bot)] if scope.bot else list(loaded.fleet.perp_mm())
    venues = {ALIASES.get(named, named)} if named else {entry.venue[0] for entry in meant}
    if len(venues) != 1:
        venues = {choose(loaded, None).venue[0]}  # which says that there is no bot, or too many
    (exchange,) = venues
    there = [perp_mm(entry) for entry in meant if entry.venue[0] == exchange]
    return exchange, there[0].settings.leverage if len(there) == 1 else Settings().leverage


def _symbol(feed: Feed, name: str) -> str:
    """The listed symbol that is meant: in full, or by its base."""
    listed = markets(feed.ask(Ask("markets")).data)
    wanted = name.upper()
    for known in (wanted, f"{wanted}:USDT", f"{wanted}/USDT:USDT", f"{wanted}/USDC:USDC"):
        if known in listed:
            return known
    raise Refused(f"there is no linear swap {name!r} there", suggestion(wanted, list(listed)) or "/symbols lists some")


def _last_known(workspace: Workspace, kept: Recording) -> str:
    found = kept.find(Ask("tickers"))
    if found is None:
        return "try again later; nothing is known of it from before"
    return f"known from {ago(workspace.host.now() - found.at)}: /symbols {kept.exchange} --offline"


def ago(age: timedelta) -> str:
    """`12 minutes ago`."""
    seconds = max(0, int(age.total_seconds()))
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{seconds // size} {unit}{'s' * (seconds // size != 1)} ago"
    return f"{seconds} second{'s' * (seconds != 1)} ago"
