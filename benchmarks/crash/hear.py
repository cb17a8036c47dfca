"""Hears of every step before it is taken: from Python's audit hooks, and where there is none, around a function."""

import os
import sqlite3
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.crash.failpoints import effect

# what is about to happen, and the process of the database's server that is to do it
Tell = Callable[[str, int], None]


class Ear:
    """Tells of what this process is about to do to the repository at `root`; what telling itself does is not told."""

    def __init__(self, root: str, tell: Tell) -> None:
        self._root = root
        self._tell = tell
        self._busy = False

    def listen(self, *, postgres: bool) -> None:
        """From now on; there is no way back."""
        sys.addaudithook(self.event)
        for name in ("fsync", "write", "pwrite"):
            _before(os, name, lambda *given, name=name: self.event(f"os.{name}", given))
        self._listen_to_sqlite()
        if postgres:
            self._listen_to_postgres()

    def _listen_to_sqlite(self) -> None:
        plain = sqlite3.connect

        def connect(*given: Any, **more: Any) -> Any:
            made = plain(*given, **more)
            made.set_trace_callback(self.statement)
            return made

        sqlite3.connect = sqlite3.dbapi2.connect = connect

    def _listen_to_postgres(self) -> None:
        import psycopg

        def carried_out(cursor: Any, sql: Any, *_: Any) -> None:
            text = sql.decode() if isinstance(sql, bytes) else str(sql)
            self.statement(text, cursor.connection.info.backend_pid)

        def ended(transaction: Any, error: Any, *_: Any) -> None:
            self.statement("rollback" if error else "commit", transaction.connection.info.backend_pid)

        _before(psycopg, "connect", lambda *_: self.told("connect database"))
        _before(psycopg.Cursor, "execute", carried_out)
        _before(psycopg.Cursor, "copy", carried_out)
        _before(psycopg.Transaction, "__exit__", ended)

    def event(self, name: str, given: tuple[Any, ...]) -> None:
        """An audit hook."""
        if not self._busy and (what := self._quietly(effect, name, given, self._root)):
            self.told(what)

    def statement(self, sql: str, server: int = 0) -> None:
        """SQL is about to be carried out."""
        self.told("sql " + " ".join(sql.lower().split()), server)

    def told(self, what: str, server: int = 0) -> None:
        """Something is about to be done."""
        self._quietly(self._tell, what, server)

    def _quietly(self, function: Callable[..., Any], *given: Any) -> Any:
        self._busy = True
        try:
            return function(*given)
        finally:
            self._busy = False


def _before(holder: Any, name: str, tell: Callable[..., None]) -> None:
    """Have a function's arguments told before it is carried out."""
    plain = getattr(holder, name)

    def around(*given: Any, **more: Any) -> Any:
        tell(*given)
        return plain(*given, **more)

    setattr(holder, name, around)
