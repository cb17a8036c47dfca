"""Index, work tree and settings as people and tools leave them: a write fits in, or says what is in its way."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.validity import validity
from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Refused, Unavailable
from gitscale.store.repository import Repository
from tests.conftest import Clock, Git
from tests.helpers import bot_text, commit_file, head, say

BOT = "bots/blofin-main.yaml"


class TestIndex:
    def test_a_file_that_was_only_touched(self, opened: Workspace, git: Git) -> None:
        os.utime(opened.repository.directory / BOT, (1e9, 1e9))
        assert say(opened, "/set leverage 50").exit_code == 0
        assert git("status", "--porcelain") == ""

    def test_an_executable_file_stays_one(self, opened: Workspace, git: Git) -> None:
        git("update-index", "--chmod=+x", BOT), git("commit", "-qm", "mode"), git("checkout", "--", BOT)
        assert say(opened, "/set leverage 50").exit_code == 0
        assert git("ls-tree", "HEAD", BOT).startswith("100755 ")
        assert git("status", "--porcelain") == ""

    def test_marks_of_other_entries_stay(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        commit_file(repo, "assumed.txt", "1\n"), commit_file(repo, "skipped.txt", "1\n")
        git("update-index", "--assume-unchanged", "assumed.txt"), git("update-index", "--skip-worktree", "skipped.txt")
        (repo / "intended.txt").write_text("1\n")
        git("add", "-N", "intended.txt")
        asked = ("ls-files", "-v", "-s", "--debug", "assumed.txt", "skipped.txt", "intended.txt")
        before = git(*asked)
        assert say(opened, "/set leverage 50").exit_code == 0
        assert git(*asked) == before

    def test_an_edit_in_the_moment_the_index_was_written(self, opened: Workspace, git: Git) -> None:
        """Same size, same time as the index: git compares the contents, and must still do so after our commit."""
        repo = opened.repository.directory
        path, index = repo / "notes.txt", repo / ".git/index"
        path.write_text("one\n")
        moment = 1_700_000_000 * 10**9
        os.utime(path, ns=(moment, moment))
        git("add", "notes.txt"), git("commit", "-qm", "notes")
        path.write_text("two\n")
        for touched in (path, index):
            os.utime(touched, ns=(moment, moment))
        assert say(opened, "/set leverage 50").exit_code == 0
        assert git("status", "--porcelain") == " M notes.txt\n"

    @pytest.mark.parametrize("mark", ["--assume-unchanged", "--skip-worktree"])
    def test_an_edit_hidden_from_git_is_not_lost(self, opened: Workspace, git: Git, mark: str) -> None:
        path = opened.repository.directory / BOT
        git("update-index", mark, BOT)
        path.write_text(path.read_text() + "# mine\n")
        edited, before = path.read_text(), head(opened.repository.directory)
        assert say(opened, "/set leverage 50").exit_code == 3
        assert (path.read_text(), head(opened.repository.directory)) == (edited, before)

    def test_a_merge_with_conflicts(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        commit_file(repo, "a.txt", "1\n"), git("switch", "-qc", "other"), commit_file(repo, "a.txt", "2\n")
        git("switch", "-q", "main"), commit_file(repo, "a.txt", "3\n")
        subprocess.run(["git", "merge", "-q", "other"], cwd=repo, capture_output=True, check=False)
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, "a merge with conflicts is under way" in reply.text) == (3, True)
        assert git("status", "--porcelain") == "UU a.txt\n"

    def test_an_index_that_is_no_index(self, opened: Workspace) -> None:
        (opened.repository.git_dir / "index").write_bytes(b"junk")
        before = head(opened.repository.directory)
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, "index file" in reply.text) == (4, True)
        assert head(opened.repository.directory) == before


class TestWorkTree:
    @pytest.mark.parametrize("state", ["deleted", "link", "folder", "below a file"])
    def test_something_else_than_the_file(self, opened: Workspace, git: Git, tmp_path: Path, state: str) -> None:
        repo = opened.repository.directory
        shutil.copy(repo / BOT, tmp_path / "copy.yaml")
        (repo / BOT).unlink()
        if state == "link":
            (repo / BOT).symlink_to(tmp_path / "copy.yaml")
        elif state == "folder":
            (repo / BOT).mkdir()
            (repo / BOT / "x").write_text("x")
        elif state == "below a file":
            (repo / "bots").rmdir()
            (repo / "bots").write_text("x")
        before = git("status", "--porcelain", "--untracked-files=all")
        assert say(opened, "/set leverage 50").exit_code == 3
        assert git("status", "--porcelain", "--untracked-files=all") == before
        assert (tmp_path / "copy.yaml").read_text() == git("show", f"HEAD:{BOT}")

    @pytest.mark.parametrize("folder", [".git", ".git/objects", ".git/refs/heads", ".git/logs/refs/heads", "bots"])
    def test_folders_that_cannot_be_written(self, repo: Path, git: Git, folder: str) -> None:
        """Root may write anywhere, so it is told not to."""
        careful = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.getuid() == 0 else []
        if careful and shutil.which("setpriv") is None:
            pytest.skip("root without setpriv ignores permissions")
        before = head(repo)
        below = [path for path in (repo / folder, *(repo / folder).rglob("*")) if path.is_dir()]
        for path in below:
            path.chmod(0o555)
        if folder.startswith(".git/logs"):
            (repo / folder / "main").chmod(0o444)
        try:
            done = run_in(repo, "set", "leverage", "50", careful=careful)
            read = run_in(repo, "status", careful=careful)
        finally:
            for path in below:
                path.chmod(0o755)
        assert (done.returncode, done.stderr.count("\n") <= 2, "Traceback" in done.stderr) == (4, True, False), (
            done.stderr
        )
        assert "mend permissions" in done.stderr
        assert read.returncode == 0, read.stderr
        assert head(repo) == before
        assert git("status", "--porcelain") == ""
        assert not (repo / ".git/index.lock").exists()

    def test_lint_reads_what_a_sparse_checkout_leaves_out(self, repo: Path, git: Git, clock: Clock) -> None:
        commit_file(repo, "bots/a/second.yaml", bot_text("second"))
        git("sparse-checkout", "set", "--no-cone", "/*", "!/bots/a/")
        with Workspace.open(repo, Host(clock)) as workspace:
            assert (validity(workspace, Ask()).bots, validity(workspace, Ask()).findings) == (2, ())
        git("sparse-checkout", "disable")
        commit_file(repo, "bots/a/second.yaml", "name: second\n")
        git("sparse-checkout", "set", "--no-cone", "/*", "!/bots/a/")
        with Workspace.open(repo, Host(clock)) as workspace:
            assert {item.place.path for item in validity(workspace, Ask()).findings} == {"bots/a/second.yaml"}


class TestSettings:
    @pytest.mark.parametrize(
        "setting",
        [
            "core.autocrlf=true", "core.checkStat=minimal", "core.fsmonitor=true", "core.ignoreCase=true",
            "core.logAllRefUpdates=always", "core.splitIndex=true", "core.untrackedCache=true", "core.abbrev=4",
            "core.quotePath=true", "core.safecrlf=true", "color.ui=always", "feature.manyFiles=true",
            "i18n.commitEncoding=latin1", "index.version=4", "log.decorate=full", "log.showSignature=true",
            "status.renames=copies", "status.showUntrackedFiles=no", "submodule.recurse=true", "diff.external=false",
        ],
    )  # fmt: skip
    def test_no_setting_of_git_gets_in_the_way(self, opened: Workspace, git: Git, setting: str) -> None:
        repo = opened.repository.directory
        git("config", *setting.split("="))
        commit_file(repo, "a.txt", "1\n")
        (repo / "b.txt").write_text("staged\n")
        git("add", "b.txt")
        for line in ("/set leverage 50", "/set leverage 40", "/undo"):
            reply = say(opened, line)
            assert reply.exit_code == 0, reply.text
        assert git("-c", "color.ui=false", "status", "--porcelain") == "A  b.txt\n"
        assert "leverage: 50" in git("show", f"HEAD:{BOT}")

    def test_other_languages(self, repo: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """What git says decides what we say: it is asked in English."""
        monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
        monkeypatch.setenv("LANGUAGE", "de")
        done = run_in(tmp_path, "status")
        assert (done.returncode, "is not in a git repository" in done.stderr) == (4, True)

    def test_a_repository_shared_with_a_group(self, repo: Path, clock: Clock, git: Git) -> None:
        git("config", "core.sharedRepository", "0660")
        for folder in (path for path in (repo / ".git/objects", *(repo / ".git/objects").iterdir()) if path.is_dir()):
            folder.chmod(0o2770)
        known = set((repo / ".git/objects").rglob("*"))
        with Workspace.open(repo, Host(clock)) as workspace:
            assert say(workspace, "/set leverage 50").exit_code == 0
        made = set((repo / ".git/objects").rglob("*")) - known
        assert {oct(path.stat().st_mode & 0o7777) for path in made if path.is_file()} == {"0o440"}
        assert {oct(path.stat().st_mode & 0o7777) for path in made if path.is_dir()} == {"0o2770"}

    def test_history_with_sha256_names(self, tmp_path: Path, repo: Path, clock: Clock) -> None:
        """The same history under both kinds of names reads the same."""
        folder = tmp_path / "sha256"
        subprocess.run(["git", "init", "-q", "--object-format=sha256", str(folder)], check=True)
        replies = []
        for place in (folder, repo):
            for path in (BOT, "profiles.yaml", "policy.yaml"):
                commit_file(place, path, (repo / path).read_text() + "# more\n")
            with Workspace.open(place, Host(clock)) as workspace:
                for line in ("/set leverage 50", "/set leverage 40", "/undo", "/undo"):
                    assert say(workspace, line).exit_code == 0
                entries = say(workspace, "/history --limit 4").data["commits"]
            replies.append([{key: entry[key] for key in entry if key in ("subject", "author")} for entry in entries])
        assert replies[0] == replies[1]
        assert len(replies[0]) == 4


class TestNames:
    @pytest.mark.parametrize("name", ["a\0b", "a\nb", "\udcff", "HEAD~1", "@{-1}", "x.lock", "refs/heads/main"])
    def test_branches_that_are_none(self, opened: Workspace, name: str) -> None:
        assert say(opened, "/set leverage 50", branch=name).exit_code == 1

    @pytest.mark.parametrize(
        "name", ["a\0b", "main\n", "\udcff", "main@{upstream}", "HEAD^{/[}", ":/[", "@{-1}", "HEAD^{tree}", "HEAD:bots"]
    )
    def test_revisions_that_are_none(self, opened: Workspace, name: str) -> None:
        with pytest.raises(Refused):
            opened.commit_named(name)

    @pytest.mark.parametrize(
        "name", ["ümlaut/ß", "a'b", "$(x)", "0123456789abcdef0123456789abcdef01234567", "a{b", "x;y"]
    )
    def test_odd_branches_that_are_allowed(self, opened: Workspace, git: Git, name: str) -> None:
        git("branch", name)
        assert say(opened, "/set leverage 50", branch=name).exit_code == 0
        tip = opened.repository.tip(name)
        assert tip == git("for-each-ref", "--format=%(objectname)", f"refs/heads/{name}").strip()
        assert "leverage: 50" in git("show", f"{tip}:{BOT}")
        assert "leverage: 75" in git("show", f"main:{BOT}")

    def test_a_branch_name_in_no_encoding(self, opened: Workspace) -> None:
        subprocess.run([b"git", b"branch", b"caf\xe9"], cwd=opened.repository.directory, check=True)
        assert say(opened, "/set leverage 50", sync=True).exit_code == 0
        with Repository.open(opened.repository.directory) as repository:
            assert repository.branches() == ["caf\udce9", "main"]

    @pytest.mark.parametrize("folder", ["eu", "with space", "ünï/cödé", "-dash", "a/b/c/d", "$x'y"])
    def test_odd_folders(self, opened: Workspace, git: Git, folder: str) -> None:
        commit_file(opened.repository.directory, f"bots/{folder}/second.yaml", bot_text("second"))
        reply = say(opened, "/set leverage 40", bot="second", sync=True)
        assert reply.exit_code == 0, reply.text
        assert "leverage: 40" in git("show", f"HEAD:bots/{folder}/second.yaml")
        assert git("status", "--porcelain") == ""
        assert say(opened, "/undo", bot="second").exit_code == 0

    def test_a_work_tree_that_is_gone(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        git("worktree", "add", "-q", "-b", "try", str(tmp_path / "other"))
        shutil.rmtree(tmp_path / "other")
        assert "git worktree prune" in say(opened, "/set leverage 50", branch="try").text

    @pytest.mark.parametrize(
        ("path", "says"),
        [
            ("nowhere", "there is no directory"),
            (BOT, "there is no directory"),
            (".git", "is a git directory"),
            (".git/refs", "is a git directory"),
        ],
    )
    def test_places_that_are_none(self, repo: Path, path: str, says: str) -> None:
        with pytest.raises(Unavailable, match=says):
            Repository.open(repo / path)


def run_in(folder: Path, *words: str, careful: list[str] | None = None) -> "subprocess.CompletedProcess[str]":
    import sys

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [*(careful or []), sys.executable, "-m", "gitscale", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
