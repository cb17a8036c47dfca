"""An exchange's rate limit, kept by all threads together."""

import time
from collections.abc import Callable
from threading import Lock


class Limiter:
    """Hands out moments to ask at, at least `interval` seconds times the question's cost apart."""

    def __init__(
        self,
        interval: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._interval, self._clock, self._sleep = interval, clock, sleep
        self._lock = Lock()
        self._free = clock()

    def wait(self, cost: float | None = None) -> None:
        """Sleep until it is this caller's turn. ccxt's own throttle forgets that there are threads."""
        with self._lock:
            turn = max(self._free, self._clock())
            self._free = turn + self._interval * (1 if cost is None else cost)
        self._sleep(max(0.0, turn - self._clock()))

    def pause(self, seconds: float) -> None:
        """Nobody asks for a while: the exchange said that it was too much."""
        with self._lock:
            self._free = max(self._free, self._clock() + seconds)
