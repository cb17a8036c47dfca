"""Every command's three forms, as files: text, Markdown, JSON. `SNAPSHOTS=write` renews them."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gitscale.actions.workspace import Host, Workspace
from gitscale.agent.commands import COMMANDS
from gitscale.agent.render.markdown import markdown
from gitscale.agent.replies import Reply
from standin.server import Server, serving
from standin.world import World
from tests.agent.example import example
from tests.conftest import NOW
from tests.helpers import say

FOLDER = Path(__file__).parent / "snapshots"
DAY = "2026-11-23T09:00:00+00:00"
MAIN = "blofin-main"
# name -> the bot, and lines of which the last is shown
CASES: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "scale": (MAIN, ("/scale moderate",)),
    "scale-waits": (MAIN, ("/scale degen",)),
    "confirm": (MAIN, ("/scale degen", "/confirm scale degen")),
    "set": (MAIN, ("/set leverage 50",)),
    "set-nothing": (MAIN, ("/set leverage 75",)),
    "set-refused": (MAIN, ("/set leverage 500",)),
    "status": (MAIN, ("/status",)),
    "status-fleet": (None, ("/status",)),
    "risk-check": (MAIN, ("/risk check",)),
    "risk-check-degen": (MAIN, ("/scale degen", "/confirm scale degen", "/risk check")),
    "risk-check-second": (
        "second",
        ("/set hard_stop_loss_bps 3000", "/confirm set hard_stop_loss_bps 3000", "/risk check"),
    ),
    "overview": (None, ("/overview",)),
    "profit-estimate": (MAIN, ("/profit estimate --days 500 --candles week.csv",)),
    "profit-estimate-unknown": (MAIN, ("/profit estimate --offline",)),
    "symbols": (MAIN, ("/symbols bybit --top 3",)),
    "symbols-explain": (MAIN, ("/symbols bybit --explain sol",)),
    "advise-profit": (MAIN, ("/advise profit",)),
    "advise-safety": (MAIN, ("/advise safety",)),
    "advise-grid": (MAIN, ("/advise grid",)),
    "advise-spread": (MAIN, ("/advise spread",)),
    "advise-no": (MAIN, ("/scale degen", "/confirm scale degen", "/advise profit")),
    "explain": (None, ("/explain",)),
    "explain-equity_pct": (MAIN, ("/explain equity_pct",)),
    "explain-leverage": (MAIN, ("/explain leverage",)),
    "explain-leverage-nobody": (None, ("/explain leverage",)),
    "explain-liquidation": ("second", ("/explain liquidation",)),
    "explain-stop": (MAIN, ("/explain stop",)),
    "explain-stop-degen": (MAIN, ("/scale degen", "/confirm scale degen", "/explain hard stop loss bps")),
    "explain-spread": (MAIN, ("/explain spread",)),
    "explain-fees": (MAIN, ("/explain fees",)),
    "explain-grid": (MAIN, ("/explain grid",)),
    "explain-xgrid": (MAIN, ("/explain xgrid",)),
    "explain-sync": (MAIN, ("/explain sync",)),
    "explain-rollback": (MAIN, ("/explain rollback",)),
    "explain-moderate": (MAIN, ("/explain moderate",)),
    "explain-degen": (MAIN, ("/explain degen",)),
    "explain-rule": (MAIN, ("/explain stop-beyond-liquidation",)),
    "explain-unknown": (MAIN, ("/explain levrage",)),
    "profiles": (None, ("/profiles",)),
    "presets": (None, ("/presets",)),
    "new": (None, ('/new fresh --preset "OKX Counterscalp Light"',)),
    "new-without-preset": (None, ("/new fresh",)),
    "first-time": ("vortex", ("/status",)),
    "history": (MAIN, ("/set leverage 50", "/undo", "/history")),
    "diff": (MAIN, ("/set leverage 50", "/diff")),
    "undo": (MAIN, ("/set leverage 50", "/undo")),
    "rollback": (MAIN, ("/set leverage 50", "/set num_levels 9", "/rollback HEAD~2")),
    "adopt": (None, ("/adopt blofin-main",)),
    "help": (None, ("/help",)),
    "help-one": (None, ("/help risk check",)),
    "not-understood": (None, ("/sclae moderate",)),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The example, made once; its commits are of one author and moment."""
    patch = pytest.MonkeyPatch()
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text("[user]\n\tname = Ada Test\n\temail = ada@example.org\n")
    patch.setenv("HOME", str(home))
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    patch.setenv("GIT_AUTHOR_DATE", DAY)
    patch.setenv("GIT_COMMITTER_DATE", DAY)
    yield example(tmp_path_factory.mktemp("made") / "fleet")
    patch.undo()


@pytest.fixture
def fleet(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy to write to, with candles beside it."""
    monkeypatch.setenv("GIT_AUTHOR_DATE", DAY)
    monkeypatch.setenv("GIT_COMMITTER_DATE", DAY)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week.csv").write_text(week(), encoding="utf-8")
    return shutil.copytree(made, tmp_path / "fleet", symlinks=True)


def week() -> str:
    """Seven days of five-minute candles that go nowhere in particular."""
    random, price, rows = Random(7), 1.0, ["date,open,high,low,close,volume"]
    for number in range(7 * 288):
        prices = [price]
        for _ in range(8):
            prices.append(prices[-1] * (1 + random.uniform(-0.0015, 0.0015)))
        ohlc = (prices[0], max(prices), min(prices), prices[-1])
        start = int(NOW.timestamp() * 1000) - (7 * 288 - number) * 300_000
        rows.append(",".join([str(start), *(f"{value:.6f}" for value in ohlc), "1000"]))
        price = round(prices[-1], 6)
    return "\n".join(rows)


@pytest.fixture(scope="module")
def exchange() -> Iterator[Server]:
    """What /symbols asks."""
    with serving(World(lambda: NOW)) as server:
        yield server


@pytest.mark.parametrize("name", CASES)
def test_snapshot(fleet: Path, exchange: Server, name: str) -> None:
    bot, lines = CASES[name]
    with Workspace.open(fleet, Host(lambda: NOW, market_url=exchange.url)) as workspace:
        reply = [say(workspace, line, bot=bot, sync=True) for line in lines][-1]
    for form, shown in forms(reply, lines[-1]).items():
        file = FOLDER / f"{name}.{form}"
        said = steady(fleet, shown) + "\n"
        if os.environ.get("SNAPSHOTS") == "write":
            file.write_text(said, encoding="utf-8")
        assert said == file.read_text(encoding="utf-8")


def forms(reply: Reply, line: str) -> dict[str, str]:
    """A reply as text, Markdown and JSON."""
    data = json.dumps(json.loads(reply.json(line)), indent=1, ensure_ascii=False)
    return {"txt": reply.text, "md": markdown(reply.blocks), "json": data}


def steady(fleet: Path, text: str) -> str:
    """Commits by their number and this machine's folder by a name, so that only what is said can differ."""
    listed = subprocess.run(["git", "rev-list", "--reverse", "HEAD"], cwd=fleet, check=True, capture_output=True)
    for number, commit in enumerate(listed.stdout.decode().split()):
        text = text.replace(commit, f"{number:x}" * 40).replace(commit[:10], f"{number:x}" * 10)
    return text.replace(str(fleet), "FLEET")


def test_every_command_is_shown_and_nothing_is_left_over() -> None:
    shown = " ".join(lines[-1] for _, lines in CASES.values())
    assert [row.name for row in COMMANDS if f"/{row.name}" not in shown] == []
    assert {path.name for path in FOLDER.iterdir()} == {
        f"{name}.{form}" for name in CASES for form in ("txt", "md", "json")
    }
