"""Blocks as plain text for a terminal or a pipe, coloured only when asked."""

from collections.abc import Iterator, Sequence

from gitscale.agent.blocks import Block, Facts, Heading, Item, Line, Page, Phrase, Table, Tone, Toned, pieces
from gitscale.model.plain import clean, display_width, line

_CODES: dict[Tone, str] = {"strong": "1", "good": "32", "warning": "33", "bad": "1;31", "dim": "2"}
_STEP = "  "


def text(blocks: Sequence[Block], *, styled: bool = False) -> str:
    """The blocks line by line; unstyled, not a single character of it steers a terminal or a build."""
    shown = "\n".join(row for block in blocks for row in _rows(block, styled=styled))
    return shown if styled else clean(shown)


def _rows(block: Block, *, styled: bool) -> Iterator[str]:
    match block:
        case Heading(title):
            yield _said(Toned(title, "strong"), styled=styled)
        case Line(phrase, depth):
            yield (_STEP * depth + _said(phrase, styled=styled)).rstrip()
        case Item(phrase):
            yield f"- {_said(phrase, styled=styled)}"
        case Facts(rows):
            yield from _columns(rows, (), _STEP, styled=styled)
        case Table(head, rows, right):
            titles = [[Toned(name, "strong") for name in head]] if head else []
            yield from _columns([*titles, *rows], right, "", styled=styled)
        case Page(page):
            yield from page.split("\n")
        case _:
            yield "---"


def _columns(rows: Sequence[Sequence[Phrase]], right: Sequence[int], indent: str, *, styled: bool) -> Iterator[str]:
    """Columns two blanks apart."""
    plain = [[_said(cell, styled=False) for cell in row] for row in rows]
    sizes = [[display_width(cell) for cell in row] for row in plain]
    widest = [max(column) for column in zip(*sizes, strict=True)]
    for at, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            blanks = " " * (widest[column] - sizes[at][column])
            said = plain[at][column] if isinstance(cell, str) else _said(cell, styled=styled)
            cells.append(blanks + said if column in right else said + blanks)
        yield f"{indent}{_STEP.join(cells)}".rstrip()


def _said(phrase: Phrase, *, styled: bool) -> str:
    if isinstance(phrase, str):
        return line(phrase)
    return "".join(_piece(piece, styled=styled) for piece in pieces(phrase))


def _piece(piece: Toned, *, styled: bool) -> str:
    shown = line(piece.text)
    return f"\x1b[{_CODES[piece.tone]}m{shown}\x1b[0m" if styled and shown and piece.tone in _CODES else shown
