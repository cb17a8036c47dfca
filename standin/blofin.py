"""BloFin's public market endpoints, as far as ccxt asks for them. It publishes no tiers."""

from collections.abc import Mapping
from typing import Any

from standin.world import MINUTE_MS, Instrument, World, frame_ms


def answer(world: World, path: str, query: Mapping[str, str]) -> Any:
    """The answer to a GET, or nothing where there is no such endpoint."""
    endpoint = _ENDPOINTS.get(path.removeprefix("/api/v1/market/"))
    if endpoint is None:
        return None
    try:
        return {"code": "0", "msg": "success", "data": endpoint(world, query)}
    except LookupError:
        return {"code": "152002", "msg": "Parameter instId error", "data": []}


def _one(world: World, query: Mapping[str, str]) -> Instrument:
    return world.find(query["instId"].removesuffix("-USDT"))


def _listed(world: World, _: Mapping[str, str]) -> Any:
    return [_instrument(world, item) for item in world.instruments]


def _instrument(world: World, item: Instrument) -> dict[str, str]:
    row = {
        "instId": f"{item.base}-USDT",
        "baseCurrency": item.base,
        "quoteCurrency": "USDT",
        "settleCurrency": "USDT",
        "contractValue": f"{item.contract:g}",
        "listTime": str(world.listed_ms(item)),
        "maxLeverage": str(item.leverage),
        "minSize": "1",
        "lotSize": "1",
        "tickSize": f"{item.tick:.10f}",
        "instType": "SWAP",
        "contractType": "linear",
        "state": "live",
    }
    odd = world.odd.get(item.base)
    return {key: value for key, value in row.items() if odd != "no fields" or key != "contractValue"}


def _tickers(world: World, _: Mapping[str, str]) -> Any:
    return [_ticker(world, item) for item in world.instruments]


def _ticker(world: World, item: Instrument) -> dict[str, str]:
    bids, asks = world.book(item, 1)
    best = {"bidPrice": bids[0][0], "askPrice": asks[0][0]} if bids else {"bidPrice": "", "askPrice": ""}
    row = {
        "instId": f"{item.base}-USDT",
        "last": world.last(item),
        "vol24h": f"{item.turnover / item.price / item.contract:.0f}",
        "volCurrency24h": f"{item.turnover / item.price:.3f}",
        "ts": str(world.now_ms()),
    }
    return row if world.odd.get(item.base) == "book only" else row | best


def _book(world: World, query: Mapping[str, str]) -> Any:
    bids, asks = world.book(_one(world, query), int(query.get("size", "1")))
    return [{"bids": bids, "asks": asks, "ts": str(world.now_ms())}]


def _candles(world: World, query: Mapping[str, str]) -> Any:
    item, bar = _one(world, query), query.get("bar", "1m")
    end = int(query["after"]) - 1 if "after" in query else None
    rows = world.candles(item, frame_ms(bar), min(int(query.get("limit", "100")), 100), end)
    now = world.now_ms()
    return [
        [*row[:5], f"{float(row[5]) / item.contract:.6f}", row[5], row[6], str(int(int(row[0]) + MINUTE_MS < now))]
        for row in reversed(rows)
        if int(row[0]) > int(query.get("before", "0"))
    ]


def _funding(world: World, query: Mapping[str, str]) -> Any:
    times = world.funding_times(int(query.get("limit", "1")))
    return [{"instId": query["instId"], "fundingRate": "0.0001", "fundingTime": str(at)} for at in times]


_ENDPOINTS = {
    "instruments": _listed,
    "tickers": _tickers,
    "books": _book,
    "candles": _candles,
    "funding-rate": _funding,
    "funding-rate-history": _funding,
}
