"""/symbols: whose exchange, how many, and what is refused."""

import re
from io import StringIO

import pytest

from gitscale.actions.workspace import Workspace
from gitscale.cli.progress import Bar
from standin.server import Server
from tests.helpers import bot_text, commit_file, say


def test_the_bots_exchange_unless_one_is_named(trading: Workspace) -> None:
    assert say(trading, "/symbols").data["exchange"] == "blofin"
    assert say(trading, "/symbols BYBIT").data["exchange"] == "bybit"


def test_several_bots(trading: Workspace) -> None:
    repo = trading.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    assert say(trading, "/symbols").data["exchange"] == "blofin"
    commit_file(repo, "bots/third.yaml", bot_text("third", exchange="bybit"))
    reply = say(trading, "/symbols")
    assert (reply.exit_code, reply.data["remedy"]) == (2, "name one: --bot NAME, or /use NAME in the console")
    assert say(trading, "/symbols", bot="third").data["exchange"] == "bybit"


def test_a_fleet_without_such_bots_can_name_the_exchange(trading: Workspace) -> None:
    repo = trading.repository.directory
    commit_file(repo, "bots/blofin-main.yaml", "name: blofin-main\nstrategy: vortex_dca\nexchange: okx\n")
    assert say(trading, "/symbols").exit_code == 1
    assert say(trading, "/symbols bybit").exit_code == 0


def test_the_columns_of_the_documentation(trading: Workspace) -> None:
    lines = say(trading, "/symbols bybit").text.splitlines()
    assert lines[1].split() == ["Symbol", "Price", "1h", "Vol", "Spread", "ATRP", "Trend", "Score"]
    row = r"[A-Z]+ +\$[\d.,]+ +\$[\d.]+[KMB] +[\d.]+% +\d\.\d\d  [🟢🔴] +[\d,]+\.\d"
    assert [line for line in lines[2:12] if not re.fullmatch(row, line.rstrip())] == []


@pytest.mark.parametrize(("words", "count"), [("", 10), ("--top 3", 3), ("--top 50", 15)])
def test_top(trading: Workspace, words: str, count: int) -> None:
    assert len(say(trading, f"/symbols bybit {words}").data["symbols"]) == count


WRONG = {
    "/symbols nope": (1, "'nope' is not a ccxt exchange id"),
    "/symbols ../../etc": (1, "'../../etc' is not a ccxt exchange id"),
    "/symbols byebit": (1, "'byebit' is not a ccxt exchange id"),
    "/symbols bybit --top 0": (2, "--top takes a whole number, 1 to 50, not '0'"),
    "/symbols bybit --top 51": (2, "--top takes a whole number, 1 to 50, not '51'"),
    "/symbols bybit --top ten": (2, "--top takes a whole number, 1 to 50, not 'ten'"),
    "/symbols bybit --top 99999999999999": (2, "--top takes a whole number, 1 to 50, not '99999999999999'"),
    "/symbols bybit --max-age soon": (2, "--max-age takes an age like 90s, 10m, 2h or 1d, not 'soon'"),
    "/symbols bybit --max-age -1": (2, "--max-age takes an age like 90s, 10m, 2h or 1d, not '-1'"),
    "/symbols bybit --offline --max-age 1h": (2, "--offline takes quotes of any age: leave --max-age out"),
    "/symbols bybit --explain GONE": (1, "there is no linear swap 'GONE' there"),
}


@pytest.mark.parametrize("line", WRONG)
def test_refused(trading: Workspace, line: str) -> None:
    reply = say(trading, line)
    assert (reply.exit_code, reply.data["error"]) == WRONG[line]


def test_explain_one_that_is_left_out(trading: Workspace) -> None:
    reply = say(trading, "/symbols bybit --explain new")
    assert reply.exit_code == 1
    assert "NEW: listed 2 days ago, less than 7" in reply.text


def test_figures_are_said_as_they_are(trading: Workspace, exchange: Server) -> None:
    pepe = next(item for item in exchange.world.instruments if item.base == "PEPE")
    exchange.world.instruments = (*exchange.world.instruments[:9], pepe)
    shown = next(line for line in say(trading, "/symbols bybit").text.splitlines() if line.startswith("PEPE"))
    assert re.search(r"\$0\.00001\d{3} ", shown)  # four digits that count, no exponent


class Terminal(StringIO):
    def shown(self) -> list[str]:
        return self.getvalue().split("\r\x1b[K")[1:]


def test_the_bar_waits_half_a_second_and_goes_away() -> None:
    stream, now = Terminal(), [0.0]
    bar = Bar(stream, lambda: now[0])
    for done, moment in ((1, 0.0), (2, 0.5), (3, 0.6), (4, 0.9)):
        now[0] = moment
        bar.show(done, 4)
    assert stream.shown() == ["[######################........] 3/4", ""]
    bar.show(4, 4)
    assert len(stream.shown()) == 2
