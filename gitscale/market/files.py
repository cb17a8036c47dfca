"""Candles and funding rates from CSV files: a head that names the columns, dates in ISO 8601 or in ms since 1970."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

from gitscale.errors import Refused
from gitscale.market.history import History
from gitscale.market.quotes import Candle

_TIMES = ("date", "timestamp", "time", "start")
_RATES = ("funding_rate", "fundingrate", "rate")
_DAY_MS = 86_400_000
_FEWEST = 50
_MEND = "mend the line, or leave it out"


class Source(NamedTuple):
    """A file's name and text."""

    name: str
    text: str


def history(candles: Source, funding: Source | None = None) -> History:
    """What two files hold; the frame is the usual distance of two candles.

    Raises:
        Refused: a text is no such file; the message names the line.
    """
    found = sorted(_candle(place, row) for place, row in _rows(candles, "open", "high", "low", "close"))
    starts = [bar.start for bar in found]
    if len(set(starts)) < max(len(starts), _FEWEST):
        told = f"{len(starts)} candles, of which {len(set(starts))} at different times"
        raise Refused(f"{candles.name} holds too little: {told}", f"give at least {_FEWEST}, one a time")
    frame = Counter(later - sooner for sooner, later in pairwise(starts)).most_common(1)[0][0]
    if _DAY_MS % frame:
        raise Refused(
            f"{candles.name}: candles of {frame / 60_000:g} minutes do not make a day", "give candles of 1 or 5 minutes"
        )
    rates = {_time(place, row): _rate(place, row) for place, row in _rows(funding)} if funding else {}
    return History(tuple(found), frame, rates)


def _rows(source: Source, *needed: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows with the place of each, by the names of the columns in lower case."""
    lines = csv.reader(source.text.splitlines())
    head = [name.strip().lower() for name in next(lines, [])]
    missing = [name for name in needed if name not in head]
    if missing or not any(name in head for name in _TIMES):
        raise Refused(
            f"{source.name}:1: no column {(missing or _TIMES)[0]!r}", "the head is date,open,high,low,close,volume"
        )
    for row in lines:
        if row:
            yield f"{source.name}:{lines.line_num}", dict(zip(head, row, strict=False))


def _candle(place: str, row: dict[str, str]) -> Candle:
    first, high, low, last = (_number(place, row.get(name, "")) for name in ("open", "high", "low", "close"))
    if not 0 < low <= min(first, last) <= max(first, last) <= high:
        raise Refused(f"{place}: no candle: open, high, low and close contradict each other", _MEND)
    return Candle(_time(place, row), first, high, low, last, 0)


def _rate(place: str, row: dict[str, str]) -> float:
    return _number(place, next((row[name] for name in _RATES if name in row), ""))


def _time(place: str, row: dict[str, str]) -> int:
    text = next((row[name] for name in _TIMES if name in row), "")
    try:
        if text.isdecimal():
            return int(text)
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refused(f"{place}: {text[:40]!r} is no date", "write 2026-11-23T12:00:00Z, or ms since 1970") from None
    return round((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp() * 1000)


def _number(place: str, text: str) -> float:
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise Refused(f"{place}: {text[:40]!r} is no number", _MEND)
    return found
