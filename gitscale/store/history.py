"""History, read with GitPython: who changed which bot, by which command, and what has been reverted since."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from gitscale.store.process import git
from gitscale.store.repository import Repository

if TYPE_CHECKING:
    from git import Commit

COMMAND, BOT = "Gitscale-Command", "Gitscale-Bot"
_TRAILER = re.compile(rf"^({COMMAND}|{BOT}): (.+)$", re.MULTILINE)
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


def message(subject: str, body: Iterable[str], command: str, bot: str) -> str:
    """A commit message in the agent's form: subject, a line a parameter, trailers."""
    lines = [subject, "", *body]
    return "\n".join([*lines, "", f"{COMMAND}: {command}", f"{BOT}: {bot}"]) + "\n"


def log(repository: Repository, tip: str, path: str | None = None, *, limit: int | None = None) -> Iterator[LogEntry]:
    """Commits reachable from `tip`, newest first; with `path` only those that touch it, through renames."""
    from git import Repo

    asked = ["log", "--format=%H", *([f"--max-count={int(limit)}"] if limit else []), tip]
    asked += ["--follow", "--", path] if path else []
    identities = git(repository.directory, *asked).decode().split()
    with Repo(repository.directory) as repo:
        for identity in identities:
            yield _entry(identity, repo.commit(identity))


def _entry(identity: str, commit: "Commit") -> LogEntry:
    raw = commit.message
    text = raw if isinstance(raw, str) else raw.decode("utf-8", "replace")
    subject = text.split("\n", 1)[0]
    trailers = dict(_TRAILER.findall(text.rstrip("\n").rpartition("\n\n")[2]))
    reverted = _REVERTS.search(text)
    return LogEntry(
        identity,
        commit.parents[0].hexsha if commit.parents else None,
        subject,
        str(commit.author),
        commit.authored_datetime,
        trailers.get(COMMAND, ""),
        trailers.get(BOT, ""),
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
