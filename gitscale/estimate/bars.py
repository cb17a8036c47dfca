"""Candles as arrays of ratios, so that bars can be put together in another order; and that order, resampled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Index = NDArray[np.int32]

DAY_MS = 86_400_000
# as long as inventory is usually held: shorter blocks would tear trends apart, longer ones leave too few
BLOCK_MS = 4 * 3_600_000


@dataclass(frozen=True, slots=True)
class Bars:
    """Shape (n,) each: prices as ratios to the close before; funding of the bar as a fraction, NaN where not known.

    Only a bar in which funding is paid has a rate other than 0. `start` and `end` are in ms, `gaps` counts the places
    where candles are missing: there the price jumps, as it did.
    """

    open: Floats
    high: Floats
    low: Floats
    close: Floats
    funding: Floats
    frame_ms: int
    start: int
    end: int
    gaps: int

    def __len__(self) -> int:
        return len(self.open)

    @property
    def a_day(self) -> int:
        """How many bars make a day."""
        return DAY_MS // self.frame_ms

    @property
    def days(self) -> float:
        """How many days of trading the bars are."""
        return len(self) / self.a_day

    @property
    def funded(self) -> float:
        """The part of the bars whose funding is known."""
        return float(np.isfinite(self.funding).mean())


def bars(candles: Sequence[Sequence[float]], frame_ms: int, funding: Mapping[int, float] | None = None) -> Bars:
    """Candles (start in ms, open, high, low, close), oldest first; funding rates as fractions by the ms they fall due.

    A rate is paid in the bar that begins when it falls due, or holds that moment. Funding is known from one interval
    before the first rate to one after the last.
    """
    table = np.array([candle[:5] for candle in candles], dtype=np.float64)
    start = table[:, 0].astype(np.int64)
    before = np.concatenate(([table[0, 1]], table[:-1, 4]))
    return Bars(
        table[:, 1] / before,
        table[:, 2] / before,
        table[:, 3] / before,
        table[:, 4] / before,
        _funding(start, frame_ms, sorted((funding or {}).items())),
        frame_ms,
        int(start[0]),
        int(start[-1]) + frame_ms,
        int(np.count_nonzero(np.diff(start) != frame_ms)),
    )


def _funding(start: NDArray[np.int64], frame_ms: int, rates: Sequence[tuple[int, float]]) -> Floats:
    known = np.full(len(start), np.nan)
    if len(rates) < 2:
        return known
    due = [at for at, _ in rates]
    apart = min(later - sooner for sooner, later in pairwise(due))
    known[(start >= due[0] - apart) & (start < due[-1] + apart)] = 0.0
    for at, rate in rates:
        # a few milliseconds late is the rule: the moment counts as the bar's own
        found = np.searchsorted(start, at, side="right") - 1
        if found >= 0 and start[found] <= at < start[found] + frame_ms:
            known[found] += rate
    return known


def resampled(found: Bars, days: int, random: np.random.Generator) -> Index:
    """Which bars make each of so many days, shape (bars a day, days): a circular block bootstrap."""
    block = max(1, BLOCK_MS // found.frame_ms)
    count = -(-found.a_day // block)
    first = random.integers(0, len(found), size=(count, 1, days), dtype=np.int32)
    whole = (first + np.arange(block, dtype=np.int32)[None, :, None]) % np.int32(len(found))
    return whole.reshape(-1, days)[: found.a_day]


def as_it_was(found: Bars) -> Index:
    """The bars in their own order, shape (n, 1)."""
    return np.arange(len(found), dtype=np.int32)[:, None]
