"""Many resampled days, and what is to be said of them: chances, quantiles, and how sure the average is."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from gitscale.estimate.bars import Bars, Floats, as_it_was, resampled
from gitscale.estimate.ladder import Ladder
from gitscale.estimate.replay import Outcome, replay

Verdict = Literal["edge in this window", "no edge shown", "loses in this window"]
Progress = Callable[[int, int], None]
# more days at once are hardly faster, and take more memory
_AT_ONCE = 5000
_BINS = 32


class Range(NamedTuple):
    """The quantiles 5%, 50% and 95%."""

    p5: float
    p50: float
    p95: float


class Summary(NamedTuple):
    """Of so many resampled days, each begun flat; money as a part of one side's notional.

    `mean` has every component of an average day, `day` the spread of single days' net, and `average` that of the net of
    an average day over as long a window as the data has: an edge is shown where all of that lies above zero. `window`
    is the net a day of the data in its own order. Fills and trips (entry and target) are a day's.
    """

    days: int
    mean: dict[str, float]
    day: Range
    average: Range
    window: float
    positive: float
    stopped: float
    liquidated: float
    fills: float
    trips: float
    counts: tuple[int, ...]
    edges: tuple[float, float]

    @property
    def verdict(self) -> Verdict:
        """What the interval of the average day allows to say."""
        if self.average.p5 > 0:
            return "edge in this window"
        return "loses in this window" if self.average.p95 < 0 else "no edge shown"


MONEY = ("targets", "stops", "counter", "mark", "gross", "fees", "slippage", "funding", "liquidation", "net")


def estimate(bars: Bars, ladder: Ladder, trial: tuple[int, int], progress: Progress | None = None) -> Summary:
    """The summary of so many days with a seed, which makes it repeatable; `progress` hears of bars done."""
    days, seed = trial
    random = np.random.default_rng(seed)
    parts: list[Outcome] = []
    for done in range(0, days, _AT_ONCE):
        index = resampled(bars, min(_AT_ONCE, days - done), random)
        parts.append(replay(bars, index, ladder, progress and _part(progress, (done, index.shape[1], days))))
    whole = Outcome(*(np.concatenate(part) for part in zip(*parts, strict=True)))
    window = float(replay(bars, as_it_was(bars), ladder).net[0]) / bars.days
    return _summary(whole, max(1, round(bars.days)), window)


def _part(progress: Progress, of: tuple[int, int, int]) -> Progress:
    """Progress over all days from that over some of them; `of` is days done before, these days, all days."""
    done, these, days = of
    return lambda bar, bars: progress(done * bars + bar * these, days * bars)


def _summary(found: Outcome, together: int, window: float) -> Summary:
    net = found.net
    days = len(net)
    # as many days as the data has make one more window that might have been
    windows = net[: days // together * together].reshape(-1, together).mean(axis=1) if days >= together else net
    low, high = np.percentile(net, [0.5, 99.5])
    counts, edges = np.histogram(net, bins=_BINS, range=(low, high) if high > low else None)
    return Summary(
        days,
        {name: float(getattr(found, name).mean()) for name in MONEY},
        _range(net),
        _range(windows),
        window,
        float((net > 0).mean()),
        float((found.stopped > 0).mean()),
        float((found.liquidated > 0).mean()),
        float((found.entries + found.exits).mean()),
        float(found.exits.mean()),
        tuple(int(count) for count in counts),
        (float(edges[0]), float(edges[-1])),
    )


def _range(values: Floats) -> Range:
    return Range(*(float(value) for value in np.percentile(values, [5, 50, 95])))
