"""Fixtures: real repositories in temporary folders, an own home, no inherited git settings, a clock that is given."""

import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gitscale.actions import memory, verdicts
from gitscale.actions.init import init
from gitscale.actions.workspace import Host, Workspace
from gitscale.sync.targets.rows import Here, row_target
from tests import postgres

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: int) -> None:
        self.moment += timedelta(**amount)


def pytest_configure() -> None:
    """What the suite starts can be interrupted, even where the suite itself runs in a shell's background."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # which every child would inherit
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git sees this home and nothing of the machine's."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Ada Test\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n"
    )
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in [name for name in os.environ if name.startswith(("GIT_", "GITSCALE_", "XDG_"))]:
        if name != "GIT_CONFIG_NOSYSTEM":
            monkeypatch.delenv(name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository as `gitscale init` makes it."""
    folder = tmp_path / "fleet"
    init(folder)
    return folder


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this run, stopped at its end."""
    if reason := postgres.missing():
        pytest.skip(reason)
    started = postgres.Server()
    yield started
    started.stop()


@pytest.fixture
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _own_home: None) -> str:
    """Where rows go, by `both` or by name: SQLite in the repository, or tables of one's own in PostgreSQL."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return ""
    running: postgres.Server = request.getfixturevalue("server")
    url = running.url(schema=running.schema())
    monkeypatch.setenv("GITSCALE_DATABASE_URL", url)
    row_target(url, Here("test", Path(), Path())).upgrade()
    return url


both = pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
on_postgres = pytest.mark.parametrize("database", ["postgres"], indirect=True)


@pytest.fixture
def opened(repo: Path, clock: Clock, database: str) -> Iterator[Workspace]:
    """That repository, opened."""
    with Workspace.open(repo, Host(clock, database or None)) as workspace:
        yield workspace


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small fleets are remembered as large ones are."""
    monkeypatch.setattr(memory, "FEWEST", 0)
    monkeypatch.setattr(memory, "WORTHWHILE", 0)
    monkeypatch.setattr(verdicts, "WORTHWHILE", 0)


Git = Callable[..., str]


@pytest.fixture
def git(repo: Path) -> Git:
    """The real git in the repository."""

    def run(*words: str, cwd: Path = repo) -> str:
        return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, text=True).stdout

    return run
