"""Where quotes come from: one question, one dated answer; many questions at once."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Literal, NamedTuple, Protocol

from gitscale.errors import Unavailable

Progress = Callable[[int, int], None]
Kind = Literal["markets", "tickers", "book", "candles", "funding", "tiers", "abilities"]

FRAMES_MS = {"1m": 60_000, "5m": 300_000, "15m": 900_000, "1h": 3_600_000, "1d": 86_400_000}
# as many questions may wait for their answers at once; the rate limit decides when each is asked
_AT_ONCE = 8


class Ask(NamedTuple):
    """A question: about the exchange, or about one symbol; candles are of a frame, and so many bars.

    The newest bars are meant, or with `since`, in ms, those from there on.
    """

    kind: Kind
    symbol: str = ""
    frame: str = ""
    bars: int = 0
    since: int = 0

    @property
    def until(self) -> int:
        """Where the bars from `since` on end, in ms."""
        return self.since + self.bars * FRAMES_MS[self.frame]


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
    """The answers to many different questions, each of which may fail by itself; `progress` hears of every one."""
    todo: SimpleQueue[Ask] = SimpleQueue()
    answered: SimpleQueue[tuple[Ask, Answer | Exception]] = SimpleQueue()
    for question in questions:
        todo.put(question)
    count, found = todo.qsize(), dict[Ask, Answer | Unavailable]()
    for _ in range(min(_AT_ONCE, count)):
        # as daemons they do not keep an interrupted process waiting for an exchange
        Thread(target=_work, args=(feed, todo, answered), daemon=True).start()
    while len(found) < count:
        question, answer = answered.get()
        if not isinstance(answer, Answer | Unavailable):
            raise answer
        found[question] = answer
        if progress is not None:
            progress(len(found), count)
    return found


def _work(feed: Feed, todo: "SimpleQueue[Ask]", answered: "SimpleQueue[tuple[Ask, Answer | Exception]]") -> None:
    """Ask what is left to ask; whatever comes of it is the asker's to judge."""
    with suppress(Empty):
        while True:
            question = todo.get_nowait()
            try:
                answered.put((question, feed.ask(question)))
            except Exception as error:
                answered.put((question, error))
