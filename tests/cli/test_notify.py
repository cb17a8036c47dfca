"""Telling people, end to end: sync, drift and the controller as processes, a service on this machine, real Apprise."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.test_watch import BOT, Controller
from tests.helpers import bot_text, commit_file
from tests.notify.service import PASSWORD, Service, service


@pytest.fixture
def desk() -> Iterator[Service]:
    with service() as running:
        yield running


def run(repo: Path, *words: str, to: str | None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name != "GITSCALE_NOTIFY"}
    env |= {"GITSCALE_NOTIFY": to} if to is not None else {}
    return subprocess.run(
        [sys.executable, "-m", "gitscale", *words], cwd=repo, env=env, capture_output=True, text=True, check=False
    )


def spoil(repo: Path) -> Path:
    """Make the next sync fail."""
    aside = (repo / "build/gitscale.db").rename(repo / "aside.db")
    (repo / "build/gitscale.db").mkdir()
    return aside


def mend(repo: Path, aside: Path) -> None:
    (repo / "build/gitscale.db").rmdir()
    aside.rename(repo / "build/gitscale.db")


def beat(repo: Path, name: str) -> None:
    """A bot process says that it runs with settings of its own."""
    folder = repo / "build/run"
    folder.mkdir(parents=True, exist_ok=True)
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    said = {"pid": 1, "sha256": "0" * 64, "started_at": now, "heartbeat_at": now}
    (folder / f"{name}.json").write_text(json.dumps(said))


def test_a_failed_sync_and_its_recovery(repo: Path, desk: Service) -> None:
    assert run(repo, "sync", "--notify", to=desk.url()).returncode == 0
    aside = spoil(repo)
    for _ in range(3):
        done = run(repo, "sync", "--notify", to=desk.url())
        assert (done.returncode, done.stdout) == (4, "")
    told = desk.next()
    assert told["title"].startswith(f"gitscale {repo.name} on ")
    assert told["title"].endswith("sync failed")
    assert "unable to open database file" in told["message"]
    assert told["message"].endswith("\nmend it, then: gitscale sync")
    mend(repo, aside)
    for _ in range(2):
        assert run(repo, "sync", "--notify", to=desk.url()).returncode == 0
    assert desk.title().endswith("sync recovered")
    assert desk.none()


def test_restarts_and_drift(repo: Path, desk: Service) -> None:
    beat(repo, "blofin-main")
    run(repo, "sync", "--notify", to=desk.url())
    told = desk.next()
    assert told["title"].endswith("restart required")
    assert "\nblofin-main\n" in told["message"]
    (repo / "build/bots/blofin-main.json").write_text("{}")
    for _ in range(2):
        assert run(repo, "drift", "--notify", "--exit-code", to=desk.url()).returncode == 11
    told = desk.next()
    assert told["title"].endswith("drift found")
    assert "\nblofin-main\n" in told["message"]
    assert desk.none()


def test_nothing_is_told_unless_asked(repo: Path, desk: Service) -> None:
    beat(repo, "blofin-main")
    assert run(repo, "sync", to=desk.url()).returncode == 0
    (repo / "build/bots/blofin-main.json").write_text("{}")
    assert run(repo, "drift", to=desk.url()).returncode == 0
    assert desk.none()
    assert not list((repo / ".git").rglob("notified*"))


@pytest.mark.parametrize("words", [("sync",), ("sync", "--watch"), ("drift",)])
@pytest.mark.parametrize("to", [None, "  "])
def test_whom_to_tell_has_to_be_said(repo: Path, words: tuple[str, ...], to: str | None) -> None:
    done = run(repo, *words, "--notify", to=to)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "error: GITSCALE_NOTIFY is not set\n  set it to Apprise URLs, separated by blanks\n"
    assert not (repo / "build").exists()


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("500", "JSON (URL 1): it answered 500"),
        ("moved", "JSON (URL 1): it answered 307"),
        ("hang?rto=60", "JSON (URL 1): it did not answer in time"),
        ("drip", "JSON (URL 1): it did not answer in time"),
    ],
)
def test_a_service_that_fails_fails_nothing(repo: Path, desk: Service, how: str, reason: str) -> None:
    beat(repo, "blofin-main")
    begun = time.monotonic()
    done = run(repo, "sync", "--notify", to=desk.url(how))
    assert time.monotonic() - begun < 30
    assert done.returncode == 0
    assert "1 created" in done.stdout
    assert done.stderr == f"not notified: {reason}\n"


@pytest.mark.parametrize("url", ["x", f"discord://{PASSWORD}", f"nosuch://{PASSWORD}@host"])
def test_a_url_that_cannot_be_read(repo: Path, url: str) -> None:
    beat(repo, "blofin-main")
    done = run(repo, "sync", "--notify", to=url)
    assert (done.returncode, "1 created" in done.stdout) == (0, True)
    assert done.stderr == "not notified: Apprise cannot read URL 1 of GITSCALE_NOTIFY\n"
    done = run(repo, "sync", "--watch", to=url)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: Apprise cannot read URL 1 of GITSCALE_NOTIFY\n")
    assert PASSWORD not in done.stderr


def test_without_apprise(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "less").mkdir()
    (tmp_path / "less/apprise.py").write_text("raise ImportError('there is none')\n")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "less"), *sys.path]))
    beat(repo, "blofin-main")
    done = run(repo, "sync", "--notify", to="json://localhost")
    assert (done.returncode, done.stderr) == (0, "not notified: notifications need Apprise: there is none\n")
    done = run(repo, "sync", "--watch", to="json://localhost")
    assert (done.returncode, done.stdout) == (4, "")
    assert "pip install 'gitscale[notify]'" in done.stderr


@pytest.fixture
def host(repo: Path, tmp_path: Path) -> Path:
    place = tmp_path / "host"
    subprocess.run(["git", "clone", "-q", str(repo), str(place)], check=True)
    return place


def test_the_controller_tells_what_it_finds(host: Path, repo: Path, desk: Service) -> None:
    to = f"{desk.url('500')} {desk.url()}"
    running = Controller(host, "--remote", "origin", "--interval", "1", GITSCALE_NOTIFY=to)
    try:
        running.told("delivered")
        beat(host, "blofin-main")
        place = host / "build/bots/blofin-main.json"
        place.write_text(place.read_text().replace('"leverage": ', '"leverage": 1'))
        commit_file(repo, "bots/second.yaml", bot_text("second", leverage=20))
        assert titles(desk, 2) == {"drift found", "restart required"}
        bad = commit_file(repo, BOT, bot_text("blofin-main", leverage=120, equity_pct=40))
        assert titles(desk, 1) == {"gate refused"}
        unsent = running.told("unsent")
        assert (unsent["service"], unsent["error"]) == ("JSON (URL 1)", "it answered 500")
        assert running.told("skipped")["revision"] == bad
        aside = repo.rename(repo.with_name("aside"))
        assert titles(desk, 1) == {"sync failed"}
        aside.rename(repo)
        assert titles(desk, 1) == {"sync recovered"}
        assert desk.none(3)
    finally:
        assert running.stop() == 0
    seen = "".join(path.read_text() for path in (host / ".git/gitscale").rglob("*.json"))
    assert PASSWORD not in seen


def test_what_was_told_is_remembered_over_a_restart(host: Path, desk: Service) -> None:
    beat(host, "blofin-main")
    for expected in (False, True):
        running = Controller(host, "--interval", "1", GITSCALE_NOTIFY=desk.url())
        if not expected:
            assert titles(desk, 1) == {"restart required"}
        assert desk.none(2) is True
        assert running.stop() == 0


def test_a_service_that_hangs_holds_up_no_look(host: Path, repo: Path, desk: Service) -> None:
    beat(host, "blofin-main")
    running = Controller(host, "--remote", "origin", "--interval", "1", GITSCALE_NOTIFY=desk.url("drip"))
    try:
        running.told("delivered")
        for leverage in (10, 20, 30):
            commit = commit_file(repo, BOT, bot_text("blofin-main", leverage=leverage))
            assert running.told("delivered")["revision"] == commit
    finally:
        begun = time.monotonic()
        assert running.stop() == 0
        assert time.monotonic() - begun < 15
    assert running.told("unsent")["error"] == "it did not answer in time"


def test_who_cannot_open_the_repository_is_told_so(tmp_path: Path, desk: Service) -> None:
    done = run(tmp_path, "sync", "--notify", to=desk.url())
    assert done.returncode == 4
    assert desk.none()


def test_the_memory_is_no_work_of_git(repo: Path, desk: Service) -> None:
    beat(repo, "blofin-main")
    run(repo, "sync", "--notify", to=desk.url())
    shutil.rmtree(repo / "build")
    assert subprocess.run(["git", "status", "--porcelain"], cwd=repo, capture_output=True, check=True).stdout == b""
    assert PASSWORD not in (repo / ".git/gitscale/notified.json").read_text()


def titles(desk: Service, count: int) -> set[str]:
    """The next so many headlines."""
    return {desk.title().split(": ")[1] for _ in range(count)}
