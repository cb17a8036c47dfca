"""Hyperliquid's one public endpoint, a POST whose body says what is wanted, as far as ccxt asks.

Contracts are quoted in USDC, funding falls due every hour, and only the newest 5,000 bars are kept.
Its tickers have impact prices, what a larger order would pay: wider than the book's best ones.
"""

from collections.abc import Mapping
from typing import Any

from standin.world import HOUR_MS, Instrument, World, frame_ms

_KEPT_BARS = 5000
_IMPACT_TICKS = 7


def answer(world: World, path: str, query: Mapping[str, Any]) -> Any:
    """The answer to a POST, or nothing where there is no such endpoint."""
    wanted = _KINDS.get(query.get("type", "")) if path == "/info" else None
    try:
        return wanted(world, query) if wanted else None
    except LookupError:
        return None


def _listed(world: World, _: Mapping[str, Any]) -> Any:
    items = world.instruments
    return [{"universe": [_asset(world, item) for item in items]}, [_context(world, item) for item in items]]


def _asset(world: World, item: Instrument) -> dict[str, Any]:
    row = {"name": item.base, "szDecimals": 2, "maxLeverage": item.leverage, "marginTableId": item.leverage}
    odd = world.odd.get(item.base)
    return {key: value for key, value in row.items() if odd != "no fields" or key != "maxLeverage"}


def _context(world: World, item: Instrument) -> dict[str, Any]:
    bids, asks = world.book(item, _IMPACT_TICKS)
    return {
        "dayNtlVlm": f"{item.turnover:.2f}",
        "dayBaseVlm": f"{item.turnover / item.price:.3f}",
        "funding": "0.0000125",
        "impactPxs": [bids[-1][0], asks[-1][0]] if bids else None,
        "markPx": world.last(item),
        "midPx": world.last(item),
        "oraclePx": world.last(item),
        "openInterest": "10000.0",
        "prevDayPx": world.last(item),
    }


def _book(world: World, query: Mapping[str, Any]) -> Any:
    sides = world.book(world.find(query["coin"]), 20)
    levels = [[{"px": price, "sz": size, "n": 1} for price, size in side] for side in sides]
    return {"coin": query["coin"], "time": world.now_ms(), "levels": levels}


def _candles(world: World, query: Mapping[str, Any]) -> Any:
    wanted = query["req"]
    item, frame = world.find(wanted["coin"]), frame_ms(wanted["interval"])
    oldest = max(int(wanted["startTime"]), world.now_ms() - _KEPT_BARS * frame)
    end = min(int(wanted["endTime"]), world.now_ms())
    rows = world.candles(item, frame, max(0, end // frame - -(-oldest // frame) + 1), end)
    names = ("t", "o", "h", "l", "c", "v")
    return [
        dict(zip(names, (int(row[0]), *row[1:6]), strict=True)) | {"T": int(row[0]) + frame - 1, "s": item.base}
        for row in rows
    ]


def _funding(world: World, query: Mapping[str, Any]) -> Any:
    item, start = world.find(query["coin"]), int(query["startTime"])
    times = [at for at in world.funding_times(500, HOUR_MS) if at >= start]
    return [{"coin": item.base, "fundingRate": "0.0000125", "premium": "0", "time": at} for at in reversed(times)]


_KINDS = {
    "metaAndAssetCtxs": _listed,
    "l2Book": _book,
    "candleSnapshot": _candles,
    "fundingHistory": _funding,
}
