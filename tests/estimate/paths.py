"""Bars to replay: made up, or the real ones where they are at hand."""

import csv
import os
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from gitscale.estimate.bars import Bars, bars

MINUTE_MS = 60_000
# read before the suite clears what tests must not depend on
_FOLDER = os.environ.get("GITSCALE_DATA", "")


def martingale(count: int, deviation: float, seed: int, steps: int = 20) -> Bars:
    """Bars of a driftless geometric Brownian motion, their extremes drawn exactly from its bridges."""
    random = np.random.default_rng(seed)
    small = deviation / steps**0.5
    moves = random.normal(-small * small / 2, small, (count, steps))
    ends = np.cumsum(moves, axis=1)
    begins = ends - moves
    spread = [np.sqrt(moves**2 - 2 * small**2 * np.log(random.random((count, steps)))) for _ in range(2)]
    high = ((begins + ends + spread[0]) / 2).max(axis=1)
    low = ((begins + ends - spread[1]) / 2).min(axis=1)
    return Bars(np.ones(count), np.exp(high), np.exp(low), np.exp(ends[:, -1]), np.zeros(count), MINUTE_MS, 0, count, 0)


def real() -> Bars:
    """The candles and funding rates in the folder that GITSCALE_DATA names; skips where there is none."""
    if not _FOLDER:
        pytest.skip("GITSCALE_DATA names no folder with real candles")
    candles = [
        (_ms(row["date"]), *(float(row[key]) for key in ("open", "high", "low", "close")))
        for row in _rows(Path(_FOLDER, "xrp-usdt-perp-5m.csv"))
    ]
    funding = _rows(Path(_FOLDER, "xrp-usdt-perp-funding-8h.csv"))
    rates = {int(_ms(row["date"])): float(row["funding_rate"]) for row in funding}
    return bars(candles, 300_000, rates)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _ms(text: str) -> float:
    return datetime.fromisoformat(text).timestamp() * 1000
