"""gitscale lint: is every file of the work tree (or of a revision) valid? GS001-GS009."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from gitscale import __version__
from gitscale.actions.unchanged import remember
from gitscale.actions.workspace import Workspace
from gitscale.documents import load
from gitscale.errors import Problem
from gitscale.model.snapshot import COMMON_FILES, CONFIG_PATHS, SourceFile
from gitscale.store.checkout import WorkFile, look, read_work_files, work_files

_CACHE = Path("cache/lint")


@dataclass(frozen=True, slots=True)
class Linted:
    """What was looked at, and what is wrong with it, sorted by place."""

    files: int
    bots: int
    problems: tuple[Problem, ...]


def lint(workspace: Workspace, revision: str | None = None, *, seen: bytes | None = None) -> Linted:
    """Judge every config file; an unchanged file known to be good is not read again.

    A caller that has looked at the work tree already hands in what it saw.
    The memory of good files lies beside git's own state, where no commit can put one; it may be deleted at will.
    """
    if revision is not None or workspace.repository.root is None:
        commit = workspace.commit_named(revision or "HEAD")
        listed = [
            WorkFile(file.path, file.mode, file.blob) for file in workspace.repository.listing(commit, *CONFIG_PATHS)
        ]
        return _judge(workspace, [file for file in listed if load.is_config(file.path)], None)
    seen = look(workspace.repository, *CONFIG_PATHS) if seen is None else seen
    found = [file for file in work_files(workspace.repository, seen) if load.is_config(file.path)]
    linted = _judge(workspace, found, workspace.repository.root)
    if not linted.problems:
        remember(workspace.repository, seen, (linted.files, linted.bots))
    return linted


def _judge(workspace: Workspace, files: list[WorkFile], root: Path | None) -> Linted:
    reader = load.FleetReader(keep=False)
    common = [file for file in files if file.path in COMMON_FILES]
    bots = [file for file in files if load.is_bot(file.path)]
    for source in _read(workspace, common, from_disk=root is not None):
        reader.read_common(source)
    cache = _Cache(workspace.repository.state_dir / _CACHE if root else None, _stamp(reader))
    todo = []
    for file in bots:
        if cache.knows(file):
            reader.note_good(file.path)
        else:
            todo.append(file)
    by_path = {file.path: file for file in todo}
    for source in _read(workspace, todo, from_disk=root is not None):
        if reader.read_bot(source):
            cache.learn(by_path[source.path])
    cache.save()
    problems = reader.done().problems
    return Linted(len(files), len(bots), tuple(sorted(problems, key=lambda item: (item.path, item.line, item.column))))


def _read(workspace: Workspace, files: list[WorkFile], *, from_disk: bool) -> Iterator[SourceFile]:
    if from_disk:
        return read_work_files(workspace.repository, files)
    return workspace.repository.read(SourceFile(file.path, file.mode, file.blob) for file in files)


def _stamp(reader: load.FleetReader) -> str:
    """What besides a file's own text decides whether it is good."""
    spare = sorted(reader.done().fleet.policy.not_secrets)
    return hashlib.sha256("\0".join([__version__, *spare]).encode()).hexdigest()


class _Cache:
    """Files known to be good, one `blob path` a line; nothing is remembered about bad ones."""

    def __init__(self, path: Path | None, stamp: str) -> None:
        self._path = path
        self._stamp = stamp
        self._known: frozenset[str] = frozenset()
        self._met: list[str] = []
        if path is not None and path.is_file() and not path.is_symlink():
            head, _, rest = path.read_text(encoding="utf-8", errors="surrogateescape").partition("\n")
            if head == stamp:
                self._known = frozenset(rest.split("\n"))

    def knows(self, file: WorkFile) -> bool:
        """Whether the unchanged file is known to be good."""
        line = f"{file.blob} {file.path}"
        if not file.blob or not file.mode.startswith("100") or line not in self._known:
            return False
        self._met.append(line)
        return True

    def learn(self, file: WorkFile) -> None:
        """Remember a good file, if git knows its content."""
        if file.blob:
            self._met.append(f"{file.blob} {file.path}")

    def save(self) -> None:
        """Write what was met, if that differs from what was known; a folder that cannot be written is no matter."""
        if self._path is None or frozenset(self._met) == self._known:
            return
        temporary = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            text = "\n".join([self._stamp, *self._met])
            temporary.write_text(text, encoding="utf-8", errors="surrogateescape")
            os.replace(temporary, self._path)
        except OSError:
            return
