"""What the stand-in trades: instruments, and prices that follow from symbol and time alone."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Literal, NamedTuple

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
DAY_MS = 24 * HOUR_MS
_UNITS = {"m": MINUTE_MS, "h": HOUR_MS, "d": DAY_MS}
Oddity = Literal["no book", "zero book", "crossed book", "book only", "stale candles", "no candles", "no fields"]


class Instrument(NamedTuple):
    """A linear swap: price and tick, how far it swings (a fraction), spread in ticks, turnover a day in USDT."""

    base: str
    price: float
    tick: float
    swing: float
    spread: int
    turnover: float
    leverage: int
    contract: float = 1
    listed_days: int = 400


INSTRUMENTS = (
    Instrument("BTC", 64_000, 0.1, 0.004, 1, 9.0e9, 125, 0.001),
    Instrument("ETH", 3_100, 0.01, 0.006, 1, 4.5e9, 100, 0.01),
    Instrument("SOL", 185, 0.001, 0.009, 3, 1.6e9, 75),
    Instrument("XRP", 2.15, 0.0001, 0.008, 1, 9.0e8, 75, 10),
    Instrument("DOGE", 0.21, 0.00001, 0.011, 2, 6.0e8, 75, 100),
    Instrument("ASTER", 0.84, 0.0001, 0.016, 2, 4.2e8, 50, 10),
    Instrument("SUI", 3.4, 0.0001, 0.012, 4, 3.1e8, 50),
    Instrument("LINK", 17.2, 0.001, 0.009, 2, 2.4e8, 50),
    Instrument("AVAX", 28.4, 0.001, 0.010, 3, 1.9e8, 50),
    Instrument("ADA", 0.62, 0.0001, 0.008, 1, 1.5e8, 75, 10),
    Instrument("PEPE", 0.0000112, 0.000000001, 0.015, 3, 1.3e8, 50, 100_000),
    Instrument("HYPE", 39.5, 0.001, 0.014, 6, 1.2e8, 40),
    Instrument("LTC", 96.0, 0.01, 0.006, 1, 9.5e7, 50),
    Instrument("NEW", 1.9, 0.0001, 0.030, 8, 9.0e7, 25, listed_days=2),
    Instrument("TON", 3.0, 0.0001, 0.007, 5, 6.0e7, 50),
    Instrument("NEAR", 2.7, 0.001, 0.010, 1, 5.0e7, 50),
    Instrument("THIN", 0.44, 0.0001, 0.012, 9, 1.2e6, 20),
)


def frame_ms(name: str) -> int:
    """The length of a bar as most exchanges name it, like 5m or 1H."""
    return int(name[:-1]) * _UNITS[name[-1].lower()]


@dataclass
class World:
    """The market at a moment; `odd` says what is wrong with an instrument, by base."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    instruments: tuple[Instrument, ...] = INSTRUMENTS
    odd: dict[str, Oddity] = field(default_factory=dict)

    def now_ms(self) -> int:
        """The moment in milliseconds."""
        return int(self.now().timestamp() * 1000)

    def find(self, base: str) -> Instrument:
        """The instrument of a base.

        Raises:
            LookupError: there is none.
        """
        return {item.base: item for item in self.instruments}[base]

    def listed_ms(self, item: Instrument) -> int:
        """When it was listed."""
        return self.now_ms() - item.listed_days * DAY_MS

    def funding_times(self, count: int, every_ms: int = 8 * HOUR_MS) -> list[int]:
        """The last times at which funding fell due, the newest first."""
        last = self.now_ms() // every_ms * every_ms
        return [last - step * every_ms for step in range(count)]

    def price(self, item: Instrument, at_ms: int) -> float:
        """Two waves and a little noise around the instrument's price."""
        phase = sum(map(ord, item.base))
        wave = math.sin(at_ms / 3.1e6 + phase) + 0.3 * math.sin(at_ms / 4.7e5 + 2 * phase)
        noise = Random(f"{item.base}:{at_ms}").uniform(-0.2, 0.2)
        return item.price * (1 + item.swing * (wave + noise) / 2)

    def last(self, item: Instrument) -> str:
        """The price of the last trade."""
        return self.rounded(item, self.price(item, self.now_ms()))

    def rounded(self, item: Instrument, price: float) -> str:
        """A price on the tick, as exchanges write it."""
        return f"{round(price / item.tick) * item.tick:.{max(0, -math.floor(math.log10(item.tick)))}f}"

    def book(self, item: Instrument, depth: int) -> tuple[list[list[str]], list[list[str]]]:
        """Bids and asks, the best first."""
        odd = self.odd.get(item.base)
        if odd == "no book":
            return [], []
        if odd == "zero book":
            return [["0", "0"]], [["0", "0"]]
        middle = round(self.price(item, self.now_ms()) / item.tick)
        below, above = middle - item.spread // 2, middle - item.spread // 2 + item.spread
        if odd == "crossed book":
            below, above = above, below
        steps = range(depth)
        bids = [[self.rounded(item, (below - step) * item.tick), str(10 + step)] for step in steps]
        return bids, [[self.rounded(item, (above + step) * item.tick), str(11 + step)] for step in steps]

    def candles(self, item: Instrument, frame_ms: int, count: int, end_ms: int | None = None) -> list[list[str]]:
        """[start, open, high, low, close, volume in base, turnover], oldest first; the last one is still forming."""
        odd = self.odd.get(item.base)
        if odd == "no candles":
            return []
        last = min(self.now_ms(), self.now_ms() if end_ms is None else end_ms) // frame_ms * frame_ms
        if odd == "stale candles":
            last -= DAY_MS
        return [self._candle(item, last - step * frame_ms, frame_ms) for step in reversed(range(count))]

    def _candle(self, item: Instrument, start: int, frame_ms: int) -> list[str]:
        luck = Random(f"{item.base}/{start}")
        first, last = self.price(item, start), self.price(item, start + frame_ms)
        high = max(first, last) * (1 + luck.random() * item.swing / 8)
        low = min(first, last) * (1 - luck.random() * item.swing / 8)
        volume = item.turnover * frame_ms / DAY_MS * luck.uniform(0.5, 1.5) / first
        prices = [self.rounded(item, price) for price in (first, high, low, last)]
        return [str(start), *prices, f"{volume:.3f}", f"{volume * first:.2f}"]

    def tiers(self, item: Instrument) -> list[tuple[float, float, int]]:
        """(largest notional, maintenance rate, largest leverage) a tier, rising."""
        steps = ((2e5, 0.5, 1.0), (1e6, 1.0, 0.5), (5e6, 2.5, 0.2), (2e7, 5.0, 0.1))
        return [(most, rate / 100, max(1, int(item.leverage * part))) for most, rate, part in steps]
