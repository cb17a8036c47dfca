"""Advice: whatever it offers can be done as it stands, and does what it says."""

import re
from typing import Any

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.workspace import Workspace
from gitscale.risk.ideas import GOALS
from tests.conftest import Git
from tests.helpers import bot_text, commit_file, say

MAIN = "bots/blofin-main.yaml"
BOTS: dict[str, dict[str, Any]] = {
    "usual": {},
    "gentle": {"equity_pct": 3, "leverage": 10},
    "nothing": {"equity_pct": 0},
    "smallest": {"equity_pct": 1, "leverage": 1},
    "fraction": {"equity_pct": 2.5, "leverage": 33},
    "at the warning": {"equity_pct": 6, "leverage": 80},
    "above the warning": {"equity_pct": 10, "leverage": 75},
    "at the limit": {"equity_pct": 10, "leverage": 100},
    "degen": {"equity_pct": 20, "leverage": 100, "stop": 1500},
    "largest": {"equity_pct": 50, "leverage": 125, "stop": 3000},
    "isolated": {"margin_mode": "isolated", "leverage": 50, "stop": 100},
    "isolated, stop never fires": {"margin_mode": "isolated", "leverage": 100, "stop": 500},
    "near stop": {"stop": 50},
    "netted": {"exchange": "hyperliquid"},
    "asleep": {"enabled": "false"},
}


def figures(workspace: Workspace) -> dict[str, float]:
    found = say(workspace, "/risk check", bot="blofin-main").data["figures"]
    return {key: found[key] for key in ("exposure", "loss_at_stop", "liquidation")}


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("values", BOTS.values(), ids=BOTS)
def test_every_offer_can_be_had(opened: Workspace, git: Git, values: dict[str, Any], goal: str) -> None:
    """It is written without a question, the gate lets it in, and the figures are those that were told."""
    root = opened.repository.directory
    commit_file(root, MAIN, bot_text("blofin-main", **values))
    commit_file(root, "bots/beside.yaml", bot_text("beside", equity_pct=4))
    advice = say(opened, f"/advise {goal}", bot="blofin-main")
    assert advice.exit_code == 0
    now = figures(opened)
    for offer in advice.data["candidates"]:
        assert offer["before"] == now
        reply = say(opened, offer["command"], bot="blofin-main")
        assert (reply.exit_code, bool(reply.data["commit"])) == (0, True)
        assert figures(opened) == offer["after"]
        report = gate(opened, Ask(base="HEAD~1", head="HEAD"))
        assert report.failing == ()
        assert [delta.direction for delta in report.deltas if delta.name == "blofin-main"] == [offer["direction"]]
        fresh = [f"{item.code} {item.message}" for item in report.findings if item.state == "new"]
        assert [item for item in fresh if not item.startswith("GS9")] == offer["warnings"]
        git("reset", "-q", "--hard", "HEAD~1")


@pytest.mark.parametrize("values", BOTS.values(), ids=BOTS)
def test_goals_are_what_they_are_called(opened: Workspace, values: dict[str, Any]) -> None:
    commit_file(opened.repository.directory, MAIN, bot_text("blofin-main", **values))
    offers = {goal: say(opened, f"/advise {goal}").data["candidates"] for goal in GOALS}
    assert {offer["direction"] for offer in offers["safety"]} <= {"de-risking"}
    assert all(offer["after"]["exposure"] > offer["before"]["exposure"] for offer in offers["profit"])
    assert {offer["direction"] for goal in ("grid", "spread") for offer in offers[goal]} <= {"neutral"}
    for found in offers.values():
        commands = [offer["command"] for offer in found]
        assert len(set(commands)) == len(commands)


@pytest.mark.parametrize(
    ("values", "goal", "because"),
    [
        ({"equity_pct": 10, "leverage": 100}, "profit", "GS102 exposure 1010% is above the policy's 1000%"),
        ({"equity_pct": 20, "leverage": 100, "stop": 1500}, "profit", "GS101 exposure 2100% of equity is Extreme"),
        ({"equity_pct": 0}, "safety", "no setting lowers what this bot can cost"),
    ],
)
def test_an_honest_no(opened: Workspace, values: dict[str, Any], goal: str, because: str) -> None:
    commit_file(opened.repository.directory, MAIN, bot_text("blofin-main", **values))
    reply = say(opened, f"/advise {goal}")
    assert reply.exit_code == 0
    assert reply.data["candidates"] == []
    assert reply.data["answer"].startswith("No: ")
    assert because in reply.text


def test_more_profit_is_never_promised(opened: Workspace) -> None:
    reply = say(opened, "/advise profit")
    assert "no setting is known to have an edge" in reply.text
    assert "gains and losses" in reply.data["candidates"][0]["effect"]


def test_the_most_that_nothing_warns_of(opened: Workspace) -> None:
    """6% x 80 costs 24.77% at the stop of 516 bps, 6% x 81 25.08%: the warning begins above 25%."""
    commit_file(opened.repository.directory, MAIN, bot_text("blofin-main", equity_pct=6, leverage=20))
    offers = {offer["command"]: offer for offer in say(opened, "/advise profit").data["candidates"]}
    assert offers["/set leverage 80"]["effect"].endswith("the most that nothing warns of")
    assert offers["/set leverage 80"]["after"]["loss_at_stop"] == pytest.approx(24.768)
    assert offers["/set leverage 25"]["before"]["exposure"] == 120


def test_levels_only_as_far_as_the_stop(opened: Workspace) -> None:
    """Of 10 levels 15 bps apart the last lies 67.5 bps beyond the average entry; of 7 it is 45."""
    for stop, offered in ((68, {"/set num_levels 10", "/set num_levels 5"}), (67, {"/set num_levels 5"})):
        commit_file(opened.repository.directory, MAIN, bot_text("blofin-main", stop=stop))
        assert {offer["command"] for offer in say(opened, "/advise grid").data["candidates"]} == offered


def test_several_bots_are_told_apart(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "bots/second.yaml", bot_text("second"))
    assert say(opened, "/advise safety").exit_code == 2
    assert "--bot second" in say(opened, "/advise safety", bot="second").text


@pytest.mark.parametrize(("line", "remedy"), [("/advise profits", "profit"), ("/advise moon", "known: profit, safety")])
def test_an_unknown_goal(opened: Workspace, line: str, remedy: str) -> None:
    reply = say(opened, line)
    assert reply.exit_code == 1
    assert re.search(f"there is no advice about.*{remedy}", reply.text, re.DOTALL)


def test_a_broken_policy_judges_nothing(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "policy.yaml", "max_exposure: much\n")
    for line in ("/advise profit", "/risk check"):
        reply = say(opened, line)
        assert reply.exit_code == 1
        assert "policy.yaml:1" in reply.text
