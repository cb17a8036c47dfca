"""Text as a terminal, the log of a build or a page may be given it: nothing in it steers any of them."""

import re

# what Unicode calls printable and yet shows nothing; a comparison by the rules of a language looks past it.
# The one that makes a warning sign of U+26A0 stays: it stands behind a sign that is seen
_UNSEEN = re.compile(
    "(?<!\u26a0)\ufe0f|"
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0e\uffa0\U000e0000-\U000e0fff]"
)
# GitHub's runner obeys `::command::` at the start of a line and `##[command]` anywhere, whoever prints it
_LINE_COMMAND = re.compile("^( *):(?=:)", re.MULTILINE)
_INNER_COMMAND = "##["
# what Markdown, its extensions and GitHub's own readings of a rendered page (mentions, issues, emoji) build upon;
# an underscore within a word and a colon before a blank are what they look like
_MARKS = re.compile(r"[&<\"\\`*\[\]|~$#@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?! |$)|(?<=www)\.", re.IGNORECASE)


def clean(text: str) -> str:
    """Text without characters that steer a terminal, and without commands to a build: both are shown as escapes."""
    if not text.replace("\n", "").isprintable():
        text = "".join(sign if sign == "\n" or sign.isprintable() else _escape(sign) for sign in text)
    if not text.isascii():
        text = _UNSEEN.sub(lambda found: _escape(found[0]), text)
    if "::" in text:
        text = _LINE_COMMAND.sub(r"\1\\x3a", text)
    return text.replace(_INNER_COMMAND, "#\\x23[")


def line(text: str) -> str:
    """One line of plain text, for terminals and logs."""
    return clean(text).replace("\n", "\\n")


def prose(text: str) -> str:
    """Text within a line of Markdown; not at its start, where a figure or a dash would make a list."""
    return _MARKS.sub(_entity, line(text))


def display_width(text: str) -> int:
    """Columns a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(sign) else 2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _entity(found: re.Match[str]) -> str:
    # a sign of no width keeps the page from reading a person or an issue into it once the entity is resolved
    return f"&#{ord(found[0])};" + ("&#8203;" if found[0] in "#@" else "")


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
