"""gitscale lint --valid: which files are judged, what is found, what is remembered."""

import os
from pathlib import Path

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.in_two import WORTHWHILE
from gitscale.actions.validity import validity
from gitscale.actions.workspace import Workspace
from gitscale.risk.finding import Report
from tests.conftest import Git
from tests.helpers import bot_text, commit_file, say

CACHE = ".git/gitscale/cache/known"


def lint(workspace: Workspace, revision: str | None = None) -> Report:
    return validity(workspace, Ask(head=revision))


def places(found: Report) -> list[str]:
    return sorted(f"{item.place.path} {item.code}" for item in found.findings)


def test_a_fresh_repository_is_good(opened: Workspace) -> None:
    found = lint(opened)
    assert (found.bots, found.files, found.findings) == (1, 3, ())


@pytest.mark.parametrize("remembered", [False, True], ids=["cold", "warm"])
class TestWorkTree:
    """Whatever is remembered, the answer is the same."""

    @pytest.fixture(autouse=True)
    def _warm(self, opened: Workspace, remembered: bool, remembering: None) -> None:
        if remembered:
            lint(opened)
            assert (opened.repository.directory / CACHE).exists()

    def test_an_edit_that_is_not_saved_in_git(self, opened: Workspace) -> None:
        path = opened.repository.directory / "bots/blofin-main.yaml"
        path.write_text(path.read_text().replace("leverage: 75", "leverage: 750"))
        assert places(lint(opened)) == ["bots/blofin-main.yaml GS002"]

    def test_staged_and_untracked_files_are_judged_and_ignored_ones_not(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        (repo / "bots/untracked.yaml").write_text("name: [")
        (repo / "bots/staged.yaml").write_text("name: [")
        (repo / "bots/ignored.yaml").write_text("name: [")
        (repo / "bots/notes.md").write_text("not a config")
        (repo / ".git/info/exclude").write_text("ignored.yaml\n")
        git("add", "bots/staged.yaml")
        assert places(lint(opened)) == ["bots/staged.yaml GS001", "bots/untracked.yaml GS001"]

    def test_a_removed_file_is_gone(self, opened: Workspace) -> None:
        (opened.repository.directory / "bots/blofin-main.yaml").unlink()
        assert lint(opened).bots == 0

    def test_links_are_not_followed(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        repo = opened.repository.directory
        (tmp_path / "secret.yaml").write_text(bot_text("linked"))
        (repo / "bots/linked.yaml").symlink_to(tmp_path / "secret.yaml")
        assert places(lint(opened)) == ["bots/linked.yaml GS007"]
        git("add", "."), git("commit", "-qm", "link")
        assert places(lint(opened)) == ["bots/linked.yaml GS007"]
        assert places(lint(opened, "HEAD")) == ["bots/linked.yaml GS007"]

    def test_two_files_of_one_name(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "bots/x/blofin-main.yaml", bot_text("blofin-main"))
        assert places(lint(opened)) == ["bots/x/blofin-main.yaml GS004"]

    @pytest.mark.parametrize(
        "name", ["second.yml", "Second.yaml", "two words.yaml", "-x.yaml", "é.yaml", "second.YAML"]
    )
    def test_names_that_cannot_be(self, opened: Workspace, name: str) -> None:
        (opened.repository.directory / "bots" / name).write_text(bot_text("second"))
        assert places(lint(opened)) == [f"bots/{name} GS004"]

    def test_a_false_alarm_listed_in_policy(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        (repo / "bots/second.yaml").write_text(bot_text("second") + "advanced:\n  session_token: abc\n")
        assert places(lint(opened)) == ["bots/second.yaml GS006"]
        policy = repo / "policy.yaml"
        policy.write_text(policy.read_text() + "not_secrets: [advanced.session_token]\n")
        assert places(lint(opened)) == []

    def test_common_files(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        (repo / "policy.yaml").write_text("max_expsure: 5\n")
        (repo / "profiles.yaml").write_text("profiles: {x: {settings: {leverage: 0}}}\n")
        (repo / "gitscale.yaml").write_text("database: sqlite:///x\n")
        assert places(lint(opened)) == ["gitscale.yaml GS002", "policy.yaml GS002", "profiles.yaml GS002"]


def test_another_revision(opened: Workspace) -> None:
    repo = opened.repository.directory
    bad = commit_file(repo, "bots/second.yaml", "name: [")
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    assert places(lint(opened, bad)) == ["bots/second.yaml GS001"]
    assert places(lint(opened)) == []


def test_a_forged_memory_of_another_stamp_is_not_believed(opened: Workspace, git: Git) -> None:
    repo = opened.repository.directory
    commit_file(repo, "bots/second.yaml", "name: [")
    blob = git("rev-parse", "HEAD:bots/second.yaml").strip()
    (repo / ".git/gitscale/cache").mkdir(parents=True)
    (repo / CACHE).write_text(f"stamp\n{blob} bots/second.yaml")
    assert places(lint(opened)) == ["bots/second.yaml GS001"]


def test_a_memory_that_cannot_be_kept_is_no_matter(opened: Workspace) -> None:
    (opened.repository.state_dir).mkdir()
    (opened.repository.state_dir / "cache").write_text("in the way")
    assert lint(opened).findings == ()


def test_a_bare_repository_is_judged_at_head(opened: Workspace, tmp_path: Path, git: Git) -> None:
    from gitscale.actions.workspace import Host

    git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    with Workspace.open(tmp_path / "bare.git", Host(opened.host.now)) as bare:
        assert lint(bare).bots == 1


def test_a_large_fleet_is_judged_as_a_small_one(opened: Workspace, git: Git) -> None:
    folder = opened.repository.directory / "bots"
    names = [f"b{number:04}" for number in range(WORTHWHILE)]
    for name in names:
        (folder / f"{name}.yaml").write_text(bot_text(name))
    (folder / "b0003.yaml").write_text("name: [")
    (folder / f"{names[-3]}.yaml").write_text(bot_text(names[-3], leverage=500))
    (folder / "copy").mkdir()
    (folder / "copy/b0007.yaml").write_text(bot_text("b0007"))
    git("add", "bots"), git("commit", "-qm", "many")
    wrong = ["bots/b0003.yaml GS001", f"bots/{names[-3]}.yaml GS002", "bots/copy/b0007.yaml GS004"]
    assert [places(lint(opened)), places(lint(opened)), places(lint(opened, "HEAD"))] == [wrong] * 3


def test_file_names_that_are_not_utf8(opened: Workspace, git: Git) -> None:
    """Neither committed nor not; a commit to such a folder would be one to another."""
    bots = os.fsencode(opened.repository.directory) + b"/bots/"
    os.mkdir(bots + b"\xfe")  # noqa: PTH102 - a path of bytes
    for path in (b"\xff.yaml", b"\xfe/second.yaml"):
        with open(bots + path, "w") as stream:  # noqa: PTH123 - a path of bytes
            stream.write(bot_text("second"))
    assert places(lint(opened)) == ["bots/\udcfe/second.yaml GS004", "bots/\udcff.yaml GS004"]
    git("add", "-A"), git("commit", "-qm", "odd")
    assert places(lint(opened)) == ["bots/\udcfe/second.yaml GS004", "bots/\udcff.yaml GS004"]
    assert [item.code for item in lint(opened, "HEAD").findings] == ["GS004", "GS004"]
    assert say(opened, "/set leverage 50", bot="second").exit_code == 1


def test_a_folder_name_plants_no_memory_of_good_files(opened: Workspace, git: Git) -> None:
    """A path of two lines, the second of which would say that a broken file is known to be good."""
    repo = opened.repository.directory
    commit_file(repo, "bots/evil.yaml", "name: [")
    blob = git("rev-parse", "HEAD:bots/evil.yaml").strip()
    commit_file(repo, "bots/evil.yaml", None)
    commit_file(repo, f"bots/x\n{blob} bots/evil.yaml", bot_text("evil"))
    lint(opened)
    git("rm", "-rq", "bots"), commit_file(repo, "bots/evil.yaml", "name: [")
    assert places(lint(opened)) == ["bots/evil.yaml GS001"]
