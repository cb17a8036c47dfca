"""Numbers as people write and say them: `20`, `1,000`, `50x`, `0.2%`, `twenty five`, `two and a half`, with their unit."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

_UNITS: Mapping[str, str] = {
    "%": "%", "percent": "%", "percents": "%", "x": "x", "times": "x", "fold": "x", "bps": "bps", "bp": "bps",
    "basis": "bps", "pips": "?", "usd": "$", "usdt": "$", "dollars": "$", "dollar": "$", "bucks": "$", "$": "$", "k": "?",
}  # fmt: skip
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_SMALL = {word: value for value, word in enumerate(f"{_ONES} eighteen nineteen".split())}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
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
    taken, found = _written(words[0])
    if found is None:
        taken, value = _spoken(words)
        if value is None:
            return 0, None
        found = Number(value)
    if not found.unit and taken < len(words):
        rest = [word for word in words[taken : taken + 2]]
        if rest[:1] == ["a"] and rest[1:] and rest[1] in ("percent", "%"):  # half a percent
            return taken + 2, found._replace(unit="%")
        if unit := _UNITS.get(rest[0]):
            return taken + 1 + (rest == ["basis", "points"] or rest == ["basis", "point"]), found._replace(unit=unit)
    return taken, found


def _written(word: str) -> tuple[int, Number | None]:
    match = _DIGITS.fullmatch(word)
    if match is None:
        return 0, None
    digits, unit = match["digits"], "$" if match["money"] else _UNITS.get(match["unit"], "?" if match["unit"] else "")
    if not (_PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)):
        return 1, Number(None, unit)
    return 1, Number(Decimal(match["sign"].replace("+", "") + digits.replace(",", "")), unit)


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
        elif word == "hundred" and some and 0 < total < 10:
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
