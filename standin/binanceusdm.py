"""Binance's public endpoints for USD-margined futures, as far as ccxt asks for them.

Tickers there have no best prices; leverage and tiers are told to an account only.
"""

from collections.abc import Mapping
from typing import Any

from standin.world import Instrument, World, frame_ms

_MOST_BARS = 1500


def answer(world: World, path: str, query: Mapping[str, str]) -> Any:
    """The answer to a GET, or nothing where there is no such endpoint."""
    endpoint = _ENDPOINTS.get(path.removeprefix("/fapi/v1/"))
    if endpoint is None:
        return None
    try:
        return endpoint(world, query)
    except LookupError:
        return {"code": -1121, "msg": "Invalid symbol."}


def _one(world: World, query: Mapping[str, str]) -> Instrument:
    return world.find(query["symbol"].removesuffix("USDT"))


def _listed(world: World, _: Mapping[str, str]) -> Any:
    return {"timezone": "UTC", "symbols": [_instrument(world, item) for item in world.instruments]}


def _instrument(world: World, item: Instrument) -> dict[str, Any]:
    row = {
        "symbol": f"{item.base}USDT",
        "pair": f"{item.base}USDT",
        "contractType": "PERPETUAL",
        "deliveryDate": 4133404800000,
        "onboardDate": world.listed_ms(item),
        "status": "TRADING",
        "baseAsset": item.base,
        "quoteAsset": "USDT",
        "marginAsset": "USDT",
        "pricePrecision": 8,
        "quantityPrecision": 3,
        "filters": [
            {"filterType": "PRICE_FILTER", "minPrice": "0", "maxPrice": "1999999", "tickSize": f"{item.tick:.10f}"},
            {"filterType": "LOT_SIZE", "minQty": "0.001", "maxQty": "100000", "stepSize": "0.001"},
        ],
    }
    odd = world.odd.get(item.base)
    return {key: value for key, value in row.items() if odd != "no fields" or key != "onboardDate"}


def _tickers(world: World, _: Mapping[str, str]) -> Any:
    return [_ticker(world, item) for item in world.instruments]


def _ticker(world: World, item: Instrument) -> dict[str, Any]:
    return {
        "symbol": f"{item.base}USDT",
        "lastPrice": world.last(item),
        "volume": f"{item.turnover / item.price:.3f}",
        "quoteVolume": f"{item.turnover:.2f}",
        "closeTime": world.now_ms(),
    }


def _book(world: World, query: Mapping[str, str]) -> Any:
    bids, asks = world.book(_one(world, query), int(query.get("limit", "500")))
    return {"lastUpdateId": 1, "E": world.now_ms(), "T": world.now_ms(), "bids": bids, "asks": asks}


def _candles(world: World, query: Mapping[str, str]) -> Any:
    """From the start on, where there is one; else the newest."""
    frame, count = frame_ms(query["interval"]), min(int(query.get("limit", "500")), _MOST_BARS)
    start = -(-int(query.get("startTime", "0")) // frame) * frame
    end = min(int(query.get("endTime", world.now_ms())), start + (count - 1) * frame if start else world.now_ms())
    rows = world.candles(_one(world, query), frame, count, end)
    return [
        [int(row[0]), *row[1:6], int(row[0]) + frame - 1, row[6], 100, row[5], row[6], "0"]
        for row in rows
        if int(row[0]) >= start
    ]


def _funding(world: World, query: Mapping[str, str]) -> Any:
    item = _one(world, query)
    times = world.funding_times(int(query.get("limit", "100")))
    return [{"symbol": f"{item.base}USDT", "fundingRate": "0.00010000", "fundingTime": at} for at in reversed(times)]


_ENDPOINTS = {
    "exchangeInfo": _listed,
    "ticker/24hr": _tickers,
    "depth": _book,
    "klines": _candles,
    "fundingRate": _funding,
}
