"""Long work on two cores: a forked process does one half while we do the other; and waiting for two things at once.

The standard library's pools take longer to import and to start than the second core saves here.
"""

import gc
import os
import pickle
from collections.abc import Callable, Sequence
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

WORTHWHILE = 2000


def in_two(work: Callable[[Sequence[T]], R], items: Sequence[T], *, least: int = WORTHWHILE) -> list[R]:
    """`work` done on both halves of `items`, or on all of them where they are few or there is one core.

    Results travel pickled. Should the other process fail, its half is done here, and the error shows.
    """
    if len(items) < least or len(os.sched_getaffinity(0)) < 2:
        return [work(items)]
    middle = len(items) // 2
    gc.freeze()  # what both know stays shared: a collection would write to every object of it
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_other(writing, lambda: work(items[middle:]))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        try:
            mine = work(items[:middle])
            sent = pipe.read()
        finally:
            pipe.close()  # a child that still writes ends at once
            failed = os.waitpid(child, 0)[1]
            gc.unfreeze()
    return [mine, work(items[middle:]) if failed else pickle.loads(sent)]  # noqa: S301 - our own words


def _be_the_other(writing: int, work: Callable[[], R]) -> None:
    """Do the work, send the result, end: nothing of the process we were copied from is finished here."""
    code = 1
    try:
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps(work()))
        code = 0
    finally:
        os._exit(code)


def meanwhile(work: Callable[[], R]) -> Callable[[], R]:
    """Begin work that mostly waits; the function given back ends it: with its result, or with its error."""
    found: list[R] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:
            failed.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()

    def ended() -> R:
        thread.join()
        if failed:
            raise failed[0]
        return found[0]

    return ended
