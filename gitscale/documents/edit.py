"""Changes applied to YAML text by splicing spans: every byte outside the span stays as it is.

The everyday change, another value on a line of an everyday file, is found by `fast`; all others by `exact`, whose
import alone takes longer.
"""

import re
from collections.abc import Sequence
from functools import reduce
from operator import getitem
from typing import Any

from gitscale.documents import fast
from gitscale.documents.nodes import Node
from gitscale.documents.scalars import write
from gitscale.model.change import Append, Change, Drop, Put, apply_all

Splice = tuple[int, int, str]
_COLON = re.compile(r"[ \t]*:")


def edit(path: str, text: str, changes: Sequence[Change]) -> str:
    """The text after the changes, in order; `load(edit(text, changes))` is the changed value.

    Raises:
        exact.Unreadable: the text is not readable to begin with.
        KeyError: a Drop names what is not there.
    """
    everyday = _in_place(text, changes)
    if everyday is not None:
        return everyday
    before = _compose(path, text)
    result = text
    for change in changes:
        root = _compose(path, result) if result is not text else before
        for start, end, piece in sorted(_splices(result, root, change), reverse=True):
            result = result[:start] + piece + result[end:]
    after = _plain(path, result)
    if after != apply_all(changes, before.plain()):
        raise AssertionError(f"editing {path} did not give the value asked for: {changes}")
    return result


def _in_place(text: str, changes: Sequence[Change]) -> str | None:
    """The text with values put in the place of others; None where more than that is asked, or needs a closer look."""
    try:
        wanted: Any = fast.parse(text)
        for change in changes:
            span = fast.locate(text, change.keys) if isinstance(change, Put) else None
            if span is None or not isinstance(change, Put):
                return None
            old = reduce(getitem, change.keys, wanted)
            if old != change.value or type(old) is not type(change.value):
                text = text[: span[0]] + (change.source or write(change.value)) + text[span[1] :]
                change.apply(wanted)
        return text if fast.parse(text) == wanted else None
    except fast.Declined:
        return None


def source(path: str, text: str, keys: tuple[str | int, ...]) -> str | None:
    """How a one-line scalar or flow value is written in the text; None where it is anything else."""
    node = _compose(path, text).find(keys)
    if node is None or (node.kind != "scalar" and not node.flow):
        return None
    piece = text[node.start : node.end]
    return None if "\n" in piece else piece


def _compose(path: str, text: str) -> Node:
    from gitscale.documents import exact

    return exact.compose(path, text)


def _plain(path: str, text: str) -> Any:
    try:
        return fast.parse(text)
    except fast.Declined:
        return _compose(path, text).plain()


def _splices(text: str, root: Node, change: Change) -> list[Splice]:
    if isinstance(change, Drop):
        return _drop(text, root, change.keys)
    if isinstance(change, Append):
        return _append(text, root, change)
    node = root.find(change.keys)
    if node is None:
        depth = next(size for size in range(len(change.keys), -1, -1) if root.find(change.keys[:size]))
        parent, missing = root.find(change.keys[:depth]), change.keys[depth:]
        assert parent is not None
        return [_insert(text, parent, list(missing), change)]
    if node.plain() == change.value and type(node.plain()) is type(change.value):
        return []
    tail = _break(text) if text[node.end - 1 : node.end] == "\n" else ""
    return [(node.start, node.end, (change.source or write(change.value)) + tail)]


def _insert(text: str, parent: Node, missing: list[Any], change: Put) -> Splice:
    """A pair that is not there yet, with the mappings missing above it."""
    if parent.flow:
        value: Any = change.value
        for key in reversed(missing[1:]):
            value = {key: value}
        return _into_flow(parent, f"{write(missing[0])}: {write(value)}")
    lines, indent = [], parent.column - 1
    for depth, key in enumerate(missing[:-1]):
        lines.append(f"{' ' * (indent + 2 * depth)}{write(key)}:")
    last = " " * (indent + 2 * (len(missing) - 1))
    lines.append(f"{last}{write(missing[-1])}: {change.source or write(change.value)}")
    return _after(text, parent.end, lines)


def _append(text: str, root: Node, change: Append) -> list[Splice]:
    node = root.find(change.keys)
    above = root.find(change.keys[:-1])
    assert above is not None
    if node is None:
        lines = [f"{' ' * (above.column - 1)}{write(change.keys[-1])}:"]
        return [_after(text, above.end, lines + _item(" " * (above.column + 1), change.value))]
    if not node.flow:
        return [_after(text, node.end, _item(" " * (node.column - 1), change.value))]
    if node.items or above.flow or "\n" in text[node.start : node.end]:
        return [_into_flow(node, write(change.value))]
    # an empty [] in a block mapping becomes a block list, which stays readable as it grows
    blank = len(text[: node.start].rstrip(" "))
    return [(blank, node.end, ""), _after(text, node.end, _item(" " * (above.column + 1), change.value))]


def _item(indent: str, value: Any) -> list[str]:
    if not isinstance(value, dict) or not value:
        return [f"{indent}- {write(value)}"]
    pairs = [f"{write(key)}: {write(item)}" for key, item in value.items()]
    return [f"{indent}- {pairs[0]}", *(f"{indent}  {pair}" for pair in pairs[1:])]


def _into_flow(node: Node, piece: str) -> Splice:
    last = [*node.items, *(value for _, value in node.pairs.values())][-1:]
    at = last[0].end if last else node.start + 1
    return (at, at, f", {piece}" if last else piece)


def _after(text: str, end: int, lines: list[str]) -> Splice:
    """Whole lines behind the line in which `end` lies."""
    newline = _break(text)
    if text[end - 1 : end] == "\n":
        return (end, end, "".join(line + newline for line in lines))
    at = text.find("\n", end)
    if at < 0:
        return (len(text), len(text), "".join(newline + line for line in lines))
    at -= text[at - 1] == "\r"
    return (at, at, "".join(newline + line for line in lines))


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _drop(text: str, root: Node, keys: tuple[str | int, ...]) -> list[Splice]:
    parent, name = root.find(keys[:-1]), keys[-1]
    if parent is None or parent.child(name) is None:
        raise KeyError(".".join(map(str, keys)))
    spans = [(key.start, value.end) for key, value in parent.pairs.values()] or [
        (item.start, item.end) for item in parent.items
    ]
    index = name if isinstance(name, int) else list(parent.pairs).index(name)
    start, end = spans[index]
    if parent.flow:
        if index > 0:
            return [(spans[index - 1][1], end, "")]
        return [(start, spans[1][0] if len(spans) > 1 else end, "")]
    if len(spans) == 1 and len(keys) > 1:
        return _empty(text, root, keys[:-1], end)
    first = text.rfind("\n", 0, start) + 1
    if parent.kind == "mapping" and text[first:start].strip(" "):  # `- key: value`: the dash stays for the next key
        following = spans[index + 1][0]
        return [(start, following, "")]
    return [_lines(text, first, end)]


def _lines(text: str, first: int, end: int) -> Splice:
    last = text.find("\n", end - 1 if text[end - 1 : end] == "\n" else end)
    if last >= 0:
        return (first, last + 1, "")
    before = max(first - 1, 0)
    return (before - (text[before - 1 : before] == "\r"), len(text), "")


def _empty(text: str, root: Node, keys: tuple[str | int, ...], end: int) -> list[Splice]:
    """The collection at `keys` loses its only entry: it becomes {} or [] behind its key."""
    node, above, name = root.find(keys), root.find(keys[:-1]), keys[-1]
    assert node is not None
    assert above is not None
    sign = "{}" if node.kind == "mapping" else "[]"
    if isinstance(name, int) or text[: node.start].rfind("\n") < above.pairs[name][0].end:
        return [(node.start, node.end, sign)]
    colon = _COLON.match(text, above.pairs[name][0].end)
    assert colon is not None
    first = text.rfind("\n", 0, node.start) + 1
    return [(colon.end(), colon.end(), f" {sign}"), _lines(text, first, end)]
