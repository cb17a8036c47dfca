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
from gitscale.documents.nodes import COLON, Node
from gitscale.documents.scalars import write
from gitscale.model.change import Append, Change, Drop, Put, apply_all, same

Splice = tuple[int, int, str]
_COMMA = re.compile(r"(?:\s|#[^\n]*\n)*,")


def edit(path: str, text: str, changes: Sequence[Change]) -> str:
    """The text after the changes, in order; `load(edit(text, changes))` is the changed value.

    Raises:
        exact.Unreadable: the text is not readable to begin with.
        KeyError: a change names what is not there.
    """
    everyday = _in_place(text, changes)
    if everyday is not None:
        return everyday
    before = _compose(path, text)
    wanted = apply_all(changes, before.plain())
    result = text
    for change in changes:
        root = _compose(path, result) if result is not text else before
        for start, end, piece in sorted(_splices(result, root, change), reverse=True):
            result = result[:start] + piece + result[end:]
    if not same(_plain(path, result), wanted):
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
    piece = change.source or write(change.value)
    if node.kind != "scalar" and not node.flow:
        return _flatten(text, root, change.keys, piece)
    return [(node.start, _visible(text, node.end), piece)]


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
    if node is None and above.flow:
        return [_insert(text, above, [change.keys[-1]], Put(change.keys, [change.value]))]
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
    spans = _entries(text, parent)
    index = name if isinstance(name, int) else list(parent.pairs).index(name)
    start, end = spans[index]
    if parent.flow:
        return [_drop_from_flow(text, parent, spans, index)]
    if len(spans) == 1:
        return _flatten(text, root, keys[:-1], "{}" if parent.kind == "mapping" else "[]")
    first = text.rfind("\n", 0, start) + 1
    if not text[first:start].strip(" "):
        return [_lines(text, first, end)]
    # behind a dash, as in `- key: value`: the next entry moves up, unless it has a comment of its own
    following, line_end = spans[index + 1][0], text.find("\n", _visible(text, end))
    return [(start, line_end if "#" in text[line_end:following] else following, "")]


def _entries(text: str, parent: Node) -> list[tuple[int, int]]:
    """Where each entry of a collection begins and ends; in a block list it begins with its dash."""
    if parent.kind == "mapping":
        return [(key.start, value.end) for key, value in parent.pairs.values()]
    if parent.flow:
        return [(item.start, item.end) for item in parent.items]
    dash, found = re.compile(rf"^ {{{parent.column - 1}}}-", re.MULTILINE), [(parent.start, parent.items[0].end)]
    for item in parent.items[1:]:
        match = dash.search(text, found[-1][1])
        assert match is not None
        found.append((match.end() - 1, item.end))
    return found


def _drop_from_flow(text: str, parent: Node, spans: list[tuple[int, int]], index: int) -> Splice:
    if len(spans) == 1:
        return (parent.start + 1, parent.end - 1, "")
    start, end = spans[index]
    if index + 1 < len(spans):
        return (start, spans[index + 1][0], "")
    before = spans[index - 1][1]
    if "#" not in text[before:start]:
        return (before, end, "")
    # the comment belongs to the entry before: it stays, and so does that entry's comma
    comma = _COMMA.match(text, end)
    return (start, comma.end() if comma else end, "")


def _lines(text: str, first: int, end: int) -> Splice:
    last = text.find("\n", end - 1 if text[end - 1 : end] == "\n" else end)
    if last >= 0:
        return (first, last + 1, "")
    before = max(first - 1, 0)
    return (before - (text[before - 1 : before] == "\r"), len(text), "")


def _flatten(text: str, root: Node, keys: tuple[str | int, ...], piece: str) -> list[Splice]:
    """The block collection at `keys` gives way to `piece`, which stands on its key's line."""
    node, above, name = root.find(keys), root.find(keys[:-1]), keys[-1] if keys else 0
    assert node is not None
    assert above is not None
    if isinstance(name, int):
        return [(node.start, _visible(text, node.end), piece)]
    colon = COLON.match(text, above.pairs[name][0].end)
    assert colon is not None
    first = text.rfind("\n", 0, node.start) + 1
    return [(colon.end(), colon.end(), f" {piece}"), _lines(text, first, node.end)]


def _visible(text: str, end: int) -> int:
    """The end without the line breaks that belong to a block scalar."""
    return len(text[:end].rstrip("\r\n"))
