"""Sentences through the whole agent: what is answered, what waits, what a yes does, and what JSON says of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.talk import respond
from tests.helpers import bot_text, commit_file, head


def talk(workspace: Workspace, line: str, *, yes: bool = False, **scope: Any) -> Any:
    return respond(workspace, Scope(**({"sync": False} | scope)), line, yes=yes)


def test_a_change_is_proposed_and_waits(opened: Workspace, repo: Path) -> None:
    before = head(repo)
    reply = talk(opened, "set the leverage to 20, please")
    assert (reply.exit_code, reply.proposal, reply.data["interpretation"]) == (
        5,
        "/set leverage 20",
        "/set leverage 20",
    )
    assert "leverage  75 -> 20" in reply.text
    assert "exposure  375% -> 100%" in reply.text
    assert "nothing has changed yet" in reply.text
    assert head(repo) == before


def test_a_yes_does_what_was_proposed(opened: Workspace, repo: Path) -> None:
    before = head(repo)
    reply = talk(opened, "set the leverage to 20, please", yes=True)
    assert (reply.exit_code, reply.proposal) == (0, "")
    assert reply.data["commit"] == head(repo) != before


def test_what_is_so_already_needs_no_yes(opened: Workspace) -> None:
    reply = talk(opened, "set leverage to 75")
    assert (reply.exit_code, reply.proposal) == (0, "")
    assert "already so" in reply.text


@pytest.mark.parametrize("yes", [False, True])
def test_danger_waits_for_its_exact_words_whatever_the_yes(opened: Workspace, repo: Path, *, yes: bool) -> None:
    before = head(repo)
    reply = talk(opened, "go degen", yes=yes)
    assert (reply.exit_code, reply.proposal) == (5, "")
    assert "/confirm scale degen" in reply.text
    assert head(repo) == before


def test_what_would_be_refused_is_refused_at_once(opened: Workspace) -> None:
    reply = talk(opened, "set the spread to 6")
    assert reply.exit_code == 1
    assert "min_spread_bps 8 would be above base_spread_bps 6" in reply.text


@pytest.mark.parametrize(
    ("sentence", "command", "code"),
    [
        ("what's my risk level?", "/risk check", 0),
        ("show me my settings", "/status", 0),
        ("undo that", "/undo", 1),
        ("set leverage", None, 1),
        ("don't touch my leverage", None, 1),
        ("will bitcoin go up?", None, 1),
        ("", None, 1),
    ],
)
def test_what_a_sentence_was_taken_for(opened: Workspace, sentence: str, command: str | None, code: int) -> None:
    reply = talk(opened, sentence)
    assert (reply.data["interpretation"], reply.exit_code) == (command, code)
    assert "interpretation" in json.loads(reply.json(sentence))


def test_the_bot_that_is_named(opened: Workspace, repo: Path) -> None:
    commit_file(repo, "bots/okx-side.yaml", bot_text("okx-side", exchange="okx"))
    assert talk(opened, "set leverage on okx side to 20").data["bot"] == "okx-side"
    reply = talk(opened, "set leverage on okx side to 20", bot="blofin-main")
    assert (reply.exit_code, reply.proposal) == (1, "")
    assert "about okx-side, not blofin-main" in reply.text


def test_commands_are_commands(opened: Workspace) -> None:
    assert "interpretation" not in talk(opened, "/profiles").data


def process(repo: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "gitscale", "agent", "--no-sync", *words]
    return subprocess.run(command, cwd=repo, capture_output=True, text=True, check=False)


def test_from_the_command_line(repo: Path) -> None:
    before = head(repo)
    asked = process(repo, "--json", "set leverage to 20")
    assert asked.returncode == 5
    assert json.loads(asked.stdout)["interpretation"] == "/set leverage 20"
    assert head(repo) == before
    done = process(repo, "--yes", "set leverage to 20")
    assert done.returncode == 0
    assert head(repo) != before
    lost = process(repo, "--json", "sing me a song")
    assert lost.returncode == 1
    assert json.loads(lost.stdout)["interpretation"] is None
