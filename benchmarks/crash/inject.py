"""Runs commands in forks of itself, with something going wrong at one step.

usage: python -m benchmarks.crash.inject   (an order a line of standard input, its answer a line of standard output)
"""

import errno
import json
import os
import resource
import selectors
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, NoReturn

from benchmarks.crash.failpoints import failpoint
from benchmarks.crash.hear import Ear

_LARGEST = 256 * 2**20  # a file system larger than this is nobody's to fill
_PATH = os.environ["PATH"]
_PRELOADED = (
    "alembic.command",
    "sqlalchemy.dialects.sqlite",
    "gitscale.actions.apply",
    "gitscale.actions.plan",
    "gitscale.actions.revert",
    "gitscale.agent.plan",
    "gitscale.agent.reads",
    "gitscale.agent.writes",
    "gitscale.cli.main",
    "gitscale.cli.plan",
    "gitscale.sync.targets.postgres",
    "gitscale.sync.targets.sqlite",
)


class Order(NamedTuple):
    """A command in a repository, and what goes wrong when it comes to a failpoint for the nth time."""

    root: str
    words: list[str]
    at: str = ""
    nth: int = 1
    mode: str = ""
    database: str = ""


class Answer(NamedTuple):
    """How it ended, what it said, and the steps it came to; one that has no failpoint says what it is."""

    code: int
    out: str
    err: str
    steps: list[str]


def _kill(_: Order, __: int) -> None:
    """We die before the step."""
    os.kill(os.getpid(), signal.SIGKILL)


def _interrupt(_: Order, __: int) -> None:
    """Ctrl-C at the step."""
    os.kill(os.getpid(), signal.SIGINT)


def _full(order: Order, _: int) -> None:
    """From the step on, there is no byte left on the file system."""
    found = os.statvfs(order.root)
    if found.f_blocks * found.f_frsize > _LARGEST:
        raise RuntimeError(f"{order.root} is not on a file system made to be filled")
    handle = os.open(_filler(order.root), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for portion in (2**20, 2**12, 1):
        try:
            while True:
                os.write(handle, b"\0" * portion)
        except OSError:
            continue
    os.close(handle)


def _filler(root: str) -> Path:
    return Path(root).parent / "filler"


def _limit(_: Order, __: int) -> None:
    """From the step on, no file can be written to: neither by us nor by git, which dies of trying."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _gone(order: Order, server: int) -> None:
    """The server ends our connection."""
    import psycopg

    with psycopg.Connection.connect(order.database, autocommit=True) as other:
        other.execute("select pg_terminate_backend(%s, 5000)", (server,))


def _crash(_: Order, server: int) -> None:
    """The server's process for us is killed, so that the server ends all connections and recovers."""
    os.kill(server, signal.SIGKILL)


def _down(_: Order, server: int) -> None:
    """The whole server is killed."""
    os.kill(int(Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()[1]), signal.SIGKILL)


def _shim(then: str) -> Callable[[Order, int], None]:
    """This one call of git does something else."""

    def put(_: Order, __: int) -> None:
        folder = tempfile.mkdtemp(dir=os.environ["SHIMS"])
        Path(folder, "git").write_text(f"#!/bin/sh\n{then.format(git=shutil.which('git'))}\n")
        Path(folder, "git").chmod(0o755)
        os.environ["PATH"] = f"{folder}:{_PATH}"

    return put


def _fail(order: Order, _: int) -> None:
    """The step fails, once, with the error that the mode names."""
    code = getattr(errno, order.mode)
    raise OSError(code, os.strerror(code), order.root)


MODES: dict[str, Callable[[Order, int], None]] = {
    "kill": _kill,
    "interrupt": _interrupt,
    "full": _full,
    "limit": _limit,
    "gone": _gone,
    "crash": _crash,
    "down": _down,
    "fails": _shim("echo 'fatal: unable to write file: No space left on device' >&2; exit 128"),  # git says no
    "late": _shim('{git} "$@"; kill -9 $$'),  # git does it, and dies before it can say so
    "orphan": _shim('kill -9 $PPID; sleep 0.05; exec {git} "$@"'),  # we die, and git goes on
    **dict.fromkeys(("ENOSPC", "EIO", "EROFS", "EAGAIN"), _fail),
}


def _run(order: Order, ends: list[int]) -> NoReturn:
    """The fork."""
    code, seen = 99, Counter[str]()
    write = os.write

    def tell(what: str, server: int) -> None:
        name = failpoint(what)
        seen[name] += 1
        write(ends[2], f"{name or what[:200]}\n".encode())
        os.environ["PATH"] = _PATH
        if name and (name, seen[name]) == (order.at, order.nth):
            MODES[order.mode](order, server)

    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(ends[0], 1)
        os.dup2(ends[1], 2)
        os.chdir(order.root)
        os.environ["GITSCALE_DATABASE_URL"] = order.database
        sys.argv = ["gitscale", *order.words]
        from gitscale.cli.main import run

        Ear(order.root, tell).listen(postgres=bool(order.database))
        run()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


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
    _filler(order.root).unlink(missing_ok=True)
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


def main() -> None:
    """Carry out orders until there are none; what every fork would import anew is imported once."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    for name in _PRELOADED:
        import_module(name)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIMS"] = folder
        for line in sys.stdin:
            sys.stdout.write(json.dumps(carry_out(Order(**json.loads(line)))._asdict()) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
