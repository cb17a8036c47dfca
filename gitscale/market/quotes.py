"""Quotes as values, read from ccxt's unified structures; what is missing or absurd is named, never taken for zero."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from math import isfinite
from typing import Any, NamedTuple

from gitscale.errors import Unavailable

# what turnover is counted in: a market quoted in anything else cannot be compared with the others
_DOLLARS = frozenset({"USDT", "USDC", "USD"})


class Market(NamedTuple):
    """A linear swap that trades: largest leverage, contract size in base units, fees as fractions, where stated."""

    symbol: str
    max_leverage: float | None
    contract: float | None
    listed: int | None
    maker: float | None
    taker: float | None


class Ticker(NamedTuple):
    """A day's turnover in quote currency, and the best prices where the exchange tells them along with it."""

    turnover: float
    bid: float | None
    ask: float | None


class Book(NamedTuple):
    """The best bid and ask."""

    bid: float
    ask: float

    @property
    def mid(self) -> float:
        """Halfway between the two."""
        return (self.bid + self.ask) / 2


class Candle(NamedTuple):
    """One bar: start in ms, prices, volume in base units."""

    start: int
    open: float
    high: float
    low: float
    close: float
    volume: float

    @property
    def turnover(self) -> float:
        """The volume in quote currency, at the typical price (high + low + close)/3."""
        return self.volume * (self.high + self.low + self.close) / 3


class Tier(NamedTuple):
    """A risk tier: it holds up to this notional (None: without end), with this maintenance rate in % and leverage."""

    up_to: float | None
    maintenance: float
    max_leverage: float


def markets(raw: object) -> dict[str, Market]:
    """The linear swaps in dollars that trade, by symbol.

    Raises:
        Unavailable: there is none.
    """
    found = {item.symbol: item for item in map(_market, _swaps(raw))}
    if not found:
        raise Unavailable("it lists no linear swap")
    return found


def tickers(raw: object, listed: Mapping[str, Market]) -> dict[str, Ticker]:
    """The day of every listed market whose turnover is known, by symbol.

    Raises:
        Unavailable: no turnover is known at all.
    """
    rows = raw if isinstance(raw, Mapping) else {}
    found = {symbol: item for symbol in listed if (item := _ticker(rows.get(symbol), listed[symbol]))}
    if not found:
        raise Unavailable("it gives no turnover of any market")
    return found


def book(bid: object, ask: object) -> Book:
    """The best prices.

    Raises:
        Unavailable: a side is missing, or they cross.
    """
    low, high = _above_zero(bid), _above_zero(ask)
    if low is None or high is None:
        raise Unavailable("no book: a side is empty")
    if low >= high:
        raise Unavailable(f"no book: bid {low:g} is not below ask {high:g}")
    return Book(low, high)


def top_of_book(raw: object) -> Book:
    """The best prices of an order book.

    Raises:
        Unavailable: a side is missing, or they cross.
    """
    sides = raw if isinstance(raw, Mapping) else {}
    return book(*(_first(sides.get(side)) for side in ("bids", "asks")))


def closed_candles(raw: object, frame_ms: int, at: datetime) -> tuple[Candle, ...]:
    """The bars that had closed at a moment, oldest first.

    Raises:
        Unavailable: a bar is not one.
    """
    now = int(at.timestamp() * 1000)
    bars = (_candle(row) for row in (raw if isinstance(raw, Sequence) else ()))
    return tuple(sorted(bar for bar in bars if bar.start + frame_ms <= now))


def funding(raw: object) -> dict[int, float]:
    """Funding rates as fractions of the notional, by the ms they fell due.

    Raises:
        Unavailable: one lacks a figure.
    """
    found = {}
    for row in raw if isinstance(raw, Sequence) else ():
        at, rate = (_number(row.get(key)) if isinstance(row, Mapping) else None for key in ("timestamp", "fundingRate"))
        if at is None or rate is None:
            raise Unavailable("a funding rate lacks a figure")
        found[int(at)] = rate
    return found


def tiers(raw: object) -> tuple[Tier, ...]:
    """A market's tiers, the smallest notional first.

    Raises:
        Unavailable: one lacks a figure.
    """
    rows = [row for row in (raw if isinstance(raw, Sequence) else ()) if isinstance(row, Mapping)]
    found = [_tier(row) for row in rows]
    if not found:
        raise Unavailable("it gives no tiers")
    return tuple(sorted(found, key=lambda item: item.up_to or float("inf")))


def _swaps(raw: object) -> Iterator[Mapping[str, Any]]:
    for item in raw if isinstance(raw, Sequence) else ():
        known = isinstance(item, Mapping) and item.get("swap") is True and item.get("linear") is True
        named = known and isinstance(item.get("symbol"), str) and item.get("quote") in _DOLLARS
        if named and item.get("active") is not False:
            yield item


def _market(raw: Mapping[str, Any]) -> Market:
    limits = raw.get("limits") or {}
    leverage = _above_zero((limits.get("leverage") or {}).get("max"))
    created = _number(raw.get("created"))
    return Market(
        raw["symbol"],
        leverage if leverage is not None and leverage >= 1 else None,
        _above_zero(raw.get("contractSize")),
        None if created is None else int(created),
        _number(raw.get("maker")),
        _number(raw.get("taker")),
    )


def _ticker(raw: object, market: Market) -> Ticker | None:
    if not isinstance(raw, Mapping):
        return None
    turnover = _above_zero(raw.get("quoteVolume"))
    if turnover is None:  # OKX and BloFin count contracts, and ccxt leaves it at that
        contracts, last = _above_zero(raw.get("baseVolume")), _above_zero(raw.get("last"))
        if contracts is None or last is None or market.contract is None:
            return None
        turnover = contracts * market.contract * last
    return Ticker(turnover, _number(raw.get("bid")), _number(raw.get("ask")))


def _candle(raw: object) -> Candle:
    figures = [_number(item) for item in raw[:6]] if isinstance(raw, Sequence) else []
    known = [item for item in figures if item is not None and item >= 0]
    if len(known) < 6 or not 0 < known[3] <= min(known[1], known[4]) or known[2] < max(known[1], known[4]):
        raise Unavailable("a candle lacks a figure or contradicts itself")
    return Candle(int(known[0]), *known[1:])


def _tier(raw: Mapping[str, Any]) -> Tier:
    rate, leverage = _number(raw.get("maintenanceMarginRate")), _number(raw.get("maxLeverage"))
    if rate is None or not 0 <= rate < 1 or leverage is None or leverage < 1:
        raise Unavailable("a tier lacks its maintenance rate or leverage")
    return Tier(_above_zero(raw.get("maxNotional")), round(rate * 100, 9), leverage)


def _first(side: object) -> object:
    """The price of a side's best level."""
    level = side[0] if isinstance(side, Sequence) and side else ()
    return level[0] if isinstance(level, Sequence) and level else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return None
    return float(value)


def _above_zero(value: object) -> float | None:
    found = _number(value)
    return found if found is not None and found > 0 else None
