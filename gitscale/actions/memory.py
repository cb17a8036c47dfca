"""The memory of good bots: which files were read and found good, and whose account each draws on.

One file beside git's own state, where no commit can put one; it may be deleted at any time. It says of a blob at a path
what reading it again would say, so a large fleet is not read again for the sake of one bot. Loads no model.
"""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from gitscale import __version__
from gitscale.documents.admission import Spare

_FILE = Path("cache/known")
# below this many a fleet is read as fast as its memory; fewer new files than this are read again rather than written
FEWEST, WORTHWHILE = 1000, 100


def is_remembered(state_dir: Path) -> bool:
    """Whether there may be anything to recall."""
    return (state_dir / _FILE).exists()


def remembered_rows(state_dir: Path, spare: Spare) -> tuple[str, list[str]]:
    """The commit that holds all of them, if any, and a `row` for each good bot."""
    file = state_dir / _FILE
    try:
        text = "" if file.is_symlink() else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "", []
    head, *rows = text.split("\n")
    commit, _, stamp = head.partition(" ")
    return (commit, rows) if stamp == _stamp(spare) else ("", [])


def row(path: str, blob: str, venue: tuple[str, str]) -> str:
    """What is remembered of a good bot."""
    return "\t".join((blob, *venue, path))


def remember(state_dir: Path, spare: Spare, rows: Iterable[str], commit: str = "") -> None:
    """Keep the rows of good bots; a folder that cannot be written is no matter."""
    file = state_dir / _FILE
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text("\n".join((f"{commit} {_stamp(spare)}", *rows)), encoding="utf-8")
        os.replace(temporary, file)
    except OSError:
        return


def _stamp(spare: Spare) -> str:
    """What besides a file's own text decides whether it is good."""
    return json.dumps([__version__, *sorted(spare)])
