"""Where quotes come from: one question, one dated answer; many questions at once."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from typing import Any, Literal, NamedTuple, Protocol

from gitscale.errors import Unavailable

Progress = Callable[[int, int], None]
Kind = Literal["markets", "tickers", "book", "candles", "tiers", "abilities"]

FRAMES_MS = {"1m": 60_000, "5m": 300_000, "15m": 900_000, "1h": 3_600_000, "1d": 86_400_000}
# as many questions may wait for their answers at once; the rate limit decides when each is asked
_AT_ONCE = 8


class Ask(NamedTuple):
    """A question: about the exchange, or about one symbol; candles are of a frame, and so many bars."""

    kind: Kind
    symbol: str = ""
    frame: str = ""
    bars: int = 0


class Answer(NamedTuple):
    """ccxt's unified structure, as JSON has it, and when it was received."""

    data: Any
    at: datetime


class Feed(Protocol):
    """What answers questions about one exchange."""

    def ask(self, question: Ask) -> Answer:
        """The answer.

        Raises:
            Unavailable: there is none, and why.
        """


def ask_all(feed: Feed, questions: Iterable[Ask], progress: Progress | None = None) -> dict[Ask, Answer | Unavailable]:
    """The answers to many questions, each of which may fail by itself; `progress` hears of every one."""
    found: dict[Ask, Answer | Unavailable] = {}
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="feed")
    try:
        asked = {pool.submit(_tried, feed, question): question for question in questions}
        for done in as_completed(asked):
            found[asked[done]] = done.result()
            if progress is not None:
                progress(len(found), len(asked))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # an interrupt does not wait for an exchange
    return found


def _tried(feed: Feed, question: Ask) -> Answer | Unavailable:
    try:
        return feed.ask(question)
    except Unavailable as error:
        return error
