"""Which commits are a bot's: by its name, through moves, as far as a clone reaches."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gitscale.actions.workspace import Host, Workspace
from gitscale.agent.replies import Reply
from tests.conftest import Git
from tests.helpers import commit_file, say

FIRST = "Start a fleet with gitscale init"
BOT = "bots/blofin-main.yaml"


def subjects(workspace: Workspace, **scope: str) -> list[str]:
    return [item["subject"] for item in say(workspace, "/history", **scope).data["commits"]]


def test_a_move_to_another_folder_is_followed(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 50")
    (opened.repository.directory / "bots/majors/deep").mkdir(parents=True)
    git("mv", BOT, "bots/majors/deep/blofin-main.yaml"), git("commit", "-qm", "move")
    say(opened, "/set leverage 40")
    assert subjects(opened) == [
        "blofin-main: set leverage to 40",
        "move",
        "blofin-main: set leverage to 50",
        FIRST,
    ]
    assert say(opened, "/undo").exit_code == 0
    assert say(opened, "/undo").exit_code == 0
    assert say(opened, "/status").data["settings"]["leverage"] == 75


def test_a_copy_under_another_name_has_its_own_history(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 50")
    text = (opened.repository.directory / BOT).read_text()
    for name in ("second", "blofin-main-2", "x-blofin-main"):
        copy = text.replace("name: blofin-main", f"name: {name}")
        commit_file(opened.repository.directory, f"bots/{name}.yaml", copy, name)
        assert subjects(opened, bot=name) == [name]
        assert say(opened, "/undo", bot=name).exit_code == 1
    assert subjects(opened, bot="blofin-main") == ["blofin-main: set leverage to 50", FIRST]


def test_a_bot_under_another_name_is_another_bot(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 50")
    repo = opened.repository.directory
    git("mv", BOT, "bots/renamed.yaml")
    text = (repo / "bots/renamed.yaml").read_text().replace("blofin-main", "renamed")
    commit_file(repo, "bots/renamed.yaml", text, "rename")
    assert subjects(opened) == ["rename"]


class TestShallow:
    """A clone of the last two of three commits."""

    @pytest.fixture
    def shallow(self, opened: Workspace, git: Git, tmp_path: Path) -> Iterator[Workspace]:
        for leverage in (60, 50, 40):
            say(opened, f"/set leverage {leverage}")
        git("clone", "-q", "--depth=2", f"file://{opened.repository.directory}", str(tmp_path / "shallow"))
        with Workspace.open(tmp_path / "shallow", Host(opened.host.now)) as workspace:
            yield workspace

    def test_history_says_where_it_ends(self, shallow: Workspace) -> None:
        reply = say(shallow, "/history")
        assert (len(reply.data["commits"]), reply.data["cut_off"]) == (2, True)
        assert reply.text.splitlines()[-1] == "  the history is cut off here: git fetch --unshallow brings the rest"
        assert say(shallow, "/history --limit 1").data["cut_off"] is False

    def test_undo_beyond_the_cut(self, shallow: Workspace) -> None:
        assert say(shallow, "/undo").exit_code == 0
        self._is_told(say(shallow, "/undo"))

    def test_diff_of_the_oldest_that_is_here(self, shallow: Workspace, git: Git) -> None:
        git("reset", "-q", "--hard", "HEAD~1", cwd=shallow.repository.directory)
        self._is_told(say(shallow, "/diff"))

    def _is_told(self, reply: Reply) -> None:
        first, remedy = reply.text.splitlines()
        assert reply.exit_code == 4
        assert first.startswith("error: the history is cut off at ")
        assert remedy == "  git fetch --unshallow brings the rest"

    @pytest.mark.parametrize("line", ["/diff HEAD~2", "/rollback HEAD~3"])
    def test_a_revision_beyond_the_cut(self, shallow: Workspace, line: str) -> None:
        reply = say(shallow, line)
        assert (reply.exit_code, "names no commit here" in reply.text) == (1, True)
        assert "the history is cut off here: git fetch --unshallow" in reply.text

    def test_the_rest_can_be_fetched(self, shallow: Workspace, git: Git) -> None:
        git("fetch", "-q", "--unshallow", cwd=shallow.repository.directory)
        assert say(shallow, "/history").data["cut_off"] is False
        assert [say(shallow, "/undo").exit_code for _ in range(4)] == [0, 0, 0, 1]
