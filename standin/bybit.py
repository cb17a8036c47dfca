"""Bybit's v5 public market endpoints, linear category, as far as ccxt asks for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from standin.world import DAY_MS, MINUTE_MS, Instrument, World


def answer(world: World, path: str, query: Mapping[str, str]) -> Any:
    """The answer to a GET, or nothing where there is no such endpoint."""
    endpoint = _ENDPOINTS.get(path.removeprefix("/v5/market/"))
    if endpoint is None:
        return None
    try:
        return {"retCode": 0, "retMsg": "OK", "result": endpoint(world, query), "time": world.now_ms()}
    except LookupError:
        return {"retCode": 10001, "retMsg": "params error: Symbol Is Invalid", "result": {}, "time": world.now_ms()}


def _one(world: World, query: Mapping[str, str]) -> Instrument:
    return world.find(query["symbol"].removesuffix("USDT"))


def _listed(world: World, query: Mapping[str, str]) -> Any:
    rows = [] if query.get("status") == "PreLaunch" else [_instrument(world, item) for item in world.instruments]
    return {"category": "linear", "list": rows, "nextPageCursor": ""}


def _instrument(world: World, item: Instrument) -> dict[str, Any]:
    row = {
        "symbol": f"{item.base}USDT",
        "contractType": "LinearPerpetual",
        "status": "Trading",
        "baseCoin": item.base,
        "quoteCoin": "USDT",
        "settleCoin": "USDT",
        "launchTime": str(world.listed_ms(item)),
        "deliveryTime": "0",
        "leverageFilter": {"minLeverage": "1", "maxLeverage": f"{item.leverage}.00", "leverageStep": "0.01"},
        "priceFilter": {"minPrice": f"{item.tick:.10f}", "maxPrice": "1999999", "tickSize": f"{item.tick:.10f}"},
        "lotSizeFilter": {"maxOrderQty": "100000", "minOrderQty": "0.001", "qtyStep": "0.001"},
        "fundingInterval": 480,
    }
    odd = world.odd.get(item.base)
    return {key: value for key, value in row.items() if odd != "no fields" or key != "leverageFilter"}


def _tickers(world: World, _: Mapping[str, str]) -> Any:
    return {"category": "linear", "list": [_ticker(world, item) for item in world.instruments]}


def _ticker(world: World, item: Instrument) -> dict[str, str]:
    bids, asks = world.book(item, 1)
    best = {"bid1Price": bids[0][0], "ask1Price": asks[0][0]} if bids else {"bid1Price": "", "ask1Price": ""}
    row = {
        "symbol": f"{item.base}USDT",
        "lastPrice": world.last(item),
        "openInterestValue": "1000000",
        "turnover24h": f"{item.turnover:.2f}",
        "volume24h": f"{item.turnover / item.price:.3f}",
        "fundingRate": "0.0001",
    }
    return row if world.odd.get(item.base) == "book only" else row | best


def _book(world: World, query: Mapping[str, str]) -> Any:
    bids, asks = world.book(_one(world, query), int(query.get("limit", "25")))
    return {"s": query["symbol"], "b": bids, "a": asks, "ts": world.now_ms(), "u": 1}


def _candles(world: World, query: Mapping[str, str]) -> Any:
    frame = DAY_MS if query["interval"] == "D" else int(query["interval"]) * MINUTE_MS
    count, start = int(query.get("limit", "200")), int(query.get("start", "0"))
    end = int(query["end"]) if "end" in query else start + (count - 1) * frame if start else None
    rows = world.candles(_one(world, query), frame, count, end)
    return {
        "category": "linear",
        "symbol": query["symbol"],
        "list": [row for row in rows[::-1] if int(row[0]) >= start],
    }


def _risk_limits(world: World, query: Mapping[str, str]) -> Any:
    items = [_one(world, query)] if "symbol" in query else list(world.instruments)
    return {"category": "linear", "list": [row for item in items for row in _tiers(world, item)], "nextPageCursor": ""}


def _tiers(world: World, item: Instrument) -> Iterator[dict[str, Any]]:
    for number, (most, rate, leverage) in enumerate(world.tiers(item), 1):
        yield {
            "id": number,
            "symbol": f"{item.base}USDT",
            "riskLimitValue": f"{most:.0f}",
            "maintenanceMargin": f"{rate:.4f}",
            "initialMargin": f"{1 / leverage:.4f}",
            "maxLeverage": f"{leverage}.00",
        }


def _funding(world: World, query: Mapping[str, str]) -> Any:
    times = world.funding_times(int(query.get("limit", "200")))
    rows = [{"symbol": query["symbol"], "fundingRate": "0.0001", "fundingRateTimestamp": str(at)} for at in times]
    return {"category": "linear", "list": rows}


_ENDPOINTS = {
    "instruments-info": _listed,
    "tickers": _tickers,
    "orderbook": _book,
    "kline": _candles,
    "risk-limit": _risk_limits,
    "funding/history": _funding,
}
