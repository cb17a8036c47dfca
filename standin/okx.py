"""OKX's v5 public endpoints, linear swaps, as far as ccxt asks for them. Volumes and tiers count contracts."""

from collections.abc import Iterator, Mapping
from typing import Any

from standin.world import Instrument, World, frame_ms

_TAIL = "-USDT-SWAP"
_MOST_BARS = 300


def answer(world: World, path: str, query: Mapping[str, str]) -> Any:
    """The answer to a GET, or nothing where there is no such endpoint."""
    endpoint = _ENDPOINTS.get(path.removeprefix("/api/v5/"))
    if endpoint is None:
        return None
    try:
        return {"code": "0", "msg": "", "data": endpoint(world, query)}
    except LookupError:
        return {"code": "51001", "msg": "Instrument ID does not exist", "data": []}


def _one(world: World, query: Mapping[str, str]) -> Instrument:
    return world.find(query["instId"].removesuffix(_TAIL))


def _listed(world: World, query: Mapping[str, str]) -> Any:
    return [_instrument(world, item) for item in world.instruments] if query["instType"] == "SWAP" else []


def _instrument(world: World, item: Instrument) -> dict[str, str]:
    row = {
        "instType": "SWAP",
        "instId": f"{item.base}{_TAIL}",
        "instFamily": f"{item.base}-USDT",
        "uly": f"{item.base}-USDT",
        "baseCcy": "",
        "quoteCcy": "",
        "settleCcy": "USDT",
        "ctType": "linear",
        "ctVal": f"{item.contract:g}",
        "ctMult": "1",
        "ctValCcy": item.base,
        "lever": str(item.leverage),
        "listTime": str(world.listed_ms(item)),
        "lotSz": "0.01",
        "minSz": "0.01",
        "tickSz": f"{item.tick:.10f}",
        "state": "live",
    }
    odd = world.odd.get(item.base)
    return {key: value for key, value in row.items() if odd != "no fields" or key != "ctVal"}


def _tickers(world: World, _: Mapping[str, str]) -> Any:
    return [_ticker(world, item) for item in world.instruments]


def _ticker(world: World, item: Instrument) -> dict[str, str]:
    bids, asks = world.book(item, 1)
    best = {"bidPx": bids[0][0], "askPx": asks[0][0]} if bids else {"bidPx": "", "askPx": ""}
    row = {
        "instType": "SWAP",
        "instId": f"{item.base}{_TAIL}",
        "last": world.last(item),
        "vol24h": f"{item.turnover / item.price / item.contract:.2f}",
        "volCcy24h": f"{item.turnover / item.price:.3f}",
        "ts": str(world.now_ms()),
    }
    return row if world.odd.get(item.base) == "book only" else row | best


def _book(world: World, query: Mapping[str, str]) -> Any:
    sides = world.book(_one(world, query), int(query.get("sz", "1")))
    bids, asks = ([[*level, "0", "1"] for level in side] for side in sides)
    return [{"bids": bids, "asks": asks, "ts": str(world.now_ms())}]


def _candles(world: World, query: Mapping[str, str]) -> Any:
    """Bars after `before` and before `after`, neither of them included, the newest first."""
    item, now = _one(world, query), world.now_ms()
    frame, count = frame_ms(query.get("bar", "1m")), min(int(query.get("limit", "100")), _MOST_BARS)
    rows = world.candles(item, frame, count, int(query["after"]) - 1 if "after" in query else None)
    return [
        [*row[:5], f"{float(row[5]) / item.contract:.4f}", row[5], row[6], str(int(int(row[0]) + frame <= now))]
        for row in reversed(rows)
        if int(row[0]) > int(query.get("before", "0"))
    ]


def _tiers(world: World, query: Mapping[str, str]) -> Any:
    return list(_tiers_of(world, world.find(query["instFamily"].removesuffix("-USDT"))))


def _tiers_of(world: World, item: Instrument) -> Iterator[dict[str, str]]:
    least = 0.0
    for number, (most, rate, leverage) in enumerate(world.tiers(item), 1):
        contracts = most / item.price / item.contract
        yield {
            "instFamily": f"{item.base}-USDT",
            "tier": str(number),
            "minSz": f"{least:.2f}",
            "maxSz": f"{contracts:.2f}",
            "mmr": f"{rate:g}",
            "imr": f"{1 / leverage:.4f}",
            "maxLever": str(leverage),
        }
        least = contracts


def _funding(world: World, query: Mapping[str, str]) -> Any:
    item = _one(world, query)
    return [
        {
            "instType": "SWAP",
            "instId": f"{item.base}{_TAIL}",
            "fundingRate": "0.00012",
            "realizedRate": "0.0001",
            "fundingTime": str(at),
        }
        for at in world.funding_times(int(query.get("limit", "400")))
    ]


_ENDPOINTS = {
    "public/instruments": _listed,
    "public/position-tiers": _tiers,
    "public/funding-rate-history": _funding,
    "market/tickers": _tickers,
    "market/books": _book,
    "market/candles": _candles,
    "market/history-candles": _candles,
}
