"""/status beyond git: what is delivered, and what runs."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from gitscale.actions.sync import sync
from gitscale.actions.workspace import Workspace
from tests.agent.example import heartbeat
from tests.conftest import NOW, Git
from tests.helpers import say


def unsynced(_: Workspace, __: Path) -> None:
    """As init leaves it."""


def synced(opened: Workspace, _: Path) -> None:
    sync(opened)


def behind(opened: Workspace, _: Path) -> None:
    sync(opened)
    say(opened, "/set leverage 20")


def file_gone(opened: Workspace, root: Path) -> None:
    sync(opened)
    (root / "build/bots/blofin-main.json").unlink()


def database_gone(opened: Workspace, root: Path) -> None:
    sync(opened)
    (root / "build/gitscale.db").unlink()


def database_broken(opened: Workspace, root: Path) -> None:
    sync(opened)
    (root / "build/gitscale.db").write_text("no database")


def output_elsewhere(_: Workspace, root: Path) -> None:
    (root / "build").symlink_to("/tmp")


def no_deployed_branch(_: Workspace, root: Path) -> None:
    (root / ".git/refs/heads/main").rename(root / ".git/refs/heads/one")
    (root / ".git/HEAD").write_text("ref: refs/heads/one\n")
    (root / ".git/refs/heads/two").write_text((root / ".git/refs/heads/one").read_text())


@pytest.mark.parametrize(
    ("prepare", "file", "row", "reason"),
    [
        (unsynced, "missing", "missing", ""),
        (synced, "fresh", "fresh", ""),
        (behind, "older", "older", ""),
        (file_gone, "missing", "fresh", ""),
        (database_gone, "fresh", "missing", ""),
        (database_broken, "fresh", "unknown", "file is not a database"),
        (output_elsewhere, "unknown", "unknown", "is a link"),
        (no_deployed_branch, "unknown", "unknown", "which branch is deployed"),
    ],
)
def test_delivered(
    opened: Workspace, prepare: Callable[[Workspace, Path], None], file: str, row: str, reason: str
) -> None:
    root = opened.repository.root
    assert root is not None
    prepare(opened, root)
    reply = say(opened, "/status")
    found = reply.data["delivered"]
    assert (reply.exit_code, found["file"], found["row"]) == (0, file, row)
    assert reason in found["reason"]
    assert bool(found["reason"]) == bool(reason)
    assert found["reason"] in reply.text
    assert ("delivered           yes" in reply.text) == (file == row == "fresh")


def test_looking_makes_nothing(opened: Workspace) -> None:
    for line in ("/status", "/risk check", "/overview", "/advise safety"):
        assert say(opened, line).exit_code == 0
    assert not (opened.repository.directory / "build").exists()


def test_running(opened: Workspace) -> None:
    root = opened.repository.root
    assert root is not None
    assert "running             no, it has no run file" in say(opened, "/status").text
    sync(opened)
    heartbeat(root, "blofin-main")
    assert "running             yes, pid 4242 since 2026-11-23 09:00:00\n" in say(opened, "/status").text + "\n"
    heartbeat(root, "blofin-main", sha256="0" * 64)
    reply = say(opened, "/status")
    assert reply.text.endswith("; restart required: it started with other settings than are delivered")
    assert reply.data["running"]["restart_required"] is True
    heartbeat(root, "blofin-main", at=NOW - timedelta(seconds=61))
    assert "running             stale: no heartbeat since 2026-11-23 11:58:59, pid 4242" in say(opened, "/status").text
    (root / "build/run/blofin-main.json").write_text("{")
    assert "running             not known: its run file cannot be read" in say(opened, "/status").text
    (root / "build/run/blofin-main.json").unlink()
    (root / "build/run").rmdir()
    (root / "build/run").symlink_to("/tmp")
    assert say(opened, "/status").data["running"]["state"] == "unreadable"


def test_a_bare_repository_delivers_nothing(opened: Workspace, git: Git, tmp_path: Path) -> None:
    git("clone", "-q", "--bare", ".", str(tmp_path / "bare"))
    with Workspace.open(tmp_path / "bare", opened.host) as bare:
        assert (
            say(bare, "/status").data["delivered"]["reason"] == "a bare repository has no place for the rendered files"
        )
        assert "Running Bots: 0" in say(bare, "/overview").text
