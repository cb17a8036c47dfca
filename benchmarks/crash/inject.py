"""Runs commands in forks of itself, with something going wrong at one step.

usage: python -m benchmarks.crash.inject   (an order, one line of JSON, on standard input; its answer on standard output)

Modes: `kill` (SIGKILL before the step), an errno by its name (the step fails with it, once), `full` (the file system
is full from the step on), `limit` (no file can be written from the step on). Of a database: `gone` (the server ends the
connection), `crash` (its process is killed, and the server starts over), `down` (the whole server is killed). And of git: `fails` (git says no), `late` (git does it, then dies), `orphan` (we die, git goes on).
"""

import errno
import json
import os
import resource
import selectors
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from benchmarks.crash.failpoints import effect, failpoint

_SHIMS = {
    "fails": "echo 'fatal: unable to write file: No space left on device' >&2; exit 128",
    "late": '{git} "$@"; kill -9 $$',
    "orphan": 'kill -9 $PPID; sleep 0.05; exec {git} "$@"',
}
_LARGEST = 256 * 2**20  # a file system larger than this is nobody's to fill


class Order(NamedTuple):
    """A command in a repository, and what goes wrong when it comes to a failpoint for the nth time."""

    root: str
    words: list[str]
    at: str = ""
    nth: int = 1
    mode: str = ""
    database: str = ""


class Answer(NamedTuple):
    """How it ended, what it said, and the steps it came to; one without a failpoint's name says what it does."""

    code: int
    out: str
    err: str
    steps: list[str]


class _Watch:
    """Hears of every step, notes it, and does what was ordered at one."""

    def __init__(self, order: Order, notes: int) -> None:
        self.order = order
        self._notes = notes
        self._seen: Counter[str] = Counter()
        self._busy = False
        self._write = os.write
        self._path = os.environ["PATH"]
        self._backend = 0

    def install(self) -> None:
        """Hear of what Python announces, and of what it does not."""
        sys.addaudithook(self.hook)
        for name in ("fsync", "write"):
            self._around(os, name, lambda name=name: f"os.{name}")
        plain = sqlite3.connect

        def connect(*given: Any, **more: Any) -> sqlite3.Connection:
            made = plain(*given, **more)
            made.set_trace_callback(self.sql)
            return made

        sqlite3.connect = sqlite3.dbapi2.connect = connect  # type: ignore[assignment]
        if self.order.database:
            self._install_psycopg()

    def _around(self, holder: Any, name: str, event: Callable[[], str]) -> None:
        plain = getattr(holder, name)

        def around(*given: Any) -> Any:
            self.hook(event(), given)
            return plain(*given)

        setattr(holder, name, around)

    def _install_psycopg(self) -> None:
        import psycopg

        connect, execute, copy = psycopg.connect, psycopg.Cursor.execute, psycopg.Cursor.copy
        leave = psycopg.Transaction.__exit__

        def connected(*given: Any, **more: Any) -> Any:
            self.heard("connect database")
            made = connect(*given, **more)
            self._backend = made.info.backend_pid
            return made

        def executed(cursor: Any, sql: Any, *given: Any, **more: Any) -> Any:
            self.sql(_text(sql))
            return execute(cursor, sql, *given, **more)

        def copied(cursor: Any, sql: Any, *given: Any, **more: Any) -> Any:
            self.sql(_text(sql))
            return copy(cursor, sql, *given, **more)

        def left(transaction: Any, kind: Any, *given: Any) -> Any:
            self.sql("rollback" if kind else "commit")
            return leave(transaction, kind, *given)

        psycopg.connect = connected
        psycopg.Cursor.execute, psycopg.Cursor.copy = executed, copied  # type: ignore[method-assign]
        psycopg.Transaction.__exit__ = left  # type: ignore[method-assign]

    def hook(self, event: str, given: tuple[Any, ...]) -> None:
        """An audit hook."""
        if not self._busy:
            self._busy = True
            try:
                what = effect(event, given, self.order.root)
            finally:
                self._busy = False
            if what:
                self.heard(what)

    def sql(self, statement: str) -> None:
        """A statement is about to be carried out."""
        self.heard("sql " + " ".join(statement.lower().split()))

    def heard(self, what: str) -> None:
        """A step is about to be taken."""
        self._busy = True
        try:
            name = failpoint(what)
            self._seen[name] += 1
            self._write(self._notes, f"{name or what[:200]}\n".encode())
            os.environ["PATH"] = self._path
            if name and (name, self._seen[name]) == (self.order.at, self.order.nth):
                self._act()
        finally:
            self._busy = False

    def _act(self) -> None:
        mode = self.order.mode
        if mode == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif mode == "full":
            fill(self.order.root)
        elif mode == "limit":
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        elif mode == "gone":
            self._end_connection()
        elif mode == "crash":
            os.kill(self._backend, signal.SIGKILL)
        elif mode == "down":
            os.kill(_parent(self._backend), signal.SIGKILL)
        elif mode in _SHIMS:
            os.environ["PATH"] = f"{_shim(mode)}:{self._path}"
        else:
            code = getattr(errno, mode)
            raise OSError(code, os.strerror(code), self.order.root)

    def _end_connection(self) -> None:
        import psycopg

        with psycopg.Connection.connect(self.order.database, autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s, 5000)", (self._backend,))


def _parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


def _text(sql: Any) -> str:
    return sql.decode() if isinstance(sql, bytes) else str(sql)


def fill(root: str) -> None:
    """Leave no byte on the file system of a repository, which has to be a small one.

    Raises:
        RuntimeError: it is a large one.
    """
    found = os.statvfs(root)
    if found.f_blocks * found.f_frsize > _LARGEST:
        raise RuntimeError(f"{root} is not on a file system made to be filled")
    handle = os.open(filler(root), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for portion in (2**20, 2**12, 1):
        try:
            while True:
                os.write(handle, b"\0" * portion)
        except OSError:
            continue
    os.close(handle)


def filler(root: str) -> Path:
    """The file that takes up all the room."""
    return Path(root).parent / "filler"


def _shim(mode: str) -> str:
    """A folder with a git that does otherwise."""
    folder = Path(tempfile.mkdtemp(prefix="gitscale-shim-", dir=os.environ["SHIMS"]))
    (folder / "git").write_text("#!/bin/sh\n" + _SHIMS[mode].format(git=shutil.which("git")) + "\n")
    (folder / "git").chmod(0o755)
    return str(folder)


def carry_out(order: Order) -> Answer:
    """Run one command in a fork."""
    pipes = [os.pipe() for _ in range(3)]
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _run(order, [end for _, end in pipes])
    for _, end in pipes:
        os.close(end)
    out, err, steps = _read([end for end, _ in pipes])
    _, status = os.waitpid(child, 0)
    filler(order.root).unlink(missing_ok=True)
    return Answer(os.waitstatus_to_exitcode(status), out, err, steps.split("\n")[:-1])


def _read(ends: list[int]) -> list[str]:
    """All that comes out of pipes."""
    found = dict.fromkeys(ends, b"")
    with selectors.DefaultSelector() as selector:
        for end in ends:
            selector.register(end, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select():
                if portion := os.read(key.fd, 2**16):
                    found[key.fd] += portion
                else:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    return [text.decode(errors="replace") for text in found.values()]


def _run(order: Order, ends: list[int]) -> NoReturn:
    """The fork."""
    code = 99
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(ends[0], 1)
        os.dup2(ends[1], 2)
        os.chdir(order.root)
        os.environ.pop("GITSCALE_DATABASE_URL", None)
        if order.database:
            os.environ["GITSCALE_DATABASE_URL"] = order.database
        sys.argv = ["gitscale", *order.words]
        from gitscale.cli.main import run

        _Watch(order, ends[2]).install()
        run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _preload() -> None:
    """What every fork would else import anew."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    import alembic.command
    import sqlalchemy.dialects.sqlite

    import gitscale.actions.apply
    import gitscale.actions.plan
    import gitscale.actions.revert
    import gitscale.agent.plan
    import gitscale.agent.reads
    import gitscale.agent.writes
    import gitscale.cli.main
    import gitscale.cli.plan
    import gitscale.sync.targets.postgres
    import gitscale.sync.targets.sqlite  # noqa: F401


def main() -> None:
    """Carry out orders until there are none."""
    _preload()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIMS"] = folder
        for line in sys.stdin:
            answer = carry_out(Order(**json.loads(line)))
            sys.stdout.write(json.dumps(answer._asdict()) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
