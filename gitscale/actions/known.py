"""Bots that were read before: which files are known to be good, and whose account each draws on.

One file beside git's own state, where no commit can put one; it may be deleted at any time. It says of a blob at a path
what reading it again would say, so a large fleet is not read again for the sake of one bot.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gitscale import __version__
from gitscale.documents import load
from gitscale.errors import Conflict, Problem
from gitscale.model.bot import Bot
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.snapshot import COMMON_FILES, SourceFile

Read = Callable[[Sequence[SourceFile]], Iterator[SourceFile]]
Survey = Callable[[Sequence[SourceFile], Fleet], tuple[Sequence[str], Sequence[Problem]]]

_FILE = Path("cache/known")
# below this many a fleet is read as fast as its memory; fewer new files than this are read again rather than written
FEWEST, WORTHWHILE = 1000, 100


class Remembered(NamedTuple):
    """Good bots by path, each to be read when it is asked for; all there are at `commit`, where that is not empty."""

    commit: str = ""
    bots: Mapping[str, FleetBot] = {}


class Files(NamedTuple):
    """Listed files and how to read them, now and as long as the fleet is in use; `commit` is empty for a work tree.

    `survey`, where there is one, reads many files at once under the common files' fleet, and gives rows and problems.
    """

    listed: Sequence[SourceFile]
    read: Read
    commit: str = ""
    survey: Survey | None = None


def assemble(state_dir: Path, files: Files, spare: load.Spare | None = None) -> load.Loaded:
    """The fleet that files make; what is known is not read before somebody asks for it."""
    reader = load.FleetReader(spare)
    for source in files.read([file for file in files.listed if file.path in COMMON_FILES]):
        reader.read_common(source)
    bots = [file for file in files.listed if file.path not in COMMON_FILES]
    large = len(bots) >= FEWEST
    before = recall(state_dir, reader.spare, files.read).bots if large else {}
    new = _take_known(reader, bots, before)
    left = _take_surveyed(reader, files, new) if files.survey and len(new) >= FEWEST else new
    for source in files.read(left):
        reader.read_bot(source)
    done = reader.done()
    if large and len(new) > WORTHWHILE:
        good = [row(entry.path, entry.blob, entry.venue) for entry in done.fleet.bots.values() if entry.blob]
        remember(state_dir, reader.spare, good, "" if done.problems else files.commit)
    return done


def _take_known(
    reader: load.FleetReader, bots: Iterable[SourceFile], before: Mapping[str, FleetBot]
) -> list[SourceFile]:
    """Gives the reader the bots that are known, and back the files that are not."""
    new = []
    for file in bots:
        entry = before.get(file.path)
        if entry is not None and entry.blob == file.blob and file.mode.startswith("100"):
            reader.take(entry)
        else:
            new.append(file)
    return new


def _take_surveyed(reader: load.FleetReader, files: Files, new: Iterable[SourceFile]) -> list[SourceFile]:
    """Gives the reader what a survey says of the files that git has, and back the others."""
    assert files.survey is not None
    ours = [file for file in new if file.blob and reader.admit(file.path, file.mode)]
    rows, problems = files.survey(ours, reader.done().fleet)
    for entry in _unread(rows, reader.spare, files.read).values():
        reader.take(entry)
    reader.note(problems)
    return [file for file in new if not file.blob]


def is_remembered(state_dir: Path) -> bool:
    """Whether there may be anything to recall."""
    return (state_dir / _FILE).exists()


def recall(state_dir: Path, spare: load.Spare, read: Read) -> Remembered:
    """What is remembered of bots."""
    commit, rows = remembered_rows(state_dir, spare)
    return Remembered(commit, _unread(rows, spare, read))


def _unread(rows: Iterable[str], spare: load.Spare, read: Read) -> dict[str, FleetBot]:
    """The bots of rows by path, each to be read when it is asked for."""

    def read_one(entry: FleetBot) -> Bot:
        source = next(read([SourceFile(entry.path, "100644", entry.blob)]), None)
        if source is None:
            raise Conflict(f"{entry.path} went away while it was read", "try again")
        return load.bot(source.path, source.data, spare)

    split = (row.split("\t") for row in rows)
    return {path: FleetBot(path, blob, read_one, (exchange, account)) for blob, exchange, account, path in split}


def remembered_rows(state_dir: Path, spare: load.Spare) -> tuple[str, list[str]]:
    """The commit that holds all of them, if any, and a `row` for each good bot."""
    file = state_dir / _FILE
    try:
        text = "" if file.is_symlink() else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return "", []
    head, *rows = text.split("\n")
    stamp, _, commit = head.partition(" ")
    return (commit, rows) if stamp == _stamp(spare) else ("", [])


def row(path: str, blob: str, venue: tuple[str, str]) -> str:
    """What is remembered of a good bot."""
    return "\t".join((blob, *venue, path))


def remember(state_dir: Path, spare: load.Spare, rows: Iterable[str], commit: str = "") -> None:
    """Keep the rows of good bots; a folder that cannot be written is no matter."""
    file = state_dir / _FILE
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text("\n".join((f"{_stamp(spare)} {commit}", *rows)), encoding="utf-8")
        os.replace(temporary, file)
    except OSError:
        return


def _stamp(spare: load.Spare) -> str:
    """What besides a file's own text decides whether it is good."""
    return hashlib.sha256("\0".join([__version__, *sorted(spare)]).encode()).hexdigest()
