"""Fixtures: real repositories in temporary folders, an own home, no inherited git settings, a clock that is given."""

import os
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gitscale.actions import known, verdicts
from gitscale.actions.init import init
from gitscale.actions.workspace import Host, Workspace

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **amount: int) -> None:
        self.moment += timedelta(**amount)


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


@pytest.fixture
def opened(repo: Path, clock: Clock) -> Iterator[Workspace]:
    """That repository, opened."""
    with Workspace.open(repo, Host(clock)) as workspace:
        yield workspace


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small fleets are remembered as large ones are."""
    monkeypatch.setattr(known, "FEWEST", 0)
    monkeypatch.setattr(known, "WORTHWHILE", 0)
    monkeypatch.setattr(verdicts, "WORTHWHILE", 0)


Git = Callable[..., str]


@pytest.fixture
def git(repo: Path) -> Git:
    """The real git in the repository."""

    def run(*words: str, cwd: Path = repo) -> str:
        return subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True, text=True).stdout

    return run
