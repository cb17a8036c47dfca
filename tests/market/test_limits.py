"""The rate limit holds over all threads, and the answer comes as soon as it allows."""

import os
import signal
import subprocess
import sys
import time
from threading import Thread
from typing import NamedTuple

import ccxt
import pytest

from gitscale.actions.workspace import Host, Workspace
from gitscale.market.feed import Answer, Ask, ask_all
from gitscale.market.limiter import Limiter
from standin.server import Fault, Server
from tests.helpers import say


@pytest.fixture(autouse=True)
def _hurried() -> None:
    """Not here: the limits are the exchanges' own."""


class Timeline:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 9))


def test_turns_are_an_interval_apart_and_weigh_what_they_cost() -> None:
    line = Timeline()
    limiter = Limiter(0.1, lambda: line.now, line.sleep)
    for cost in (None, 5, 1, None):
        limiter.wait(cost)
    assert line.slept == [0, 0.1, 0.6, 0.7]
    line.now = 10
    limiter.wait()
    assert line.slept[-1] == 0
    limiter.pause(3)
    limiter.wait()
    assert line.slept[-1] == 3


def test_threads_share_the_turns() -> None:
    line = Timeline()
    limiter = Limiter(0.1, lambda: line.now, line.sleep)
    threads = [Thread(target=limiter.wait) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(line.slept) == pytest.approx([index / 10 for index in range(20)])


@pytest.mark.parametrize(("name", "path", "cost"), [("bybit", "/v5/", 5), ("blofin", "/api/", 1)])
def test_the_exchange_is_asked_as_often_as_it_allows(
    trading: Workspace, exchange: Server, name: str, path: str, cost: int
) -> None:
    began = time.monotonic()
    assert say(trading, f"/symbols {name}").exit_code == 0
    taken = time.monotonic() - began
    times = [item.at for item in exchange.asked if path in item.address]
    apart = getattr(ccxt, name)().rateLimit / 1000 * cost
    assert len(times) >= 19
    # a request that starts on its turn may arrive late, and the next one on time: in a row they cannot gain on it
    assert times[-1] - times[0] >= (len(times) - 1) * apart - 0.05
    assert taken <= 2 + len(times) * apart


def test_progress_hears_of_every_question(trading: Workspace, exchange: Server) -> None:
    heard: list[tuple[int, int]] = []
    host = Host(trading.host.now, market_url=exchange.url, progress=lambda done, of: heard.append((done, of)))
    with Workspace.open(trading.repository.directory, host) as workspace:
        say(workspace, "/symbols bybit")
    assert heard == [(done, 17) for done in range(1, 18)]


def test_an_interrupt_does_not_wait_for_the_exchange(trading: Workspace, exchange: Server) -> None:
    exchange.faults, exchange.silence = [Fault("silence", "kline")], 20
    words = (sys.executable, "-m", "gitscale", "symbols", "bybit", "--repo", str(trading.repository.directory))
    with subprocess.Popen(words, env=os.environ | {"GITSCALE_MARKET_URL": exchange.url}) as process:
        while not any("kline" in item.address for item in exchange.asked):
            time.sleep(0.05)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
    assert time.monotonic() - began < 2


def test_a_bug_in_a_thread_is_told() -> None:
    class Broken(NamedTuple):
        def ask(self, question: Ask) -> Answer:
            raise ZeroDivisionError(question.kind)

    with pytest.raises(ZeroDivisionError, match="book"):
        ask_all(Broken(), [Ask("book", "SOL/USDT:USDT")])
