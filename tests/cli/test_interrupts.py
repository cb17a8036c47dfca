"""Ctrl-C at any moment: never a traceback, and never a word less than what was done."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gitscale.store.lock import exclusive
from tests.cli.test_json import ALWAYS, documented
from tests.conftest import Git
from tests.helpers import delivered, head


def started(repo: Path, *words: str, path: Path | None = None) -> subprocess.Popen[str]:
    """A gitscale process in a group of its own, as a shell starts one."""
    places = [str(path)] if path else []
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([*places, *sys.path])}
    return subprocess.Popen(
        [sys.executable, "-m", "gitscale", *words],
        cwd=repo,
        env=env,
        process_group=0,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def interrupted_in_sync(repo: Path, *words: str) -> tuple[int, str, str]:
    """What a write says whose sync waits for another one, and is interrupted there; the whole group hears it."""
    before = head(repo)
    with exclusive(repo / ".git/gitscale/sync.lock"):
        process = started(repo, *words)
        while head(repo) == before:
            assert process.poll() is None
        os.killpg(process.pid, signal.SIGINT)
        said = process.communicate(timeout=60)
    return told(process), *said


def told(process: subprocess.Popen[str]) -> int:
    """The exit code a shell tells: Python ends itself by the signal where that met an `exec`, as of a dataclass."""
    return 128 - process.returncode if process.returncode < 0 else process.returncode


def test_between_commit_and_sync(repo: Path, git: Git) -> None:
    code, out, err = interrupted_in_sync(repo, "set", "leverage", "50")
    assert (code, err) == (130, "")
    assert out.endswith(
        f"committed {head(repo)[:10]} on main\nerror: interrupted: committed, but not synced\n  gitscale sync\n"
    )
    assert git("status", "--porcelain") == ""
    assert subprocess.run([sys.executable, "-m", "gitscale", "sync"], cwd=repo, check=False).returncode == 0
    assert delivered(repo, "blofin-main")["settings"]["leverage"] == 50


def test_between_commit_and_sync_in_json(repo: Path) -> None:
    code, out, _ = interrupted_in_sync(repo, "set", "leverage", "50", "--json")
    found = json.loads(out)
    assert found.keys() == documented("`scale`,") | {"error", "remedy", "command"} | ALWAYS
    assert (code, found["exit_code"], found["commit"], found["sync"]) == (130, 130, head(repo), None)


def test_lines_end_with_the_interrupted_one(repo: Path) -> None:
    code, out, _ = interrupted_in_sync(repo, "agent", "--json", "/set leverage 50", "/set leverage 40")
    assert (code, len(out.splitlines())) == (130, 1)


def test_while_there_is_nothing_to_tell(repo: Path) -> None:
    """A sync without a commit before it: the next one repairs."""
    with exclusive(repo / ".git/gitscale/sync.lock"):
        process = started(repo, "sync")
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=1.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (told(process), out, err.strip()) == (130, "", "interrupted")


def test_while_python_is_still_importing(repo: Path, tmp_path: Path) -> None:
    """A click that takes its time stands for a slow disk."""
    (tmp_path / "click.py").write_text("import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(60)\n")
    process = started(repo, "status", path=tmp_path)
    out, err = process.communicate(timeout=60)
    assert (told(process), out, err.strip()) == (130, "", "interrupted")
