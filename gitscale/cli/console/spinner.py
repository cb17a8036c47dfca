"""A sign that turns while something takes longer than one waits without wondering."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import TextIO

_PATIENCE = 0.5
_TURN = 0.1


@contextmanager
def spinning(stream: TextIO) -> Iterator[None]:
    """Turns after half a second, and leaves nothing behind."""
    done = threading.Event()
    thread = threading.Thread(target=_turn, args=(stream, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _turn(stream: TextIO, done: threading.Event) -> None:
    if done.wait(_PATIENCE):
        return
    for sign in cycle("|/-\\"):
        stream.write(f"\r{sign} working; Ctrl-C interrupts")
        stream.flush()
        if done.wait(_TURN):
            break
    stream.write("\r\x1b[K")
    stream.flush()
