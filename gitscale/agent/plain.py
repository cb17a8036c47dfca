"""Text for terminals and facts for JSON that need no model. Loads nothing heavy."""

from typing import Any

from gitscale.errors import Problem


def clean(text: str) -> str:
    """Text without characters that steer a terminal: they are shown as escapes."""
    return "".join(
        sign if sign == "\n" or sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text
    )


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
