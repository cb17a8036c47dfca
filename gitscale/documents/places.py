"""Where in a file's text a value stands."""

from typing import NamedTuple

from gitscale.documents import fast
from gitscale.model.change import Keys


class Span(NamedTuple):
    """Line and columns, 1-based, in code points; `end_column` is one past the last sign, 0 if on another line."""

    line: int = 0
    column: int = 0
    end_column: int = 0


WHOLE_FILE = Span()


def span(path: str, text: str, keys: Keys) -> Span:
    """The place of the value at `keys`, or of the closest one around where it would be; else the whole file."""
    if not keys:
        return WHOLE_FILE
    found = fast.locate(text, keys)
    if found is None:
        from gitscale.documents import exact

        try:
            node = exact.compose(path, text).nearest(keys)
        except exact.Unreadable:
            return WHOLE_FILE
        found = node.start, node.end
    start, end = found
    begin = text.rfind("\n", 0, start) + 1
    column = start - begin + 1
    return Span(text.count("\n", 0, start) + 1, column, 0 if "\n" in text[start:end] else column + end - start)
