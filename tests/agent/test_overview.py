"""/overview: who runs, who should, and what it adds up to."""

from datetime import timedelta
from typing import Any

import pytest

from gitscale.actions.sync import sync
from gitscale.actions.workspace import Workspace
from tests.agent.example import heartbeat
from tests.conftest import NOW, Git
from tests.helpers import bot_text, commit_file, say

MAIN = "bots/blofin-main.yaml"


def put(opened: Workspace, name: str, **values: Any) -> None:
    commit_file(opened.repository.directory, f"bots/{name}.yaml", bot_text(name, **values))


@pytest.mark.parametrize(
    ("equity_pct", "leverage", "level", "sentence"),
    [
        (3, 10, "✅ Low Risk Level", "30% - This leaves room: a 10% adverse move costs 3%."),
        (5, 75, "⚠️ Moderate Risk Level", "375% - This is aggressive but manageable."),
        (12, 75, "⚠️ High Risk Level", "900% - This is dangerous: a 1% adverse move costs 9%."),
        (20, 100, "🚨 Extreme Risk Level", "2000% - This can cost everything: a 1% adverse move costs 20%."),
    ],
)
def test_every_level_has_its_sentence(
    opened: Workspace, equity_pct: float, leverage: int, level: str, sentence: str
) -> None:
    put(opened, "blofin-main", equity_pct=equity_pct, leverage=leverage)
    assert say(opened, "/overview").text.endswith(f"{level}\nCombined exposure: {sentence}")


def test_who_runs_who_should_and_who_sleeps(opened: Workspace) -> None:
    root = opened.repository.root
    assert root is not None
    put(opened, "late", exchange="okx")
    put(opened, "odd", exchange="okx", enabled="false")
    put(opened, "quiet", exchange="okx", enabled="false")
    put(opened, "gone", exchange="okx")
    sync(opened)
    heartbeat(root, "blofin-main")
    heartbeat(root, "late", at=NOW - timedelta(minutes=5))
    heartbeat(root, "odd")
    heartbeat(root, "gone")
    commit_file(root, "bots/gone.yaml", None)
    reply = say(opened, "/overview")
    head, _, rest = reply.text.partition("🟢 Running Bots:")
    running, _, rest = rest.partition("🟡 Enabled, Not Running:")
    waiting, _, asleep = rest.partition("⚪ Disabled:")
    assert "Running Bots: 2" in head
    assert "Total Effective Exposure: 875% of equity" in head  # 375 + 250 that should run + 250 that does
    assert ["- Bot: blofin-main" in running, "- Bot: odd" in running] == [True, True]
    assert "⚠️ Disabled in git, and runs" in running
    assert "- Bot: late" in waiting
    assert "⚠️ Stale: its heartbeat stopped" in waiting
    assert "- quiet: perp_mm on okx, account main" in asleep
    assert "runs and is not in git: gone" in asleep
    assert reply.data["strays"] == ["gone"]


@pytest.mark.parametrize(
    ("accounts", "weighted", "level"),
    [
        ("{}", None, "High"),
        ("{blofin/main: 1000}", None, "High"),
        # (375% x 9000 + 900% x 1000) / 10000
        ("{blofin/main: 9000, okx/main: 1000}", {"exposure": 427.5, "equity": 10000, "currency": "USDT"}, "Moderate"),
    ],
)
def test_several_accounts(opened: Workspace, accounts: str, weighted: dict[str, Any] | None, level: str) -> None:
    policy = (opened.repository.directory / "policy.yaml").read_text()
    commit_file(opened.repository.directory, "policy.yaml", f"{policy}accounts: {accounts}\n")
    put(opened, "second", exchange="okx", equity_pct=12, leverage=75)
    reply = say(opened, "/overview")
    assert (reply.data["exposure"], reply.data["weighted"], reply.data["level"]) == (1275, weighted, level)
    assert "adds percentages of accounts whose equity may differ: okx/main 900%, blofin/main 375%" in reply.text
    assert ("Weighted by Equity: 427.5% of 10,000 USDT" in reply.text) == (weighted is not None)


def test_bots_of_one_account_stand_together(opened: Workspace) -> None:
    for name, account in (("a", "z"), ("b", "main"), ("c", "z")):
        put(opened, name, exchange="blofin", account=account)
    assert [item["bot"] for item in say(opened, "/overview").data["bots"]] == ["b", "blofin-main", "a", "c"]
    assert say(opened, "/overview").data["accounts"] == {"blofin/main": 625, "blofin/z": 500}


def test_nothing_enabled_is_no_exposure(opened: Workspace) -> None:
    put(opened, "blofin-main", enabled="false")
    reply = say(opened, "/overview")
    assert "Active Exchanges: none" in reply.text
    assert reply.text.endswith("No exposure: no perp_mm bot is enabled.")


def test_a_large_fleet_is_cut_and_counted(opened: Workspace, git: Git) -> None:
    for number in range(60):
        enabled = "true" if number < 53 else "false"
        text = bot_text(f"b{number}", enabled=enabled)
        (opened.repository.directory / f"bots/b{number}.yaml").write_text(text)
    git("add", "-A")
    git("commit", "-q", "-m", "many")
    reply = say(opened, "/overview")
    assert reply.text.count("BLOFIN - perp_mm") == 50
    assert "and 4 more: /status lists them all" in reply.text  # 53 and blofin-main, less the 50 that are shown
    assert reply.text.count("perp_mm on blofin") == 7
    assert len(reply.data["bots"]) == 61
