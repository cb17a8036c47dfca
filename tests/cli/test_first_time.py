"""The first time: an empty repository, or one without perp_mm bots, leads to the first bot."""

import json
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gitscale.cli.main import main
from tests.cli.test_json import documented
from tests.helpers import commit_file

SAID = "No perp_mm configs found"
NEEDS_A_BOT = [
    ["status"],
    ["risk", "check"],
    ["overview"],
    ["advise", "profit"],
    ["scale", "moderate"],
    ["set", "leverage", "5"],
    ["undo"],
    ["rollback", "HEAD"],
    ["confirm", "scale", "degen"],
    ["history"],
]


def ask(folder: Path, words: list[str], *more: str) -> Result:
    return CliRunner().invoke(main, [*words, "--repo", str(folder), *more], standalone_mode=False)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A repository that nothing was committed to."""
    folder = tmp_path / "empty"
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


@pytest.mark.parametrize("words", NEEDS_A_BOT, ids=" ".join)
def test_an_empty_repository(empty: Path, words: list[str]) -> None:
    told = ask(empty, words)
    assert told.return_value == 1
    assert told.stderr.startswith(f"error: {SAID}: the repository has no commits\nTo start your first bot:\n")
    for step in ("choose a preset  there is none here: gitscale init DIR", "credentials  ", "start  "):
        assert step in told.stderr


@pytest.mark.parametrize("words", NEEDS_A_BOT, ids=" ".join)
def test_a_repository_without_bots(repo: Path, words: list[str]) -> None:
    commit_file(repo, "bots/blofin-main.yaml", None)
    told = ask(repo, words)
    assert told.return_value == 1
    assert told.stderr.startswith(f"error: {SAID}: the Scaling Agent only works with perp_mm bots\n")
    for step in (
        "choose a preset  /new NAME --preset 'BloFin v7 Long Short Counterscalp' makes a bot of it, in one commit",
        "credentials      the exchange's API key goes to the bot process on its host, never into this repository",
        "start            look at /risk check; write enabled: true",
        "OKX Counterscalp Light             okx: Counter-scalping at a third of the usual size",
    ):
        assert step in told.stderr


def test_json(repo: Path) -> None:
    commit_file(repo, "bots/blofin-main.yaml", None)
    found = json.loads(ask(repo, ["status"], "--json").output)
    assert found.keys() == documented("anything that needs") | {"command", "ok", "exit_code"}
    assert list(found["guide"]) == ["choose a preset", "credentials", "start"]
    assert found["presets"][0] == "BloFin v7 Long Short Counterscalp"


def test_the_guide_leads_to_a_bot(repo: Path) -> None:
    """What it says is what works."""
    commit_file(repo, "bots/blofin-main.yaml", None)
    assert ask(repo, ["new", "first", "--preset", "BloFin v7 Long Short Counterscalp", "--enabled"]).return_value == 0
    assert ask(repo, ["status"]).return_value == 0
    assert json.loads((repo / "build/bots/first.json").read_text())["enabled"] is True


def test_a_bot_without_a_preset_is_told_which_there_are(repo: Path) -> None:
    told = ask(repo, ["new", "second"])
    assert told.return_value == 2
    assert told.stderr.startswith(
        "error: /new needs preset\n  presets: BloFin v7 Long Short Counterscalp, Bybit Majors Steady Grid, OKX"
    )
    assert "then: /new second --preset 'BloFin v7 Long Short Counterscalp'" in told.stderr
    assert not (repo / "bots/second.yaml").exists()


def test_a_bot_where_there_are_no_presets(repo: Path) -> None:
    commit_file(repo, "profiles.yaml", "profiles: {}\n")
    told = ask(repo, ["new", "second"])
    assert (told.return_value, "there is none: write presets in profiles.yaml" in told.stderr) == (2, True)
