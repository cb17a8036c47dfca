"""gitscale explain: every rule's page, near misses, and no cost for the other commands."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from gitscale.cli.main import main
from gitscale.errors import Refused
from gitscale.risk.rule import Rule
from gitscale.risk.rules import RULES


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_has_its_page(rule: Rule) -> None:
    told = CliRunner().invoke(main, ["explain", rule.code], standalone_mode=False)
    assert told.return_value == 0
    assert told.output.startswith(f"# {rule.code} {rule.name}\n")
    assert "## How to fix" in told.output
    assert CliRunner().invoke(main, ["explain", rule.name.upper()], standalone_mode=False).output == told.output


def test_json() -> None:
    told = CliRunner().invoke(main, ["explain", "gs104", "--json"], standalone_mode=False)
    found = json.loads(told.output)
    assert (found["ok"], found["code"], found["name"], found["severity"]) == (True, "GS104", "loss-at-stop", "error")
    assert found["page"].startswith(found["summary"])


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("GS1O3", 'did you mean "GS1'),
        ("extrem-exposure", 'did you mean "extreme-exposure"?'),
        ("weather", "rules are GS001 to GS904, or their names"),
        ("", "rules are GS001 to GS904, or their names"),
    ],
)
def test_near_misses(word: str, remedy: str) -> None:
    told = CliRunner().invoke(main, ["explain", word], standalone_mode=False)
    assert isinstance(told.exception, Refused)
    assert told.exception.exit_code == 1
    assert told.exception.remedy.startswith(remedy)


def test_other_commands_load_no_rule() -> None:
    code = "import sys, gitscale.cli.main; print([name for name in sys.modules if 'gitscale.risk' in name])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
