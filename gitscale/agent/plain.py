"""Facts for JSON that need no model. Loads nothing heavy."""

from typing import Any

from gitscale.errors import Problem


def counted(number: int, noun: str) -> str:
    """`1 bot`, `2 bots`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def problem(item: Problem) -> dict[str, Any]:
    """A problem for JSON."""
    return {
        "code": item.code,
        "message": item.message,
        "path": item.path,
        "line": item.line,
        "column": item.column,
        "remedy": item.remedy,
    }
