"""The MM Score of every row, computed a second time from what the exchange sent, digit by digit as text."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from gitscale.actions.workspace import Workspace
from gitscale.market.quotes import Candle
from gitscale.market.score import average_true_range
from standin import binanceusdm, bitget, blofin, bybit, hyperliquid, okx
from standin.server import Server
from tests.helpers import say

FIVE = 300_000
Raw = tuple[list[list[str]], str, str, float]


def raw_bybit(server: Server, base: str) -> Raw:
    def get(path: str, **query: str) -> Any:
        return bybit.answer(server.world, f"/v5/market/{path}", {"category": "linear", **query})["result"]

    ticker = next(row for row in get("tickers")["list"] if row["symbol"] == f"{base}USDT")
    listed = next(row for row in get("instruments-info")["list"] if row["symbol"] == f"{base}USDT")
    bars = get("kline", symbol=f"{base}USDT", interval="5", limit="100")["list"][::-1]
    leverage = float(listed["leverageFilter"]["maxLeverage"])
    return [row[:6] for row in bars], ticker["bid1Price"], ticker["ask1Price"], leverage


def raw_blofin(server: Server, base: str) -> Raw:
    def get(path: str, **query: str) -> Any:
        return blofin.answer(server.world, f"/api/v1/market/{path}", query)["data"]

    ticker = next(row for row in get("tickers") if row["instId"] == f"{base}-USDT")
    listed = next(row for row in get("instruments") if row["instId"] == f"{base}-USDT")
    bars = get("candles", instId=f"{base}-USDT", bar="5m", limit="100")[::-1]
    for row in bars:
        assert float(row[5]) * float(listed["contractValue"]) == pytest.approx(float(row[6]), rel=1e-3)
    return [[*row[:5], row[6]] for row in bars], ticker["bidPrice"], ticker["askPrice"], float(listed["maxLeverage"])


def raw_okx(server: Server, base: str) -> Raw:
    def get(path: str, **query: str) -> Any:
        return okx.answer(server.world, f"/api/v5/{path}", {"instType": "SWAP", **query})["data"]

    name = f"{base}-USDT-SWAP"
    ticker = next(row for row in get("market/tickers") if row["instId"] == name)
    listed = next(row for row in get("public/instruments") if row["instId"] == name)
    bars = get("market/candles", instId=name, bar="5m", limit="100")[::-1]
    for row in bars:
        assert float(row[5]) * float(listed["ctVal"]) == pytest.approx(float(row[6]), rel=1e-3)
    return [[*row[:5], row[6]] for row in bars], ticker["bidPx"], ticker["askPx"], float(listed["lever"])


def raw_binanceusdm(server: Server, base: str) -> Raw:
    def get(path: str, **query: str) -> Any:
        return binanceusdm.answer(server.world, f"/fapi/v1/{path}", {"symbol": f"{base}USDT", **query})

    book = get("depth", limit="5")
    # it tells leverage to an account only: the bot's own
    return (
        [[str(row[0]), *row[1:6]] for row in get("klines", interval="5m", limit="100")],
        book["bids"][0][0],
        book["asks"][0][0],
        50,
    )


def raw_bitget(server: Server, base: str) -> Raw:
    def get(path: str, **query: str) -> Any:
        return bitget.answer(server.world, f"/api/v2/mix/market/{path}", {"productType": "USDT-FUTURES", **query})[
            "data"
        ]

    ticker = next(row for row in get("tickers") if row["symbol"] == f"{base}USDT")
    listed = next(row for row in get("contracts") if row["symbol"] == f"{base}USDT")
    bars = get("candles", symbol=f"{base}USDT", granularity="5m", limit="100")
    return [row[:6] for row in bars], ticker["bidPr"], ticker["askPr"], float(listed["maxLever"])


def raw_hyperliquid(server: Server, base: str) -> Raw:
    def get(kind: str, **query: Any) -> Any:
        return hyperliquid.answer(server.world, "/info", {"type": kind, **query})

    now = server.world.now_ms()
    asked = {"coin": base, "interval": "5m", "startTime": now - 100 * FIVE, "endTime": now}
    bars = [[str(row["t"]), *(row[name] for name in "ohlcv")] for row in get("candleSnapshot", req=asked)[-100:]]
    bids, asks = get("l2Book", coin=base)["levels"]
    meta, contexts = get("metaAndAssetCtxs")
    listed, context = next(pair for pair in zip(meta["universe"], contexts, strict=True) if pair[0]["name"] == base)
    # its tickers are wider than the book
    assert float(context["impactPxs"][0]) < float(bids[0]["px"])
    return bars, bids[0]["px"], asks[0]["px"], float(listed["maxLeverage"])


def recomputed(raw: Raw, now_ms: int) -> float:
    """Design section 3, step by step."""
    bars, bid, ask, leverage = raw
    closed = [[float(item) for item in bar] for bar in bars if int(bar[0]) + FIVE <= now_ms]
    volume = 0.0
    for _, _, high, low, close, amount in closed[-12:]:
        volume += amount * (high + low + close) / 3
    atr = 0.0
    for count, (before, bar) in enumerate(pairwise(closed), 1):
        true_range = max(bar[2] - bar[3], abs(bar[2] - before[4]), abs(bar[3] - before[4]))
        atr = (atr * (count - 1) + true_range) / count if count <= 14 else (atr * 13 + true_range) / 14
    spread = (float(ask) - float(bid)) / ((float(ask) + float(bid)) / 2) * 100
    atrp = atr / closed[-1][4] * 100
    return (volume / 100_000) * (1 / max(spread, 0.01)) * min(atrp * 10, 5) * (min(leverage, 125) / 50)


RAW = {
    "bybit": raw_bybit,
    "blofin": raw_blofin,
    "okx": raw_okx,
    "binanceusdm": raw_binanceusdm,
    "bitget": raw_bitget,
    "hyperliquid": raw_hyperliquid,
}


@pytest.mark.parametrize(("name", "raw"), RAW.items())
def test_all_ten_rows(trading: Workspace, exchange: Server, name: str, raw: Callable[[Server, str], Raw]) -> None:
    rows = say(trading, f"/symbols {name}").data["symbols"]
    assert len(rows) == 10
    for row in rows:
        wanted = recomputed(raw(exchange, row["symbol"].partition("/")[0]), exchange.world.now_ms())
        assert row["score"] == pytest.approx(wanted, rel=1e-9)
    scores = [row["score"] for row in rows]
    assert scores == sorted(scores, reverse=True)


def test_the_factors_multiply_to_the_score(trading: Workspace) -> None:
    (row,) = say(trading, "/symbols bybit --explain sol").data["symbols"]
    product = 1.0
    for factor in row["factors"].values():
        product *= factor
    assert row["score"] == pytest.approx(product, rel=1e-12)
    assert row["factors"]["leverage"] == 75 / 50
    assert row["factors"]["spread"] == 100  # 0.0016% is floored at 0.01%
    assert row["factors"]["volume"] == pytest.approx(row["volume"] / 100_000)


def test_average_true_range_by_hand() -> None:
    """Fourteen ranges of 2, then one of 16: (13 x 2 + 16) / 14 = 3."""
    bars = [Candle(index, 10, 11, 9, 10, 1) for index in range(15)]
    assert average_true_range(bars) == 2
    assert average_true_range([*bars, Candle(15, 10, 18, 2, 10, 1)]) == pytest.approx(3)


def test_a_gap_counts_into_the_true_range() -> None:
    bars = [Candle(index, 10, 11, 9, 10, 1) for index in range(14)] + [Candle(14, 30, 31, 29, 30, 1)]
    assert average_true_range(bars) == pytest.approx((13 * 2 + 21) / 14)
