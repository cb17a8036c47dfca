"""The fast path: reads the everyday shape of a config line by line, or declines.

It knows block mappings and lists, one-line flow lists, plain and simply quoted scalars, and comments. Whatever
else a file holds, right or wrong, is left to `exact`, so accepting here means the exact path reads the same.
Most lines of a fleet are repeated in it, so what a line means is remembered.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, cast

from gitscale.documents import scalars, secrets
from gitscale.documents.limits import MAX_VALUES

_DEEPEST = 16
_REMEMBERED = 20_000

# beyond ASCII: neither what cannot be seen nor what ends a line for some readers
_FOREIGN = "\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff"
_COMMENT = r"#[^\x00-\x08\x0a-\x1f\x7f]*+"
_BARE = r"[A-Za-z][A-Za-z0-9 _./()+@%-]*(?::(?=[A-Za-z0-9])[A-Za-z0-9 _./()+@%-]*)*(?<! )"
_ATOM = rf"-?(?:0|[1-9][0-9]{{0,14}})(?:\.[0-9]{{1,15}})?|[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_BARE}"
# in block context a comma is text, and so is what begins like a number and goes on otherwise: `resolve` tells
_PROSE = r"[A-Za-z0-9][A-Za-z0-9 _./()+@%,-]*(?::(?=[A-Za-z0-9])[A-Za-z0-9 _./()+@%,-]*)*(?<! )"
_QUOTED = r"\"[ !#-\[\]-~]*\"|'[ -&(-~]*'"
_VALUE = rf"{_PROSE}|{_ATOM}|{_QUOTED}|\[(?:(?:{_ATOM})(?:, ?(?:{_ATOM}))*)?\]|\{{\}}"
# runs of spaces are never tried twice (*+): a hostile line costs no more than its length
_KEY = r"([A-Za-z_][A-Za-z0-9_ -]{0,119}+):(?= |$)"
_LINE = re.compile(rf"( *+)(- )?(?:{_KEY})?(?: *+({_VALUE}))? *+(?:(?<![^ ]){_COMMENT})?$")


class Declined(Exception):
    """The text is not of the everyday shape; the exact path decides."""


class Line(NamedTuple):
    """What one line says: an item of a list, a pair, or both; `value` is None where the line has none."""

    indent: int
    item: bool
    key: str | None
    value: Any


def parse(text: str) -> dict[str, Any]:
    """The document as plain values.

    Raises:
        Declined: where the exact path must decide.
    """
    builder = _Builder()
    pairs, indent = builder.pairs, builder.indent
    for raw in lines(text):
        line = _known.get(raw, _UNSEEN)
        if line is _UNSEEN:
            line = _remember(raw)
        if line is None:
            continue
        at, item, key, value = line
        # the usual line, one more pair of the mapping at hand, is placed here; all others by the builder
        if at == indent and not item and value is not None and key not in pairs:
            pairs[key] = value if type(value) not in _MUTABLE else value.copy()
        else:
            builder.place(line)
            pairs, indent = builder.pairs, builder.indent
    return builder.done()


def lines(text: str) -> list[str]:
    """The lines of a text, of which none ends in the middle for some readers, and which are not too many.

    Raises:
        Declined: where the exact path must decide.
    """
    if 4 * (text.count("\n") + 1) + text.count(",") > MAX_VALUES or text.endswith("\r"):
        raise Declined
    if not text.isascii() and not _foreign().match(text):
        raise Declined
    return text.split("\n")


@lru_cache
def _foreign() -> re.Pattern[str]:
    """Texts with no sign that is refused; large classes take long to compile, and most files are plain ASCII."""
    return re.compile(rf"[\x00-\x7f{_FOREIGN}]*+\Z")


def locate(text: str, keys: Sequence[str | int]) -> tuple[int, int] | None:
    """Where, in a text that `parse` reads, the one-line value under nested keys stands; else None."""
    wanted, start = tuple(keys), 0
    above: list[tuple[int, str | None]] = []  # the pairs around this line; None stands for an item of a list
    for raw in text.split("\n"):
        match = _LINE.match(raw.removesuffix("\r"))
        if match is None:
            return None
        spaces, dash, key, value = match.groups()
        if key is not None or dash:
            while above and above[-1][0] >= len(spaces):
                above.pop()
            above.append((len(spaces), None if dash else key))
            if value is not None and tuple(name for _, name in above) == wanted:
                return start + match.start(4), start + match.end(4)
        start += len(raw) + 1
    return None


class _Builder:
    """The document so far: a stack of open mappings and lists, each with the column its entries stand in.

    `pairs` is the mapping at hand, at column `indent`; while a list or a key without its value is at hand,
    `indent` is -1. `hanging` is such a key, with the mapping it belongs to and that one's column.
    """

    def __init__(self) -> None:
        self._root: dict[str | None, Any] = {}
        self._stack: list[tuple[int, Any]] = [(0, self._root)]
        self._hanging: tuple[dict[str | None, Any], str, int] | None = None
        self.pairs, self.indent = self._root, 0

    def done(self) -> dict[str, Any]:
        if self._hanging is not None or not self._root:
            raise Declined
        return cast("dict[str, Any]", self._root)

    def place(self, line: Line) -> None:
        level, item, key, value = line
        container = self._opened(line) if self._hanging is not None else self._open(line)
        if item:
            self.indent = -1
            if key is None:
                container.append(value if type(value) not in _MUTABLE else value.copy())
                return
            container.append({})
            level, container = level + 2, container[-1]
            self._stack.append((level, container))
        if key is None or key in container:
            raise Declined
        if value is None:
            self._hanging, self.indent = (container, key, level), -1
        else:
            container[key] = value if type(value) not in _MUTABLE else value.copy()
            self.pairs, self.indent = container, level

    def _opened(self, line: Line) -> Any:
        """The mapping or list that the key before this line announced."""
        assert self._hanging is not None
        parent, key, above = self._hanging
        if line.indent < above + (not line.item) or len(self._stack) >= _DEEPEST:
            raise Declined
        container: Any = [] if line.item else {}
        parent[key] = container
        self._stack.append((line.indent, container))
        self._hanging = None
        return container

    def _open(self, line: Line) -> Any:
        """The open mapping or list this line belongs to; what stands further right is left."""
        stack, indent, item = self._stack, line.indent, line.item
        level, container = stack[-1]
        while len(stack) > 1 and (level > indent or (level == indent and not item and type(container) is list)):
            stack.pop()
            level, container = stack[-1]
        if level != indent or item != (type(container) is list):
            raise Declined
        return container


_MUTABLE = (list, dict)
_LONGEST_WORD = len("false")  # what is longer and begins with a letter has one reading
_UNSEEN = Line(-1, False, None, None)
_known: dict[str, Line | None] = {}


# the usual form of what each file has of its own; longer words have one reading, shorter ones are no secrets
OWN = re.compile(r"(name|account): ([a-z][a-z0-9-]{5,30})")
TRADED = re.compile(r"symbols: \[((?:[A-Z]{2,10}/USD[CT]:USD[CT], )*[A-Z]{2,10}/USD[CT]:USD[CT])\]")


def is_prose(raw: str) -> bool:
    """Whether a line is only a comment of everyday letters: it means nothing, and is rarely repeated."""
    return raw[:1] == "#" and raw.isascii() and raw.isprintable()


def _remember(raw: str) -> Line | None:
    if is_prose(raw):
        return None
    if own := OWN.fullmatch(raw):
        return Line(0, False, own[1], own[2])
    if own := TRADED.fullmatch(raw):
        return Line(0, False, "symbols", own[1].split(", "))
    line = scan(raw)
    if len(_known) < _REMEMBERED:
        _known[raw] = line
    return line


def scan(raw: str) -> Line | None:
    """One line without its break; None when it is blank or only a comment.

    Raises:
        Declined: where the exact path must decide.
    """
    match = _LINE.match(raw[:-1] if raw.endswith("\r") else raw)
    if match is None:
        raise Declined
    spaces, dash, key, text = match.groups()
    if key is None:
        if text is None and not dash:
            return None
        if text is None or not dash:
            raise Declined
    secret = key is not None and _names_secret(key)
    value = None if text is None else _value(text)
    if secret and value is None:
        raise Declined
    for part in value if type(value) is list else (value,):
        if type(part) is str and (secret or secrets.secret_shape(part)) and secrets.looks_secret(key or "", part):
            raise Declined
    return Line(len(spaces), bool(dash), key, value)


@lru_cache(_REMEMBERED)
def _names_secret(key: str) -> bool:
    """Whether a key names a credential.

    Raises:
        Declined: it is no key that reads as plain text.
    """
    if key.endswith(" ") or _unclear(key):
        raise Declined
    return secrets.secret_key(key)


def _unclear(key: str) -> bool:
    """Whether a key reads as anything but text."""
    try:
        return not isinstance(scalars.resolve(key), str)
    except scalars.Ambiguous:
        return True


def _value(text: str) -> Any:
    first = text[0]
    if first in "\"'":
        return text[1:-1]
    if first == "{":
        return {}
    if first == "[":
        return [_atom(item.strip(" ")) for item in text[1:-1].split(",")] if text != "[]" else []
    return _atom(text)


@lru_cache(_REMEMBERED)
def _atom(text: str) -> Any:
    if len(text) > _LONGEST_WORD and text[0].isalpha():
        return text
    try:
        return scalars.resolve(text)
    except scalars.Ambiguous:
        raise Declined from None
