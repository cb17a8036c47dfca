"""gitscale lint --valid: is every file of the work tree (or of a revision) valid? GS001-GS009."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from gitscale import __version__
from gitscale.actions.ask import Ask
from gitscale.actions.in_two import in_two
from gitscale.actions.workspace import Workspace
from gitscale.documents import load
from gitscale.errors import InvalidConfig, Problem
from gitscale.model.snapshot import COMMON_FILES, CONFIG_PATHS, SourceFile
from gitscale.risk.finding import Report, RuleInfo, of_problems
from gitscale.store.checkout import look, read_work_files, work_files
from gitscale.store.repository import Repository

_CACHE = Path("cache/lint")


def validity(workspace: Workspace, ask: Ask, seen: bytes | None = None) -> Report:
    """Whether the files are valid, and nothing else; an unchanged file known to be good is not read again.

    A caller that has looked at the work tree hands in what it saw. The memory of good files lies beside git's own
    state, where no commit can put one; it may be deleted at will.
    """
    repository = workspace.repository
    if ask.head is not None or repository.root is None:
        root, listed = None, repository.listing(workspace.commit_named(ask.head or "HEAD"), *CONFIG_PATHS)
    else:
        root, listed = repository.root, work_files(repository, seen or look(repository, *CONFIG_PATHS))
    files = [file for file in listed if load.concerns(file)]
    found = [item for item in of_problems(_judge(workspace, files, root)) if item.place.below(ask.paths)]
    return Report(
        findings=tuple(found),
        rules=_rules() if found else {},
        files=len(files),
        bots=sum(load.is_bot(file.path) for file in files),
        version=__version__,
        head=ask.head or "",
        strict=ask.strict,
    )


def _rules() -> Mapping[str, RuleInfo]:
    from gitscale.risk.pages import infos

    return infos()


def _judge(workspace: Workspace, files: list[SourceFile], root: Path | None) -> list[Problem]:
    reader, repository = load.FleetReader(), workspace.repository
    for source in _read(repository, [file for file in files if file.path in COMMON_FILES], root):
        reader.read_common(source)
    spare = frozenset(reader.done().fleet.policy.not_secrets)
    bots = [file for file in files if load.is_bot(file.path)]
    cache = _Cache(repository.state_dir / _CACHE if root else None, _stamp(spare))
    todo = {file.path: file for file in bots if reader.admit(file.path, file.mode) and not cache.knows(file)}
    problems = list(reader.done().problems)

    def look_into(portion: Sequence[SourceFile]) -> tuple[list[Problem], list[str]]:
        with repository.again() as mine:
            return _breaches(_read(mine, list(portion), root), spare)

    for found, good in in_two(look_into, list(todo.values())):
        problems += found
        for path in good:
            cache.learn(todo[path])
    cache.save()
    return problems


def _breaches(sources: Iterable[SourceFile], spare: frozenset[str]) -> tuple[list[Problem], list[str]]:
    """What is wrong with bot files, and the paths of the good ones; each is read and let go."""
    problems: list[Problem] = []
    good: list[str] = []
    for source in sources:
        try:
            load.bot(source.path, source.data, spare)
            good.append(source.path)
        except InvalidConfig as error:
            problems += error.problems
    return problems, good


def _read(repository: Repository, files: list[SourceFile], root: Path | None) -> Iterator[SourceFile]:
    return read_work_files(repository, files) if root is not None else repository.read(files)


def _stamp(spare: frozenset[str]) -> str:
    """What besides a file's own text decides whether it is good."""
    return hashlib.sha256("\0".join([__version__, *sorted(spare)]).encode()).hexdigest()


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

    def knows(self, file: SourceFile) -> bool:
        """Whether the unchanged file is known to be good."""
        line = f"{file.blob} {file.path}"
        if not file.blob or line not in self._known:
            return False
        self._met.append(line)
        return True

    def learn(self, file: SourceFile) -> None:
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
