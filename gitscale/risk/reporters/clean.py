"""Foreign text made harmless: names, keys, values, paths and messages come from whoever opened the pull request.

Every reporter takes foreign text through here, and through nothing else.
"""

import html
import json
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

from gitscale.model import plain

LONGEST = 400


def line(text: str, longest: int = LONGEST) -> str:
    """One line of plain text, for terminals and logs."""
    return plain.line(_cut(text, longest))


def prose(text: str, longest: int = LONGEST) -> str:
    """Text within a line of Markdown; not at its start, where a figure or a dash would make a list."""
    return plain.prose(_cut(text, longest))


def code(text: str, longest: int = LONGEST) -> str:
    """A name within a line of Markdown. Not in backticks: those cannot hold a bar within a table."""
    return f"<code>{prose(text, longest)}</code>"


def block(text: str) -> str:
    """Lines of text inside `<pre>`."""
    return html.escape(plain.clean(text), quote=False)


def dump(value: Any) -> str:
    """A line of ASCII JSON that commands no log; dataclasses become objects, infinities null."""
    text = json.dumps(_jsonable(value), allow_nan=False)
    return text.replace("##[", "#\\u0023[") + "\n"


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest] + "..."


def _jsonable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode(errors="backslashreplace").decode()
    if isinstance(value, float):
        return value if isfinite(value) else None
    if is_dataclass(value):
        return {field.name: _jsonable(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _jsonable(item) for key, item in value.items()}
    return [_jsonable(item) for item in value] if isinstance(value, list | tuple) else value
