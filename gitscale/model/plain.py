"""Text as a terminal or the log of a build may be given it: nothing in it steers either."""

import re

# what Unicode calls printable and yet shows nothing; a comparison by the rules of a language looks past it
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
# GitHub's runner obeys `::command::` at the start of a line and `##[command]` anywhere, whoever prints it
_LINE_COMMAND = re.compile("^( *):(?=:)", re.MULTILINE)
_INNER_COMMAND = "##["


def clean(text: str) -> str:
    """Text without characters that steer a terminal, and without commands to a build: both are shown as escapes."""
    if not text.isprintable():
        text = "".join(sign if sign == "\n" or sign.isprintable() else _escape(sign) for sign in text)
    if not text.isascii():
        text = _UNSEEN.sub(lambda found: _escape(found[0]), text)
    return _LINE_COMMAND.sub(r"\1\\x3a", text).replace(_INNER_COMMAND, "#\\x23[")


def _escape(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
