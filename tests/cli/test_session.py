"""What a session does with its lines, told by a front that has them ready and keeps what it is shown."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent import reads
from gitscale.agent.blocks import Block
from gitscale.agent.render.text import text
from gitscale.agent.replies import Reply
from gitscale.cli.console.front import View
from gitscale.cli.console.session import Session
from tests.helpers import bot_text, commit_file, head


class Ready:
    """A front whose lines and answers are known beforehand; a KeyboardInterrupt among them is raised."""

    def __init__(self, *typed: str | type[BaseException]) -> None:
        self._typed: Iterator[str | type[BaseException]] = iter(typed)
        self.shown = ""
        self.views: list[View] = []

    def line(self, view: View) -> str:
        self.views.append(view)
        return self.question(view.prompt)

    def question(self, text: str, choices: Sequence[str] = ()) -> str:
        self.shown += f"{text}\n"
        found = next(self._typed, EOFError)
        if isinstance(found, str):
            return found
        raise found

    def say(self, *blocks: Block) -> None:
        self.shown += text(blocks) + "\n"

    def working(self) -> AbstractContextManager[None]:
        return nullcontext()


def held(workspace: Workspace, *typed: str | type[BaseException]) -> Ready:
    """The front after a session with these lines."""
    front = Ready(*typed)
    session = Session(workspace, Scope(sync=False), front)
    while session.step():
        pass
    return front


def test_a_bug_is_one_line_and_the_next_command_works(opened: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Reply:
        raise ValueError("no such\nluck \x1b[2J")

    monkeypatch.setitem(reads.HANDLERS, "status", broken)
    shown = held(opened, "/status", "/profiles").shown
    assert "a bug in gitscale" in shown
    assert "ValueError: no such luck \\x1b[2J" in shown
    assert "please report it" in shown
    assert "apply one: /scale PROFILE" in shown


@pytest.mark.parametrize("answer", ["y", "Y", "yes"])
def test_a_proposal_is_carried_out_after_a_yes(opened: Workspace, repo: Path, answer: str) -> None:
    before = head(repo)
    assert "committed" in held(opened, "set the leverage to fifty, please", answer).shown
    assert head(repo) != before


@pytest.mark.parametrize("answer", ["", "n", "ja", "yy", "/set leverage 20", KeyboardInterrupt, EOFError])
def test_a_proposal_is_dropped_after_anything_else(
    opened: Workspace, repo: Path, answer: str | type[BaseException]
) -> None:
    before = head(repo)
    assert "Apply? [y/N] \nnothing changed" in held(opened, "set the leverage to fifty, please", answer).shown
    assert head(repo) == before


def test_a_confirmation_is_suggested_until_it_is_used(opened: Workspace) -> None:
    front = held(opened, "/scale degen", "/nonsense", "/status", "/confirm scale degen", "/status")
    waiting = [view.known.waiting for view in front.views]
    assert waiting == ["", *["/confirm scale degen"] * 3, "", ""]


def test_pasted_lines_run_up_to_the_first_that_fails(opened: Workspace, repo: Path) -> None:
    shown = held(opened, "/set leverage 50\n/nonsense\n/set leverage 40").shown
    assert "leverage  75 -> 50" in shown
    assert "-> 40" not in shown


@pytest.mark.parametrize("word", ["/quit", "/exit", " /QUIT "])
def test_words_that_leave(opened: Workspace, word: str) -> None:
    assert len(held(opened, word, "/status").views) == 1


def test_another_bot_may_be_of_any_strategy(opened: Workspace, repo: Path) -> None:
    commit_file(repo, "bots/dca.yaml", "name: dca\nstrategy: vortex_dca\nexchange: okx\nsymbols: [SOL/USDT:USDT]\n")
    front = held(opened, "/use dca", "/history", "/set leverage 50", "/use", "/use two words")
    assert "the Scaling Agent only works with perp_mm bots; dca is a vortex_dca bot" in front.views[1].bar
    assert "by hand" in front.shown
    assert "/use needs bot" in front.shown
    assert "/use does not take 'words'" in front.shown


def test_a_bot_that_went_away_is_told_and_nothing_ends(opened: Workspace, repo: Path) -> None:
    commit_file(repo, "bots/second.yaml", bot_text("second", account="b"))
    front = Ready("/use second", "/status")
    session = Session(opened, Scope(sync=False), front)
    assert session.step()
    commit_file(repo, "bots/second.yaml", None)
    assert session.step()
    assert front.views[1].bar == "there is no bot 'second'"
    assert "there is no bot 'second'" in front.shown
