"""The report for people at a terminal or in a log: the risk diff, the findings with their lines, the verdict."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gitscale.model.plain import display_width
from gitscale.risk.finding import Delta, Finding, Report
from gitscale.risk.reporters import figures, wording
from gitscale.risk.reporters.clean import line
from gitscale.risk.reporters.excerpt import Excerpts

_CODES = {
    "error": "1;31",
    "warning": "33",
    "note": "36",
    "risk-adding": "1;31",
    "de-risking": "32",
    "faint": "2",
    "title": "1",
}
_NAME = 20
_COLUMN = 15


class _Bit(NamedTuple):
    """A piece of a row and how it looks."""

    text: str
    style: str = ""


class _Paint:
    """Colours, or none."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._colour and style in _CODES else text


def text(report: Report, colour: bool = False) -> str:
    """The report as plain text."""
    paint = _Paint(colour)
    excerpts = Excerpts(report)
    blocks = ["\n".join(_diff(report, paint))] if report.deltas else []
    blocks += ["\n".join(_finding(item, excerpts, paint)) for item in report.in_order()]
    style = "error" if report.failing else "de-risking"
    blocks.append(f"{paint(wording.verdict(report), style)}; {wording.scope(report)}")
    return "\n\n".join(blocks) + "\n"


def _finding(item: Finding, excerpts: Excerpts, paint: _Paint) -> Iterator[str]:
    style = item.severity if item.state == "new" else "faint"
    what = paint(f"{item.code} {wording.label(item)}", style)
    yield f"{line(str(item.place))}: {what}: {line(item.message)}"
    yield from (paint(row, "faint") for row in excerpts.of(item.place))
    for other in item.related:
        yield f"  see {line(str(other.place))}: {line(other.message)}"
        yield from (paint(row, "faint") for row in excerpts.of(other.place))
    if bots := wording.bots(item):
        yield f"  {line(bots)}"
    if item.remedy:
        yield f"  fix: {line(item.remedy)}"


def _diff(report: Report, paint: _Paint) -> Iterator[str]:
    """One block a subject: the figures before and after stand above each other and compare at a glance."""
    deltas = figures.ranked(report.deltas)
    pair = wording.revisions(report)
    if pair:
        yield f"risk of {line(pair[0])} -> {line(pair[1])}"
    yield paint(_row("", [_Bit(name) for name in figures.COLUMNS], paint), "title")
    for delta in deltas:
        yield ""
        yield from _subject(delta, paint)
    yield ""
    yield from (paint(row, "faint") for row in textwrap.wrap(figures.legend(deltas), 100))


def _subject(delta: Delta, paint: _Paint) -> Iterator[str]:
    cells = figures.cells(delta)
    state = ", new" if delta.before is None else ", removed" if delta.after is None else ""
    yield f"{line(figures.title(delta))}: {paint(delta.direction, delta.direction)}{state}"
    same = all(cell.before == cell.after for cell in cells)
    if delta.before is not None and not same:
        yield _row("  before", [_Bit(cell.before) for cell in cells], paint)
        yield from _money(delta, [cell.before_amount for cell in cells], paint)
    if delta.after is not None:
        style = "title" if same else "error"
        after = [_Bit(cell.after, style * cell.worse) for cell in cells]
        yield _row("  unchanged" if same else "  after", after, paint)
        yield from _money(delta, [cell.after_amount for cell in cells], paint)
    yield from (f"    {line(what)}: {line(old)} -> {line(new)}" for what, old, new in delta.changes)
    yield from [f"    {line(odds)}"] if (odds := figures.odds(delta)) else []


def _money(delta: Delta, amounts: Sequence[str], paint: _Paint) -> Iterator[str]:
    if any(amounts):
        yield _row(f"    {line(delta.currency, _NAME - 5)}", [_Bit(amount) for amount in amounts], paint)


def _row(name: str, bits: Sequence[_Bit], paint: _Paint) -> str:
    padded = (paint(bit.text.rjust(_COLUMN), bit.style) for bit in bits)
    return (name + " " * (_NAME - display_width(name)) + "".join(padded)).rstrip()
