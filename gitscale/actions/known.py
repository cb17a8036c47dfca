"""Fleets of which most files were read before: what the memory knows is read only when somebody asks for it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from gitscale.actions import memory
from gitscale.documents import load
from gitscale.documents.admission import Spare
from gitscale.errors import Conflict, Problem
from gitscale.model.bot import Bot
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.snapshot import COMMON_FILES, SourceFile

Read = Callable[[Sequence[SourceFile]], Iterator[SourceFile]]
Survey = Callable[[Sequence[SourceFile], Fleet], tuple[Sequence[str], Sequence[Problem]]]


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


def assemble(state_dir: Path, files: Files, spare: Spare | None = None) -> load.Loaded:
    """The fleet that files make; what is known is not read before somebody asks for it."""
    reader = load.FleetReader(spare)
    for source in files.read([file for file in files.listed if file.path in COMMON_FILES]):
        reader.read_common(source)
    bots = [file for file in files.listed if file.path not in COMMON_FILES]
    large = len(bots) >= memory.FEWEST
    before = recall(state_dir, reader.spare, files.read).bots if large else {}
    new = _take_known(reader, bots, before)
    left = _take_surveyed(reader, files, new) if files.survey and len(new) >= memory.FEWEST else new
    for source in files.read(left):
        reader.read_bot(source)
    done = reader.done()
    if large and len(new) > memory.WORTHWHILE:
        good = [memory.row(entry.path, entry.blob, entry.venue) for entry in done.fleet.bots.values() if entry.blob]
        memory.remember(state_dir, reader.spare, good, "" if done.problems else files.commit)
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
    ours = [file for file in new if file.blob and reader.admission.admit(file.path, file.mode)]
    rows, problems = files.survey(ours, reader.done().fleet)
    for entry in _unread(rows, reader.spare, files.read).values():
        reader.take(entry)
    reader.note(problems)
    return [file for file in new if not file.blob]


def recall(state_dir: Path, spare: Spare, read: Read) -> Remembered:
    """What is remembered of bots."""
    commit, rows = memory.remembered_rows(state_dir, spare)
    return Remembered(commit, _unread(rows, spare, read))


def _unread(rows: Iterable[str], spare: Spare, read: Read) -> dict[str, FleetBot]:
    """The bots of rows by path, each to be read when it is asked for."""

    def read_one(entry: FleetBot) -> Bot:
        source = next(read([SourceFile(entry.path, "100644", entry.blob)]), None)
        if source is None:
            raise Conflict(f"{entry.path} went away while it was read", "try again")
        return load.bot(source.path, source.data, spare)

    split = (row.split("\t") for row in rows)
    return {path: FleetBot(path, blob, read_one, (exchange, account)) for blob, exchange, account, path in split}
