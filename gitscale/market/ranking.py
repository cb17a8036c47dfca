"""The best symbols of an exchange for market making: the most traded ones, scored; and why the others are not there."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from gitscale.errors import Unavailable
from gitscale.market import quotes
from gitscale.market.feed import Answer, Ask, Feed, Progress, ask_all
from gitscale.market.quotes import Book, Market, Ticker
from gitscale.market.score import FRAME_MS, Quoted, Score, candles_of, score

# so many of the most traded symbols are looked at, or twice as many as are to be shown
CANDIDATES = 20


class LeftOut(NamedTuple):
    """A candidate without a score, and why."""

    symbol: str
    reason: str


class Ranking(NamedTuple):
    """Candidates by score; `oldest` is when the oldest of the answers was received that change by the minute."""

    scores: tuple[Score, ...]
    left_out: tuple[LeftOut, ...]
    oldest: datetime


class Wanted(NamedTuple):
    """How many are to be shown, one that has to be among the candidates, and the leverage where a market has none."""

    top: int
    symbol: str
    own_leverage: int


class _Day(NamedTuple):
    markets: Mapping[str, Market]
    tickers: Mapping[str, Ticker]
    at: datetime


def rank(feed: Feed, wanted: Wanted, progress: Progress | None = None) -> Ranking:
    """The ranking of an exchange.

    Raises:
        Unavailable: the exchange does not answer, or not one candidate could be looked at.
    """
    markets = quotes.markets(feed.ask(Ask("markets")).data)
    told = feed.ask(Ask("tickers"))
    day = _Day(markets, quotes.tickers(told.data, markets), told.at)
    symbols = _candidates(day, wanted)
    answers = ask_all(feed, [item for symbol in symbols for item in _questions(day, symbol)], progress)
    if answers and all(isinstance(item, Unavailable) for item in answers.values()):
        raise next(item for item in answers.values() if isinstance(item, Unavailable))
    scores, left_out = [], []
    for symbol in symbols:
        try:
            scores.append(_scored(day, symbol, answers, wanted.own_leverage))
        except Unavailable as error:
            left_out.append(LeftOut(symbol, error.message))
    dated = [item.at for item in answers.values() if isinstance(item, Answer)]
    best = sorted(scores, key=lambda item: (-item.value, item.symbol))
    return Ranking(tuple(best), tuple(left_out), min([told.at, *dated]))


def _candidates(day: _Day, wanted: Wanted) -> list[str]:
    most = sorted(day.tickers, key=lambda symbol: (-day.tickers[symbol].turnover, symbol))
    symbols = most[: max(CANDIDATES, 2 * wanted.top)]
    return symbols if not wanted.symbol or wanted.symbol in symbols else [*symbols, wanted.symbol]


def _questions(day: _Day, symbol: str) -> Iterable[Ask]:
    """Its candles; its book only where the tickers do not tell the best prices."""
    yield candles_of(symbol)
    if _told(day, symbol) is None:
        yield Ask("book", symbol)


def _told(day: _Day, symbol: str) -> Ticker | None:
    ticker = day.tickers.get(symbol)
    return None if ticker is None or ticker.bid is None or ticker.ask is None else ticker


def _scored(day: _Day, symbol: str, answers: Mapping[Ask, Answer | Unavailable], own_leverage: int) -> Score:
    candles = _given(answers[candles_of(symbol)])
    bars = quotes.closed_candles(candles.data, FRAME_MS, candles.at)
    return score(Quoted(day.markets[symbol], _book(day, symbol, answers), bars, candles.at, own_leverage))


def _book(day: _Day, symbol: str, answers: Mapping[Ask, Answer | Unavailable]) -> Book:
    ticker = _told(day, symbol)
    if ticker is not None:
        return quotes.book(ticker.bid, ticker.ask)
    return quotes.top_of_book(_given(answers[Ask("book", symbol)]).data)


def _given(answer: Answer | Unavailable) -> Answer:
    if isinstance(answer, Unavailable):
        raise answer
    return answer
