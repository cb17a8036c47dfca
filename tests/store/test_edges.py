"""The rarer ways through the store: what fails while a repository is made, lost races, what git tells of files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Conflict, Refused, Unavailable
from gitscale.store import checkout
from gitscale.store.commit import Draft, commit, settle
from gitscale.store.create import create
from gitscale.store.lock import INDEX_MARK
from gitscale.store.process import GitFailed, git, strip_environment
from gitscale.store.repository import Repository
from tests.conftest import Clock, Git
from tests.helpers import commit_file, head, say

BOT = "bots/blofin-main.yaml"


FILES = {"a/b.txt": b"1\n", "c.txt": b"2\n"}


class TestCreate:
    def test_in_a_folder_that_is_there(self, tmp_path: Path) -> None:
        assert create(tmp_path, FILES, "first\n") == head(tmp_path)
        assert (tmp_path / "a/b.txt").read_text() == "1\n"

    def test_in_the_place_of_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")
        with pytest.raises(Unavailable, match="cannot make a repository"):
            create(tmp_path / "file", FILES, "first\n")
        assert (tmp_path / "file").read_text() == "mine"

    @pytest.mark.parametrize("fresh", [True, False])
    def test_what_fails_at_the_end_is_taken_back(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fresh: bool
    ) -> None:
        """The last git call finds a path it cannot write: it has made some files by then."""
        folder = tmp_path / "fleet"
        if not fresh:
            folder.mkdir()
            (folder / "mine.txt").write_text("mine")
        with pytest.raises(GitFailed):
            create(folder, {**FILES, f"d/{'x' * 300}": b"too long a name"}, "first\n")
        assert folder.exists() != fresh
        assert fresh or [path.name for path in folder.iterdir()] == ["mine.txt"]


class TestRaces:
    def test_somebody_switches_the_branch_meanwhile(self, repo: Path, git: Git) -> None:
        """The commit goes where it was meant to go, and the work tree stays on the branch it is on by now."""
        git("branch", "other")
        with Repository.open(repo) as repository:

            def decide(base: str) -> Draft:
                git("switch", "-q", "other")
                return Draft({BOT: b"# new\n"}, "ours\n")

            assert commit(repository, "main", decide) is not None
        assert git("show", f"main:{BOT}") == "# new\n"
        assert git("show", f"other:{BOT}") == (repo / BOT).read_text() != "# new\n"
        assert git("status", "--porcelain") == ""

    def test_others_who_always_win(self, repo: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
        git("branch", "other")
        monkeypatch.setattr("gitscale.store.commit._ATTEMPTS", 3)

        def decide(base: str) -> Draft:
            git("branch", "-f", "other", git("commit-tree", "-p", base, "-m", "x", f"{base}^{{tree}}").strip())
            return Draft({BOT: b"# new\n"}, "ours\n")

        with Repository.open(repo) as repository, pytest.raises(Conflict, match="others kept committing to other"):
            commit(repository, "other", decide)

    def test_an_edit_between_the_look_and_the_step(self, repo: Path, git: Git, tmp_path: Path) -> None:
        """`git status` found nothing, the edit comes a moment later: git itself refuses to lose it."""
        (tmp_path / "bin").mkdir()
        shim = tmp_path / "bin/git"
        edit = f'case " $* " in *" read-tree "*) echo "# mine" > "{repo / BOT}" ;; esac'
        shim.write_text(f'#!/bin/sh\n{edit}\nexec {shutil.which("git")} "$@"\n')
        shim.chmod(0o755)
        path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            [sys.executable, "-m", "gitscale", "set", "leverage", "50"],
            cwd=repo,
            env={**os.environ, "PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, "edited this very moment; nothing changed" in done.stderr) == (3, True)
        assert (repo / BOT).read_text() == "# mine\n"
        assert git("status", "--porcelain") == f" M {BOT}\n"

    def test_a_lock_of_ours_without_a_note(self, repo: Path) -> None:
        (repo / ".git/index.lock").write_bytes(INDEX_MARK)
        with Repository.open(repo) as repository:
            settle(repository)
        assert not (repo / ".git/index.lock").exists()

    def test_heads_own_lock_is_named(self, opened: Workspace) -> None:
        lock = opened.repository.git_dir / "HEAD.lock"
        lock.write_bytes(b"")
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, f"rm {lock}" in reply.text) == (3, True)
        assert not (opened.repository.git_dir / "index.lock").exists()

    def test_a_branch_below_a_branch(self, repo: Path, git: Git) -> None:
        with Repository.open(repo) as repository, pytest.raises(Refused, match="main/below has no commits"):
            commit(repository, "main/below", lambda _: None)

    def test_the_last_file_goes(self, repo: Path, git: Git) -> None:
        git("switch", "-q", "--orphan", "small")
        commit_file(repo, "only.txt", "1\n")
        with Repository.open(repo) as repository:
            assert commit(repository, "small", lambda _: Draft({"only.txt": None}, "empty\n")) is not None
        assert git("ls-tree", "HEAD") == git("status", "--porcelain") == ""
        assert not (repo / "only.txt").exists()


class TestReading:
    def test_a_head_that_is_a_link(self, repo: Path, clock: Clock) -> None:
        (repo / ".git/HEAD").unlink()
        (repo / ".git/HEAD").symlink_to("refs/heads/main")
        with Workspace.open(repo, Host(clock)) as workspace:
            assert workspace.repository.branch() == "main"
            assert say(workspace, "/set leverage 50").exit_code == 0

    def test_a_head_outside_the_branches(self, repo: Path, git: Git) -> None:
        git("update-ref", "refs/elsewhere/x", "HEAD"), git("symbolic-ref", "HEAD", "refs/elsewhere/x")
        with Repository.open(repo) as repository:
            assert repository.branch() not in repository.branches()

    def test_what_git_tells_of_the_work_tree(self, repo: Path, git: Git) -> None:
        commit_file(repo, "bots/gone.yaml", "1\n"), commit_file(repo, "bots/edited.yaml", "1\n")
        commit_file(repo, "bots/linked.yaml", "1\n"), commit_file(repo, "bots/folder.yaml", "1\n")
        (repo / "bots/gone.yaml").unlink()
        (repo / "bots/edited.yaml").write_text("2\n")
        (repo / "bots/linked.yaml").unlink()
        (repo / "bots/linked.yaml").symlink_to("edited.yaml")
        (repo / "bots/new.yaml").write_text("3\n")
        (repo / "bots/dangling.yaml").symlink_to("nowhere")
        with Repository.open(repo) as repository:
            seen = checkout.look(repository, "bots")
            assert not checkout.unchanged(seen)
            files = checkout.work_files(repository, seen)
            (repo / "bots/new.yaml").unlink()
            read = {file.path: (file.mode, file.data) for file in checkout.read_work_files(repository, files)}
        assert read.pop(BOT)[0] == "100644"
        assert read == {
            "bots/dangling.yaml": ("120000", b""),
            "bots/edited.yaml": ("100644", b"2\n"),
            "bots/folder.yaml": ("100644", b"1\n"),
            "bots/linked.yaml": ("120000", b""),
        }

    def test_ancestors(self, repo: Path, git: Git) -> None:
        old = head(repo)
        new = commit_file(repo, "x.txt", "1\n")
        with Repository.open(repo) as repository:
            assert (repository.is_ancestor(old, new), repository.is_ancestor(new, old)) == (True, False)
            assert (repository.has(old), repository.has("0" * 40), repository.has("main")) == (True, False, False)
            assert [(row.path, row.status) for row in repository.changed(old, new)] == [("x.txt", "A")]
            assert [(row.path, row.file) for row in repository.changed(new, old)] == [("x.txt", None)]


class TestProcess:
    def test_without_git(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(Unavailable, match="git program was not found"):
            Repository.open(tmp_path)

    @pytest.mark.parametrize(
        ("stderr", "code", "says"),
        [
            ("hint: x\nfatal: no\n", 128, "git verb: no"),
            ("error: one\nerror: two\n", 1, "git verb: one"),
            ("strange\n", 1, "git verb: strange"),
            ("", 3, "git verb: exit code 3"),
            ("", -9, "git verb: ended by signal 9"),
        ],
    )
    def test_what_git_said(self, stderr: str, code: int, says: str) -> None:
        failed = GitFailed("verb", code, stderr)
        assert (failed.message, failed.exit_code) == (says, 4)

    def test_the_environment_git_gets(self) -> None:
        given = {"GIT_DIR": "/x", "GIT_AUTHOR_NAME": "A", "GIT_INDEX_FILE": "/y", "HOME": "/h", "LC_ALL": "de_DE.UTF-8"}
        kept = strip_environment(given)
        assert kept == {
            "GIT_AUTHOR_NAME": "A",
            "HOME": "/h",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "LC_ALL": "C",
        }

    def test_inherited_settings_do_not_steer_it(self, repo: Path) -> None:
        environment = {
            **os.environ,
            "GIT_DIR": "/nowhere",
            "GIT_INDEX_FILE": "/nowhere",
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        done = subprocess.run(
            [sys.executable, "-m", "gitscale", "set", "leverage", "50", "--no-sync"],
            cwd=repo,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert git(repo, "status", "--porcelain") == b""
