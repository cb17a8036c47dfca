"""Blocks as Markdown that GitHub, a chat or a page may show: foreign text is text and nothing else."""

import re
from collections.abc import Iterator, Sequence

from gitscale.agent.blocks import Block, Facts, Heading, Item, Line, Page, Phrase, Rule, Table, Toned, pieces
from gitscale.model.plain import prose

_STRONG = ("strong", "bad")
# what makes a list or a title of the line that it begins
_OPENING = re.compile(r"^(?:[-+=>]|\d{1,9}[.)](?= |$))")


def markdown(blocks: Sequence[Block]) -> str:
    """The blocks, apart where Markdown would otherwise read one as part of its neighbour."""
    rows: list[str] = []
    before: Block | None = None
    for block in blocks:
        shown = list(_rows(block))
        if before is not None and shown not in ([], [""]) and rows[-1] and _apart(before, block):
            rows.append("")
        rows += shown
        before = block if shown else before
    return "\n".join(rows)


def _apart(before: Block, block: Block) -> bool:
    tables = isinstance(before, Table) or isinstance(block, Table)
    return tables or isinstance(block, (Rule, Page)) or (_listed(before) and not _listed(block))


def _listed(block: Block) -> bool:
    return isinstance(block, (Item, Facts)) or (isinstance(block, Line) and block.depth > 0)


def _rows(block: Block) -> Iterator[str]:
    match block:
        case Heading(title):
            yield _said(Toned(title, "strong"))
        case Line(phrase, 0):
            yield _said(phrase)
        case Line(phrase, depth):
            yield f"{'  ' * (depth - 1)}- {_said(phrase)}"
        case Item(phrase):
            yield f"- {_said(phrase)}"
        case Facts(rows):
            yield from (f"- {_said(Toned(f'{label}:', 'strong'))} {_said(phrase)}" for label, phrase in rows)
        case Table():
            yield from _table(block)
        case Page(page):
            yield from page.split("\n")
        case _:
            yield "---"


def _table(block: Table) -> Iterator[str]:
    columns = len(block.head) or max((len(row) for row in block.rows), default=0)
    yield _cells(block.head or [""] * columns)
    yield f"|{'|'.join('--:' if at in block.right else ':--' for at in range(columns))}|"
    yield from map(_cells, block.rows)


def _cells(row: Sequence[Phrase]) -> str:
    return f"| {' | '.join(map(_said, row))} |"


def _said(phrase: Phrase) -> str:
    found = list(pieces(phrase))
    edges = ["", *(piece.text for piece in found), ""]
    said = "".join(_piece(piece, edges[at][-1:], edges[at + 2][:1]) for at, piece in enumerate(found)).strip()
    return _OPENING.sub(lambda opening: f"{opening[0][:-1]}&#{ord(opening[0][-1])};", said)


def _piece(piece: Toned, before: str, after: str) -> str:
    shown = prose(piece.text).strip()
    if piece.tone not in _STRONG or not shown:
        return prose(piece.text)
    # stars between a letter and a sign would stay stars
    free = not (before + after).strip() or (shown[0] + shown[-1]).isalnum()
    return f"**{shown}**" if free else f"<b>{shown}</b>"
