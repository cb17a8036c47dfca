"""gitscale explain on the command line: the same inside and outside a repository, and no cost for other commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gitscale.cli.main import main
from gitscale.risk.rule import Rule
from gitscale.risk.rules import RULES


@pytest.fixture(autouse=True)
def _outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no repository around us."""
    monkeypatch.chdir(tmp_path)


def ask(*words: str) -> Result:
    return CliRunner().invoke(main, ["explain", *words], standalone_mode=False)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_page(rule: Rule) -> None:
    told = ask(rule.code)
    assert told.return_value == 0
    assert told.output.startswith(f"# {rule.code} {rule.name}\n")
    assert "## How to fix" in told.output
    assert ask(rule.name.upper()).output == told.output


def test_json() -> None:
    found = json.loads(ask("gs104", "--json").output)
    assert (found["ok"], found["code"], found["name"], found["severity"]) == (True, "GS104", "loss-at-stop", "error")
    assert found["page"].startswith(found["summary"])


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["GS1O3"], 'did you mean "GS1'),
        (["extrem-exposure"], 'did you mean "extreme-exposure"?'),
        (["levrage"], 'did you mean "leverage"? topics: equity_pct, leverage, '),
        (["the", "weather"], "topics: equity_pct, "),
    ],
)
def test_near_misses(words: list[str], remedy: str) -> None:
    told = ask(*words)
    assert told.return_value == 1
    assert told.stderr.startswith(f"error: there is no topic {' '.join(words)!r}\n  {remedy}")
    assert told.stderr.endswith("degen, low, high, extreme, and every rule from GS001 to GS904\n")


@pytest.mark.parametrize("topic", ["leverage", "degen", "extreme", "grid", "num_levels"])
def test_without_a_repository_it_says_so(topic: str) -> None:
    told = ask(topic)
    assert told.return_value == 0
    said = "without your own numbers: . is not in a git repository; worked with the defaults on blofin"
    assert told.output.splitlines()[1] == said


def test_what_is_named_has_to_be_there(tmp_path: Path) -> None:
    assert ask("leverage", "--repo", str(tmp_path / "nosuch")).return_value == 4
    assert ask("leverage", "--bot", "blofin-main").return_value == 4


def test_a_repository_without_commits(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert "without your own numbers: No perp_mm configs found: the repository has no commits" in ask("leverage").output


def test_other_commands_need_a_repository() -> None:
    told = CliRunner().invoke(main, ["status"], standalone_mode=False)
    assert (told.return_value, "is not in a git repository" in told.stderr) == (4, True)


def test_other_commands_load_no_rule() -> None:
    code = "import sys, gitscale.cli.main; print([name for name in sys.modules if 'gitscale.risk' in name])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
