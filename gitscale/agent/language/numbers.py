"""Numbers as people write and say them, with their unit: `1,000`, `50x`, `0.2%`, `twenty five`, `two and a half`."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from typing import NamedTuple

_UNITS: Mapping[str, str] = {
    "%": "%", "percent": "%", "pct": "%", "percents": "%", "prozent": "%", "x": "x", "times": "x", "fold": "x",
    "bps": "bps", "bp": "bps", "bips": "bps", "basis": "bps", "pips": "?", "k": "?",
    "ticks": "?", "tick": "?", "days": "?", "hours": "?", "hour": "?", "minutes": "?", "seconds": "?", "weeks": "?",
    "months": "?", "years": "?", "year": "?", "people": "?", "sol": "?", "btc": "?", "eth": "?", "xrp": "?",
    "euros": "?", "euro": "?", "eur": "?", "quid": "?", "pounds": "?", "m": "?", "thousand": "?", "million": "?",
    "billion": "?", "degrees": "?", "cm": "?",
    "$": "$", "usd": "$", "usdt": "$", "dollars": "$", "dollar": "$", "bucks": "$",
}  # fmt: skip
_SMALL = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_MANY = {"hundred": 100, "dozen": 12}
_PARTS = {
    "half": Decimal("0.5"), "quarter": Decimal("0.25"), "quarters": Decimal("0.25"), "fifth": Decimal("0.2"),
    "tenth": Decimal("0.1"), "tenths": Decimal("0.1"),
}  # fmt: skip
_DIGITS = re.compile(r"(?P<sign>[-+]?)(?P<money>\$?)(?P<digits>\d[\d.,]*?)[.,]?(?P<unit>[a-z%$]*)")
_PLAIN = re.compile(r"\d+(\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class Number(NamedTuple):
    """A value and its unit: `%`, `x`, `bps`, `$`, `?` for one that fits nothing here, or none. No value: unreadable."""

    value: Decimal | None
    unit: str = ""


def is_numeral(word: str) -> bool:
    """Whether a word is a number's, or a unit's."""
    return word in _UNITS or word in _SMALL or word in _TENS or word in _MANY or word in _PARTS


def number(words: Sequence[str]) -> tuple[int, Number | None]:
    """The number these words begin with and how many it takes; 0 and None where they begin with none."""
    if not words:
        return 0, None
    taken, found = _written(words[0])
    if found is None:
        taken, value = _spoken(words)
        if value is None:
            return 0, None
        found = Number(value)
    if not found.unit and taken < len(words):
        rest = list(words[taken : taken + 2])
        if unit := _UNITS.get(rest[0]):
            return taken + 1 + (rest in (["basis", "points"], ["basis", "point"])), found._replace(unit=unit)
    return taken, found


def _written(word: str) -> tuple[int, Number | None]:
    if word[:1] == "x" and word[1:].isdecimal():
        return 1, Number(Decimal(word[1:]), "x")
    match = _DIGITS.fullmatch(word)
    if match is None:
        return 0, None
    digits, unit = match["digits"], "$" if match["money"] else _UNITS.get(match["unit"], "?" if match["unit"] else "")
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return 1, Number(None, unit)
    if match["sign"] == "+":  # `+5` may mean more by five
        return 1, Number(None, unit)
    return 1, Number(Decimal(match["sign"] + digits.replace(",", "")), unit)


def _spoken(words: Sequence[str]) -> tuple[int, Decimal | None]:
    """`twenty five`, `a hundred`, `one hundred and twenty`, `two and a half`, `a quarter` of a percent."""
    taken, part = _fraction(words)
    if part is not None:
        return taken, part
    place, total, some = 0, 0, False
    if words[0] == "a" and words[1:2] and words[1] in _MANY:
        place, total, some = 2, _MANY[words[1]], True
    while place < len(words):
        word = words[place]
        if word in _SMALL and not (some and total % 10):
            total += _SMALL[word]
        elif word in _TENS and not (some and total % 100):
            total += _TENS[word]
        elif word in _MANY and some and 0 < total < 100:
            total *= _MANY[word]
        elif not (word == "and" and some and total >= 100 and _is_number(words[place + 1 : place + 2])):
            break
        place, some = place + 1, True
    if not some:
        return 0, None
    more, rest = _rest(words[place:])
    return place + more, Decimal(total) + rest


def _is_number(words: Sequence[str]) -> bool:
    return bool(words) and (words[0] in _SMALL or words[0] in _TENS)


def _fraction(words: Sequence[str]) -> tuple[int, Decimal | None]:
    """`half`, `a quarter`, `three quarters` before a unit: how many words, up to the unit."""
    counted = words[0] in _SMALL or words[0] == "a"
    part = _PARTS.get(words[counted]) if words[counted:] else None
    ahead = counted + 1
    while words[ahead : ahead + 1] and words[ahead] in ("of", "a"):
        ahead += 1
    if part is None or not words[ahead:] or words[ahead] not in _UNITS:
        return 0, None
    return ahead, part * _SMALL.get(words[0], 1)


def _rest(words: Sequence[str]) -> tuple[int, Decimal]:
    """What follows a whole number: `and a half`, `point five`."""
    if list(words[:2]) == ["and", "a"] and words[2:] and words[2] in _PARTS:
        return 3, _PARTS[words[2]]
    digits = takewhile(lambda word: _SMALL.get(word, 10) < 10, words[1:]) if list(words[:1]) == ["point"] else ()
    after = "".join(str(_SMALL[word]) for word in digits)
    return (1 + len(after), Decimal(f"0.{after}")) if after else (0, Decimal(0))
