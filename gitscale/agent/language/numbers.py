"""Numbers as people write and say them, with their unit: `1,000`, `50x`, `0.2%`, `twenty five`, `two and a half`."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

_UNITS: Mapping[str, str] = {
    "%": "%", "percent": "%", "percents": "%", "prozent": "%", "x": "x", "times": "x", "fold": "x",
    "bps": "bps", "bp": "bps", "bips": "bps", "basis": "bps", "pips": "?", "k": "?",
    "ticks": "?", "tick": "?", "days": "?", "hours": "?", "hour": "?", "minutes": "?", "seconds": "?", "weeks": "?",
    "months": "?", "years": "?", "year": "?", "people": "?", "coins": "?", "sol": "?", "btc": "?", "eth": "?", "xrp": "?",
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
_DIGITS = re.compile(r"(?P<sign>[-+]?)(?P<money>\$?)(?P<digits>\d[\d.,]*?)[.,]?(?P<unit>[a-z%$]*)")
_PLAIN = re.compile(r"\d+(\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


class Number(NamedTuple):
    """A value and its unit: `%`, `x`, `bps`, `$`, `?` for one that fits nothing here, or none. No value: unreadable."""

    value: Decimal | None
    unit: str = ""


def is_numeral(word: str) -> bool:
    """Whether a word is a number's, or a unit's."""
    return word in _UNITS or word in _SMALL or word in _TENS or word == "hundred"


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
        if rest[:1] == ["a"] and rest[1:] and rest[1] in ("percent", "%"):  # half a percent
            return taken + 2, found._replace(unit="%")
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
    """`twenty five`, `a hundred`, `one hundred and twenty`, `two and a half`, `half` before a unit."""
    if words[0] == "half" and words[1:2] and (words[1] in _UNITS or words[1:3] in (["a", "percent"], ["a", "%"])):
        return 1, Decimal("0.5")
    place, total, some = 0, 0, False
    if list(words[:2]) == ["a", "hundred"]:
        place, total, some = 2, 100, True
    while place < len(words):
        word = words[place]
        if word in _SMALL and not (some and total % 10):
            total += _SMALL[word]
        elif word in _TENS and not (some and total % 100):
            total += _TENS[word]
        elif word == "hundred" and some and 0 < total < 100:
            total *= 100
        elif (
            word == "and"
            and some
            and total >= 100
            and words[place + 1 : place + 2]
            and words[place + 1] in _TENS | _SMALL
        ):
            pass
        elif list(words[place : place + 3]) == ["and", "a", "half"] and some:
            return place + 3, Decimal(total) + Decimal("0.5")
        else:
            break
        place, some = place + 1, True
    return (place, Decimal(total)) if some else (0, None)
