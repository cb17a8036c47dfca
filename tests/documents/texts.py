"""Configs as people write them: values with YAML texts in every style that is read, and changes to them."""

import json
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from gitscale.documents import scalars
from gitscale.model.change import Append, Change, Drop, Keys, Put, apply_all, same

Draw = st.DrawFn
Edited = tuple[str, dict[str, Any], list[Change]]
PLAIN = ("main", "SOL/USDT:USDT", "BloFin v7 Long", "perp_mm", "2026-12-24", "a-b", "x(1)", "50%", "v1.2")
QUOTED = (
    "",
    " ",
    *"-?:",
    "true",
    "no",
    "12",
    "0x1F",
    "a: b",
    "# no comment",
    "- x",
    "it's",
    'say "hi"',
    "tab\there",
    "two\nlines",
)
ODD = (
    "äöü €",
    "語",
    "😀",
    "\u2028",
    "\x7f",
    "\x85",
    "{a}",
    "[b",
    "a,b",
    "*x",
    "&y",
    "!z",
    "%",
    "@",
    "`",
    "null",
    "~",
    "=",
    "<<",
)
NUMBERS = (0, 1, -1, 5, 75, 2**53 - 1, 1 - 2**53, 0.5, 11.25, -3.75, 0.1, 1000000.5, 100.0)
KEYS = ("name", "settings", "advanced", "leverage", "base_spread_bps", "a", "b", "c d", "x-y", "list", "note")
ODD_KEYS = ("true", "1", "a: b", "äö", "", "#", "it's", "- k", "no", "?", "two\nlines")

texts = st.sampled_from(PLAIN) | st.sampled_from(QUOTED) | st.sampled_from(ODD)
keys = st.sampled_from(KEYS) | st.sampled_from(KEYS) | st.sampled_from(ODD_KEYS)
leaves = st.sampled_from(NUMBERS) | st.booleans() | texts
values: st.SearchStrategy[Any] = st.recursive(
    leaves, lambda below: st.lists(below, max_size=4) | st.dictionaries(keys, below, max_size=4), max_leaves=12
)
roots = st.dictionaries(keys, values, min_size=1, max_size=6)


def is_plain(text: str) -> bool:
    """Whether a text can stand without quotes, in flow collections too."""
    return scalars.write(text) == text


@st.composite
def documents(draw: Draw) -> tuple[str, dict[str, Any]]:
    """A text and the value it stands for."""
    root = draw(roots)
    return draw(written(root)), root


@st.composite
def written(draw: Draw, root: dict[str, Any]) -> str:
    """A text that stands for a value."""
    flow = draw(st.integers(0, 9)) == 0
    lines = _filler(draw)
    if draw(st.integers(0, 5)) == 0:
        lines.append(draw(st.sampled_from(["---", "--- # here"])))
    body = [_flow(draw, root, 1)] if flow else _mapping(draw, root, draw(st.sampled_from([0, 0, 0, 2])))
    lines += body + _filler(draw)
    if draw(st.integers(0, 9)) == 0:
        lines.append("...")
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    ending = draw(st.sampled_from([newline, newline, newline * 3, ""]))
    return "\n".join(lines).replace("\n", newline) + ending


def _filler(draw: Draw) -> list[str]:
    return draw(st.lists(st.sampled_from(["", "# note", " # far: right", "#", "  ", "# ünïcode: [x"]), max_size=2))


def _tail(draw: Draw) -> str:
    return draw(st.sampled_from(["", "", "", " # why", "   #x: y", "  "]))


def _mapping(draw: Draw, value: dict[str, Any], indent: int) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        lines += _filler(draw)
        lines += _entry(draw, " " * indent + _key(draw, key), item, indent)
    return lines


def _key(draw: Draw, key: str) -> str:
    space = draw(st.sampled_from(["", "", "", " "]))
    return _word(draw, key) + space + ":"


def _entry(draw: Draw, head: str, item: Any, indent: int) -> list[str]:
    """Lines of one value behind `key:` or `-`."""
    if isinstance(item, (dict, list)) and item and draw(st.integers(0, 3)):
        deeper = indent + draw(st.sampled_from([2, 2, 4, 1]))
        if isinstance(item, dict):
            return [head + _tail(draw), *_mapping(draw, item, deeper)]
        flush = head.endswith(":") and draw(st.booleans())
        return [head + _tail(draw), *_list(draw, item, indent if flush else deeper)]
    if isinstance(item, str) and draw(st.integers(0, 3)) == 0 and _blockable(item):
        body = " " * (indent + 2) + item.rstrip("\n").replace("\n", "\n" + " " * (indent + 2))
        return [f"{head} |{'' if item.endswith(chr(10)) else '-'}", *body.split("\n")]
    gap = draw(st.sampled_from([" ", " ", " ", "   ", "\n" + " " * (indent + 3)]))
    return [head + gap + _flow(draw, item, indent + 1) + _tail(draw)]


def _blockable(text: str) -> bool:
    return bool(text.strip()) and text.isprintable() and text[0] not in " #" and not text.endswith(" ")


def _list(draw: Draw, items: list[Any], indent: int) -> list[str]:
    lines: list[str] = []
    for item in items:
        lines += _filler(draw)
        dash = " " * indent + "-"
        if isinstance(item, (dict, list)) and item and draw(st.booleans()):
            deeper = indent + 2
            below = _mapping(draw, item, deeper) if isinstance(item, dict) else _list(draw, item, deeper)
            first = next(at for at, line in enumerate(below) if line.strip() and not line.strip().startswith("#"))
            if first == 0:
                lines += [dash + below[0][indent + 1 :], *below[1:]]
                continue
        lines += _entry(draw, dash, item, indent)
    return lines


def _flow(draw: Draw, value: Any, indent: int) -> str:
    if isinstance(value, dict):
        pairs = [f"{_key(draw, key).replace(' :', ':')} {_flow(draw, item, indent)}" for key, item in value.items()]
        return _closed(draw, "{}", pairs, indent)
    if isinstance(value, list):
        return _closed(draw, "[]", [_flow(draw, item, indent) for item in value], indent)
    return _word(draw, value)


def _closed(draw: Draw, signs: str, parts: list[str], indent: int) -> str:
    gap = draw(st.sampled_from(["", "", " ", "\n" + " " * indent, " # in\n" + " " * indent]))
    comma = draw(st.sampled_from([", ", ", ", ",\n" + " " * indent, " , ", ", # in\n" + " " * indent]))
    last = draw(st.sampled_from(["", "", ","])) if parts else ""
    return signs[0] + gap + comma.join(parts) + last + gap + signs[1]


def _word(draw: Draw, value: Any) -> str:
    """One scalar in one of its spellings."""
    if not isinstance(value, str):
        text = scalars.write(value)
        return text + ".0" if isinstance(value, float) and "." not in text else text
    styles = ["double"]
    styles += ["plain", "plain"] if is_plain(value) else []
    styles += ["single"] if value.isprintable() else []
    match draw(st.sampled_from(styles)):
        case "plain":
            return value
        case "single":
            return "'" + value.replace("'", "''") + "'"
    astral = any(ord(sign) > 0xFFFF for sign in value)
    spelled = json.dumps(value, ensure_ascii=not astral)
    return spelled.replace("\x7f", "\\x7f")


@st.composite
def edits(draw: Draw, most: int = 3) -> Edited:
    """A document with changes that make sense one after the other."""
    text, root = draw(documents())
    changes: list[Change] = []
    now = root
    for _ in range(draw(st.integers(1, most))):
        changes.append(draw(_change(now)))
        now = apply_all(changes[-1:], now)
    return text, root, changes


@st.composite
def scalar_puts(draw: Draw) -> tuple[str, Put]:
    """A document and another scalar for one of its scalars."""
    text, root = draw(documents())
    found = [(keys, value) for keys, value in places(root) if not isinstance(value, (dict, list))]
    assume(found)
    keys, old = draw(st.sampled_from(found))
    return text, Put(keys, draw(leaves.filter(lambda new: not same(old, new))))


@st.composite
def pairs_of_values(draw: Draw) -> tuple[str, dict[str, Any], dict[str, Any]]:
    """A document, its value, and that value after some changes or another value altogether."""
    text, root, changes = draw(edits())
    return text, root, apply_all(changes, root) if draw(st.integers(0, 3)) else draw(roots)


def places(value: Any, above: Keys = ()) -> list[tuple[Keys, Any]]:
    """Everything in a value, with its keys."""
    found: list[tuple[Keys, Any]] = [(above, value)]
    if isinstance(value, dict):
        for key, item in value.items():
            found += places(item, (*above, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            found += places(item, (*above, index))
    return found


@st.composite
def _change(draw: Draw, root: dict[str, Any]) -> Change:
    found = places(root)
    mappings = [keys for keys, value in found if isinstance(value, dict)]
    lists = [keys for keys, value in found if isinstance(value, list)]
    inner = [keys for keys, _ in found if keys]
    kinds = ["new", "deep", "list"] + ["put", "put", "drop"] * bool(inner) + ["append", "append"] * bool(lists)
    match draw(st.sampled_from(kinds)):
        case "put":
            return Put(draw(st.sampled_from(inner)), draw(leaves | leaves | values))
        case "drop":
            return Drop(draw(st.sampled_from(inner)))
        case "append":
            return Append(draw(st.sampled_from([keys for keys in lists if keys])), draw(leaves | values))
        case "list":
            above = draw(st.sampled_from(mappings))
            return Append((*above, draw(st.sampled_from(["fresh", "no"])) + "-list"), draw(values))
        case "deep":
            above = draw(st.sampled_from(mappings))
            return Put((*above, "fresh", draw(st.sampled_from(["x", "1", "y z"]))), draw(values))
    above = draw(st.sampled_from(mappings))
    return Put((*above, draw(st.sampled_from(["fresh-key", "a: new", "12"]))), draw(values))
