"""Annotations for GitHub Actions: workflow commands, worst first, no more than a step may send."""

from collections import Counter

from gitscale.risk.finding import Finding, Report
from gitscale.risk.reporters import wording
from gitscale.risk.reporters.clean import line

_PER_LEVEL = 10
_LONGEST_PATH = 4096
_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def github(report: Report) -> str:
    """One command a finding, then the verdict in one line."""
    sent: Counter[str] = Counter()
    lines = []
    for item in report.worst_first():
        level = _LEVELS[item.severity] if item.state == "new" else "notice"
        sent[level] += 1
        if sent[level] <= _PER_LEVEL:
            lines.append(_command(level, item, report.rules[item.code].name))
    left = {level: number - _PER_LEVEL for level, number in sent.items() if number > _PER_LEVEL}
    if left:
        more = ", ".join(wording.count(number, level) for level, number in left.items())
        lines.append(f"{sum(left.values())} more without annotation, {_PER_LEVEL} a level are shown: {more}")
    lines.append(f"{wording.verdict(report)}; {wording.scope(report)}")
    return "\n".join(lines) + "\n"


def _command(level: str, item: Finding, name: str) -> str:
    place = item.place
    properties = {"title": f"{item.code} {name}", "file": place.path}
    if place.line:
        # columns count only beside an endLine that equals line
        properties |= {"line": str(place.line), "endLine": str(place.line)}
    if place.line and place.column:
        properties["col"] = str(place.column)
    if place.line and place.end_column > place.column:
        properties["endColumn"] = str(place.end_column)
    written = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    state = "" if item.state == "new" else f" ({item.state})"
    parts = [f"{line(item.message)}{state}"]
    parts += [f"see {line(str(other.place))}: {line(other.message)}" for other in item.related]
    parts += [line(bots)] if (bots := wording.bots(item)) else []
    parts += [f"fix: {line(item.remedy)}"] if item.remedy else []
    data = _data("\n".join(parts))
    return f"::{level} {written}::{data}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(line(text, _LONGEST_PATH)).replace(":", "%3A").replace(",", "%2C")
