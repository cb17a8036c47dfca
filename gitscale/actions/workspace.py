"""The composition root: a repository, the host's settings, the clock, and the fleet as it is read from git."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from gitscale.documents import admission
from gitscale.errors import InvalidConfig, NoPerpMM, Refused, Usage
from gitscale.model.snapshot import COMMON_FILES, CONFIG_PATHS, DEPLOY_FILE, SourceFile
from gitscale.store.commit import settle
from gitscale.store.process import GitFailed, git
from gitscale.store.repository import Repository

if TYPE_CHECKING:
    from gitscale.documents import load
    from gitscale.model.bot import Bot, PerpMMBot
    from gitscale.model.deployment import Deployment
    from gitscale.model.fleet import Fleet, FleetBot

# answers of exchanges, in git's common directory
MARKET_CACHE = "cache/market"
_NO_PERP_MM = "No perp_mm configs found"
_ONLY = f"{_NO_PERP_MM}: the Scaling Agent only works with perp_mm bots"


@dataclass(frozen=True, slots=True)
class Host:
    """What belongs to the machine and never to the repository; without a URL, SQLite in the output folder.

    `market_url` takes the place of the exchanges' own hosts; `progress` hears how much of how much is done.
    `signers` is git's allowed-signers file: who may sign what is delivered.
    """

    now: Callable[[], datetime]
    database_url: str | None = None
    name: str = "localhost"
    market_url: str = ""
    progress: Callable[[int, int], None] | None = None
    signers: Path | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Which bot and branch a command is about, and whether it ends in a sync; `trial`: decide all, commit nothing."""

    bot: str | None = None
    branch: str | None = None
    sync: bool = True
    trial: bool = False


@dataclass(slots=True)
class _Known:
    commit: str
    files: Mapping[str, SourceFile]
    loaded: "load.Loaded"


@dataclass(slots=True)
class Workspace:
    """An open repository; keeps the fleet of the last commit it read, so that an open console reads only changes."""

    repository: Repository
    host: Host
    _known: _Known | None = field(default=None, repr=False)

    @classmethod
    def open(cls, directory: Path, host: Host) -> Self:
        """The workspace around a directory; finishes what a killed command left behind.

        Raises:
            Unavailable: there is no usable repository.
        """
        repository = Repository.open(directory)
        settle(repository)
        return cls(repository, host)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.repository.reader.close()

    def today(self) -> date:
        """The day in UTC."""
        return self.host.now().astimezone(UTC).date()

    def branch(self, scope: Scope) -> str:
        """The branch a command reads and writes.

        Raises:
            Refused: HEAD is detached and no branch is named.
        """
        if scope.branch is not None:
            return self.repository.check_branch(scope.branch)
        current = self.repository.branch()
        if current is None:
            raise Refused(
                "HEAD is detached: there is no branch to commit to",
                "git switch BRANCH, or pass --branch NAME",
            )
        return current

    def tip(self, scope: Scope) -> str:
        """The commit a command starts from; a detached HEAD may be read.

        Raises:
            Refused: there is no commit yet, or no such branch.
        """
        if scope.branch is None and self.repository.branch() is None:
            found = self.repository.resolve("HEAD")
        else:
            found = self.repository.tip(self.branch(scope))
        if found is None:
            self.refuse_empty()
            raise Refused(f"the branch {self.branch(scope)} has no commits", "commit a configuration first")
        return found

    def refuse_empty(self) -> None:
        """Guide whoever begins with a repository that nothing was committed to.

        Raises:
            NoPerpMM: it is one.
        """
        if not self.repository.branches():
            raise NoPerpMM(f"{_NO_PERP_MM}: the repository has no commits")

    def commit_named(self, revision: str) -> str:
        """The commit a user's revision names.

        Raises:
            Refused: it names none.
        """
        found = self.repository.resolve(revision)
        if found is None:
            from gitscale.store.history import UNSHALLOW

            cut = self.repository.cut
            remedy = f"the history is cut off here: {UNSHALLOW}" if cut else "gitscale history lists them"
            raise Refused(f"{revision!r} names no commit here", remedy)
        return found

    def loaded(self, commit: str) -> "load.Loaded":
        """The fleet of a commit with its problems; only what differs from the last one read is read."""
        known = self._known or self._recalled(commit)
        if known is None or known.commit != commit:
            known = (known and self._forward(known, commit)) or self._read(commit)
        self._known = known
        return known.loaded

    def _recalled(self, commit: str) -> _Known | None:
        """The fleet of a commit that an earlier command read, under the common files of this one."""
        from gitscale.actions.known import recall
        from gitscale.actions.memory import is_remembered
        from gitscale.documents import load

        repository, reader = self.repository, load.FleetReader()
        if not is_remembered(repository.state_dir):
            return None
        common = [file for path in COMMON_FILES if (file := repository.file(commit, path))]
        for source in repository.read(common):
            reader.read_common(source)
        found = recall(repository.state_dir, reader.spare, repository.read)
        if not found.commit:
            return None
        files = {file.path: file for file in common}
        files |= {path: SourceFile(path, "100644", entry.blob) for path, entry in found.bots.items()}
        done = reader.done()
        bots = {admission.name_of(path): entry for path, entry in found.bots.items()}
        return _Known(found.commit, files, replace(done, fleet=replace(done.fleet, bots=bots)))

    def _read(self, commit: str) -> _Known:
        from gitscale.actions.known import Files, assemble

        listed = self.repository.listing(commit, *CONFIG_PATHS)
        files = [file for file in listed if admission.concerns(file)]
        loaded = assemble(self.repository.state_dir, Files(files, self.repository.read, commit))
        return _Known(commit, {file.path: file for file in files}, loaded)

    def _forward(self, known: _Known, commit: str) -> _Known | None:
        """The fleet at `commit` from the known one, where only the text of bots differs; else nothing."""
        from gitscale.documents import load
        from gitscale.model.fleet import FleetBot

        if known.loaded.problems or not self.repository.has(known.commit):
            return None
        rows = self.repository.changed(known.commit, commit, *CONFIG_PATHS)
        files, bots = dict(known.files), dict(known.loaded.fleet.bots)
        changed = [row.file for row in rows if row.file is not None and row.status == "M"]
        if len(changed) != len(rows) or any(file.path not in files or file.path in COMMON_FILES for file in changed):
            return None
        spare = frozenset(known.loaded.fleet.policy.not_secrets)
        try:
            for file in self.repository.read(changed):
                admission.check_mode(file.path, file.mode)
                bot = load.bot(file.path, file.data, spare)
                bots[bot.name] = FleetBot(file.path, file.blob, bot)
                files[file.path] = file._replace(data=b"")
        except InvalidConfig:
            return None
        return _Known(commit, files, load.Loaded(replace(known.loaded.fleet, bots=bots), ()))

    def source(self, commit: str, path: str) -> SourceFile | None:
        """One file of a commit with its bytes."""
        if self._known is not None and self._known.commit == commit and admission.is_config(path):
            listed = [self._known.files[path]] if path in self._known.files else []
            return next(self.repository.read(listed), None)
        found = self.repository.file(commit, path)
        return next(self.repository.read([found])) if found else None

    def blob(self, commit: str, path: str) -> str:
        """The id of a config file's content at a commit that was loaded; empty where there is none."""
        self.loaded(commit)
        assert self._known is not None
        return self._known.files[path].blob if path in self._known.files else ""

    def files(self, commit: str) -> Mapping[str, SourceFile]:
        """All config files of a commit by path, valid or not, without their bytes."""
        self.loaded(commit)
        assert self._known is not None
        return self._known.files

    def deployment(self, commit: str) -> "Deployment":
        """gitscale.yaml of a commit, or its defaults."""
        from gitscale.documents import load
        from gitscale.model.deployment import Deployment

        file = self.source(commit, DEPLOY_FILE)
        return load.deployment(file.path, file.data) if file else Deployment()

    def user(self) -> str:
        """Who commits here, as `Name <email>`.

        Raises:
            Refused: git does not know.
        """
        try:
            text = git(self.repository.directory, "var", "GIT_AUTHOR_IDENT").decode(errors="replace")
        except GitFailed:
            raise Refused(
                "git does not know who you are", 'git config user.name "..."; git config user.email "..."'
            ) from None
        return text[: text.rindex(">") + 1]


def choose(loaded: "load.Loaded", name: str | None) -> "FleetBot":
    """The bot a command means: the named one, or the only perp_mm bot.

    Raises:
        Refused: there is no such bot, it is of another strategy, or there are several and none is named.
    """
    from gitscale.model.bot import PerpMMBot

    fleet = loaded.fleet
    if name is not None:
        entry = named(loaded, name)
        if not isinstance(entry.bot, PerpMMBot):
            raise NoPerpMM(f"{_ONLY}; {name} is a {entry.bot.strategy} bot", _presets(fleet))
        return entry
    candidates = list(fleet.perp_mm())
    if not candidates:
        _raise_if_broken(loaded)
        raise NoPerpMM(_ONLY, _presets(fleet))
    if len(candidates) > 1:
        names = [entry.bot.name for entry in candidates]
        raise Usage(
            f"there are {len(names)} perp_mm bots: {_first(names)}", "name one: --bot NAME, or /use NAME in the console"
        )
    return candidates[0]


def named(loaded: "load.Loaded", name: str) -> "FleetBot":
    """The bot of that name, whatever its strategy.

    Raises:
        Refused: there is none.
        InvalidConfig: its file is broken.
    """
    from gitscale.documents.words import suggestion

    if name in loaded.fleet.bots:
        return loaded.fleet.bots[name]
    _raise_if_broken(loaded, f"/{name}.yaml")
    known = sorted(loaded.fleet.bots)
    if not known:
        raise NoPerpMM(f"{_NO_PERP_MM}: there is no bot {name!r}, nor any other", _presets(loaded.fleet))
    raise Refused(f"there is no bot {name!r}", suggestion(name, known) or f"known: {_first(known)}")


def _presets(fleet: "Fleet") -> dict[str, str]:
    """What a first bot can start from, and what it is for."""
    found = fleet.profiles.presets.items()
    return {name: f"{item.exchange}: {item.summary}" if item.summary else item.exchange for name, item in found}


def _first(names: list[str]) -> str:
    return ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")


def perp_mm(entry: "FleetBot") -> "PerpMMBot":
    """The bot of an entry that `choose` gave."""
    from gitscale.model.bot import PerpMMBot

    assert isinstance(entry.bot, PerpMMBot)
    return entry.bot


def with_bot(fleet: "Fleet", entry: "FleetBot", bot: "Bot") -> "Fleet":
    """The fleet with one bot replaced or added."""
    from gitscale.model.fleet import FleetBot

    return replace(fleet, bots={**fleet.bots, bot.name: FleetBot(entry.path, entry.blob, bot)})


def _raise_if_broken(loaded: "load.Loaded", ending: str = ".yaml") -> None:
    broken = [problem for problem in loaded.problems if problem.path.endswith(ending)]
    if broken:
        raise InvalidConfig(f"{broken[0].path} is not valid", broken, "mend it first")
