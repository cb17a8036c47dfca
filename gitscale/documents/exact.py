"""The exact path: ruamel.yaml's events become nodes with places, and everything that has two readings is refused."""

import re
from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from gitscale.documents import scalars
from gitscale.documents.limits import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES
from gitscale.documents.nodes import COLON, Node
from gitscale.errors import Problem

_FORBIDDEN = re.compile("\r(?!\n)|[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_BREAK = "a line break that only some readers see"
_NAMES = dict.fromkeys("\r\x85\u2028\u2029", _BREAK) | {"\ufeff": "a byte order mark", "\0": "a NUL character"}
# the reader's commonest complaints, in words of somebody who writes a config
_SYNTAX = {
    r"'\t'": ("a tab where YAML wants spaces", "replace it by spaces"),
    "'@'": ("a value cannot begin with @", "put it in quotes"),
    "'`'": ("a value cannot begin with `", "put it in quotes"),
    "'%'": ("a value cannot begin with %", "put it in quotes"),
    "mapping values are not allowed": (
        "a colon that cannot stand here",
        "put text with a colon in quotes; indent keys alike",
    ),
    "could not find expected ':'": ("a line without its colon", "write key: value, and indent what belongs to it"),
    "expected <block end>": ("does not fit the lines above", "check the quotes, and indent it as its neighbours are"),
    "expected '<document start>'": ("something behind the end of the document", "keep one document in a file"),
    "unexpected end of stream": ("quotes that are never closed", "close them"),
    "expected ',' or": ("a list or mapping whose bracket is never closed", "close it, or add the missing comma"),
}


class Unreadable(Exception):
    """The text is not one document of plain values; `problems` say where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


def decode(path: str, data: bytes) -> str:
    """The text of a file.

    Raises:
        Unreadable: not UTF-8, over 256 KiB, or with characters that readers disagree about or that cannot be seen.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable([Problem("GS009", f"more than the {MAX_BYTES} bytes that are read", path, 0, 0, "split it")])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        problem = Problem("GS001", "not UTF-8 text", path, line, column, "save the file as UTF-8")
        raise Unreadable([problem]) from None
    if found := _FORBIDDEN.search(text):
        line, column = _place(text, found.start())
        name = _NAMES.get(found[0], f"the control character U+{ord(found[0]):04X}")
        raise Unreadable([Problem("GS001", f"holds {name}", path, line, column, "remove it")])
    return text


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def compose(path: str, text: str) -> Node:
    """The document as nodes.

    Raises:
        Unreadable: with every problem found; a syntax error ends the search.
    """
    composer = _Composer(path, text)
    try:
        node = composer.document(_events(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = " ".join(str(error.problem or error.context or "not YAML").split())
        message, remedy = next((said for sign, said in _SYNTAX.items() if sign in reason), (reason, "mend the YAML"))
        composer.problems.append(Problem("GS001", message, path, line, column, remedy))
    if composer.problems:
        raise Unreadable(composer.problems)
    return node


def _events(text: str) -> Iterator[Event]:
    return iter(YAML(typ="safe", pure=True).parse(text))


class _Composer:
    """Builds nodes from events and collects what is refused on the way."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.values = 0

    def refuse(self, code: str, message: str, mark: Any, remedy: str) -> None:
        self.add(Problem(code, message, self.path, mark.line + 1, mark.column + 1, remedy))

    def add(self, problem: Problem) -> None:
        self.problems.append(problem)
        if len(self.problems) >= MAX_PROBLEMS:
            raise Unreadable(self.problems)

    def document(self, events: Iterator[Event]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self.refuse("GS001", "a second document", event.start_mark, "keep one document in a file")
                    raise Unreadable(self.problems)
                if event.version or event.tags:
                    self.refuse("GS001", "a YAML directive", event.start_mark, "remove the % line")
            elif isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)):
                root = self.node(event, events, 1)
        if root is None:
            problem = Problem("GS001", "the file is empty", self.path, 1, 1, "write the configuration, or remove it")
            raise Unreadable([*self.problems, problem])
        return root

    def node(self, event: Any, events: Iterator[Event], depth: int) -> Node:
        mark = event.start_mark
        if isinstance(event, AliasEvent):
            self.refuse("GS001", f"an alias, *{event.anchor}", mark, "write the value out")
        elif event.anchor:
            self.refuse("GS001", f"an anchor, &{event.anchor}", mark, "write the value out where it is used")
        tag = getattr(event, "tag", None)
        if tag:
            self.refuse("GS001", f"a tag, {tag}", mark, "remove it; quotes make text, digits make numbers")
        self.values += 1
        if self.values > MAX_VALUES:
            self.refuse("GS009", f"more than {MAX_VALUES} keys and values", mark, "split the file")
            raise Unreadable(self.problems)
        if depth > MAX_DEPTH and isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self.refuse("GS009", f"nested deeper than {MAX_DEPTH} levels", mark, "flatten it")
            raise Unreadable(self.problems)
        if isinstance(event, MappingStartEvent):
            return self.mapping(event, events, depth)
        if isinstance(event, SequenceStartEvent):
            return self.sequence(event, events, depth)
        return self.scalar(event)

    def scalar(self, event: Any) -> Node:
        start, end = event.start_mark, event.end_mark
        node = Node("scalar", start.index, end.index, start.line + 1, start.column + 1)
        if isinstance(event, AliasEvent):
            return node
        node.value = event.value
        if event.style is None and not event.tag:
            try:
                node.value = scalars.resolve(event.value)
            except scalars.Ambiguous as unclear:
                self.refuse("GS008", unclear.message, start, unclear.remedy)
        elif any("\ud800" <= sign <= "\udfff" for sign in event.value):
            self.refuse("GS001", "half of a character (a lone surrogate)", start, "write the character itself")
        elif "\0" in event.value:  # which no row in PostgreSQL can hold
            self.refuse("GS001", "holds a NUL character", start, "remove it")
        return node

    def sequence(self, event: Any, events: Iterator[Event], depth: int) -> Node:
        mark = event.start_mark
        node = Node("list", mark.index, mark.index, mark.line + 1, mark.column + 1, bool(event.flow_style))
        for below in events:
            if isinstance(below, SequenceEndEvent):
                node.end = below.end_mark.index if node.flow else node.end
                break
            node.items.append(self.node(below, events, depth + 1))
            node.end = node.items[-1].end
        return node

    def mapping(self, event: Any, events: Iterator[Event], depth: int) -> Node:
        mark = event.start_mark
        node = Node("mapping", mark.index, mark.index, mark.line + 1, mark.column + 1, bool(event.flow_style))
        if node.flow and self.text[node.start] not in "{!&":
            self.refuse("GS001", "a pair in a list without braces", mark, "put it in braces: {key: value}")
        for below in events:
            if isinstance(below, MappingEndEvent):
                node.end = below.end_mark.index if node.flow else node.end
                break
            key = self.node(below, events, depth + 1)
            if not COLON.match(self.text, key.end):
                self.refuse("GS001", "a key without its colon behind it", below.start_mark, "write key: value")
            value = self.value(key, next(events), events, depth + 1)
            node.end = max(key.end, value.end)
            self.pair(node, key, value)
        return node

    def value(self, key: Node, event: Any, events: Iterator[Event], depth: int) -> Node:
        """The node behind a key; nothing at all is told of the key, since the reader sees it only at what follows."""
        if isinstance(event, ScalarEvent) and not (event.value or event.style or event.tag or event.anchor):
            problem = f"{key.value} has no value"
            self.add(Problem("GS008", problem, self.path, key.line, key.column, "write a value, or remove the key"))
            return key
        return self.node(event, events, depth)

    def pair(self, node: Node, key: Node, value: Node) -> None:
        if key.kind == "scalar" and key.value is None:
            return  # an alias, refused already
        if not isinstance(key.value, str):
            name = "a mapping or list" if key.kind != "scalar" else scalars.write(key.value)
            problem = Problem(
                "GS008", f"the key {name} is not text", self.path, key.line, key.column, "put it in quotes"
            )
            self.add(problem)
        elif key.value in node.pairs:
            first = node.pairs[key.value][0].line
            message = f"{key.value} is given twice, first in line {first}"
            self.add(Problem("GS003", message, self.path, key.line, key.column, "keep one of them"))
        else:
            node.pairs[key.value] = (key, value)
