"""A commit by hand that lost the race writes the old index back; our change must not be undone by the next one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gitscale.actions.workspace import Workspace
from gitscale.store.commit import look_again, settle
from tests.conftest import Git
from tests.helpers import say

BOT = "bots/blofin-main.yaml"
NEW = '/new other --preset "OKX Counterscalp Light"'
# what was done before somebody's git read the index, and what between that and its writing
STEPS = {
    "set": ([], ["/set leverage 20"]),
    "set twice": ([], ["/set leverage 20", "/set leverage 21"]),
    "new": ([], [NEW]),
    "undo of new": ([NEW], ["/undo"]),
}


def written_back(workspace: Workspace, before: list[str], between: list[str]) -> None:
    """What git does: the index it read before our steps replaces ours after them."""
    index = workspace.repository.git_dir / "index"
    bot = "other" if NEW in (*before, *between) else "blofin-main"
    for line in before:
        assert say(workspace, line, bot=bot).exit_code == 0
    keep = index.read_bytes()
    for line in between:
        assert say(workspace, line, bot=bot).exit_code == 0
    index.write_bytes(keep)


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS.keys())
@pytest.mark.parametrize("mender", [settle, look_again])
def test_the_index_is_put_right(
    opened: Workspace, git: Git, steps: tuple[list[str], list[str]], mender: Callable[[object], None]
) -> None:
    (opened.repository.directory / "notes.txt").write_text("mine\n")
    git("add", "notes.txt")
    written_back(opened, *steps)
    assert git("diff", "--cached", "--name-only", "HEAD") != "notes.txt\n"
    mender(opened.repository)
    assert git("status", "--porcelain") == "A  notes.txt\n"


def test_the_next_command_does_not_take_its_own_change_for_an_edit(opened: Workspace, git: Git) -> None:
    written_back(opened, [], ["/set leverage 20"])
    assert say(opened, "/set leverage 22").exit_code == 0
    assert git("status", "--porcelain") == ""


@pytest.mark.parametrize("staged", [True, False])
def test_somebodys_own_edit_stays(opened: Workspace, git: Git, repo: Path, staged: bool) -> None:
    written_back(opened, [], ["/set leverage 20"])
    (repo / BOT).write_text((repo / BOT).read_text() + "# mine\n")
    if staged:
        git("add", BOT)
    before = git("diff", "--cached"), git("diff")
    settle(opened.repository)
    assert (git("diff", "--cached"), git("diff")) == before
    assert say(opened, "/set leverage 22").exit_code == 3


def test_an_index_that_others_keep_locked_is_left_alone(opened: Workspace, repo: Path) -> None:
    written_back(opened, [], ["/set leverage 20"])
    (repo / ".git/index.lock").touch()
    look_again(opened.repository)
    assert (repo / ".git/index.lock").exists()


def test_a_note_that_is_no_note_is_no_matter(opened: Workspace, repo: Path) -> None:
    assert say(opened, "/set leverage 20").exit_code == 0
    (repo / ".git/gitscale-steps.json").write_text("{")
    assert say(opened, "/set leverage 22").exit_code == 0
