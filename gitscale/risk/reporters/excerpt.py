"""The line a finding is about, with a caret under the place."""

from gitscale.documents.secrets import looks_secret
from gitscale.model.plain import display_width
from gitscale.risk.finding import Place, Report
from gitscale.risk.reporters import clean

_WIDEST = 100
_BEFORE = 60
_SECRET = "GS006"  # noqa: S105 - the code of the rule about them


class Excerpts:
    """Lines of a report's sources. Files and lines that hold a credential are never shown: logs are kept for long."""

    def __init__(self, report: Report) -> None:
        self._sources = report.sources
        self._hidden = {item.place.path for item in report.findings if item.code == _SECRET}

    def of(self, place: Place) -> list[str]:
        """The line, and the line with the caret; nothing where there is nothing to show."""
        lines = () if place.path in self._hidden else self._sources.get(place.path, ())
        if not 1 <= place.line <= len(lines) or _secret(lines[place.line - 1]):
            return []
        number = str(place.line).rjust(4)
        text, under = _pointed(lines[place.line - 1], place)
        return [f"{number} | {text}".rstrip(), *([f"{' ' * len(number)} | {under}"] if under else [])]


def _pointed(text: str, place: Place) -> tuple[str, str]:
    """The part of a line around a place, and what goes under it."""
    column = max(place.column - 1, 0)
    start = max(0, column - _BEFORE) if len(text) > _WIDEST else 0
    end = max(place.end_column - 1, column + 1)
    before = "..." * bool(start)
    shown = before + text[start : start + _WIDEST] + "..." * (start + _WIDEST < len(text))
    if not place.column:
        return clean.line(shown), ""
    indent = display_width(clean.line(before + text[start:column]))
    marked = display_width(clean.line(text[column : min(end, start + _WIDEST)]))
    return clean.line(shown), " " * indent + "^" * max(marked, 1)


def _secret(text: str) -> bool:
    key, _, value = text.partition(":")
    return looks_secret(key.strip(" -\t\"'"), value.strip(" \t\"'") or text.strip())
