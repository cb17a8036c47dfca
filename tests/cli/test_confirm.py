"""Confirmations across processes: what is shown before, and why one that is not of exactly that changes nothing."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Git
from tests.helpers import bot_text, commit_file, head

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ACCOUNTS = "accounts: {blofin/main: 10000}\n"


@pytest.fixture
def run(repo: Path) -> Run:
    """The real command, each time in a process of its own."""

    def run(*words: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "gitscale", *words],
            cwd=repo,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **variables},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def later(repo: Path) -> None:
    """Ten minutes and a second pass."""
    for path in (repo / ".git/gitscale/pending").iterdir():
        known: dict[str, Any] = json.loads(path.read_text())
        asked = datetime.fromisoformat(known["asked_at"]) - timedelta(minutes=10, seconds=1)
        path.write_text(json.dumps(known | {"asked_at": asked.isoformat()}))


def more_policy(repo: Path, text: str) -> str:
    return commit_file(repo, "policy.yaml", (repo / "policy.yaml").read_text() + text)


def test_what_it_can_cost_in_this_account_is_said_first(repo: Path, run: Run) -> None:
    """20% x 100x beside 250% of another bot: 1/22.5 = 0.044444, less 0.005 = 0.039444, / 1.005 = 0.039248."""
    more_policy(repo, ACCOUNTS)
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    before = head(repo)
    told = run("scale", "degen", "--bot", "blofin-main")
    assert told.returncode == 5
    for said in (
        "exposure 375% -> 2000% of equity (200,000 USDT), Extreme: one side of every level filled, all in one symbol",
        "adverse moves, in % of equity: 1%: 20% (2,000 USDT); 5%: liquidated; 10%: liquidated",
        "the hard stop at 1500 bps never fires: it would be filled at 1516 bps, after liquidation 392 bps",
        "liquidation takes all that stands behind the position: 100% of equity (10,000 USDT)",
        "account blofin/main is shared with second 250%: 2250% of equity together (225,000 USDT)",
        "cross margin: a loss of this bot brings the liquidation of the others' positions nearer",
        "GS101 exposure 2000% of equity is Extreme",
        "to apply exactly this, within 10 minutes: /confirm scale degen",
    ):
        assert said in told.stderr
    assert head(repo) == before


def test_a_set_that_reaches_extreme_says_what_one_stop_costs(repo: Path, run: Run) -> None:
    """30% x 75x = 2250%; stop 50 + 6 + 10 = 66 bps of it is 14.85%, and 392 bps to liquidation are farther."""
    run("set", "hard_stop_loss_bps", "50", "--no-sync")
    told = run("set", "equity_pct", "30", "--no-sync")
    assert told.returncode == 5
    assert (
        "one stop costs 14.85% of equity: the hard stop at 50 bps is filled at 66 bps, before liquidation 392 bps"
        in (told.stderr)
    )


def test_exactly_what_was_shown_is_applied_by_another_process(repo: Path, run: Run) -> None:
    assert run("scale", "degen").returncode == 5
    assert run("agent", "/confirm scale degen").returncode == 0
    assert "leverage: 100" in (repo / "bots/blofin-main.yaml").read_text()
    told = run("confirm", "scale", "degen")
    assert (told.returncode, "is not waiting for a confirmation; nothing changed" in told.stderr) == (1, True)


Happens = Callable[[Path, Git], object]
BOT = "bots/blofin-main.yaml"
# what happens between, the confirmation, what the refusal says
REFUSED: dict[str, tuple[Happens, str, str]] = {
    "nothing was asked": (
        lambda repo, _: shutil.rmtree(repo / ".git/gitscale/pending"),
        "scale degen",
        "/scale degen is not waiting for a confirmation; nothing changed\n  run it first: /scale degen",
    ),
    "too late": (
        lambda repo, _: later(repo),
        "scale degen",
        "blofin-main: the confirmation has expired after 10 minutes; nothing changed\n  look again: /scale degen",
    ),
    "other words": (
        lambda *_: None,
        "scale aggressive",
        "/scale aggressive is not what was shown: /scale degen is; nothing changed\n  say exactly: /confirm scale d",
    ),
    "another user": (
        lambda _, git: git("config", "--global", "user.email", "eve@example.org"),
        "scale degen",
        "/scale degen was asked for by Ada Test <ada@example.org>, and nobody else can confirm it; nothing changed",
    ),
    "another branch": (
        lambda _, git: git("switch", "-q", "-c", "other"),
        "scale degen",
        "/scale degen waits on the branch main, not on other; nothing changed\n  name that with --branch main",
    ),
    "another bot": (
        lambda repo, _: commit_file(repo, "bots/second.yaml", bot_text("second", account="other")),
        "--bot second scale degen",
        "/scale degen waits for blofin-main, not for second; nothing changed\n  name that with --bot blofin-main",
    ),
    "the bot's file": (
        lambda repo, _: commit_file(repo, BOT, (repo / BOT).read_text().replace("levels: 7", "levels: 9")),
        "scale degen",
        "blofin-main: the bot's file and the result changed since it was shown; nothing changed",
    ),
    "the profiles": (
        lambda repo, _: commit_file(repo, "profiles.yaml", (repo / "profiles.yaml").read_text() + "# later\n"),
        "scale degen",
        "blofin-main: profiles.yaml changed since it was shown; nothing changed",
    ),
    "the policy": (
        lambda repo, _: more_policy(repo, ACCOUNTS),
        "scale degen",
        "blofin-main: policy.yaml and what it would cost changed since it was shown; nothing changed",
    ),
    "a neighbour": (
        lambda repo, _: commit_file(repo, "bots/second.yaml", bot_text("second")),
        "scale degen",
        "blofin-main: what it would cost changed since it was shown; nothing changed",
    ),
    "no danger any more": (
        lambda repo, _: [
            commit_file(repo, "profiles.yaml", (repo / "profiles.yaml").read_text().replace("    confirm: true\n", "")),
            more_policy(repo, "severity: {GS101: note, GS102: note, GS103: note, GS104: note}\n"),
        ],
        "scale degen",
        "/scale degen needs no confirmation any more; nothing changed\n  run it: /scale degen",
    ),
    "already so": (
        lambda repo, _: commit_file(
            repo,
            BOT,
            (repo / BOT)
            .read_text()
            .replace("equity_pct: 5.0", "equity_pct: 20.0")
            .replace("leverage: 75", "leverage: 100")
            .replace("base_spread_bps: 15", "base_spread_bps: 8")
            .replace("target_net_bps: 11", "target_net_bps: 6")
            .replace("loss_bps: 500", "loss_bps: 1500"),
        ),
        "scale degen",
        "/scale degen needs no confirmation any more; nothing changed",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_anything_else_changes_nothing_and_says_exactly_why(repo: Path, git: Git, run: Run, name: str) -> None:
    happens, words, said = REFUSED[name]
    assert run("scale", "degen", "--no-sync").returncode == 5
    happens(repo, git)
    before, tree = head(repo), (repo / BOT).read_text()
    told = run("confirm", *words.split(), "--no-sync")
    assert told.returncode == 1
    assert told.stderr.startswith(f"error: {said}")
    assert (head(repo), (repo / BOT).read_text()) == (before, tree)
    assert git("status", "--porcelain") == ""
