"""History, read with GitPython: who changed which bot, by which command, and what has been reverted since.

GitPython knows SHA-1 names only; where a repository's are SHA-256, the few lines needed of a commit are read here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from gitscale.errors import Unavailable
from gitscale.model.snapshot import BOTS_FOLDER
from gitscale.store.message import BOT, COMMAND, trailers
from gitscale.store.process import git
from gitscale.store.repository import Repository

if TYPE_CHECKING:
    from git import Commit

UNSHALLOW = "git fetch --unshallow brings the rest"
_AUTHOR = re.compile(r"^author (.*?) ?<.*> (\d+) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_PARENT = re.compile(r"^parent ([0-9a-f]+)$", re.MULTILINE)
_REVERTS = re.compile(r"^This reverts commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One commit; `command` and `bot` are empty unless the agent made it, `reverts` unless it undoes another.

    `cut`: it is where a shallow clone ends, so that its parent is not here, nor what it changed known.
    """

    id: str
    parent: str | None
    subject: str
    author: str
    when: datetime
    command: str
    bot: str
    reverts: str
    cut: bool = False

    def before(self) -> str | None:
        """The commit before it, if there is one.

        Raises:
            Unavailable: a shallow clone does not have it.
        """
        if self.cut:
            raise Unavailable(f"the history is cut off at {self.id[:10]}: this clone is shallow", UNSHALLOW)
        return self.parent


def log(repository: Repository, tip: str, bot: str, *, limit: int | None = None) -> Iterator[LogEntry]:
    """Commits reachable from `tip` that touch a bot, newest first.

    A bot is its name, in whatever folder its file lay: a copy of it under another name is another bot.
    """
    asked = ["log", "--format=%H", *([f"--max-count={int(limit)}"] if limit else []), tip]
    paths = f"{BOTS_FOLDER}/**/{bot}.yaml"
    identities, cut = git(repository.directory, *asked, "--", paths, globs=True).decode().split(), repository.cut
    read = _told_all if repository.algorithm == "sha1" else _parsed_all
    for identity, raw in zip(identities, read(repository, identities), strict=True):
        yield _entry(identity, raw, identity in cut)


@dataclass(frozen=True, slots=True)
class _Raw:
    parent: str | None
    author: str
    when: datetime
    message: str


def _told_all(repository: Repository, identities: Iterable[str]) -> Iterator[_Raw]:
    try:
        from git import Repo

        with Repo(repository.directory) as repo:
            for identity in identities:
                yield _told(repo.commit(identity))
    except Exception as error:  # where git fails, it raises all kinds of them, an ImportError too
        reason = " ".join(str(error).split())[:200]
        raise Unavailable(f"GitPython cannot read the history: {reason}", "try again") from None


def _parsed_all(repository: Repository, identities: Iterable[str]) -> Iterator[_Raw]:
    return (_parsed(repository.reader.read(identity).decode("utf-8", "replace")) for identity in identities)


def _told(commit: "Commit") -> _Raw:
    raw = commit.message
    text = raw if isinstance(raw, str) else raw.decode("utf-8", "replace")
    parent = commit.parents[0].hexsha if commit.parents else None
    return _Raw(parent, str(commit.author), commit.authored_datetime, text)


def _parsed(raw: str) -> _Raw:
    head, _, text = raw.partition("\n\n")
    author, parent = _AUTHOR.search(head), _PARENT.search(head)
    assert author is not None
    name, seconds, sign, hours, minutes = author.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) * (1 if sign == "+" else -1)
    when = datetime.fromtimestamp(int(seconds), timezone(offset))
    return _Raw(parent.group(1) if parent else None, name, when, text)


def _entry(identity: str, raw: _Raw, cut: bool) -> LogEntry:
    subject = raw.message.split("\n", 1)[0]
    known = trailers(raw.message)
    reverted = _REVERTS.search(raw.message)
    return LogEntry(
        identity,
        raw.parent,
        subject,
        raw.author,
        raw.when,
        known.get(COMMAND, ""),
        known.get(BOT, ""),
        reverted.group(1) if reverted else "",
        cut,
    )


def newest_standing(entries: Iterable[LogEntry], bot: str) -> LogEntry | None:
    """The newest agent commit of a bot that no later commit, itself standing, reverts.

    Raises:
        Unavailable: the history is cut off before one was met.
    """
    gone: set[str] = set()
    for entry in entries:
        if entry.id not in gone:
            if entry.reverts:
                gone.add(entry.reverts)
            elif entry.command and entry.bot == bot:
                return entry
        entry.before()
    return None
