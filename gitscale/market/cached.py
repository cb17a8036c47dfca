"""A feed that remembers: an answer is asked for again only when it is too old."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Protocol

from gitscale.errors import Unavailable
from gitscale.market import quotes
from gitscale.market.feed import FRAMES_MS, Answer, Ask, Feed
from gitscale.market.recording import Recording

_LASTS = {"markets": timedelta(days=1), "tiers": timedelta(days=1), "funding": timedelta(hours=1)}


class Asked(Feed, Protocol):
    """A feed that need not ask for the markets that somebody else knows."""

    def know(self, markets: Sequence[Mapping[str, Any]]) -> None:
        """The markets."""


class CachedFeed:
    """Markets and tiers hold for a day, candles until the next bar closes; `max_age` rules over all of it.

    Candles of a time that is over hold for ever. The exchange is made when it is first needed.
    """

    def __init__(
        self,
        kept: Recording,
        make: Callable[[], Asked],
        now: Callable[[], datetime],
        max_age: timedelta | None = None,
    ) -> None:
        self._kept, self._make, self._now, self._max_age = kept, make, now, max_age
        self._asked: Asked | None = None
        self._making = Lock()

    def ask(self, question: Ask) -> Answer:
        """A fresh answer, from wherever.

        Raises:
            Unavailable: the exchange gave none.
        """
        found = self._kept.find(question)
        if found is not None and self._fresh(question, found):
            with suppress(Unavailable):
                _check(question, found)
                return found
        answer = self._exchange(question).ask(question)
        _check(question, answer)
        self._kept.keep(question, answer)
        return answer

    def _exchange(self, question: Ask) -> Asked:
        with self._making:
            if self._asked is None:
                self._asked = self._make()
                listed = None if question.kind == "markets" else self._kept.find(Ask("markets"))
                if listed is not None and self._fresh(Ask("markets"), listed):
                    self._asked.know(listed.data)
            return self._asked

    def _fresh(self, question: Ask, answer: Answer) -> bool:
        now = self._now()
        age = now - answer.at
        if age < timedelta(0):
            return False
        if question.since and answer.at.timestamp() * 1000 >= question.until:
            return True  # those bars had closed: no later answer says more
        if self._max_age is not None:
            return age < self._max_age
        if question.kind == "candles":
            return _bar(now, question) == _bar(answer.at, question)
        return age <= _LASTS[question.kind] if question.kind in _LASTS else False


def _check(question: Ask, answer: Answer) -> None:
    """What says nothing is not kept: it would be believed for a while."""
    if question.kind == "markets":
        quotes.markets(answer.data)
    elif question.kind == "candles":
        if not quotes.closed_candles(answer.data, FRAMES_MS[question.frame], answer.at) and question.since:
            raise Unavailable(f"no candles of {question.symbol} from that time")
    elif question.kind == "funding":
        quotes.funding(answer.data)
    elif question.kind == "tiers":
        quotes.tiers(answer.data)


def _bar(at: datetime, question: Ask) -> int:
    """The number of the bar that a moment falls into."""
    return int(at.timestamp() * 1000) // FRAMES_MS[question.frame]
