"""The one way to read an unquoted scalar, and how a value is written back.

A word that two YAML readers would take for two things is refused, never guessed.
"""

import json
import re
from decimal import Decimal
from math import isfinite

from gitscale.model.numbers import Scalar, spell

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")
# JSON readers hold numbers as doubles: beyond this an integer silently becomes another one (RFC 7493)
LARGEST_INTEGER = 2**53 - 1
# fifteen digits and a point always survive the way into a double and back
_SURE = 16

_WORDS = re.compile(r"(?:y|yes|n|no|on|off|true|false|null|~|)\Z", re.IGNORECASE)
_NUMERIC = re.compile(
    r"""[-+]?(?:
        0[xob][0-9a-fA-F_]+
        | \.(?:inf|nan)
        | [0-9][0-9_]*(?::[0-9]{1,2})+(?:\.[0-9_]*)?
        | (?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:e[-+]?[0-9]+)?
    )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE = re.compile(r"[A-Za-z](?:[A-Za-z0-9 _./()+@%-]|:(?=[A-Za-z0-9]))*\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


class Ambiguous(ValueError):
    """An unquoted scalar with more than one reading; `remedy` says how to write what is meant."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar: a number, true or false, else text.

    Raises:
        Ambiguous: for null, yes/no/on/off, and every spelling of a number but the plain decimal one.
    """
    if NUMBER.match(text):
        return number(text)
    if text in ("true", "false"):
        return text == "true"
    if _WORDS.match(text):
        if text.lower() in ("", "~", "null"):
            raise Ambiguous(f"{text} is no value".lstrip(), "write a value, or remove the key")
        raise Ambiguous(
            f"{text} is read as a boolean by some and as text by others",
            f'put it in quotes for text: "{text}"; for a switch write true or false',
        )
    if _NUMERIC.match(text):
        raise Ambiguous(
            f"{text} is read as different numbers by different readers",
            f'write a plain decimal number, or "{text}" for text',
        )
    if text in ("<<", "="):
        raise Ambiguous(f"{text} is a merge or value key, which is not supported", "write the keys out")
    return text


def number(text: str) -> int | float:
    """The number a plain decimal spells.

    Raises:
        Ambiguous: beyond what a JSON reader keeps exactly.
    """
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    if "." not in text:
        if len(text) <= 17 and abs(int(text)) <= LARGEST_INTEGER:
            return int(text)
    elif isfinite(value := float(text)):
        if len(text) > _SURE and Decimal(text) != Decimal(repr(value)):
            raise Ambiguous(f"{shown} has more digits than readers keep", f"write {spell(value)}, or put it in quotes")
        return value + 0.0  # -0.0 becomes 0.0
    raise Ambiguous(f"{shown} is too large to be read exactly everywhere", "put it in quotes")


def write(value: object) -> str:
    """A value as YAML on one line, flow style for lists and mappings; reading it gives the value back."""
    if isinstance(value, list):
        return "[" + ", ".join(write(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{write(key)}: {write(item)}" for key, item in value.items()) + "}"
    if not isinstance(value, str):
        return spell(value)
    plain = (_BARE.match(value) and not value.endswith(" ") and not _WORDS.match(value)) or _DATE.match(value)
    return value if plain else "".join(map(_escaped, json.dumps(value, ensure_ascii=False)))


def _escaped(sign: str) -> str:
    """What cannot be seen is written as its number; everything else stands as it is."""
    if sign.isprintable():
        return sign
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
