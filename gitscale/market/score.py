"""The MM Score of a symbol, and why a symbol has none.

MM Score = (1h quote volume / 100,000) x (1 / spread%) x min(ATRP x 10, 5) x (leverage / 50): design section 3.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from gitscale.errors import Unavailable
from gitscale.market.feed import FRAMES_MS, Ask
from gitscale.market.quotes import Book, Candle, Market

FRAME = "5m"
FRAME_MS = FRAMES_MS[FRAME]
HOUR_BARS = 12
ATR_BARS = 14
# Wilder's average remembers: with this many bars before it, the value it began with weighs less than 1%
BARS = 100

VOLUME_UNIT = 100_000
SPREAD_FLOOR = 0.01
ATRP_CAP = 5
LEVERAGE_CAP = 125
LEVERAGE_UNIT = 50

VOLUME_FLOOR = 100_000
LISTED_DAYS = 7
STALE_MS = 3 * FRAME_MS
_DAY_MS = FRAMES_MS["1d"]


class Quoted(NamedTuple):
    """What was learned of a symbol at a moment; `own_leverage` stands in where the market states none."""

    market: Market
    book: Book
    candles: Sequence[Candle]
    at: datetime
    own_leverage: int


class Score(NamedTuple):
    """A symbol's figures: price, 1h volume in quote currency, spread, ATRP and the hour's change in %, leverage."""

    symbol: str
    price: float
    volume: float
    spread: float
    atrp: float
    change: float
    leverage: float
    own_leverage: bool

    @property
    def factors(self) -> tuple[float, float, float, float]:
        """Volume, spread, ATRP and leverage, as they are multiplied."""
        return (
            self.volume / VOLUME_UNIT,
            1 / max(self.spread, SPREAD_FLOOR),
            min(self.atrp * 10, ATRP_CAP),
            self.leverage / LEVERAGE_UNIT,
        )

    @property
    def value(self) -> float:
        """The MM Score."""
        volume, spread, atrp, leverage = self.factors
        return volume * spread * atrp * leverage


def candles_of(symbol: str) -> Ask:
    """The question whose answer the score is made from."""
    return Ask("candles", symbol, FRAME, BARS)


def score(quoted: Quoted) -> Score:
    """The score of a symbol.

    Raises:
        Unavailable: it is left out, and why.
    """
    now, bars = int(quoted.at.timestamp() * 1000), quoted.candles
    _check_age(quoted.market, now)
    if len(bars) <= ATR_BARS:
        raise Unavailable(f"no candles: {len(bars)} closed bars of {FRAME}, {ATR_BARS + 1} are needed")
    if (behind := now - bars[-1].start - FRAME_MS) > STALE_MS:
        raise Unavailable(f"stale: its last candle closed {behind // 60_000} minutes ago")
    hour = [bar for bar in bars if bar.start > bars[-1].start - HOUR_BARS * FRAME_MS]
    volume = sum(bar.turnover for bar in hour)
    if volume < VOLUME_FLOOR:
        raise Unavailable(f"volume {volume:,.0f} in the last hour is under the floor of {VOLUME_FLOOR:,}")
    stated = quoted.market.max_leverage
    return Score(
        quoted.market.symbol,
        quoted.book.mid,
        volume,
        100 * (quoted.book.ask - quoted.book.bid) / quoted.book.mid,
        100 * average_true_range(bars) / bars[-1].close,
        100 * (bars[-1].close / hour[0].open - 1),
        min(stated or quoted.own_leverage, LEVERAGE_CAP),
        stated is None,
    )


def average_true_range(bars: Sequence[Candle]) -> float:
    """Wilder's ATR(14): the mean of the first 14 true ranges, then 13 parts of itself and one of the next."""
    ranges = [max(bar.high, before.close) - min(bar.low, before.close) for before, bar in pairwise(bars)]
    found = sum(ranges[:ATR_BARS]) / ATR_BARS
    for item in ranges[ATR_BARS:]:
        found += (item - found) / ATR_BARS
    return found


def _check_age(market: Market, now: int) -> None:
    if market.listed is None:
        return
    if (days := (now - market.listed) // _DAY_MS) < LISTED_DAYS:
        raise Unavailable(f"listed {days} day{'s' * (days != 1)} ago, less than {LISTED_DAYS}")
