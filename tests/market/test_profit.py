"""/profit estimate: whose candles, what is said without any, what is refused."""

import builtins
import os
import re
import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from gitscale.actions.workspace import MARKET_CACHE, Host, Workspace
from standin.server import Fault, Server
from tests.conftest import Clock
from tests.helpers import bot_text, commit_file, say

LINE = "/profit estimate --days 300"


def candles(count: int = 400, minutes: int = 5) -> str:
    """A price that goes up and down by half a percent."""
    rows = ["date,open,high,low,close,volume"]
    for number in range(count):
        first, last = (1 + 0.005 * ((number + step) % 2) for step in (0, 1))
        start = 1_700_000_000_000 + number * minutes * 60_000
        rows.append(f"{start},{first},{max(first, last) + 0.001},{min(first, last) - 0.001},{last},1")
    return "\n".join(rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "candles.csv"
    found.write_text(candles())
    return found


class Venue(NamedTuple):
    """What a week of one-minute candles takes there, and how much of it is kept."""

    pages: int
    quote: str = "USDT"
    candles: int = 7 * 1440


VENUES = {
    "bybit": Venue(11),
    "blofin": Venue(101),
    "okx": Venue(101),
    "binanceusdm": Venue(11),
    "bitget": Venue(51),
    "hyperliquid": Venue(6, "USDC", 5000),
}


@pytest.mark.parametrize("name", VENUES)
def test_a_week_of_the_exchanges_candles(trading: Workspace, exchange: Server, name: str) -> None:
    venue = VENUES[name]
    text = bot_text("blofin-main", exchange=name).replace("USDT:USDT", f"{venue.quote}:{venue.quote}")
    commit_file(trading.repository.directory, "bots/blofin-main.yaml", text.replace("/USDT", f"/{venue.quote}"))
    reply = say(trading, LINE)
    found = reply.data["estimate"]
    assert (reply.exit_code, found["window"]["frame_seconds"], found["window"]["gaps"]) == (0, 60, 0)
    assert found["window"]["candles"] == pytest.approx(venue.candles, abs=1000)
    assert found["window"]["funding_known"] == 1
    assert found["components_pct"]["funding"] != 0
    pages = sum(bool(re.search("kline|candle", item.address)) for item in exchange.asked)
    assert pages == venue.pages
    exchange.asked.clear()
    assert say(trading, LINE).data == reply.data
    assert exchange.asked == []


def test_a_page_that_is_over_is_never_asked_for_again(trading: Workspace, exchange: Server, clock: Clock) -> None:
    say(trading, LINE)
    exchange.asked.clear()
    clock.forward(hours=2)
    found = say(trading, LINE).data["estimate"]
    assert found["window"]["gaps"] == 0
    # the one that was forming, one that came since, and the funding
    assert len([item for item in exchange.asked if "/candles?" in item.address]) == 2
    assert len([item for item in exchange.asked if "funding" in item.address]) == 1


def test_offline_takes_the_last_week_that_is_known(trading: Workspace, exchange: Server, clock: Clock) -> None:
    before = say(trading, LINE).data["estimate"]
    exchange.asked.clear()
    clock.forward(days=30)
    after = say(trading, f"{LINE} --offline").data["estimate"]
    assert exchange.asked == []
    assert after["window"]["end"] == before["window"]["end"]
    assert after["window"]["candles"] == pytest.approx(before["window"]["candles"], abs=100)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("kind", ["429", "500", "truncated", "page", "wrong", "empty", "error", "hang up"])
def test_without_candles_there_is_arithmetic_and_the_reason(trading: Workspace, exchange: Server, kind: Any) -> None:
    exchange.faults.append(Fault(kind))
    reply = say(trading, LINE)
    assert (reply.exit_code, reply.data["estimate"]) == (4, None)
    assert reply.data["reason"]
    assert reply.data["remedy"] == "try again later, or give --candles FILE"
    assert "no estimate: " in reply.text
    assert "what arithmetic alone gives" in reply.text


@pytest.mark.usefixtures("impatient")
def test_what_is_known_from_before_is_offered(trading: Workspace, exchange: Server, clock: Clock) -> None:
    say(trading, LINE)
    clock.forward(days=30)
    exchange.faults.append(Fault("hang up"))
    reply = say(trading, LINE)
    assert reply.exit_code == 4
    assert reply.data["remedy"] == "known from 30 days ago: /profit estimate --offline"
    assert say(trading, f"{LINE} --offline").exit_code == 0


def test_a_page_that_fails_leaves_a_gap(trading: Workspace, exchange: Server) -> None:
    whole = say(trading, LINE).data["estimate"]["window"]
    pages = sorted(asked.address for asked in exchange.asked if "/candles?" in asked.address)
    shutil.rmtree(trading.repository.state_dir / MARKET_CACHE)
    exchange.faults.append(Fault("error", pages[len(pages) // 2]))
    found = say(trading, LINE).data["estimate"]["window"]
    assert (whole["gaps"], found["gaps"]) == (0, 1)
    assert found["candles"] <= whole["candles"] - 100


def test_arithmetic_by_hand(repo: Path, clock: Clock) -> None:
    with Workspace.open(repo, Host(clock)) as workspace:
        found = say(workspace, f"{LINE} --offline").data
    # 5% x 75 = 375%, on 7 levels, 11 bps net of twice 2 bps; a stop is 500 + 6 + 10 bps of it
    assert found["arithmetic"] == pytest.approx(
        {
            "round_trip_pct": 375 / 7 * 0.0011,
            "stop_pct": -19.35,
            "break_even_trips": 19.35 / (375 / 7 * 0.0011),
            "fee_share": 4 / 15,
        }
    )
    assert found["claim"] == {"profile": "moderate", "expected": "1-3% daily", "exact": False}
    assert found["reason"].startswith("less than a day of candles of ASTER/USDT:USDT is known")


def test_a_file_and_a_seed_make_it_repeatable(trading: Workspace, exchange: Server, file: Path) -> None:
    one, same, other = (say(trading, f"{LINE} --candles {file} --seed {seed}").data for seed in (1, 1, 2))
    assert exchange.asked == []
    assert one == same
    assert one["estimate"]["average_day_pct"] != other["estimate"]["average_day_pct"]
    assert one["estimate"]["window"]["funding_known"] == 0


def test_components_add_up(trading: Workspace, file: Path) -> None:
    parts = say(trading, f"{LINE} --candles {file}").data["estimate"]["components_pct"]
    gross = sum(parts[name] for name in ("targets", "stops", "counter", "mark"))
    assert parts["gross"] == pytest.approx(gross)
    assert parts["net"] == pytest.approx(
        gross + sum(parts[name] for name in ("fees", "slippage", "funding", "liquidation"))
    )
    # every bar goes through three levels and comes back: this market does pay
    assert say(trading, f"{LINE} --candles {file}").data["estimate"]["verdict"] == "edge in this window"


def test_money_where_the_equity_is_known(trading: Workspace, file: Path) -> None:
    policy = "accounts:\n  blofin/main: 20000\n"
    commit_file(trading.repository.directory, "policy.yaml", policy)
    reply = say(trading, f"{LINE} --candles {file}")
    middle = reply.data["estimate"]["day_pct"]["p50"] * 200
    money = [line.split() for line in reply.text.splitlines() if "USDT " in line and "%" not in line]
    assert money[0][2] == f"{middle:+,.2f}"


def test_no_exposure_no_estimate(trading: Workspace, exchange: Server) -> None:
    commit_file(trading.repository.directory, "bots/blofin-main.yaml", bot_text("blofin-main", equity_pct=0))
    found = say(trading, LINE).data
    assert (found["reason"], found["arithmetic"]["break_even_trips"]) == ("the exposure is 0%: nothing is traded", None)
    assert exchange.asked == []


def test_it_is_drawn(trading: Workspace, file: Path, tmp_path: Path) -> None:
    reply = say(trading, f"{LINE} --candles {file} --plot {tmp_path}/day.png")
    assert reply.data["plot"] == f"{tmp_path}/day.png"
    assert (tmp_path / "day.png").read_bytes().startswith(b"\x89PNG")
    assert say(trading, f"{LINE} --candles {file} --plot {tmp_path}/none/day.png").exit_code == 4


def test_without_matplotlib(trading: Workspace, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any) -> Any:
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", missing)
    reply = say(trading, f"{LINE} --candles {file} --plot {tmp_path}/day.png")
    assert (reply.exit_code, reply.data["remedy"]) == (4, "pip install 'gitscale[plot]'")
    assert not (tmp_path / "day.png").exists()


BAD = [
    ("", ":1: no column 'open'"),
    ("date,open,high,low\n", ":1: no column 'close'"),
    ("open,high,low,close\n1,1,1,1\n", ":1: no column 'date'"),
    ("date,open,high,low,close\nsoon,1,1,1,1\n", ":2: 'soon' is no date"),
    ("date,open,high,low,close\n1000,1,1,one,1\n", ":2: 'one' is no number"),
    ("date,open,high,low,close\n1000,1,1,nan,1\n", ":2: 'nan' is no number"),
    ("date,open,high,low,close\n1000,1,1,1\n", ":2: '' is no number"),
    ("date,open,high,low,close\n1000,1,2,1.5,1\n", ":2: no candle: open, high, low and close contradict each other"),
    ("date,open,high,low,close\n1000,0,2,0,1\n", ":2: no candle: open, high, low and close contradict each other"),
    (candles(20), " holds too little: 20 candles, of which 20 at different times"),
    (candles(60) + "\n" + candles(60).split("\n", 1)[1], " holds too little: 120 candles, of which 60"),
    (candles(60, 7), ": candles of 7 minutes do not make a day"),
    (candles(100), "8.3 hours of candles say nothing of a day"),
]


@pytest.mark.parametrize(("text", "said"), BAD)
def test_files_that_hold_no_candles(trading: Workspace, file: Path, text: str, said: str) -> None:
    file.write_text(text)
    reply = say(trading, f"{LINE} --candles {file}")
    assert reply.exit_code == 1
    assert reply.data["error"].removeprefix(str(file)).startswith(said)
    assert reply.data["remedy"]


def test_files_that_are_none(trading: Workspace, tmp_path: Path) -> None:
    (tmp_path / "latin.csv").write_bytes(b"date,\xff\xfe")
    assert say(trading, f"{LINE} --candles {tmp_path}/latin.csv").exit_code == 1
    assert say(trading, f"{LINE} --candles {tmp_path}/none.csv").exit_code == 4
    assert say(trading, f"{LINE} --candles {tmp_path}").exit_code == 1
    os.mkfifo(tmp_path / "pipe")
    assert say(trading, f"{LINE} --candles {tmp_path}/pipe").data["error"] == f"{tmp_path}/pipe is no file"


@pytest.mark.parametrize(
    "words",
    [
        "--days 0",
        "--days many",
        "--days 100001",
        "--seed -1",
        "--funding x.csv",
        "--candles x.csv --offline",
        "--plot x.jpg",
    ],
)
def test_usage(trading: Workspace, words: str) -> None:
    assert say(trading, f"/profit estimate {words}").exit_code == 2


def test_symbols_of_the_bot(trading: Workspace, file: Path) -> None:
    assert say(trading, f"{LINE} --candles {file} --symbol xrp").data["symbol"] == "XRP/USDT:USDT"
    reply = say(trading, f"{LINE} --candles {file} --symbol BTC")
    assert reply.exit_code == 1
    assert reply.data["error"] == "blofin-main does not trade 'BTC'"
