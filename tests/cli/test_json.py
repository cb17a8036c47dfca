"""docs/json.md lists the keys of every answer: the commands must give exactly those."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gitscale.cli.main import main
from standin.server import serving
from tests.helpers import bot_text, commit_file

PAGE = (Path(__file__).parents[2] / "docs/json.md").read_text()
ALWAYS = {"ok", "exit_code"}


def documented(title: str, column: int = 1) -> set[str]:
    """The keys in the row of the page that begins so."""
    line = next(line for line in PAGE.splitlines() if line.startswith(f"| {title} "))
    return set(re.findall(r"`(\w+)`", line.split("|")[column + 1]))


def ask(repo: Path, *words: str) -> dict[str, Any]:
    """The answer of a command line."""
    result = CliRunner().invoke(main, [*words, "--repo", str(repo), "--json"], standalone_mode=False)
    assert result.exception is None
    assert result.output.count("\n") == 1
    found: dict[str, Any] = json.loads(result.output)
    assert (found["ok"], found["exit_code"]) == (result.return_value == 0, result.return_value)
    return found


AGENT = [
    ("an error", ("set", "leverage", "500")),
    ("a write that waits", ("scale", "degen")),
    ("`scale`,", ("set", "leverage", "50")),
    ("`scale`,", ("set", "leverage", "75")),
    ("`status` of one bot", ("status",)),
    ("`risk check`", ("risk", "check")),
    ("`overview`", ("overview",)),
    ("`advise`", ("advise", "safety")),
    ("`explain`", ("explain", "leverage")),
    ("`explain` without", ("explain",)),
    ("`profiles`", ("profiles",)),
    ("`presets`", ("presets",)),
    ("`history`", ("history",)),
    ("`diff`", ("diff", "HEAD")),
]
MACHINE = [
    ("`plan`", ("plan",)),
    ("`drift`", ("drift",)),
    ("`lint`", ("lint",)),
    ("`sync`", ("sync",)),
    ("`schema`", ("schema", "check")),
    ("`db", ("db", "upgrade")),
]


@pytest.mark.parametrize(
    ("title", "words"), AGENT, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_agent_commands(repo: Path, title: str, words: tuple[str, ...]) -> None:
    assert ask(repo, *words).keys() == documented(title) | ALWAYS | {"command"}


@pytest.mark.parametrize(
    ("title", "words"), MACHINE, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_machine_commands(repo: Path, title: str, words: tuple[str, ...]) -> None:
    assert ask(repo, *words).keys() == documented(title) | ALWAYS


def test_export(repo: Path) -> None:
    commit_file(repo, "bots/other.yaml", bot_text("other", exchange="okx"))
    found = ask(repo, "export", "hummingbot-controller", "--equity", "1000")
    assert found.keys() == documented("`export`") | ALWAYS
    assert found["losses"][0].keys() == documented("`losses`", 2)
    for part in ("files", "left_out"):
        assert found[part][0].keys() == documented(f"`{part}` of `export`", 2)


def test_init(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "new"), "--json"], standalone_mode=False)
    assert json.loads(result.output).keys() == documented("`init`") | ALWAYS


def test_explain() -> None:
    result = CliRunner().invoke(main, ["explain", "GS103", "--json"], standalone_mode=False)
    rule = documented("`explain`") | documented("`explain` of a rule") - {"explain"}
    assert json.loads(result.output).keys() == rule | ALWAYS | {"command"}


def test_parts_of_the_analysis(repo: Path) -> None:
    status, check = ask(repo, "status"), ask(repo, "risk", "check")
    assert status["delivered"].keys() == documented("`delivered`", 2)
    assert status["state"].keys() == documented("`state` of a bot", 2)
    assert status["running"].keys() == documented("`running` of a bot", 2)
    assert check["figures"].keys() == documented("`figures`", 2)
    assert check["account"].keys() == documented("`figures`", 2) | {"name"}
    assert check["figures"]["cost"][0].keys() == documented("`cost`", 2)
    assert check["rules"][0].keys() == documented("`rules`", 2)
    offer = ask(repo, "advise", "safety")["candidates"][0]
    assert offer.keys() == documented("`candidates`", 2)
    assert offer["before"].keys() == offer["after"].keys() == documented("`before` and `after`", 2)


def test_parts_of_the_overview(repo: Path) -> None:
    policy = (repo / "policy.yaml").read_text() + "accounts: {blofin/main: 1000, blofin/second: 3000}\n"
    commit_file(repo, "policy.yaml", policy)
    commit_file(repo, "bots/second.yaml", bot_text("second", account="second"))
    found = ask(repo, "overview")
    assert found["bots"][0].keys() == documented("`bots` of `overview`", 2)
    assert found["weighted"].keys() == documented("`weighted`", 2)


def test_symbols(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as server:
        monkeypatch.setenv("GITSCALE_MARKET_URL", server.url)
        found = ask(repo, "symbols", "bybit")
    assert found.keys() == documented("`symbols`") | ALWAYS | {"command"}
    assert found["symbols"][0].keys() == documented("`symbols` of `symbols`", 2)
    assert found["symbols"][0]["factors"].keys() == documented("`factors`", 2)
    assert found["left_out"][0].keys() == documented("`left_out`", 2)


def test_invalid(repo: Path) -> None:
    commit_file(repo, "bots/blofin-main.yaml", bot_text("blofin-main", leverage=500))
    found = ask(repo, "set", "leverage", "50")
    assert found.keys() == documented("an invalid configuration") | ALWAYS | {"command"}
    assert found["problems"][0].keys() == documented("`problems`", 2)


def test_not_synced(repo: Path) -> None:
    commit_file(repo, "bots/broken.yaml", "name: [")
    found = ask(repo, "set", "leverage", "50", "--bot", "blofin-main")
    assert found["exit_code"] == 4
    assert found.keys() == documented("`scale`,") | {"error", "remedy", "command"} | ALWAYS
    assert "bots/broken.yaml:1:8: GS001" in found["error"]


def test_parts(repo: Path) -> None:
    found = ask(repo, "scale", "aggressive")
    assert found["findings"][0].keys() == documented("`findings`", 2)
    assert found["changes"][0].keys() == documented("`changes`", 2)
    assert found["exposure"].keys() == documented("`exposure` of a write", 2)
    assert found["sync"].keys() == documented("`sync`")
    assert ask(repo, "history")["commits"][0].keys() == documented("`commits`", 2)


def test_several_bots(repo: Path) -> None:
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    found = ask(repo, "status")
    assert found.keys() == documented("`status` of several") | ALWAYS | {"command"}
    assert found["bots"][0].keys() == documented("`bots` of", 2)


def test_parts_of_a_plan(repo: Path) -> None:
    (bot,) = ask(repo, "plan")["bots"]
    assert bot.keys() == documented("`bots` of `plan`", 2)
    assert bot["targets"][0].keys() == documented("`targets`", 2)
