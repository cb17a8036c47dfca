"""/risk check: every rule has its word, with the numbers behind it and the way out."""

from typing import Any

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.workspace import Workspace
from gitscale.agent.replies import Reply
from gitscale.risk.margins import MARGINS
from gitscale.risk.rules import RULES
from tests.helpers import bot_text, commit_file, say

MAIN = "bots/blofin-main.yaml"
FACTS = """\
exchanges:
  blofin:
    as_of: {day}
    markets:
      SOL/USDT:USDT: {{max_leverage: {granted}}}
"""


def check(opened: Workspace, **values: Any) -> Reply:
    """The check of a bot with these values."""
    commit_file(opened.repository.directory, MAIN, bot_text("blofin-main", **values))
    return say(opened, "/risk check", bot="blofin-main")


def rule(reply: Reply, code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in reply.data["rules"] if item["rule"] == code)
    return found


def test_every_rule_of_bots_and_accounts_has_its_numbers() -> None:
    assert list(MARGINS) == [item.code for item in RULES if (item.bot or item.account) and item.code < "GS9"]


@pytest.mark.parametrize(
    ("values", "code", "verdict", "numbers", "remedy"),
    [
        ({"equity_pct": 15, "leverage": 100}, "GS101", "FAIL", "exposure 1500%, Extreme from 1500%", "leverage 99 or"),
        ({"equity_pct": 15, "leverage": 99}, "GS101", "PASS", "exposure 1485%, Extreme from 1500%", ""),
        ({"equity_pct": 10, "leverage": 101}, "GS102", "FAIL", "exposure 1010%, at most 1000%", "leverage 100 or"),
        ({"equity_pct": 10, "leverage": 100}, "GS102", "PASS", "exposure 1000%, at most 1000%", ""),
        (
            {"leverage": 125, "margin_mode": "isolated", "stop": 50},
            "GS103",
            "FAIL",
            "stop filled at 66 bps, liquidation at 30 bps",
            "leverage",
        ),
        ({"equity_pct": 0}, "GS103", "PASS", "stop filled at 516 bps, no exposure to liquidate", ""),
        (
            {"equity_pct": 10, "leverage": 75},
            "GS104",
            "WARN",
            "one stop costs 38.7%, warning above 25%, error above 75%",
            "leverage 48 or",
        ),
        ({"exchange": "hyperliquid"}, "GS109", "FAIL", "xgrid_enabled true, hyperliquid nets long and short", "xgrid"),
    ],
)
def test_a_rule_says_what_stands_against_what(
    opened: Workspace, values: dict[str, Any], code: str, verdict: str, numbers: str, remedy: str
) -> None:
    reply = check(opened, **values)
    found = rule(reply, code)
    assert (found["verdict"], found["numbers"]) == (verdict, numbers)
    assert found["remedy"].startswith(remedy)
    assert bool(found["remedy"]) == (verdict != "PASS")
    assert reply.exit_code == (reply.data["verdict"] == "FAIL")


def test_what_a_remedy_names_passes(opened: Workspace) -> None:
    """10% x 75 costs 38.7% at the stop; 48 is the largest leverage that costs no more than 25%."""
    assert rule(check(opened, equity_pct=10, leverage=48), "GS104")["verdict"] == "PASS"
    assert rule(check(opened, equity_pct=10, leverage=49), "GS104")["verdict"] == "WARN"


@pytest.mark.parametrize(
    ("day", "granted", "verdict"),
    [("2026-11-20", 50, "PASS"), ("2026-11-20", 49, "FAIL"), ("2026-01-01", 50, "NOT EVALUATED")],
)
def test_what_is_not_known_does_not_pass(opened: Workspace, day: str, granted: int, verdict: str) -> None:
    commit_file(opened.repository.directory, "market/facts.yaml", FACTS.format(day=day, granted=granted))
    reply = check(opened)
    assert rule(reply, "GS106")["verdict"] == verdict
    assert reply.data["not_evaluated"] == (verdict == "NOT EVALUATED")
    assert rule(reply, "GS106")["numbers"] == f"leverage 50x, {granted}x granted on SOL/USDT:USDT"


def test_a_rule_that_policy_switched_off_does_not_pass(opened: Workspace) -> None:
    policy = (opened.repository.directory / "policy.yaml").read_text()
    commit_file(opened.repository.directory, "policy.yaml", policy + "severity: {GS104: 'off', GS109: warning}\n")
    reply = check(opened, equity_pct=10, leverage=75, exchange="hyperliquid")
    assert rule(reply, "GS104")["verdict"] == "NOT EVALUATED"
    assert rule(reply, "GS104")["message"] == "switched off in policy.yaml"
    assert rule(reply, "GS109")["verdict"] == "WARN"
    assert reply.exit_code == 0


def test_the_account_counts(opened: Workspace) -> None:
    root = opened.repository.directory
    commit_file(root, "bots/second.yaml", bot_text("second", equity_pct=10, leverage=80))
    reply = check(opened, equity_pct=10, leverage=80)
    assert rule(reply, "GS107")["numbers"] == "account 1600%, at most 1500%"
    assert rule(reply, "GS110")["verdict"] == "WARN"
    assert reply.data["account"]["exposure"] == 1600
    asleep = check(opened, equity_pct=10, leverage=80, enabled="false")
    assert rule(asleep, "GS107")["verdict"] == "PASS"
    assert rule(asleep, "GS107")["message"] == "the bot is disabled: it does not count towards its account"


def test_whoever_answers_is_named(opened: Workspace) -> None:
    assert check(opened, equity_pct=10, leverage=80).data["verdict"] == "WARN"
    say(opened, "/set leverage 120")
    assert say(opened, "/confirm set leverage 120").exit_code == 0
    found = rule(say(opened, "/risk check"), "GS102")
    assert found["verdict"] == "WARN"
    assert (
        found["accepted"] == "up to 1200 by Ada Test <ada@example.org> until 2026-12-23: confirmed: /set leverage 120"
    )


def test_a_broken_neighbour_is_named(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "bots/broken.yaml", "name: [")
    reply = say(opened, "/risk check")
    assert "not counted in: bots/broken.yaml:1:8" in reply.text
    assert reply.data["problems"][0]["code"] == "GS001"


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"equity_pct": 20, "leverage": 100, "stop": 1500},
        {"exchange": "hyperliquid", "equity_pct": 10, "leverage": 90},
    ],
    ids=["usual", "degen", "netted"],
)
def test_lint_says_the_same(opened: Workspace, values: dict[str, Any]) -> None:
    reply = check(opened, **values)
    report = gate(opened, Ask(head="HEAD"))
    words = {"error": "FAIL", "warning": "WARN"}
    found = {item.code: words[item.severity] for item in report.findings if item.code < "GS2" and item.code > "GS1"}
    said = {item["rule"]: item["verdict"] for item in reply.data["rules"] if item["verdict"] in ("FAIL", "WARN")}
    assert said == found
