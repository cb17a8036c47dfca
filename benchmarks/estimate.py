"""The replay of a seven-level ladder: bar-steps a second on one core, and ten thousand days of five-minute bars."""

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.rows import Bench, Row
from gitscale.estimate.bars import Bars, resampled
from gitscale.estimate.ladder import Ladder, Margin
from gitscale.estimate.replay import replay

_WEEK = 7 * 288
_DAYS = 10_000
_MARGINS = {"cross": Margin(1 / 3.75, 0.005, True), "isolated": Margin(1 / 75, 0.005, False)}


def measure(bench: Bench) -> Iterator[Row]:
    """Everything a day can hold happens: entries, targets, stops, counter-positions; resampling is not counted."""
    bars, random = _week(), np.random.default_rng(1)
    index = resampled(bars, _DAYS // 10 if bench.quick else _DAYS, random)
    for name, margin in _MARGINS.items():
        ladder = Ladder(0.0015, 7, 0.0015, 0.05, 0.0002, 0.0006, 0.001, True, margin)
        took = []
        for _ in range(bench.runs):
            began = time.perf_counter()
            replay(bars, index, ladder)
            took.append(time.perf_counter() - began)
        middle = sorted(took)[len(took) // 2]
        yield Row(
            f"replay of {index.shape[1]:,} days of 5-minute bars, {name}",
            1000 * middle,
            1000 * index.size / 2e6,
            "2 million bar-steps a second",
            1.0,
        )


def _week() -> Bars:
    """A week of five-minute bars that move as an altcoin's do."""
    random = np.random.default_rng(2)
    last = np.exp(random.normal(0, 0.0025, _WEEK))
    reach = np.abs(random.normal(0, 0.0015, (2, _WEEK)))
    high, low = np.maximum(1, last) * (1 + reach[0]), np.minimum(1, last) * (1 - reach[1])
    return Bars(np.ones(_WEEK), high, low, last, np.zeros(_WEEK), 300_000, 0, _WEEK * 300_000, 0)
