"""The commit protocol: compare and swap, the change re-applied, every kill point taken back or finished."""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Conflict, Unavailable
from gitscale.store.commit import Draft, commit, settle
from gitscale.store.journal import Journal, advance
from gitscale.store.lock import INDEX_MARK, exclusive, index_lock, own_index_lock
from gitscale.store.objects import splice_tree
from gitscale.store.repository import Repository
from tests.conftest import Clock, Git
from tests.helpers import commit_file, head, say

BOT = "bots/blofin-main.yaml"


def draft_of(text: str) -> Draft:
    return Draft({BOT: text.encode()}, "by the test\n")


def test_a_commit_that_came_first_is_built_upon(repo: Path, git: Git) -> None:
    """Somebody commits between our reading and our swap: we are asked again with their tip."""
    seen = []
    with Repository.open(repo) as repository:

        def decide(base: str) -> Draft:
            seen.append(base)
            if len(seen) == 1:
                commit_file(repo, "notes.txt", "theirs\n")
            return draft_of(f"# {len(seen)}\n")

        done = commit(repository, "main", decide)
    assert done is not None
    assert seen == [git("rev-parse", "HEAD~2").strip(), git("rev-parse", "HEAD~1").strip()]
    assert git("show", "HEAD:notes.txt") == "theirs\n"
    assert git("show", f"HEAD:{BOT}") == "# 2\n"
    assert git("status", "--porcelain") == ""


def test_a_branch_that_nobody_has_checked_out(repo: Path, git: Git) -> None:
    git("branch", "other")
    with Repository.open(repo) as repository:
        tries = []

        def decide(base: str) -> Draft:
            tries.append(base)
            if len(tries) == 1:
                git("branch", "-f", "other", git("commit-tree", "-p", base, "-m", "theirs", f"{base}^{{tree}}").strip())
            return draft_of("# ours\n")

        assert commit(repository, "other", decide) is not None
    assert len(tries) == 2
    assert git("log", "--format=%s", "other").split("\n")[:2] == ["by the test", "theirs"]


def test_nothing_to_change_makes_no_commit(repo: Path) -> None:
    with Repository.open(repo) as repository:
        assert commit(repository, "main", lambda _: None) is None


def test_the_branch_moved_while_the_index_was_ahead(repo: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """The swap fails after index and work tree took the step: both are brought back, and the step is tried again."""
    hook = repo / ".git/refs/heads/main.lock"
    hook.write_bytes(b"")
    before = (repo / BOT).read_bytes()
    with Repository.open(repo) as repository, pytest.raises(Conflict, match=r"main\.lock exists"):
        commit(repository, "main", lambda _: draft_of("# new\n"))
    assert (repo / BOT).read_bytes() == before
    assert git("status", "--porcelain") == ""
    assert not (repo / ".git/gitscale/journal.json").exists()


class TestKilled:
    """States a kill leaves, put there by hand; opening a workspace takes the step back or lets it stand."""

    @pytest.fixture
    def step(self, repo: Path, git: Git) -> Journal:
        base = head(repo)
        with Repository.open(repo) as repository:
            tree = splice_tree(repository.reader, repository.writer, repository.tree_of(base), {BOT: b"# new text\n"})
        new = git("commit-tree", "-p", base, "-m", "ours", str(tree)).strip()
        step = Journal("refs/heads/main", base, new, str(repo), str(repo / ".git"), (BOT,))
        (repo / ".git/gitscale").mkdir()
        step.write(repo / ".git/gitscale/journal.json")
        (repo / ".git/index.lock").write_bytes(INDEX_MARK)
        return step

    def settled(self, repo: Path, git: Git) -> str:
        with Repository.open(repo) as repository:
            settle(repository)
        assert not (repo / ".git/index.lock").exists()
        assert not (repo / ".git/gitscale/journal.json").exists()
        assert git("fsck", "--strict", "--no-dangling") == ""
        return git("status", "--porcelain")

    def test_before_anything_moved(self, repo: Path, git: Git, step: Journal) -> None:
        assert self.settled(repo, git) == ""
        assert head(repo) == step.base

    def test_with_the_index_ahead(self, repo: Path, git: Git, step: Journal) -> None:
        advance(step)
        assert self.settled(repo, git) == ""
        assert "leverage: 75" in (repo / BOT).read_text()

    @pytest.mark.parametrize("torn", ["", "# new", "# yaml-language-server"])
    def test_while_git_wrote_the_file(self, repo: Path, git: Git, step: Journal, torn: str) -> None:
        (repo / BOT).write_text(torn)
        assert self.settled(repo, git) == ""
        assert "leverage: 75" in (repo / BOT).read_text()

    def test_while_the_file_was_absent(self, repo: Path, git: Git, step: Journal) -> None:
        (repo / BOT).unlink()
        assert self.settled(repo, git) == ""

    def test_with_somebodys_edit_since(self, repo: Path, git: Git, step: Journal) -> None:
        advance(step)
        (repo / BOT).write_text("# mine\n")
        assert self.settled(repo, git) == f" M {BOT}\n"
        assert (repo / BOT).read_text() == "# mine\n"

    def test_after_the_branch_moved(self, repo: Path, git: Git, step: Journal) -> None:
        advance(step)
        git("update-ref", "refs/heads/main", step.new, step.base)
        assert self.settled(repo, git) == ""
        assert (repo / BOT).read_text() == "# new text\n"

    def test_a_new_file_is_taken_away_again(self, repo: Path, git: Git, step: Journal) -> None:
        with Repository.open(repo) as repository:
            tree = splice_tree(
                repository.reader, repository.writer, repository.tree_of(step.base), {"bots/x/new.yaml": b"# n\n"}
            )
        new = git("commit-tree", "-p", step.base, "-m", "ours", str(tree)).strip()
        other = Journal(**(asdict(step) | {"new": new, "paths": ("bots/x/new.yaml",)}))
        other.write(repo / ".git/gitscale/journal.json")
        advance(other)
        assert self.settled(repo, git) == ""
        assert not (repo / "bots/x/new.yaml").exists()

    def test_a_work_tree_that_is_gone(self, repo: Path, git: Git, step: Journal, tmp_path: Path) -> None:
        (repo / ".git/index.lock").unlink()
        gone = Journal(**(asdict(step) | {"worktree": str(tmp_path / "gone"), "git_dir": str(tmp_path / "gone/.git")}))
        gone.write(repo / ".git/gitscale/journal.json")
        assert self.settled(repo, git) == ""


def test_a_foreign_index_lock_is_never_broken(repo: Path) -> None:
    (repo / ".git/index.lock").write_bytes(b"git's own")
    with pytest.raises(Conflict, match=r"index\.lock exists since"), index_lock(repo / ".git", patience=0):
        pass
    assert (repo / ".git/index.lock").exists()


def test_who_holds_the_lock_is_said(tmp_path: Path) -> None:
    def other() -> None:
        with exclusive(tmp_path / "lock"):
            inside.set()
            done.wait()

    inside, done = threading.Event(), threading.Event()
    holder = threading.Thread(target=other)
    holder.start()
    inside.wait()
    with pytest.raises(Conflict, match=f"process {os.getpid()}"), exclusive(tmp_path / "lock", patience=0):
        pass
    done.set()
    holder.join()
    with exclusive(tmp_path / "lock", patience=0):
        pass


def test_locks_are_waited_for(repo: Path) -> None:
    """Ours until its holder lets go, git's own until it is gone."""
    lock = repo / ".git/index.lock"
    lock.write_bytes(b"git's own")

    def release() -> None:
        time.sleep(0.2)
        lock.unlink()

    holder = threading.Thread(target=release)
    with exclusive(repo / ".git/x"):
        holder.start()
        with index_lock(repo / ".git"):
            assert own_index_lock(repo / ".git")
    holder.join()
    assert not lock.exists()
    entered = threading.Event()

    def other() -> None:
        with exclusive(repo / ".git/x"):
            entered.set()

    waiter = threading.Thread(target=other)
    with exclusive(repo / ".git/x"):
        waiter.start()
        assert not entered.wait(0.2)
    waiter.join()
    assert entered.is_set()


NAMES = st.sampled_from(["a", "a.b", "a0", "b", "a-b", "ab", "z"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sets(PATHS, min_size=1, max_size=6), second=st.dictionaries(PATHS, st.booleans(), max_size=4))
def test_trees_are_gits_own(tmp_path: Path, first: set[str], second: dict[str, bool]) -> None:
    """Putting and removing files gives the very tree that git makes of the same files."""

    def fits(paths: set[str]) -> bool:
        return not any(one != two and two.startswith(f"{one}/") for one in paths for two in paths)

    files = dict.fromkeys(first, b"1")
    changes: dict[str, bytes | None] = {path: b"2" if put else None for path, put in second.items()}
    if not fits(set(files) | set(changes)):
        return
    repo = tmp_path / "trees"
    subprocess.run(["git", "init", "-q", str(repo)], check=True)
    with Repository.open(repo) as repository:
        tree = splice_tree(repository.reader, repository.writer, "", files)
        assert tree is not None
        result = splice_tree(repository.reader, repository.writer, tree, changes)
        left = {**files, **changes}
        lines = [
            f"100644 {repository.writer.write('blob', data)}\t{path}" for path, data in left.items() if data is not None
        ]
    (repo / ".git/index").unlink(missing_ok=True)
    index = subprocess.run(
        ["git", "update-index", "--index-info"], cwd=repo, input="\n".join(lines), text=True, check=True
    )
    assert index.returncode == 0
    own = subprocess.run(["git", "write-tree"], cwd=repo, capture_output=True, text=True, check=True).stdout.strip()
    assert result == own if lines else result is None


@pytest.mark.parametrize("size", [0, 60, 150, 300, 600, 1_200, 5_000, 20_000])
def test_a_disk_that_fills_up(repo: Path, git: Git, size: int) -> None:
    """No file may grow beyond `size`, for us and for git: one line, exit code 4, and a commit is whole or absent."""
    code = (
        "import resource, sys\n"
        "sys.dont_write_bytecode = True\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
        "from gitscale.cli.main import run\n"
        "sys.argv = ['gitscale', 'set', 'leverage', '50', '--json']\n"
        "run()\n"
    )
    before = head(repo)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=repo, capture_output=True, text=True, check=False, env=environment
    )
    assert (done.returncode, "Traceback" in done.stderr) == (4, False), done.stderr
    committed = head(repo) != before
    assert json.loads(done.stdout).get("commit") == (head(repo) if committed else None)
    with Workspace.open(repo, Host(Clock())) as workspace:
        assert git("status", "--porcelain") == ""
        assert git("fsck", "--strict", "--no-dangling") == ""
        assert say(workspace, "/set leverage 40", sync=True).exit_code == 0


def test_the_journal_is_json_of_its_fields(tmp_path: Path) -> None:
    step = Journal("refs/heads/main", "a", "b", "w", "g", ("x",))
    step.write(tmp_path / "journal.json")
    assert Journal(**(json.loads((tmp_path / "journal.json").read_text()) | {"paths": ("x",)})) == step


def test_two_open_workspaces_see_each_others_commits(repo: Path, clock: Clock) -> None:
    with Workspace.open(repo, Host(clock)) as one, Workspace.open(repo, Host(clock)) as two:
        for number in range(20, 24):
            assert say(one, f"/set leverage {number}").exit_code == 0
            assert say(two, f"/set num_levels {number - 10}").exit_code == 0
            assert f"leverage            {number}x" in say(two, "/status").text


def test_a_missing_object_is_named(opened: Workspace, git: Git) -> None:
    blob = git("rev-parse", f"HEAD:{BOT}").strip()
    (opened.repository.git_dir / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(Unavailable, match=f"no object {blob}"):
        opened.loaded(head(opened.repository.directory))
