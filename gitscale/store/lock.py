"""Two locks: ours around whole commands, and git's index.lock around the moment a branch moves."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from gitscale.errors import Conflict

INDEX_MARK = b"gitscale\n"
_PAUSE = 0.002


@contextmanager
def exclusive(path: Path, *, patience: float = 60) -> Iterator[None]:
    """Hold the advisory lock at `path`; it ends with the process that holds it, however that dies.

    The git processes started meanwhile hold it too (see `git`), hence the unlocking by name at the end.

    Raises:
        Conflict: another command held it for all of `patience` seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        _wait(handle, path, patience)
        os.set_inheritable(handle, True)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)


def _wait(handle: int, path: Path, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                holder = os.pread(handle, 20, 0).decode(errors="replace").strip() or "unknown"
                raise Conflict(f"another gitscale command (process {holder}) holds {path}", "try again") from None
            time.sleep(_PAUSE)


@contextmanager
def index_lock(git_dir: Path, *, patience: float = 10) -> Iterator[None]:
    """Hold git's own index.lock, so that nobody's commit is built from the index while it is behind the branch.

    Raises:
        Conflict: it is held by another git command, or left over from one that died.
    """
    lock, marked = git_dir / "index.lock", git_dir / "gitscale-index-lock"
    end = time.monotonic() + patience
    marked.write_bytes(INDEX_MARK)
    try:
        # linked, it is born with our mark in it: after a kill it can be told from one of git's own
        while not _linked(marked, lock):
            since = _since(lock)
            if time.monotonic() > end or time.time() - since > patience:  # so old a lock will not go away
                when = f"{datetime.fromtimestamp(since):%Y-%m-%d %H:%M:%S}"
                remedy = f"another git command is at work, try again; if none is, it died: rm {lock}"
                raise Conflict(f"{lock} exists since {when}; nothing changed", remedy)
            time.sleep(_PAUSE)
    finally:
        marked.unlink(missing_ok=True)
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def own_index_lock(git_dir: Path) -> bool:
    """Whether there is an index.lock of ours; one of git's own does not count."""
    try:
        return (git_dir / "index.lock").read_bytes() == INDEX_MARK
    except FileNotFoundError:
        return False


def break_index_lock(git_dir: Path) -> None:
    """Remove an index.lock that a killed gitscale left; call it with the writers' lock held."""
    (git_dir / "index.lock").unlink(missing_ok=True)


def _linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    return True


def _since(lock: Path) -> float:
    try:
        return lock.stat().st_mtime
    except FileNotFoundError:
        return time.time()
