"""A week of one-minute candles and the funding of that time: page by page, so that a page that is over is kept."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from gitscale.errors import Unavailable
from gitscale.market import quotes
from gitscale.market.feed import FRAMES_MS, Answer, Ask, Feed, Progress, ask_all
from gitscale.market.quotes import Candle

FRAME = "1m"
DAYS = 7
# the most that an exchange gives of the past at once; the others give as much at least
_BARS = {"bybit": 1000, "binanceusdm": 1000, "hyperliquid": 1000, "bitget": 200}
_FEWEST_BARS = 100
# where the past ends sooner than a week ago, in bars
_KEPT_BARS = {"hyperliquid": 5000}
# what falls due in a week where it does so every hour
_RATES = DAYS * 24
_LEAST_MS = 86_400_000


class History(NamedTuple):
    """Closed candles, oldest first; funding rates as fractions by the ms they fell due, empty where not known."""

    candles: tuple[Candle, ...]
    frame_ms: int
    funding: Mapping[int, float]


def pages(exchange: str, symbol: str, now: datetime) -> list[Ask]:
    """The questions for the last week, or for as much of it as the exchange keeps."""
    bars = _BARS.get(exchange, _FEWEST_BARS)
    page = bars * FRAMES_MS[FRAME]
    week = DAYS * _LEAST_MS // FRAMES_MS[FRAME]
    kept = min(week, _KEPT_BARS.get(exchange, week))
    last = int(now.timestamp() * 1000) // page * page
    return [Ask("candles", symbol, FRAME, bars, last - step * page) for step in range(kept // bars, -1, -1)]


def history(feed: Feed, symbol: str, questions: Iterable[Ask], progress: Progress | None = None) -> History:
    """What the pages hold; one that is missing leaves a gap.

    Raises:
        Unavailable: less than a day is known.
    """
    wanted = [*questions, Ask("funding", symbol, bars=_RATES)]
    answers = ask_all(feed, wanted, progress)
    found: dict[int, Candle] = {}
    for question, answer in answers.items():
        if question.kind == "candles" and isinstance(answer, Answer):
            found |= {bar.start: bar for bar in quotes.closed_candles(answer.data, FRAMES_MS[FRAME], answer.at)}
    if len(found) * FRAMES_MS[FRAME] < _LEAST_MS:
        failed = (item for question, item in answers.items() if question.kind == "candles")
        raise next(
            (item for item in failed if isinstance(item, Unavailable)),
            Unavailable(f"less than a day of candles of {symbol} is known"),
        )
    rates = answers[wanted[-1]]
    funding = quotes.funding(rates.data) if isinstance(rates, Answer) else {}
    return History(tuple(found[start] for start in sorted(found)), FRAMES_MS[FRAME], funding)


def kept_pages(kept: Iterable[Ask]) -> list[Ask]:
    """Of all pages that a recording has of a symbol, those of the last week that it knows."""
    found = [item for item in kept if item.frame == FRAME]
    newest = max((item.since for item in found), default=0)
    return sorted(item for item in found if item.since > newest - DAYS * _LEAST_MS)
