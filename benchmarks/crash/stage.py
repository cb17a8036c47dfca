"""A fleet that can be put back as it was: its repository, its files, its rows, and the process that breaks things."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.crash.inject import Answer, Order
from gitscale.actions.init import starter_files
from gitscale.store.process import strip_environment
from gitscale.sync.targets.rows import Here, row_target
from tests.postgres import Server

BOT = """name: {name}
strategy: perp_mm
exchange: blofin
account: of-{name}
symbols: [SOL/USDT:USDT]
settings:
  equity_pct: 1
  leverage: {leverage}
"""
_LINE = re.compile(r"HEAD:bots/([^:]+)\.yaml: +leverage: (\d+).*")
# a copied work tree has other inodes; git shall take it for the one it knows
_SETTINGS = {"core.checkStat": "minimal", "core.trustctime": "false", "gc.auto": "0"}
_SETTINGS |= {"user.name": "Ada Crash", "user.email": "ada@example.org"}


def environment() -> dict[str, str]:
    """This checkout's gitscale, and no git setting of this machine."""
    own = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "GIT_CONFIG_GLOBAL": os.devnull}
    return strip_environment(os.environ) | own | {"GIT_CONFIG_NOSYSTEM": "1"}


class Injector:
    """The process that carries out orders."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "benchmarks.crash.inject"]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
        )

    def run(self, order: Order) -> Answer:
        """One command, with or without something going wrong."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order._asdict()) + "\n")
        self._process.stdin.flush()
        return Answer(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@dataclass
class Stage:
    """A repository in a folder of its own; without a server the rows are in SQLite."""

    folder: Path
    injector: Injector
    server: Server | None = None
    database: str = ""
    _kept: list[tuple[str, list[tuple[Any, ...]]]] = field(default_factory=list)

    @property
    def repo(self) -> Path:
        """The repository."""
        return self.folder / "fleet"

    def make(self, bots: int) -> None:
        """A new fleet of so many bots, delivered."""
        self.repo.mkdir(parents=True)
        self.git("init", "-q", "-b", "main", "--template=")
        for name, value in _SETTINGS.items():
            self.git("config", name, value)
        for path, content in starter_files().items():
            if not path.startswith(("bots/", ".github/")):
                (self.repo / path).parent.mkdir(exist_ok=True, parents=True)
                (self.repo / path).write_bytes(content)
        for number in range(bots):
            self.bot(f"bot-{number}", 10)
        self.commit("a fleet")

        if self.server:
            self.database = self.server.url(schema=self.server.schema())
            row_target(self.database, Here("crash", self.repo, self.repo)).upgrade()

    def ready(self) -> None:
        """A server that was killed is there again."""
        if self.server:
            self.server.awake()

    def bot(self, name: str, leverage: int) -> None:
        """Write a bot's file."""
        (self.repo / "bots").mkdir(exist_ok=True)
        (self.repo / f"bots/{name}.yaml").write_text(BOT.format(name=name, leverage=leverage))

    def commit(self, subject: str) -> None:
        """All that lies there, by hand."""
        self.git("add", "-A")
        self.git("commit", "-q", "-m", subject)

    def git(self, *words: str) -> str:
        """What the real git prints."""
        done = subprocess.run(
            ["git", *words], cwd=self.repo, capture_output=True, text=True, check=False, env=environment()
        )
        assert done.returncode == 0, f"git {' '.join(words)}: {done.stderr}"
        return done.stdout

    def run(self, *words: str, at: str = "", nth: int = 1, mode: str = "") -> Answer:
        """One gitscale command."""
        return self.injector.run(Order(str(self.repo), list(words), at, nth, mode, self.database))

    def process(self, *words: str, before: Sequence[str] = ()) -> "subprocess.Popen[str]":
        """One gitscale command as a process of its own, with what is to stand before it."""
        own = environment() | ({"GITSCALE_DATABASE_URL": self.database} if self.database else {})
        command = [*before, sys.executable, "-m", "gitscale", *words]
        pipes: Any = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=self.repo, env=own, text=True, start_new_session=True, **pipes)

    def keep(self) -> None:
        """Remember everything as it is."""
        (self.repo / ".git/gitscale-steps.json").unlink(missing_ok=True)  # it knows the index by its inode
        shutil.rmtree(self.folder / "kept", ignore_errors=True)
        shutil.copytree(self.repo, self.folder / "kept", symlinks=True)
        if self.database:
            self._kept = [(table, self.query(f"select * from {table}")) for table in ("bots", "syncs")]

    def restore(self) -> None:
        """Everything as it was."""
        shutil.rmtree(self.repo)
        shutil.copytree(self.folder / "kept", self.repo, symlinks=True)
        for table, rows in self._kept:
            self.query(f"truncate {table}")
            for row in rows:
                marks = ", ".join(["%s"] * len(row))
                values = [json.dumps(value) if isinstance(value, dict) else value for value in row]
                self.query(f"insert into {table} values ({marks})", values)

    def query(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement in the server."""
        with psycopg.connect(self.database, autocommit=True) as server:
            answer = server.execute(sql.encode(), values)
            return answer.fetchall() if answer.description else []

    def head(self, branch: str) -> str:
        """The id of a branch's tip."""
        return self.git("rev-parse", branch).strip()

    def files(self) -> dict[str, bytes]:
        """The delivered files by bot."""
        return {path.stem: path.read_bytes() for path in (self.repo / "build/bots").glob("*.json")}

    def rows(self) -> dict[str, Any]:
        """The delivered rows by bot."""
        if self.database:
            return dict(self.query("select name, config from bots"))
        if not (self.repo / "build/gitscale.db").exists():
            return {}
        with closing(sqlite3.connect(self.repo / "build/gitscale.db")) as connection:
            if not connection.execute("select 1 from sqlite_master where name = 'bots'").fetchone():
                return {}
            return {name: json.loads(text) for name, text in connection.execute("select name, config from bots")}

    def tip(self) -> dict[str, int]:
        """The leverage of each bot, as git has it."""
        lines = self.git("grep", "-E", "^ +leverage: [0-9]+", "HEAD", "--", "bots").split("\n")[:-1]
        rows = (_LINE.fullmatch(line) for line in lines)
        return {row[1]: int(row[2]) for row in rows if row}
