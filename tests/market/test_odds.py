"""The risk diff with the chances of a stop and a liquidation, where candles are known."""

import json

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.workspace import Workspace
from gitscale.risk.finding import Report
from gitscale.risk.reporters.json import json as as_json
from gitscale.risk.reporters.markdown import markdown
from gitscale.risk.reporters.text import text
from standin.server import Server
from tests.helpers import bot_text, commit_file, say


def changed(trading: Workspace, **values: object) -> Report:
    """The report of a change of the bot on a bybit account."""
    repo = trading.repository.directory
    path = "bots/blofin-main.yaml"
    commit_file(repo, path, bot_text("blofin-main", exchange="bybit", margin_mode="isolated", leverage=10))
    if values.pop("known", True):
        say(trading, "/profit estimate --days 1")
    commit_file(repo, path, bot_text("blofin-main", exchange="bybit", margin_mode="isolated", **values))
    return gate(trading, Ask(base="HEAD~1", head="HEAD"))


def test_chances_before_and_after(trading: Workspace, exchange: Server) -> None:
    report = changed(trading, leverage=125)
    asked = len(exchange.asked)
    bot = next(item for item in report.deltas if item.kind == "bot")
    assert bot.odds
    assert bot.odds.before
    assert bot.odds.after
    assert bot.odds.before.liquidation == 0
    assert bot.odds.after.liquidation > bot.odds.before.liquidation
    shown = next(line for line in text(report).splitlines() if "within 24 h" in line).strip()
    assert shown.startswith("within 24 h: stop ")
    assert f"liquidation 0% -> {100 * bot.odds.after.liquidation:.3g}%" in shown
    assert shown.endswith(f"({bot.odds.symbol}, 2026-11-15 to 2026-11-23)")
    assert "within 24 h: stop" in markdown(report)
    row = json.loads(as_json(report))["risk_diff"][0]
    assert row["odds"]["after"] == {"stop": bot.odds.after.stop, "liquidation": bot.odds.after.liquidation}
    assert (row["odds"]["start"], len(exchange.asked)) == ("2026-11-15", asked)


def test_the_same_findings_with_and_without(trading: Workspace) -> None:
    known, unknown = changed(trading, leverage=100), changed(trading, leverage=100, known=False)
    assert known.findings == unknown.findings


def test_without_candles_nothing_is_said(trading: Workspace) -> None:
    report = changed(trading, leverage=100, known=False)
    assert [item.odds for item in report.deltas] == [None] * 3
    assert "24 h" not in text(report)
