"""The report for a step summary and a pull request's comment: the risk diff first, then what was found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gitscale.risk.finding import Delta, Finding, Report
from gitscale.risk.reporters import figures, wording
from gitscale.risk.reporters.clean import block, code, prose
from gitscale.risk.reporters.excerpt import Excerpts

COMMENT_LIMIT = 65_536
SUMMARY_LIMIT = 1_000_000
MARKER = "<!-- gitscale:risk-gate -->"
_SIGNS = {"risk-adding": "▲", "neutral": "=", "de-risking": "▼"}
_CHANGES = 8
_MORE = "\n*{} more not shown.*\n"
_HINT = "<code>gitscale explain CODE</code> tells why a rule stands and what helps."


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the page; its items may be cut from the last on, and `more` says how many were."""

    items: list[str]
    head: str = ""
    tail: str = ""
    more: str = _MORE

    @property
    def frame(self) -> int:
        """Bytes it takes without any item."""
        return _size(self.head + self.tail + self.more) + len(str(len(self.items)))


def markdown(report: Report, limit: int = SUMMARY_LIMIT) -> str:
    """The page, at most `limit` bytes long; what does not fit is counted."""
    sign = "❌" if report.failing else "✅"
    top = f"{MARKER}\n## {sign} Risk gate {wording.verdict(report)}\n"
    bottom = f"\n<sub>{wording.scope(report)}. {_HINT}</sub>\n"
    parts = [*_diff(report), *_found(report)]
    room = limit - _size(top + bottom) - sum(part.frame for part in parts)
    return top + "".join(_cut(part, share) for part, share in zip(parts, _shares(parts, room), strict=True)) + bottom


def _shares(parts: Sequence[_Part], room: int) -> list[int]:
    """Bytes for each part's items: what the small ones do not need is for the large ones."""
    sizes = [sum(map(_size, part.items)) for part in parts]
    shares = [0] * len(parts)
    for done, at in enumerate(sorted(range(len(parts)), key=sizes.__getitem__)):
        shares[at] = min(sizes[at], max(room, 0) // (len(parts) - done))
        room -= shares[at]
    return shares


def _cut(part: _Part, share: int) -> str:
    kept: list[str] = []
    for item in part.items:
        share -= _size(item)
        if share < 0:
            break
        kept.append(item)
    left = len(part.items) - len(kept)
    return part.head + "".join(kept) + (part.more.format(left) if left else "") + part.tail


def _diff(report: Report) -> list[_Part]:
    if not report.deltas:
        return []
    deltas = figures.ranked(report.deltas)
    bots = [_row(delta) for delta in deltas if delta.kind == "bot"]
    wider = [_row(delta) for delta in deltas if delta.kind != "bot"]
    columns = ["", *(name.capitalize() for name in figures.COLUMNS)]
    head = f"\n{_compared(report)}\n\n| {' | '.join(columns)} |\n|:--|{'--:|' * len(figures.COLUMNS)}\n"
    more = f"| {{}} more not shown |{' |' * len(figures.COLUMNS)}\n"
    tail = f"\n<sub>{figures.legend(deltas)}</sub>\n"
    return [_Part(bots, head, more=more), _Part(wider, tail=tail, more=more)]


def _compared(report: Report) -> str:
    """`main → work tree: 1 bot takes more risk, 2 less.`."""
    directions = [delta.direction for delta in report.deltas if delta.kind == "bot"]
    more, less = directions.count("risk-adding"), directions.count("de-risking")
    counts = f"{wording.count(more, 'bot')} with more risk, {less} with less, {directions.count('neutral')} neither"
    pair = wording.revisions(report)
    return f"{code(pair[0])} → {code(pair[1])}: {counts}." if pair else f"{counts}."


def _row(delta: Delta) -> str:
    state = ", new" if delta.before is None else ", removed" if delta.after is None else ""
    name = "fleet" if delta.kind == "fleet" else f"{delta.kind} {code(delta.name)}"
    subject = [f"<b>{name}</b>", f"{_SIGNS[delta.direction]}&nbsp;{delta.direction}{state}"]
    subject += [f"{prose(what)}: {prose(old)} → {prose(new)}" for what, old, new in delta.changes[:_CHANGES]]
    if odds := figures.odds(delta):
        subject.append(prose(odds))
    if delta.equity is not None:
        subject.append(f"<sub>equity {figures.money(delta.equity)} {prose(delta.currency)}</sub>")
    if len(delta.changes) > _CHANGES:
        subject.append(f"and {len(delta.changes) - _CHANGES} more")
    cells = ["<br>".join(subject), *(_cell(cell) for cell in figures.cells(delta))]
    return f"| {' | '.join(cells)} |\n"


def _cell(cell: figures.Cell) -> str:
    """Before over after, so that seven columns fit the width of a comment; what is gone is struck out."""
    lines = _step(prose(cell.before), prose(cell.after), "b" if cell.worse else "")
    if cell.after_amount:
        lines += [f"<sub>{amount}</sub>" for amount in _step(cell.before_amount or figures.ABSENT, cell.after_amount)]
    return "<br>".join(lines)


def _step(before: str, after: str, tag: str = "") -> list[str]:
    shown = f"<{tag}>{after}</{tag}>" if tag else after
    if before in (after, figures.ABSENT):
        return [shown]
    if after == figures.ABSENT:
        return [f"<s>{before}</s>"]
    # a word is wider than a figure, and needs no arrow
    return [before, shown if after[-1].isalpha() else f"→&nbsp;{shown}"]


def _found(report: Report) -> Iterator[_Part]:
    excerpts = Excerpts(report)
    failing = set(map(id, report.failing))
    groups: dict[str, list[str]] = {"fails": [], "new": [], "old": []}
    for item in report.worst_first():
        group = "fails" if id(item) in failing else "new" if item.state == "new" else "old"
        groups[group].append(_finding(item, report, excerpts))
    if groups["fails"]:
        yield _Part(groups["fails"], "\n### What fails\n")
    if groups["new"]:
        yield _Part(groups["new"], "\n### To know\n")
    if groups["old"]:
        summary = f"{wording.count(len(groups['old']), 'finding')} that the base had or somebody answers for"
        yield _Part(groups["old"], f"\n<details><summary>{summary}</summary>\n", "\n</details>\n")


def _finding(item: Finding, report: Report, excerpts: Excerpts) -> str:
    title = f"**{item.code} {report.rules[item.code].name}** · {wording.label(item)} · {code(str(item.place))}"
    lines = [title, prose(item.message)]
    lines += [f"see {code(str(other.place))}: {prose(other.message)}" for other in item.related]
    lines += [prose(bots)] if (bots := wording.bots(item)) else []
    lines += [f"<i>Fix:</i> {prose(item.remedy)}"] if item.remedy else []
    rows = excerpts.of(item.place)
    excerpt = f"<pre>\n{block(chr(10).join(rows))}\n</pre>\n" if rows else ""
    return f"\n{'<br>'.join(lines)}\n{excerpt}"


def _size(text: str) -> int:
    return len(text.encode())
