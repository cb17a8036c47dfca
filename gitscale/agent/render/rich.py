"""Blocks for a terminal of a given width: columns that fold where they are too wide, tones as colours."""

from collections.abc import Iterator, Sequence
from io import StringIO

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text

from gitscale.agent.blocks import Block, Facts, Heading, Item, Line, Phrase, Table, Tone, pieces
from gitscale.agent.render.text import text
from gitscale.model.plain import display_width, line

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
    return "\n".join(_block(block, console, styled=styled) for block in blocks)


def _block(block: Block, console: Console, *, styled: bool) -> str:
    """What fits looks the same as plain text, which takes a tenth of the time."""
    plain = text((block,))
    if all(display_width(row) <= console.width for row in plain.split("\n")):
        return text((block,), styled=True) if styled else plain
    with console.capture() as held:
        for part in _parts(block, console.width):
            console.print(part)
    return "\n".join(row.rstrip() for row in held.get().splitlines())


def _parts(block: Block, width: int) -> Iterator[RenderableType]:
    match block:
        case Heading(title):
            yield Text(line(title), "bold")
        case Line(phrase, depth):
            yield Padding(_text(phrase), (0, 0, 0, _STEP * depth))
        case Item(phrase):
            yield _grid([("-", phrase)], (), 1)
        case Facts(rows):
            yield Padding(_grid(rows, (), _STEP), (0, 0, 0, _STEP))
        case Table():
            yield from _table(block, width)
        case _:
            yield Rule(characters="-", style="dim")


def _table(table: Table, width: int) -> Iterator[RenderableType]:
    """Columns beside each other; where their longest words do not fit, the rows one below the other."""
    rows = [[Text(line(name)) for name in table.head], *([_text(cell) for cell in row] for row in table.rows)]
    columns = [[cell.plain for cell in column] for column in zip(*filter(None, rows), strict=True)]
    widths = _fitted(columns, width - _STEP * len(columns))
    if widths or not table.head:
        yield _grid(table.rows, table.right, _STEP, [*zip(rows[0], widths, strict=False)])
        return
    for row in table.rows:
        yield _text(row[0])
        yield Padding(_grid([*zip(table.head, row, strict=True)][1:], (), _STEP), (0, 0, 0, _STEP))


def _fitted(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """The width of each column, the loosest one narrowed first; nothing where some word would be cut."""
    least = [max((cell_len(word) for cell in column for word in cell.split()), default=0) for column in columns]
    widths = [max(map(cell_len, column)) for column in columns]
    while sum(widths) > room:
        spare, at = max((wide - need, at) for at, (wide, need) in enumerate(zip(widths, least, strict=True)))
        if not spare:
            return []
        widths[at] -= 1
    return widths


def _grid(
    rows: Sequence[Sequence[Phrase]], right: Sequence[int], gap: int, head: Sequence[tuple[Text, int]] = ()
) -> Grid:
    grid = Grid(box=None, pad_edge=False, padding=(0, gap, 0, 0), show_header=bool(head), header_style="bold")
    for at in range(len(rows[0]) if rows else len(head)):
        title, width = head[at] if head else ("", None)
        grid.add_column(title, width=width, justify="right" if at in right else "left", overflow="fold")
    for row in rows:
        grid.add_row(*map(_text, row))
    return grid


def _text(phrase: Phrase) -> Text:
    return Text.assemble(
        *((line(piece.text), _STYLES.get(piece.tone, "")) for piece in pieces(phrase)), overflow="fold"
    )
