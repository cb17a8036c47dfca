"""Guards a reviewer found missing: each of these once failed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.schemas import write as write_schemas
from gitscale.actions.sync import sync
from gitscale.actions.validity import validity
from gitscale.actions.workspace import Workspace
from gitscale.errors import Refused
from tests.conftest import Git
from tests.helpers import bot_text, commit_file, delivered, head, say


def test_an_interrupt_right_after_the_swap(repo: Path, git: Git, tmp_path: Path) -> None:
    """Ctrl-C when git has moved the branch and we do not know it yet: index and work tree stay with the branch."""
    shim = tmp_path / "bin/git"
    shim.parent.mkdir()
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    wait = f'case "$*" in *update-ref*) touch {tmp_path}/swapped; sleep 1;; esac'
    shim.write_text(f'#!/bin/sh\n{real} "$@"\ncode=$?\n{wait}\nexit $code\n')
    shim.chmod(0o755)
    environment = {**os.environ, "PATH": f"{shim.parent}:{os.environ['PATH']}", "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-m", "gitscale", "set", "leverage", "50", "--no-sync", "--json"],
        cwd=repo,
        env=environment,
        stdout=subprocess.PIPE,
    )
    while not (tmp_path / "swapped").exists():
        assert process.poll() is None
    process.send_signal(2)
    assert process.wait() == 130
    assert process.stdout is not None
    with process.stdout as said:
        found = json.loads(said.read())
    assert (found["commit"], found["error"]) == (head(repo), "interrupted: committed, but not synced")
    assert "leverage: 50" in git("show", "HEAD:bots/blofin-main.yaml")
    assert git("status", "--porcelain") == ""


class TestBrokenPolicy:
    @pytest.fixture(autouse=True)
    def _broken(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "policy.yaml", "max_exposure: 100\ntypo: 1\n")

    def test_more_risk_is_refused(self, opened: Workspace) -> None:
        reply = say(opened, "/set leverage 90")
        assert reply.exit_code == 1
        assert "policy.yaml:2:1: GS002" in reply.text

    def test_less_risk_passes(self, opened: Workspace) -> None:
        assert say(opened, "/set leverage 10").exit_code == 0


@pytest.mark.usefixtures("remembering")
def test_a_planted_memory_of_good_files_is_not_read(opened: Workspace, git: Git) -> None:
    repo = opened.repository.directory
    validity(opened, Ask())
    known = (repo / ".git/gitscale/cache/known").read_text().splitlines()[0]
    commit_file(repo, "bots/evil.yaml", "name: [")
    blob = git("rev-parse", "HEAD:bots/evil.yaml").strip()
    (repo / "build/cache").mkdir(parents=True)
    (repo / "build/cache/known").write_text(f"{known}\n{blob}\tblofin\tmain\tbots/evil.yaml")
    assert [item.place.path for item in validity(opened, Ask()).findings] == ["bots/evil.yaml"]


def test_a_flow_style_bot_can_be_confirmed(opened: Workspace) -> None:
    text = "{name: flow, strategy: perp_mm, exchange: blofin, symbols: [A/USDT:USDT]}\n"
    commit_file(opened.repository.directory, "bots/flow.yaml", text)
    assert say(opened, "/scale degen", bot="flow").exit_code == 5
    assert say(opened, "/confirm scale degen", bot="flow").exit_code == 0


@pytest.mark.parametrize("words", ["rollback HEAD~1", "set equity_pct 50.0"])
def test_what_is_asked_for_can_be_confirmed_in_the_same_words(opened: Workspace, words: str) -> None:
    for line in ("/scale degen", "/confirm scale degen", "/undo"):
        say(opened, line)
    say(opened, "/set leverage 100") if words.startswith("set") else None
    assert say(opened, f"/{words}").exit_code == 5
    assert say(opened, f"/confirm {words}").exit_code == 0


def test_links_lead_nothing_out(opened: Workspace, tmp_path: Path) -> None:
    repo = opened.repository.directory
    (repo / "build").mkdir()
    (repo / "build/gitscale.db").symlink_to(tmp_path / "out.db")
    with pytest.raises(Refused, match="is a link"):
        sync(opened)
    for file in (repo / "schemas").iterdir():
        file.unlink()
    (repo / "schemas").rmdir()
    (repo / "schemas").symlink_to(tmp_path)
    with pytest.raises(Refused, match="is a link"):
        write_schemas(opened)
    assert not list(tmp_path.glob("*.json"))


def test_full_sees_a_file_that_was_changed_but_states_the_same(opened: Workspace) -> None:
    repo = opened.repository.directory
    sync(opened)
    path = repo / "build/bots/blofin-main.json"
    path.write_text(path.read_text().replace('"leverage": 75', '"leverage": 175'))
    assert sync(opened, full=True).updated == ("blofin-main",)
    assert delivered(repo, "blofin-main")["settings"]["leverage"] == 75


def test_a_new_bot_does_not_take_a_broken_bots_name(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "bots/sub/second.yaml", "name: [")
    assert say(opened, '/new second --preset "OKX Counterscalp Light"').exit_code == 1


def test_a_removed_bot_comes_back_by_rollback(opened: Workspace, git: Git) -> None:
    repo = opened.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    commit_file(repo, "bots/second.yaml", None)
    assert say(opened, "/rollback HEAD~1", bot="second").exit_code == 0
    assert git("show", "HEAD:bots/second.yaml") == bot_text("second")


@pytest.mark.parametrize("line", ["/confirm 'scale \"x'", "/confirm ''", '/confirm "'])
def test_odd_confirmations(opened: Workspace, line: str) -> None:
    assert say(opened, line).exit_code == 2


@pytest.mark.parametrize(
    "words", [("set", "leverage", "--json"), ("sync", "--bogus", "--json"), ("lint", "--head", "nope", "--json")]
)
def test_errors_are_json_too(repo: Path, words: tuple[str, ...]) -> None:
    import json

    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-m", "gitscale", *words],
        cwd=repo,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["exit_code"] == done.returncode != 0
