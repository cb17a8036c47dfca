"""Bitget's v2 public endpoints for USDT-margined futures, as far as ccxt asks for them. It states no day of listing."""

from collections.abc import Iterator, Mapping
from typing import Any

from standin.world import Instrument, World, frame_ms

_KIND = "USDT-FUTURES"
_MOST_BARS = {"candles": 1000, "history-candles": 200}


def answer(world: World, path: str, query: Mapping[str, str]) -> Any:
    """The answer to a GET, or nothing where there is no such endpoint."""
    name = path.removeprefix("/api/v2/mix/market/")
    try:
        data = _candles(world, query, _MOST_BARS[name]) if name in _MOST_BARS else _ENDPOINTS[name](world, query)
    except LookupError:
        if name not in _ENDPOINTS:
            return None
        return {"code": "40034", "msg": "Parameter symbol does not exist", "data": None}
    return {"code": "00000", "msg": "success", "requestTime": world.now_ms(), "data": data}


def _one(world: World, query: Mapping[str, str]) -> Instrument:
    return world.find(query["symbol"].removesuffix("USDT"))


def _listed(world: World, query: Mapping[str, str]) -> Any:
    return [_instrument(world, item) for item in world.instruments] if query["productType"] == _KIND else []


def _instrument(world: World, item: Instrument) -> dict[str, Any]:
    decimals = len(f"{item.tick:.10f}".rstrip("0").partition(".")[2])
    row = {
        "symbol": f"{item.base}USDT",
        "baseCoin": item.base,
        "quoteCoin": "USDT",
        "makerFeeRate": "0.0002",
        "takerFeeRate": "0.0006",
        "supportMarginCoins": ["USDT"],
        "minTradeNum": "0.001",
        "priceEndStep": "1",
        "volumePlace": "3",
        "pricePlace": str(decimals),
        "sizeMultiplier": "0.001",
        "symbolType": "perpetual",
        "minTradeUSDT": "5",
        "symbolStatus": "normal",
        "launchTime": "",
        "minLever": "1",
        "maxLever": str(item.leverage),
    }
    odd = world.odd.get(item.base)
    return {key: value for key, value in row.items() if odd != "no fields" or key != "maxLever"}


def _tickers(world: World, _: Mapping[str, str]) -> Any:
    return [_ticker(world, item) for item in world.instruments]


def _ticker(world: World, item: Instrument) -> dict[str, Any]:
    bids, asks = world.book(item, 1)
    best = {"bidPr": bids[0][0], "askPr": asks[0][0]} if bids else {"bidPr": "", "askPr": ""}
    row = {
        "symbol": f"{item.base}USDT",
        "lastPr": world.last(item),
        "markPrice": world.last(item),
        "baseVolume": f"{item.turnover / item.price:.4f}",
        "quoteVolume": f"{item.turnover:.4f}",
        "usdtVolume": f"{item.turnover:.4f}",
        "fundingRate": "0.0001",
        "ts": str(world.now_ms()),
    }
    return row if world.odd.get(item.base) == "book only" else row | best


def _book(world: World, query: Mapping[str, str]) -> Any:
    bids, asks = world.book(_one(world, query), int(query.get("limit", "100")))
    return {"bids": bids, "asks": asks, "ts": str(world.now_ms())}


def _candles(world: World, query: Mapping[str, str], most: int) -> Any:
    """The newest bars before the end, no earlier than the start, the oldest first."""
    count = min(int(query.get("limit", "100")), most)
    end = int(query["endTime"]) - 1 if "endTime" in query else None
    rows = world.candles(_one(world, query), frame_ms(query["granularity"]), count, end)
    return [row for row in rows if int(row[0]) >= int(query.get("startTime", "0"))]


def _tiers(world: World, query: Mapping[str, str]) -> Any:
    return list(_tiers_of(world, _one(world, query)))


def _tiers_of(world: World, item: Instrument) -> Iterator[dict[str, str]]:
    least = 0.0
    for number, (most, rate, leverage) in enumerate(world.tiers(item), 1):
        yield {
            "symbol": f"{item.base}USDT",
            "level": str(number),
            "startUnit": f"{least:.0f}",
            "endUnit": f"{most:.0f}",
            "leverage": str(leverage),
            "keepMarginRate": f"{rate:g}",
        }
        least = most


def _funding(world: World, query: Mapping[str, str]) -> Any:
    item = _one(world, query)
    times = world.funding_times(min(int(query.get("pageSize", "20")), 100))
    return [{"symbol": f"{item.base}USDT", "fundingRate": "0.0001", "fundingTime": str(at)} for at in times]


_ENDPOINTS = {
    "contracts": _listed,
    "tickers": _tickers,
    "merge-depth": _book,
    "query-position-lever": _tiers,
    "history-fund-rate": _funding,
}
