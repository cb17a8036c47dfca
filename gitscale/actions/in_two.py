"""Long work on two cores, shared with a forked process; and waiting for two things at once.

The standard library's pools take longer to import and to start than the second core saves here. What there is to do
lies in a pipe, portion by portion: who is free takes the next, so neither waits for a core that others slow down.
"""

import gc
import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Thread
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
Portions = Iterable[Sequence[T]]

WORTHWHILE = 2000
_PORTIONS = 64  # a byte names each


def in_two(
    work: Callable[[Portions[T]], R],
    items: Sequence[T],
    *,
    least: int = WORTHWHILE,
    first: Callable[[], object] = lambda: None,
) -> list[R]:
    """What two processes make of the portions of `items` that each took, or one of all, with few items or one core.

    `first` is done here alone, while the other process has begun. Results travel pickled. What the other process took
    and did not bring, because it failed, is done here, and the error shows.
    """
    if len(items) < least or _cores() < 2:
        first()
        return [work([items])]
    size = max(1, -(-len(items) // _PORTIONS))
    portions = [items[start : start + size] for start in range(0, len(items), size)]
    tokens = _filled(range(len(portions)))
    gc.freeze()  # what both know stays shared: a collection would write to every object of it
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _be_the_other(writing, lambda: work(_taken(portions, tokens, [])))
    os.close(writing)
    ours: list[int] = []
    with os.fdopen(reading, "rb") as pipe, os.fdopen(tokens, "rb", buffering=0):
        try:
            first()
            results = [work(_taken(portions, tokens, ours))]
            sent = pipe.read()
        finally:
            os.read(tokens, _PORTIONS)  # nothing is left to take, and a child that still writes ends at once
            pipe.close()
            failed = os.waitpid(child, 0)[1]
            gc.unfreeze()
    if failed:
        return [*results, work(portions[at] for at in range(len(portions)) if at not in ours)]
    return [*results, pickle.loads(sent)]  # noqa: S301 - our own words


def _cores() -> int:
    """How many cores are ours; one where the system does not say."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def _filled(tokens: Iterable[int]) -> int:
    """A pipe that holds one byte a token, and then ends."""
    reading, writing = os.pipe()
    os.write(writing, bytes(tokens))
    os.close(writing)
    return reading


def _taken(portions: Sequence[Sequence[T]], tokens: int, taken: list[int]) -> Iterator[Sequence[T]]:
    while token := os.read(tokens, 1):
        taken.append(token[0])
        yield portions[token[0]]


def _be_the_other(writing: int, work: Callable[[], object]) -> None:
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
