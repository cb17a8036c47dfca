"""Repositories in every state people leave them in: a write works, or one line says what to do, and nothing changes."""

import os
import subprocess
from pathlib import Path

import pytest

from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Refused, Unavailable
from tests.conftest import Clock, Git
from tests.helpers import bot_text, commit_file, head, say


def opened_at(folder: Path, clock: Clock) -> Workspace:
    return Workspace.open(folder, Host(clock))


class TestUnsavedWork:
    def test_the_same_file(self, opened: Workspace, git: Git) -> None:
        path = opened.repository.directory / "bots/blofin-main.yaml"
        edited = path.read_text() + "# mine\n"
        path.write_text(edited)
        before = head(opened.repository.directory)
        for stage in (False, True):
            if stage:
                git("add", "bots/blofin-main.yaml")
            reply = say(opened, "/set leverage 50")
            assert reply.exit_code == 3
            assert "bots/blofin-main.yaml has edits that are not committed" in reply.text
            assert (path.read_text(), head(opened.repository.directory)) == (edited, before)
        assert not (opened.repository.directory / ".git/index.lock").exists()

    def test_an_untracked_or_ignored_file_where_a_new_bot_goes(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        for ignored in (False, True):
            (repo / ".git/info/exclude").write_text("second.yaml\n" if ignored else "")
            (repo / "bots/second.yaml").write_text("mine")
            reply = say(opened, '/new second --preset "OKX Counterscalp Light"')
            assert (reply.exit_code, "not tracked" in reply.text) == (3, True)
            assert (repo / "bots/second.yaml").read_text() == "mine"

    def test_other_files_stay_exactly_as_they_are(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        for name in ("staged", "both", "unstaged", "removed"):
            (repo / f"{name}.txt").write_text("1\n")
        git("add", "."), git("commit", "-qm", "texts")
        for name in ("staged", "both"):
            (repo / f"{name}.txt").write_text("2\n")
        git("add", "."), git("rm", "-q", "--cached", "removed.txt")
        (repo / "both.txt").write_text("3\n")
        (repo / "unstaged.txt").write_text("4\n")
        (repo / "untracked.txt").write_text("5\n")
        (repo / "added.txt").write_text("6\n")
        git("add", "added.txt")
        before = git("status", "--porcelain"), git("diff"), git("diff", "--cached")
        assert say(opened, "/set leverage 50").exit_code == 0
        assert (git("status", "--porcelain"), git("diff"), git("diff", "--cached")) == before
        assert git("show", "--name-only", "--format=", "HEAD").split() == ["bots/blofin-main.yaml"]


class TestLeftovers:
    def test_a_dead_index_lock_is_named(self, opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        lock = opened.repository.git_dir / "index.lock"
        lock.write_bytes(b"")
        before = head(opened.repository.directory)
        process = subprocess.run(
            ["timeout", "60", os.sys.executable, "-m", "gitscale", "set", "leverage", "50"],  # type: ignore[attr-defined]
            cwd=opened.repository.directory,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(os.sys.path)},  # type: ignore[attr-defined]
        )
        assert process.returncode == 3
        assert f"if none is, it died: rm {lock}" in process.stderr
        assert head(opened.repository.directory) == before
        assert lock.exists()

    def test_a_dead_ref_lock_is_named(self, opened: Workspace) -> None:
        lock = opened.repository.git_dir / "refs/heads/main.lock"
        lock.write_bytes(b"")
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, f"rm {lock}" in reply.text) == (3, True)
        lock.unlink()
        assert say(opened, "/set leverage 50").exit_code == 0


class TestPlaces:
    def test_not_a_repository(self, tmp_path: Path, clock: Clock) -> None:
        with pytest.raises(Unavailable, match="is not in a git repository"):
            opened_at(tmp_path, clock)

    def test_from_a_folder_below(self, repo: Path, clock: Clock) -> None:
        with opened_at(repo / "bots", clock) as workspace:
            assert say(workspace, "/set leverage 50", sync=True).exit_code == 0
        assert (repo / "build/bots/blofin-main.json").exists()

    def test_a_repository_in_a_folder_with_an_odd_name(self, tmp_path: Path, clock: Clock) -> None:
        from gitscale.actions.init import init

        folder = tmp_path / "ö d'd $x; --y"
        init(folder)
        with opened_at(folder, clock) as workspace:
            assert say(workspace, "/set leverage 50", sync=True).exit_code == 0

    def test_an_empty_repository(self, tmp_path: Path, clock: Clock) -> None:
        subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
        with opened_at(tmp_path, clock) as workspace:
            for line in ("/set leverage 50", "/status"):
                reply = say(workspace, line)
                assert (reply.exit_code, "has no commits" in reply.text) == (1, True)

    def test_a_detached_head(self, opened: Workspace, git: Git) -> None:
        git("switch", "-q", "--detach")
        assert say(opened, "/status").exit_code == 0
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, "HEAD is detached" in reply.text) == (1, True)
        assert say(opened, "/set leverage 50", branch="main").exit_code == 0
        assert "leverage: 50" in git("show", "main:bots/blofin-main.yaml")

    def test_a_bare_repository(self, repo: Path, tmp_path: Path, git: Git, clock: Clock) -> None:
        git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
        with opened_at(tmp_path / "bare.git", clock) as workspace:
            reply = say(workspace, "/set leverage 50", sync=True)
        assert reply.exit_code == 0
        assert "not synced: a bare repository has no place" in reply.text
        assert "leverage: 50" in git("show", "main:bots/blofin-main.yaml", cwd=tmp_path / "bare.git")

    def test_nobody_to_commit(self, opened: Workspace, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
        (Path(os.environ["HOME"]) / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
        before = head(opened.repository.directory)
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, "git does not know who you are; nothing changed" in reply.text) == (4, True)
        assert head(opened.repository.directory) == before
        assert say(opened, "/scale degen").exit_code == 1


class TestOtherWorkTrees:
    def test_a_branch_that_is_checked_out_elsewhere(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        git("worktree", "add", "-q", "-b", "try", str(tmp_path / "other"))
        reply = say(opened, "/set leverage 50", branch="try")
        assert (reply.exit_code, "try is checked out in" in reply.text) == (1, True)

    def test_a_linked_work_tree_is_a_place_to_work(
        self, opened: Workspace, git: Git, tmp_path: Path, clock: Clock
    ) -> None:
        git("worktree", "add", "-q", "-b", "try", str(tmp_path / "other"))
        with opened_at(tmp_path / "other", clock) as workspace:
            assert say(workspace, "/set leverage 50").exit_code == 0
            assert git("status", "--porcelain", cwd=tmp_path / "other") == ""
            reply = say(workspace, "/set leverage 50", branch="main")
        assert (reply.exit_code, "main is checked out in" in reply.text) == (1, True)
        assert "leverage: 75" in git("show", "main:bots/blofin-main.yaml")

    @pytest.mark.parametrize("backend", ["--merge", "--apply"])
    @pytest.mark.parametrize("linked", [False, True], ids=["here", "in another work tree"])
    def test_a_branch_that_is_being_rebased(
        self, opened: Workspace, git: Git, tmp_path: Path, backend: str, linked: bool
    ) -> None:
        """HEAD is detached meanwhile; what came onto the branch would be lost at the rebase's end."""
        place = opened.repository.directory
        git("branch", "try"), commit_file(place, "a.txt", "1\n")
        if linked:
            place = tmp_path / "other"
            git("worktree", "add", "-q", str(place), "try")
        else:
            git("switch", "-q", "try")
        commit_file(place, "a.txt", "2\n")
        stopped = subprocess.run(["git", "rebase", backend, "main"], cwd=place, capture_output=True, check=False)
        assert stopped.returncode == 1
        reply = say(opened, "/set leverage 50", branch="try")
        assert (reply.exit_code, "try is being rebased" in reply.text) == (1, True)
        assert "git rebase --continue, or --abort" in reply.text
        git("rebase", "--abort", cwd=place)
        if not linked:
            git("switch", "-q", "main")
            assert say(opened, "/set leverage 50", branch="try").exit_code == 0


class TestConfigurations:
    def test_submodules_and_sparse_checkout(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        repo = opened.repository.directory
        commit_file(repo, "bots/a/second.yaml", bot_text("second"))
        git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(repo), "sub")
        git("commit", "-qm", "submodule")
        git("sparse-checkout", "set", "--no-cone", "/*", "!/bots/a/")
        assert not (repo / "bots/a/second.yaml").exists()
        assert say(opened, "/set leverage 50", bot="blofin-main").exit_code == 0
        assert say(opened, "/set leverage 40", bot="second").exit_code == 0
        assert git("status", "--porcelain") == ""
        assert not (repo / "bots/a/second.yaml").exists()
        assert "leverage: 40" in git("show", "HEAD:bots/a/second.yaml")

    def test_line_ends_that_git_converts(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        commit_file(repo, ".gitattributes", "*.yaml text eol=crlf\n")
        for path in (repo / "bots").iterdir():
            path.unlink()
        git("checkout", "-q", "--", "bots")
        assert b"\r\n" in (repo / "bots/blofin-main.yaml").read_bytes()
        assert say(opened, "/set leverage 50").exit_code == 0
        assert b"  leverage: 50\r\n" in (repo / "bots/blofin-main.yaml").read_bytes()
        assert "\r" not in git("show", "HEAD:bots/blofin-main.yaml")
        assert git("status", "--porcelain") == ""

    def test_sha256_object_names(self, tmp_path: Path, repo: Path, clock: Clock, git: Git) -> None:
        folder = tmp_path / "sha256"
        subprocess.run(["git", "init", "-q", "--object-format=sha256", str(folder)], check=True)
        for path in ("bots/blofin-main.yaml", "profiles.yaml", "policy.yaml", ".gitignore"):
            commit_file(folder, path, (repo / path).read_text())
        with opened_at(folder, clock) as workspace:
            assert say(workspace, "/set leverage 50", sync=True).exit_code == 0
            assert say(workspace, "/status").exit_code == 0
        assert git("fsck", "--strict", cwd=folder) == ""
        assert git("status", "--porcelain", cwd=folder) == ""

    def test_packed_refs_and_objects(self, opened: Workspace, git: Git) -> None:
        say(opened, "/set leverage 40")
        git("gc", "-q", "--prune=now")
        assert say(opened, "/set leverage 50").exit_code == 0
        git("pack-refs", "--all")
        assert say(opened, "/set leverage 60").exit_code == 0
        assert say(opened, "/undo").exit_code == 0
        assert "leverage: 50" in git("show", "HEAD:bots/blofin-main.yaml")

    def test_hooks_are_not_run(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        hooks = opened.repository.git_dir / "hooks"
        hooks.mkdir(exist_ok=True)
        for name in ("pre-commit", "commit-msg", "post-commit", "reference-transaction", "post-checkout"):
            (hooks / name).write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\nexit 1\n")
            (hooks / name).chmod(0o755)
        assert say(opened, "/set leverage 50").exit_code == 0
        assert not (tmp_path / "ran").exists()

    def test_commits_are_signed_when_git_is_told_to(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        key = tmp_path / "key"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        (tmp_path / "signers").write_text(f"ada@example.org {key.with_suffix('.pub').read_text()}")
        for name, value in {
            "gpg.format": "ssh",
            "user.signingkey": str(key),
            "commit.gpgsign": "true",
            "gpg.ssh.allowedSignersFile": str(tmp_path / "signers"),
        }.items():
            git("config", name, value)
        assert say(opened, "/set leverage 50").exit_code == 0
        git("verify-commit", "HEAD")

    def test_a_signature_that_cannot_be_made(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        git("config", "gpg.format", "ssh"), git("config", "commit.gpgsign", "true")
        git("config", "user.signingkey", str(tmp_path / "nosuch"))
        before = head(opened.repository.directory)
        reply = say(opened, "/set leverage 50")
        assert (reply.exit_code, "could not make the commit" in reply.text) == (4, True)
        assert head(opened.repository.directory) == before

    @pytest.mark.parametrize("name", ["feature/x y", "-x", "a..b", "--output=x", "a b", "x\ny", ""])
    def test_branch_names_that_cannot_be(self, opened: Workspace, name: str, tmp_path: Path) -> None:
        assert say(opened, "/set leverage 50", branch=name).exit_code == 1
        assert not (opened.repository.directory / "x").exists()

    @pytest.mark.parametrize("revision", ["--output=x", "-x", "HEAD:bots", "x\ny", "^HEAD", "main..main", ""])
    def test_revisions_that_cannot_be(self, opened: Workspace, revision: str) -> None:
        with pytest.raises(Refused):
            opened.commit_named(revision)
        assert not (opened.repository.directory / "x").exists()
