"""What a reply is made of: literal values, which `render` makes text and Markdown of.

Nothing here is clean or aligned: that is the renderers' work, so foreign text goes into a block as it is.
"""

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

Tone = Literal["plain", "strong", "good", "warning", "bad", "dim"]


class Toned(NamedTuple):
    """A piece of text that stands out, or back."""

    text: str
    tone: Tone


# pieces within one line; several of them follow each other without a blank
Phrase = str | Toned | Sequence[str | Toned]


class Heading(NamedTuple):
    """A title, strong as a whole."""

    text: str


class Line(NamedTuple):
    """A line of its own, `depth` steps below the one it belongs to; an empty one sets apart."""

    phrase: Phrase = ""
    depth: int = 0


class Item(NamedTuple):
    """One point of a list."""

    phrase: Phrase


class Facts(NamedTuple):
    """Labels and what they stand for, one row each."""

    rows: Sequence[tuple[str, Phrase]]


class Table(NamedTuple):
    """Rows under a head, which may be empty; `right` are the columns of figures."""

    head: Sequence[str]
    rows: Sequence[Sequence[Phrase]]
    right: Sequence[int] = ()


class Rule(NamedTuple):
    """A line across."""


class Page(NamedTuple):
    """A page of gitscale's own in Markdown, shown as it is written: never foreign text."""

    markdown: str


Block = Heading | Line | Item | Facts | Table | Rule | Page


def pieces(phrase: Phrase) -> Iterator[Toned]:
    """A phrase piece by piece, the untoned ones plain."""
    if isinstance(phrase, str):
        yield Toned(phrase, "plain")
    elif isinstance(phrase, Toned):
        yield phrase
    else:
        for piece in phrase:
            yield piece if isinstance(piece, Toned) else Toned(piece, "plain")
