"""Whatever state other people's files are in, a write leaves every byte, time and index entry of them as it was."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gitscale.actions.init import init
from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Unavailable
from gitscale.store.commit import Draft, commit
from gitscale.store.repository import Repository
from tests.conftest import Clock, Git
from tests.helpers import say

BOT = "bots/blofin-main.yaml"
_TRACKED = ("write 1", "add", "commit")
STATES: dict[str, tuple[str, ...]] = {
    "clean": _TRACKED,
    "edited": (*_TRACKED, "write 2"),
    "staged": (*_TRACKED, "write 2", "add"),
    "staged and edited": (*_TRACKED, "write 2", "add", "write 3"),
    "removed": (*_TRACKED, "unlink"),
    "removed from the index": (*_TRACKED, "rm -q --cached"),
    "new": ("write 1",),
    "added": ("write 1", "add"),
    "added and edited": ("write 1", "add", "write 2"),
    "intended": ("write 1", "add -N"),
    "ignored": ("write 1", "ignore"),
    "executable": (*_TRACKED, "chmod"),
    "assumed unchanged": (*_TRACKED, "update-index --assume-unchanged", "write 2"),
    "skipped": (*_TRACKED, "update-index --skip-worktree", "write 2"),
    "a link": (*_TRACKED, "unlink", "link"),
}
PLACES = st.sampled_from(["notes.txt", "bots/readme.txt", "bots/eu/x.txt", "ä ö/y.txt", "bots/blofin-main.yaml.orig"])


def bring(repo: Path, path: str, state: str) -> None:
    """Put a file into a state."""
    target = repo / path
    target.parent.mkdir(parents=True, exist_ok=True)
    for step in STATES[state]:
        verb, _, rest = step.partition(" ")
        match verb:
            case "write":
                target.write_text(f"{rest}\n")
            case "unlink":
                target.unlink()
            case "link":
                target.symlink_to("nowhere")
            case "chmod":
                target.chmod(0o755)
            case "ignore":
                with (repo / ".git/info/exclude").open("a") as stream:
                    stream.write(f"/{path}\n")
            case "commit":
                subprocess.run(["git", "commit", "-q", "-m", path], cwd=repo, check=True)
            case _:
                subprocess.run(["git", *step.split(), "--", path], cwd=repo, check=True)


def picture(repo: Path) -> list[object]:
    """Index and work tree but for the bot; git may write 0 as the size of what it must compare by content."""
    words = (("ls-files", "-v", "-s", "--debug"), ("status", "--porcelain", "--ignored", "-uall"), ("diff", "--cached"))
    rest = ("--", ".", f":!{BOT}")
    said = [subprocess.run(["git", *part, *rest], cwd=repo, capture_output=True, check=True) for part in words]
    files = [path for path in repo.rglob("*") if ".git" not in path.relative_to(repo).parts and not path.is_dir()]
    known = {
        str(path): (path.readlink() if path.is_symlink() else path.read_bytes(), path.lstat().st_mtime_ns)
        for path in sorted(files)
        if path != repo / BOT
    }
    return [*(re.sub(rb"  size: \d+", b"", part.stdout) for part in said), known]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=st.dictionaries(PLACES, st.sampled_from(list(STATES)), min_size=1))
def test_nothing_of_theirs_moves(tmp_path: Path, work: dict[str, str]) -> None:
    repo = tmp_path / "fleet"
    shutil.rmtree(repo, ignore_errors=True)
    init(repo)
    for path, state in sorted(work.items(), key=lambda item: item[1] != "clean"):
        bring(repo, path, state)
    before = picture(repo)
    with Workspace.open(repo, Host(Clock())) as workspace:
        for value in (50, 40):
            reply = say(workspace, f"/set leverage {value}")
            assert reply.exit_code == 0, reply.text
    assert picture(repo) == before
    assert "leverage: 40\n" in (repo / BOT).read_text()


def test_four_git_processes_a_commit(repo: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a commit costs; a fifth one would be felt."""
    (tmp_path / "bin").mkdir()
    shim = tmp_path / "bin/git"
    shim.write_text(f'#!/bin/sh\necho "$*" >> "{tmp_path}/calls"\nexec {shutil.which("git")} "$@"\n')
    shim.chmod(0o755)
    with Repository.open(repo) as repository:
        commit(repository, "main", lambda _: Draft({"a.txt": b"1\n"}, "one\n"))
        monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}")
        commit(repository, "main", lambda _: Draft({"a.txt": b"2\n"}, "two\n"))
    calls = (tmp_path / "calls").read_text().splitlines()
    verbs = ("commit-tree", "status", "read-tree", "update-ref")
    assert [next(verb for verb in verbs if f" {verb} " in call) for call in calls] == list(verbs)


def test_a_repository_of_somebody_else(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(Unavailable, match="dubious ownership") as caught:
        Repository.open(repo)
    assert caught.value.remedy == f"git config --global --add safe.directory {repo}"
