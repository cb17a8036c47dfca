"""A stand-in exchange whose market stands still at the tests' moment, and a repository that asks it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gitscale.actions.workspace import Host, Workspace
from gitscale.market import ccxt_feed
from gitscale.market.limiter import Limiter
from standin.server import Server, serving
from standin.world import World
from tests.conftest import Clock


@pytest.fixture(autouse=True)
def _hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exchanges' own rate limits, a hundred times as wide; test_limits keeps them."""
    monkeypatch.setattr(ccxt_feed, "Limiter", lambda interval: Limiter(interval / 100))


@pytest.fixture
def exchange(clock: Clock) -> Iterator[Server]:
    with serving(World(clock)) as server:
        yield server


@pytest.fixture
def trading(repo: Path, clock: Clock, exchange: Server) -> Iterator[Workspace]:
    """The repository, asking the stand-in."""
    with Workspace.open(repo, Host(clock, market_url=exchange.url)) as workspace:
        yield workspace


@pytest.fixture
def impatient(exchange: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Time-outs and pauses that a test can wait for."""
    exchange.silence = 1.0
    monkeypatch.setattr(ccxt_feed, "TIMEOUT", 0.25)
    monkeypatch.setattr(ccxt_feed, "_BACK_OFF", (0.01, 0.02))
