"""gitscale lint --valid: is every file of the work tree (or of a revision) valid? GS001-GS009."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from gitscale import __version__
from gitscale.actions import known
from gitscale.actions.ask import Ask
from gitscale.actions.in_two import Portions, in_two
from gitscale.actions.workspace import Workspace
from gitscale.documents import load
from gitscale.errors import InvalidConfig, Problem
from gitscale.model.bot import Bot
from gitscale.model.snapshot import COMMON_FILES, CONFIG_PATHS, SourceFile
from gitscale.risk.finding import Report, RuleInfo, of_problems
from gitscale.store.checkout import look, read_work_files, work_files
from gitscale.store.repository import Repository


def validity(workspace: Workspace, ask: Ask, seen: bytes | None = None) -> Report:
    """Whether the files are valid, and nothing else; an unchanged file known to be good is not read again.

    A caller that has looked at the work tree hands in what it saw.
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
    common = [file for file in files if file.path in COMMON_FILES]

    @cache  # each process reads them once
    def spare() -> load.Spare:
        for source in _read(repository, common, root):
            reader.read_common(source)
        return reader.spare

    def look_into(portions: Portions[SourceFile]) -> tuple[list[Problem], list[str]]:
        with repository.again() as mine:
            return _breaches((source for portion in portions for source in _read(mine, portion, root)), spare)

    bots = [file for file in files if load.is_bot(file.path) and reader.admit(file.path, file.mode)]
    large, state = len(bots) >= known.FEWEST, repository.state_dir
    before = known.remembered_rows(state, spare())[1] if large and known.is_remembered(state) else ()
    good, todo = _known(bots, before)
    problems: list[Problem] = []
    for found, rows in in_two(look_into, todo, first=spare):
        problems += found
        good += rows
    if large and len(todo) > known.WORTHWHILE:
        known.remember(state, spare(), good)
    return [*reader.problems, *problems]


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


def _breaches(sources: Iterable[SourceFile], spare: Callable[[], load.Spare]) -> tuple[list[Problem], list[str]]:
    """What is wrong with bot files, and the rows of the good ones that git has; each is read and let go."""
    problems: list[Problem] = []
    good: list[str] = []
    for source in sources:
        try:
            bot = _bot(source, spare)
        except InvalidConfig as error:
            problems += error.problems
            continue
        if source.blob:
            good.append(known.row(source.path, source.blob, bot.venue))
    return problems, good


def _bot(source: SourceFile, spare: Callable[[], load.Spare]) -> Bot:
    """The bot of a file; what policy declares to be no secrets is asked only where there seem to be some."""
    try:
        return load.bot(source.path, source.data)
    except InvalidConfig as error:
        if not (any(problem.code == "GS006" for problem in error.problems) and spare()):
            raise
    return load.bot(source.path, source.data, spare())


def _read(repository: Repository, files: Iterable[SourceFile], root: Path | None) -> Iterator[SourceFile]:
    return read_work_files(repository, files) if root is not None else repository.read(files)
