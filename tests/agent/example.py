"""One config repository for everything that is shown: three bots that run, wait and sleep, and a known equity."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from gitscale.actions.init import init
from gitscale.actions.sync import sync
from gitscale.actions.workspace import Host, Workspace
from tests.conftest import NOW
from tests.helpers import bot_text, commit_file, delivered

VORTEX = """\
name: vortex
strategy: vortex_dca
exchange: bybit
account: dca
preset: Vortex Slow
symbols: [ETH/USDT:USDT]
settings: {entries: 5}
"""


def example(folder: Path) -> Path:
    """The reference's own bot, which runs with older settings; a second one that waits; two of another strategy."""
    init(folder)
    commit_file(folder, "policy.yaml", (folder / "policy.yaml").read_text() + "accounts: {blofin/main: 10000}\n")
    commit_file(folder, "bots/second.yaml", bot_text("second", exchange="okx", equity_pct=12, leverage=75, stop=800))
    commit_file(folder, "bots/vortex.yaml", VORTEX)
    commit_file(folder, "bots/asleep.yaml", VORTEX.replace("name: vortex", "name: asleep\nenabled: false"))
    with Workspace.open(folder, Host(lambda: NOW)) as workspace:
        sync(workspace)
    heartbeat(folder, "vortex")
    heartbeat(folder, "blofin-main", sha256="0" * 64)
    return folder


def heartbeat(folder: Path, name: str, at: datetime = NOW, sha256: str = "") -> None:
    """Write the run file of a bot that lives, with what is delivered to it unless told otherwise."""
    run = folder / "build/run"
    run.mkdir(exist_ok=True)
    started = (at - timedelta(hours=3)).isoformat()
    sha256 = sha256 or delivered(folder, name)["gitscale"]["sha256"]
    beat = {"pid": 4242, "sha256": sha256, "started_at": started, "heartbeat_at": at.isoformat()}
    (run / f"{name}.json").write_text(json.dumps(beat))
