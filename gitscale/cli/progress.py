"""A bar on the terminal for what takes longer than half a second; it is gone when the answer is there."""

import time
from collections.abc import Callable
from typing import TextIO

_PATIENCE = 0.5
_WIDTH = 30


class Bar:
    """Draws over its own line."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream, self._clock = stream, clock
        self._began: float | None = None
        self._drawn = False

    def show(self, done: int, of: int) -> None:
        """So much of so much is done; with all of it the line is cleared, ready for the next."""
        now = self._clock()
        self._began = now if self._began is None else self._began
        if done >= of:
            if self._drawn:
                self._write("")
            self._began, self._drawn = None, False
        elif now - self._began > _PATIENCE:
            self._drawn = True
            filled = _WIDTH * done // of
            self._write(f"[{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{of}")

    def _write(self, text: str) -> None:
        self._stream.write(f"\r\x1b[K{text}")
        self._stream.flush()
