"""What is asked again, and when; what is never believed."""

from datetime import timedelta
from pathlib import Path

import pytest

from gitscale.actions.symbols import recording
from gitscale.actions.workspace import Workspace
from gitscale.market.feed import Ask
from standin.server import Fault, Server
from tests.conftest import Clock
from tests.helpers import say

LISTING, TICKERS, CANDLES = "instruments-info", "tickers", "kline"


def asked(exchange: Server) -> dict[str, int]:
    """How often each endpoint was asked since the last look."""
    found = {path: sum(path in item.address for item in exchange.asked) for path in (LISTING, TICKERS, CANDLES)}
    exchange.asked.clear()
    return found


# how long after the first, with which words, and what is asked then: listing (in two parts), tickers, candles
AGES = [
    ({}, "", (0, 1, 0)),
    ({"minutes": 4}, "", (0, 1, 0)),
    ({"minutes": 5}, "", (0, 1, 17)),
    ({"hours": 24}, "", (0, 1, 17)),
    ({"hours": 24, "seconds": 1}, "", (2, 1, 17)),
    ({"minutes": 4}, "--max-age 5m", (0, 0, 0)),
    ({"minutes": 6}, "--max-age 5m", (2, 1, 17)),
    ({"minutes": 6}, "--max-age 1h", (0, 0, 0)),
    ({"seconds": 1}, "--max-age 0", (2, 1, 17)),
    ({"days": 9}, "--offline", (0, 0, 0)),
]


@pytest.mark.parametrize(("later", "words", "wanted"), AGES)
def test_ages(
    trading: Workspace,
    exchange: Server,
    clock: Clock,
    later: dict[str, int],
    words: str,
    wanted: tuple[int, int, int],
) -> None:
    say(trading, "/symbols bybit")
    assert asked(exchange) == {LISTING: 2, TICKERS: 1, CANDLES: 17}
    clock.forward(**later)
    assert len(say(trading, f"/symbols bybit {words}").data["symbols"]) == 10
    assert tuple(asked(exchange).values()) == wanted


def test_a_clock_that_went_back_believes_nothing(trading: Workspace, exchange: Server, clock: Clock) -> None:
    say(trading, "/symbols bybit")
    asked(exchange)
    clock.forward(minutes=-1)
    say(trading, "/symbols bybit")
    assert asked(exchange) == {LISTING: 2, TICKERS: 1, CANDLES: 17}


def test_offline_with_nothing_known(trading: Workspace, exchange: Server) -> None:
    reply = say(trading, "/symbols bybit --offline")
    assert (reply.exit_code, exchange.asked) == (4, [])
    assert reply.data["error"] == "nothing is stored: markets of bybit"
    assert reply.data["remedy"] == "ask without --offline: /symbols bybit"


def test_a_broken_file_is_asked_for_again(trading: Workspace, exchange: Server) -> None:
    say(trading, "/symbols bybit")
    asked(exchange)
    kept = recording(trading, "bybit")
    for text in ("", "{", "[]", '{"at": 1, "data": []}', '{"at": "2026-11-23", "data": [7]}'):
        (kept.folder / "bybit/markets.json").write_text(text)
        assert len(say(trading, "/symbols bybit").data["symbols"]) == 10


def test_a_bad_answer_is_not_kept(trading: Workspace, exchange: Server) -> None:
    exchange.faults = [Fault("empty", LISTING)]
    assert say(trading, "/symbols bybit").exit_code == 4
    exchange.faults = []
    assert len(say(trading, "/symbols bybit").data["symbols"]) == 10


def test_nothing_is_kept_where_a_commit_could_plant_it(trading: Workspace, repo: Path) -> None:
    say(trading, "/symbols bybit")
    kept = recording(trading, "bybit")
    assert kept.find(Ask("tickers"))
    assert kept.folder.is_relative_to(repo / ".git")
    assert not (repo / "build/cache").exists()


def test_a_stand_in_is_never_taken_for_the_exchange(trading: Workspace) -> None:
    say(trading, "/symbols bybit")
    trading.host = type(trading.host)(trading.host.now)
    assert recording(trading, "bybit").find(Ask("tickers")) is None


def test_no_room_to_keep_anything(trading: Workspace) -> None:
    folder = recording(trading, "bybit").folder
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    assert len(say(trading, "/symbols bybit").data["symbols"]) == 10


def test_old_quotes_say_so_and_new_ones_do_not(trading: Workspace, clock: Clock) -> None:
    assert "quotes from" not in say(trading, "/symbols bybit").text
    clock.forward(hours=3)
    assert "quotes from 3 hours ago" in say(trading, "/symbols bybit --offline").text
    assert timedelta(hours=3).total_seconds() == say(trading, "/symbols bybit --offline").data["age_seconds"]
