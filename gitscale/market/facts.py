"""What an exchange grants on some of its markets, as market/facts.yaml holds it."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gitscale.errors import Unavailable
from gitscale.market import quotes
from gitscale.market.feed import Ask, Feed, Progress, ask_all
from gitscale.market.quotes import Market
from gitscale.model.exchanges import FEES, HEDGELESS
from gitscale.model.facts import ExchangeFacts, Tier
from gitscale.model.facts import Market as Granted
from gitscale.model.policy import FeeRates

# where tiers are public and count notional; OKX counts contracts, and Binance asks for an account
TIERED = frozenset({"bybit", "bitget"})
_BPS = 10_000


class Wanted(NamedTuple):
    """An exchange, the symbols of interest there, and the day in UTC."""

    exchange: str
    symbols: Iterable[str]
    day: str


class Read(NamedTuple):
    """What was read, and the symbols of which the exchange says nothing, with the reason."""

    facts: ExchangeFacts
    missing: Mapping[str, str]


def read(feed: Feed, wanted: Wanted, progress: Progress | None = None) -> Read:
    """The facts of an exchange.

    Raises:
        Unavailable: one of its answers is missing: facts have one date, so there are all or none.
    """
    listed = quotes.markets(feed.ask(Ask("markets")).data)
    symbols = sorted(symbol for symbol in wanted.symbols if symbol in listed)
    tiers = _tiers(feed, symbols, progress) if wanted.exchange in TIERED else {}
    granted = {symbol: _granted(listed[symbol], tiers.get(symbol, ())) for symbol in symbols}
    missing = {symbol: "is not listed as a linear swap" for symbol in wanted.symbols if symbol not in listed}
    missing |= {symbol: "its largest leverage is not public" for symbol, item in granted.items() if item is None}
    facts = ExchangeFacts(
        as_of=wanted.day,
        hedge_mode=_hedge_mode(feed, wanted.exchange),
        fees=_fees(wanted.exchange, [listed[symbol] for symbol in symbols]),
        markets={symbol: item for symbol, item in granted.items() if item is not None},
    )
    return Read(facts, missing)


def _tiers(feed: Feed, symbols: Iterable[str], progress: Progress | None) -> dict[str, tuple[quotes.Tier, ...]]:
    found = {}
    for question, answer in ask_all(feed, [Ask("tiers", symbol) for symbol in symbols], progress).items():
        if isinstance(answer, Unavailable):
            raise answer
        found[question.symbol] = quotes.tiers(answer.data)
    return found


def _granted(market: Market, tiers: Iterable[quotes.Tier]) -> Granted | None:
    bounded = [
        Tier(up_to=item.up_to, maintenance=item.maintenance, max_leverage=item.max_leverage)
        for item in tiers
        if item.up_to is not None
    ]
    most = market.max_leverage or max((item.max_leverage for item in bounded), default=None)
    return None if most is None else Granted(max_leverage=most, tiers=bounded)


def _hedge_mode(feed: Feed, exchange: str) -> bool | None:
    """Not known where ccxt cannot set it: that alone does not mean that the exchange has none."""
    if exchange in HEDGELESS:
        return False
    return True if feed.ask(Ask("abilities")).data["hedge_mode"] is True else None


def _fees(exchange: str, markets: Iterable[Market]) -> FeeRates | None:
    """The published ones where they are known here; ccxt's own are placeholders for some of those."""
    if exchange in FEES:
        return FeeRates(maker=FEES[exchange].maker, taker=FEES[exchange].taker)
    stated = [(item.maker, item.taker) for item in markets]
    known = [(maker * _BPS, taker * _BPS) for maker, taker in stated if maker is not None and taker is not None]
    if not known:
        return None
    maker, taker = (round(max(side), 6) for side in zip(*known, strict=True))
    return FeeRates(maker=maker, taker=taker)
