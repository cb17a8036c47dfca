"""Foreign text made harmless: names, keys, values, paths and messages come from whoever opened the pull request.

Every reporter takes foreign text through here, and through nothing else.
"""

import html
import json
import re
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

from gitscale.model.plain import clean

LONGEST = 400
# what Markdown, its extensions and GitHub's own readings of a rendered page (mentions, issues, emoji) build upon
_MARKS = re.compile(r"[&<>\"\\`*_\[\]|~$:#@]|(?<=www)\.", re.IGNORECASE)


def line(text: str, longest: int = LONGEST) -> str:
    """One line of plain text, for terminals and logs."""
    cut = text if len(text) <= longest else text[:longest] + "..."
    return clean(cut).replace("\n", "\\n")


def prose(text: str, longest: int = LONGEST) -> str:
    """Text within a line of Markdown; not at its start, where a figure or a dash would make a list."""
    return _MARKS.sub(_entity, line(text, longest))


def code(text: str, longest: int = LONGEST) -> str:
    """A name within a line of Markdown. Not in backticks: those cannot hold a bar within a table."""
    return f"<code>{prose(text, longest)}</code>"


def block(text: str) -> str:
    """Lines of text inside `<pre>`."""
    return html.escape(clean(text), quote=False)


def dump(value: Any) -> str:
    """A line of ASCII JSON that commands no log; dataclasses become objects, infinities null."""
    text = json.dumps(_jsonable(value), allow_nan=False)
    return text.replace("##[", "#\\u0023[") + "\n"


def _entity(found: re.Match[str]) -> str:
    # a sign of no width keeps the page from reading a person or an issue into it once the entity is resolved
    return f"&#{ord(found[0])};" + ("&#8203;" if found[0] in "#@" else "")


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
