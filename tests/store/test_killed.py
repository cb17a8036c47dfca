"""A real kill -9 at a chosen git call of a real command; the next command must find nothing half done.

A `git` in front of the real one on PATH kills the gitscale process that called it: before it does its work, after it,
or before it and then works on as an orphan, while the next command is already there.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Git
from tests.helpers import head

BOT = "bots/blofin-main.yaml"
_SHIM = """\
#!/bin/sh
case " $* " in *" {verb} "*)
    case {when} in
        before) kill -9 $PPID; exit 1 ;;
        after) {git} "$@"; kill -9 $PPID; exit 0 ;;
        orphan) kill -9 $PPID; sleep 0.4 ;;
    esac
esac
exec {git} "$@"
"""


def run(repo: Path, *words: str, path: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    environment["PATH"] = f"{path}{os.pathsep}{environment['PATH']}" if path else environment["PATH"]
    command = [sys.executable, "-m", "gitscale", *words]
    return subprocess.run(command, cwd=repo, env=environment, capture_output=True, text=True, check=False)


def shim(folder: Path, verb: str, when: str) -> str:
    """A folder to put first on PATH."""
    folder.mkdir()
    (folder / "git").write_text(_SHIM.format(verb=verb, when=when, git=shutil.which("git")))
    (folder / "git").chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("when", ["before", "after", "orphan"])
@pytest.mark.parametrize("verb", ["commit-tree", "status", "read-tree", "update-ref"])
def test_killed_at(repo: Path, git: Git, tmp_path: Path, verb: str, when: str) -> None:
    base = head(repo)
    (repo / "mine.txt").write_text("staged\n")
    git("add", "mine.txt")
    killed = run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", verb, when))
    assert killed.returncode == -9
    after = run(repo, "set", "num_levels", "9", "--no-sync")
    assert after.returncode == 0, after.stderr
    took = verb == "update-ref" and when != "before"
    assert git("rev-list", "--count", f"{base}..HEAD").strip() == str(1 + took)
    assert f"leverage: {50 if took else 75}\n" in git("show", f"HEAD:{BOT}")
    assert git("status", "--porcelain") == "A  mine.txt\n"
    assert git("show", f"HEAD:{BOT}") == (repo / BOT).read_text()
    assert git("fsck", "--strict", "--no-dangling") == ""
    assert sorted(path.name for path in (repo / ".git/gitscale").iterdir()) == ["lock"]
    assert not [path for path in (repo / ".git").rglob("*.lock") if path.name != "lock"]


@pytest.mark.parametrize("verb", ["read-tree", "update-ref"])
def test_a_reading_command_cleans_up_too(repo: Path, git: Git, tmp_path: Path, verb: str) -> None:
    run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", verb, "before"))
    assert run(repo, "status").returncode == 0
    assert git("status", "--porcelain") == ""
    assert not (repo / ".git/index.lock").exists()
    assert "leverage: 75\n" in (repo / BOT).read_text()


def test_a_commit_by_hand_comes_before_the_next_command(repo: Path, git: Git, tmp_path: Path) -> None:
    """Whoever removes the lock by hand and commits the index commits the step with it; it is not taken back then."""
    run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", "update-ref", "before"))
    (repo / ".git/index.lock").unlink()
    git("commit", "-q", "-m", "by hand")
    assert run(repo, "status").returncode == 0
    assert git("status", "--porcelain") == ""
    assert "leverage: 50\n" in git("show", f"HEAD:{BOT}")


def test_somebody_stages_an_edit_of_the_file_before_the_next_command(repo: Path, git: Git, tmp_path: Path) -> None:
    run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", "update-ref", "before"))
    (repo / ".git/index.lock").unlink()
    (repo / BOT).write_text("# mine\n")
    git("add", BOT)
    assert run(repo, "status").returncode == 0
    assert git("show", f":{BOT}") == (repo / BOT).read_text() == "# mine\n"


def test_the_new_file_and_its_folder_go_again(repo: Path, git: Git, tmp_path: Path) -> None:
    bin_folder = shim(tmp_path / "bin", "update-ref", "before")
    killed = run(repo, "new", "second", "--preset", "OKX Counterscalp Light", "--no-sync", path=bin_folder)
    assert killed.returncode == -9
    assert (repo / "bots/second.yaml").exists()
    assert run(repo, "status", "--bot", "blofin-main").returncode == 0
    assert not (repo / "bots/second.yaml").exists()
    assert git("status", "--porcelain") == ""


def test_outside_a_sparse_checkout(repo: Path, git: Git, tmp_path: Path) -> None:
    """Taking a step back must not put the file onto the disk."""
    git("sparse-checkout", "set", "--no-cone", "/*", "!/bots/")
    assert not (repo / BOT).exists()
    run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", "update-ref", "before"))
    assert run(repo, "status").returncode == 0
    assert git("status", "--porcelain") == ""
    assert git("ls-files", "-t", BOT) == f"S {BOT}\n"
    assert not (repo / BOT).exists()


def test_torn_while_git_wrote_it_with_other_line_ends(repo: Path, git: Git, tmp_path: Path) -> None:
    (repo / ".gitattributes").write_text("*.yaml text eol=crlf\n")
    git("add", ".gitattributes"), git("commit", "-qm", "line ends")
    (repo / BOT).unlink()
    git("checkout", "-q", "--", BOT)
    run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", "read-tree", "before"))
    whole = (repo / BOT).read_bytes()
    (repo / BOT).write_bytes(whole[: whole.index(b"\r\n", 100) + 1])
    assert run(repo, "status").returncode == 0
    assert (repo / BOT).read_bytes() == whole


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"paths": 3}', '{"paths": ["x"]}', '{"ref'])
def test_a_note_that_tells_nothing(repo: Path, text: str) -> None:
    """What a power cut leaves of a file never stops the next command."""
    (repo / ".git/gitscale").mkdir(exist_ok=True)
    (repo / ".git/gitscale/journal.json").write_text(text)
    assert run(repo, "set", "leverage", "50", "--no-sync").returncode == 0
    assert not (repo / ".git/gitscale/journal.json").exists()


@pytest.mark.parametrize("place", ["folder", "link", "below a file"])
def test_something_else_stands_there_by_now(repo: Path, git: Git, tmp_path: Path, place: str) -> None:
    run(repo, "set", "leverage", "50", "--no-sync", path=shim(tmp_path / "bin", "update-ref", "before"))
    (repo / BOT).unlink()
    if place == "folder":
        (repo / BOT).mkdir()
        (repo / BOT / "x").write_text("mine")
    elif place == "link":
        (repo / BOT).symlink_to("/etc/hostname")
    else:
        shutil.rmtree(repo / "bots")
        (repo / "bots").write_text("mine")
    assert run(repo, "status").returncode == 0
    assert not (repo / ".git/index.lock").exists()
    assert (repo / BOT).is_symlink() or "mine" in ((repo / BOT / "x"), (repo / "bots"))[place != "folder"].read_text()
