"""What several tests say alike: run an agent line, write a bot, read what was delivered."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.handlers import answer_line
from gitscale.agent.replies import Reply

BOT = """\
# yaml-language-server: $schema=../schemas/bot.schema.json
name: {name}
strategy: perp_mm          # scaled by the agent
exchange: {exchange}
account: {account}
enabled: {enabled}
margin_mode: {margin_mode}
symbols: [SOL/USDT:USDT]
settings:
  equity_pct: {equity_pct}   # percent
  leverage: {leverage}

  base_spread_bps: 15
  min_spread_bps: 8
  hard_stop_loss_bps: {stop}
"""


def bot_text(name: str, **values: Any) -> str:
    """A small perp_mm bot file."""
    usual = {"exchange": "blofin", "account": "main", "enabled": "true", "margin_mode": "cross"}
    return BOT.format(name=name, **(usual | {"equity_pct": 5, "leverage": 50, "stop": 500} | values))


def commit_file(repo: Path, path: str, text: str | None, subject: str = "by hand") -> str:
    """Commit one file's new text (None removes it) with the real git; the commit's id."""
    target = repo / path
    if text is None:
        target.unlink()
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    for words in (("add", "-A", "--", path), ("commit", "-q", "-m", subject)):
        subprocess.run(["git", *words], cwd=repo, check=True, capture_output=True)
    return head(repo)


def head(repo: Path) -> str:
    """The id of HEAD."""
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=repo, check=True, capture_output=True, text=True).stdout[
        :-1
    ]


def say(workspace: Workspace, line: str, **scope: Any) -> Reply:
    """The reply to a line; without sync unless asked for."""
    return answer_line(workspace, Scope(**({"sync": False} | scope)), line)


def delivered(repo: Path, name: str) -> dict[str, Any]:
    """What the bot's file holds."""
    found: dict[str, Any] = json.loads((repo / f"build/bots/{name}.json").read_text())
    return found


def select(repo: Path, sql: str, *values: Any) -> list[dict[str, Any]]:
    """The rows of a query (or of a change), in the database that the environment names, as sync has it."""
    if url := os.environ.get("GITSCALE_DATABASE_URL"):
        with psycopg.connect(url, row_factory=dict_row, autocommit=True) as server:
            answer = server.execute(sql.replace("?", "%s").encode(), values)
            return answer.fetchall() if answer.description else []
    with closing(sqlite3.connect(repo / "build/gitscale.db")) as connection, connection:
        connection.row_factory = sqlite3.Row
        return [dict(found) for found in connection.execute(sql, values)]


def row(repo: Path, name: str) -> dict[str, Any] | None:
    """What the bot's row holds, config parsed."""
    for found in select(repo, "select * from bots where name = ?", name):
        config = found["config"]
        return found | {"config": json.loads(config) if isinstance(config, str) else config}
    return None
