"""Facts for JSON that need no model. Loads nothing heavy."""

from typing import Any

from gitscale.errors import Problem


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
