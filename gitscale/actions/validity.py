"""gitscale lint --valid: is every file of the work tree (or of a revision) valid? GS001-GS009."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from gitscale import __version__
from gitscale.actions import memory
from gitscale.actions.ask import Ask
from gitscale.actions.in_two import Portions, in_two
from gitscale.actions.workspace import Workspace
from gitscale.documents import admission, sound
from gitscale.documents.admission import Spare
from gitscale.errors import InvalidConfig, Problem
from gitscale.model.snapshot import COMMON_FILES, CONFIG_PATHS, SourceFile
from gitscale.risk.finding import Report, RuleInfo, of_problems
from gitscale.store.checkout import look, read_work_files, work_files
from gitscale.store.repository import Repository

if TYPE_CHECKING:
    from gitscale.documents.load import FleetReader


def validity(workspace: Workspace, ask: Ask, seen: bytes | None = None) -> Report:
    """Whether the files are valid, and nothing else; an unchanged file known to be good is not read again.

    A caller that has looked at the work tree hands in what it saw.
    """
    repository = workspace.repository
    if ask.head is not None or repository.root is None:
        root, listed = None, repository.listing(workspace.commit_named(ask.head or "HEAD"), *CONFIG_PATHS)
    else:
        root, listed = repository.root, work_files(repository, seen or look(repository, *CONFIG_PATHS))
    files = [file for file in listed if admission.concerns(file)]
    found = [item for item in of_problems(_judge(workspace, files, root)) if item.place.below(ask.paths)]
    return Report(
        findings=tuple(found),
        rules=_rules() if found else {},
        files=len(files),
        bots=sum(admission.is_bot(file.path) for file in files),
        version=__version__,
        head=ask.head or "",
        strict=ask.strict,
    )


def _rules() -> Mapping[str, RuleInfo]:
    from gitscale.risk.pages import infos

    return infos()


def _judge(workspace: Workspace, files: list[SourceFile], root: Path | None) -> list[Problem]:
    repository, problems = workspace.repository, list[Problem]()
    common = [file for file in files if file.path in COMMON_FILES]

    @cache  # each process reads them once, and only then loads the models
    def known() -> "FleetReader":
        from gitscale.documents.load import FleetReader

        reader = FleetReader()
        for source in _read(repository, common, root):
            reader.read_common(source)
        return reader

    def spare() -> Spare:
        return known().spare

    def look_into(portions: Portions[SourceFile]) -> tuple[list[Problem], list[str]]:
        with repository.again() as mine:
            return _breaches((source for portion in portions for source in _read(mine, portion, root)), spare)

    admitted = admission.Admission(problems)
    bots = [file for file in files if admission.is_bot(file.path) and admitted.admit(file.path, file.mode)]
    large, state = len(bots) >= memory.FEWEST, repository.state_dir
    before = memory.remembered_rows(state, spare())[1] if large and memory.is_remembered(state) else ()
    good, todo = _known(bots, before)
    for found, rows in in_two(look_into, todo, first=spare):
        problems += found
        good += rows
    if large and len(todo) > memory.WORTHWHILE:
        memory.remember(state, spare(), good)
    return [*known().problems, *problems]


def _known(bots: Iterable[SourceFile], rows: Iterable[str]) -> tuple[list[str], list[SourceFile]]:
    """The rows of files that are known to be good, and the other files."""
    by_path = {line.rpartition("\t")[2]: line for line in rows}
    good, todo = [], []
    for file in bots:
        line = by_path.get(file.path, "")
        if file.blob and line.startswith(f"{file.blob}\t"):
            good.append(line)
        else:
            todo.append(file)
    return good, todo


def _breaches(sources: Iterable[SourceFile], spare: Callable[[], Spare]) -> tuple[list[Problem], list[str]]:
    """What is wrong with bot files, and the rows of the good ones that git has; each is read and let go."""
    problems: list[Problem] = []
    good: list[str] = []
    for source in sources:
        try:
            venue = sound.venue(source.path, source.data) or _venue(source, spare)
        except InvalidConfig as error:
            problems += error.problems
            continue
        if source.blob:
            good.append(memory.row(source.path, source.blob, venue))
    return problems, good


def _venue(source: SourceFile, spare: Callable[[], Spare]) -> tuple[str, str]:
    """The account of a bot; what policy declares to be no secrets is asked only where there seem to be some."""
    from gitscale.documents import load

    try:
        return load.bot(source.path, source.data).venue
    except InvalidConfig as error:
        if not (any(problem.code == "GS006" for problem in error.problems) and spare()):
            raise
    return load.bot(source.path, source.data, spare()).venue


def _read(repository: Repository, files: Iterable[SourceFile], root: Path | None) -> Iterator[SourceFile]:
    return read_work_files(repository, files) if root is not None else repository.read(files)
