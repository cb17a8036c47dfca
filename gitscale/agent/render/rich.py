"""Blocks for a terminal of a given width: columns that fold where they are too wide, tones as colours."""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from gitscale.agent.blocks import Block, Facts, Heading, Item, Line, Phrase, Table, Tone, pieces
from gitscale.model.plain import line

_STYLES: dict[Tone, str] = {"strong": "bold", "good": "green", "warning": "yellow", "bad": "bold red", "dim": "dim"}
_STEP = 2


def folded(blocks: Sequence[Block], width: int, *, styled: bool) -> str:
    """The blocks as text that fits; unstyled it is without a single escape."""
    console = Console(
        file=StringIO(),
        width=max(width, 20),
        color_system="standard" if styled else None,
        force_terminal=styled,
        no_color=not styled,
        highlight=False,
        legacy_windows=False,
    )
    with console.capture() as held:
        for block in blocks:
            for part in _parts(block):
                console.print(part, soft_wrap=False)
    return "\n".join(row.rstrip() for row in held.get().splitlines())


def _parts(block: Block) -> Iterator[RenderableType]:
    match block:
        case Heading(title):
            yield Text(line(title), "bold")
        case Line(phrase, depth):
            yield Padding(_text(phrase), (0, 0, 0, _STEP * depth))
        case Item(phrase):
            yield _grid([("-", phrase)], (), 1)
        case Facts(rows):
            yield Padding(_grid(rows, (), _STEP), (0, 0, 0, _STEP))
        case Table(head, rows, right):
            yield _grid(rows, right, _STEP, head)
        case _:
            yield Rule(characters="-", style="dim")


def _grid(rows: Sequence[Sequence[Phrase]], right: Sequence[int], gap: int, head: Sequence[str] = ()) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, gap, 0, 0), show_header=bool(head), header_style="bold")
    for at in range(len(rows[0]) if rows else len(head)):
        title = line(head[at]) if head else ""
        grid.add_column(Text(title), justify="right" if at in right else "left", overflow="fold")
    for row in rows:
        grid.add_row(*map(_text, row))
    return grid


def _text(phrase: Phrase) -> Text:
    return Text.assemble(
        *((line(piece.text), _STYLES.get(piece.tone, "")) for piece in pieces(phrase)), overflow="fold"
    )
