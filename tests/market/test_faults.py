"""Every fault at every endpoint: a clear line and an exit code, no traceback, no silent zero."""

import re

import pytest

from gitscale.actions.workspace import Workspace
from gitscale.agent.render.markdown import markdown
from gitscale.errors import known
from gitscale.market import ccxt_feed
from standin.server import Fault, Kind, Server
from standin.world import Oddity
from tests.conftest import Clock
from tests.helpers import say

KINDS: tuple[Kind, ...] = ("429", "500", "503", "silence", "hang up", "truncated", "page", "wrong", "empty", "error")
PATHS = {
    "bybit": ("instruments-info", "tickers", "kline"),
    "blofin": ("instruments", "tickers", "candles"),
    "okx": ("public/instruments", "market/tickers", "market/candles"),
    "binanceusdm": ("exchangeInfo", "ticker/24hr", "klines"),
    "bitget": ("contracts", "tickers", "market/candles"),
    "hyperliquid": ("metaAndAssetCtxs", "candleSnapshot", "l2Book"),
}
SAYS = {
    "429": "asked too often",
    "silence": "did not answer within",
    "hang up": "cannot be reached",
    "truncated": "no whole JSON",
    "page": "no whole JSON",
}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in PATHS.items() for path in paths])
def test_a_fault_that_lasts(trading: Workspace, exchange: Server, name: str, path: str, kind: Kind) -> None:
    exchange.faults = [Fault(kind, path)]
    reply = say(trading, f"/symbols {name}")
    assert reply.exit_code in (1, 4)
    assert not reply.data.get("symbols")
    assert (reply.exit_code == 4) is reply.error
    said = reply.data["error"] if reply.error else " ".join(item["reason"] for item in reply.data["left_out"])
    assert name in said or re.search("candle|no book", said)
    if reply.error and kind in SAYS:
        assert SAYS[kind] in said
    assert "\x1b" not in reply.text
    assert "\n::" not in reply.text
    assert "Traceback" not in reply.text
    assert len(reply.text.splitlines()[0]) < 300


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["429", "500", "503", "hang up", "truncated", "silence"])
def test_a_fault_that_passes_is_not_noticed(trading: Workspace, exchange: Server, kind: Kind) -> None:
    exchange.faults = [Fault(kind, "tickers", times=2), Fault(kind, "instrument", times=1)]
    assert len(say(trading, "/symbols bybit").data["symbols"]) == 10


@pytest.mark.usefixtures("impatient")
def test_one_symbol_may_fail_by_itself(trading: Workspace, exchange: Server) -> None:
    exchange.faults = [Fault("500", "SOLUSDT")]
    reply = say(trading, "/symbols bybit")
    assert reply.exit_code == 0
    assert len(reply.data["symbols"]) == 10
    left = {item["symbol"]: item["reason"] for item in reply.data["left_out"]}
    assert left["SOL/USDT:USDT"].startswith("bybit cannot be reached")
    assert "SOL: bybit cannot be reached" in reply.text


ODD: dict[Oddity, str] = {
    "no book": "no book: a side is empty",
    "zero book": "no book: a side is empty",
    "crossed book": "is not below ask",
    "stale candles": "stale: its last candle closed 1435 minutes ago",
    "no candles": "no candles: 0 closed bars",
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", PATHS)
def test_what_cannot_be_scored_is_left_out_and_says_why(
    trading: Workspace, exchange: Server, name: str, odd: Oddity
) -> None:
    exchange.world.odd = {"SOL": odd}
    reply = say(trading, f"/symbols {name}")
    left = {item["symbol"].partition("/")[0]: item["reason"] for item in reply.data["left_out"]}
    assert "SOL" not in {row["symbol"].partition("/")[0] for row in reply.data["symbols"]}
    assert ODD[odd] in left["SOL"]


def test_the_young_and_the_thin_are_left_out(trading: Workspace) -> None:
    left = {item["symbol"]: item["reason"] for item in say(trading, "/symbols bybit").data["left_out"]}
    assert left["NEW/USDT:USDT"] == "listed 2 days ago, less than 7"
    assert left["THIN/USDT:USDT"].endswith("is under the floor of 100,000")


def test_a_market_without_largest_leverage_takes_the_bots(trading: Workspace, exchange: Server) -> None:
    exchange.world.odd = {"SOL": "no fields"}
    (row,) = say(trading, "/symbols bybit --explain SOL/USDT", bot="blofin-main").data["symbols"]
    assert (row["leverage"], row["own_leverage"]) == (50, True)  # the bot is not there: the default
    exchange.world.odd = {}
    (row,) = say(trading, "/symbols bybit --explain SOL/USDT --max-age 0s", bot="blofin-main").data["symbols"]
    assert (row["leverage"], row["own_leverage"]) == (75, False)


def test_where_tickers_tell_no_prices_the_book_is_asked(trading: Workspace, exchange: Server) -> None:
    plain = say(trading, "/symbols bybit --explain SOL").data["symbols"]
    exchange.world.odd = {"SOL": "book only"}
    assert say(trading, "/symbols bybit --explain SOL --max-age 0s").data["symbols"] == plain
    assert any("orderbook?symbol=SOLUSDT" in item.address for item in exchange.asked)


@pytest.mark.usefixtures("impatient")
def test_an_exchange_that_is_silent_is_not_asked_for_long(trading: Workspace, exchange: Server) -> None:
    exchange.faults = [Fault("silence", "kline")]
    reply = say(trading, "/symbols bybit")
    asked = [item for item in exchange.asked if "kline" in item.address]
    assert reply.exit_code == 4
    # eight at once, three times each; whoever comes later is told that nobody answers
    assert len(asked) <= 8 * 3 + 2 * 3


@pytest.mark.usefixtures("impatient")
def test_one_that_is_down_offers_what_is_known(trading: Workspace, exchange: Server, clock: Clock) -> None:
    say(trading, "/symbols bybit")
    clock.forward(minutes=12)
    exchange.faults = [Fault("503", "bybit")]
    down = say(trading, "/symbols bybit")
    assert down.exit_code == 4
    assert down.data["remedy"] == "known from 12 minutes ago: /symbols bybit --offline"
    last = say(trading, "/symbols bybit --offline")
    assert last.exit_code == 0
    assert "quotes from 12 minutes ago" in last.text
    assert last.data["age_seconds"] == 720
    assert len(last.data["symbols"]) == 10


def test_nothing_there(trading: Workspace, exchange: Server) -> None:
    exchange.shutdown()
    exchange.server_close()
    reply = say(trading, "/symbols bybit")
    assert reply.exit_code == 4
    assert reply.data["error"].startswith("bybit cannot be reached")
    assert reply.data["remedy"] == "try again later; nothing is known of it from before"


def test_an_error_that_ccxt_never_heard_of_is_no_bug() -> None:
    feed = ccxt_feed.CcxtFeed("bybit", Clock())
    with pytest.raises(Exception, match="in a form that ccxt does not know") as raised:
        feed._patient(lambda: {"here": 1}["gone"])
    assert known(raised.value) is raised.value


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("name", ["kucoinfutures", "gate", "mexc", "phemex"])
def test_every_other_exchange_is_asked_where_the_host_says(trading: Workspace, exchange: Server, name: str) -> None:
    """Those whose dialect the stand-in does not speak: what comes back is a clear line, and nobody else was asked."""
    reply = say(trading, f"/symbols {name}")
    assert reply.exit_code == 4
    assert name in reply.data["error"]
    assert exchange.asked
    assert {item.address.split("/")[1] for item in exchange.asked} == {name}


HOSTILE_NAMES = ("EVIL\x1b[2J", "##[ERROR]", "A|B", "<B>", "../X", "\u202eXYZ", "N" * 300)


def test_a_symbols_name_steers_nothing(trading: Workspace, exchange: Server) -> None:
    sample = exchange.world.instruments[2]
    exchange.world.instruments = tuple(sample._replace(base=name) for name in HOSTILE_NAMES)
    for _ in range(2):  # from the exchange, then from what was kept
        reply = say(trading, "/symbols bybit --max-age 1h")
        assert reply.exit_code == 0
        # ccxt sends # as it is, so that this one's address ends there
        assert [item["symbol"] for item in reply.data["left_out"]] == ["##[ERROR]/USDT:USDT"]
        assert len(reply.data["symbols"]) == len(HOSTILE_NAMES) - 1
        shown = reply.text + markdown(reply.blocks)
        assert not {"\x1b", "\u202e"} & set(shown)
        assert "##[" not in shown
        assert "<B>" not in markdown(reply.blocks)
