"""History, read with GitPython: who changed which bot, by which command, and what has been reverted since.

GitPython knows SHA-1 names only; where a repository's are SHA-256, the few lines needed of a commit are read here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from gitscale.store.message import BOT, COMMAND, trailers
from gitscale.store.process import git
from gitscale.store.repository import Repository

if TYPE_CHECKING:
    from git import Commit

_AUTHOR = re.compile(r"^author (.*?) ?<.*> (\d+) ([+-])(\d\d)(\d\d)$", re.MULTILINE)
_PARENT = re.compile(r"^parent ([0-9a-f]+)$", re.MULTILINE)
_REVERTS = re.compile(r"^This reverts commit ([0-9a-f]{40}(?:[0-9a-f]{24})?)\.$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One commit; `command` and `bot` are empty unless the agent made it, `reverts` unless it undoes another."""

    id: str
    parent: str | None
    subject: str
    author: str
    when: datetime
    command: str
    bot: str
    reverts: str


def log(repository: Repository, tip: str, path: str | None = None, *, limit: int | None = None) -> Iterator[LogEntry]:
    """Commits reachable from `tip`, newest first; with `path` only those that touch it, through renames."""
    from git import Repo

    asked = ["log", "--format=%H", *([f"--max-count={int(limit)}"] if limit else []), tip]
    asked += ["--follow", "--", path] if path else []
    identities = git(repository.directory, *asked).decode().split()
    if repository.algorithm != "sha1":
        for identity in identities:
            yield _entry(identity, _parsed(repository.reader.read(identity).decode("utf-8", "replace")))
        return
    with Repo(repository.directory) as repo:
        for identity in identities:
            yield _entry(identity, _told(repo.commit(identity)))


@dataclass(frozen=True, slots=True)
class _Raw:
    parent: str | None
    author: str
    when: datetime
    message: str


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


def _entry(identity: str, raw: _Raw) -> LogEntry:
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
    )


def newest_standing(entries: Iterable[LogEntry], bot: str) -> LogEntry | None:
    """The newest agent commit of a bot that no later commit, itself standing, reverts."""
    gone: set[str] = set()
    for entry in entries:
        if entry.id in gone:
            continue
        if entry.reverts:
            gone.add(entry.reverts)
        elif entry.command and entry.bot == bot:
            return entry
    return None
