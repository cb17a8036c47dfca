"""Confirmations that are waiting: kept in the git common directory, bound to exactly what was shown, used once."""

import hashlib
import json
import os
import shlex
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from gitscale.actions.workspace import Workspace
from gitscale.errors import Refused

LIFETIME = timedelta(minutes=10)
# why there is nothing to confirm and what helps, by the one thing in which something else that waits differs
_INSTEAD = {
    "nothing": ("needs no confirmation any more", "run it: {command}"),
    "user": ("was asked for by {other}, and nobody else can confirm it", "ask for it yourself: {command}"),
    "branch": ("waits on the branch {other}, not on {branch}", "name that with --branch {other}"),
    "bot": ("waits for {other}, not for {bot}", "name that with --bot {other}"),
    "command": ("is not what was shown: {other} is", "say exactly: /confirm {bare}"),
}


@dataclass(frozen=True, slots=True)
class Ticket:
    """A dangerous write: blob ids of the file before and after, of profiles and policy, and what was shown of it."""

    command: str
    bot: str
    branch: str
    base: str
    result: str
    profiles: str
    policy: str
    figures: tuple[tuple[str, float], ...] = ()
    stakes: tuple[str, ...] = ()


def record(workspace: Workspace, ticket: Ticket) -> None:
    """Put a ticket down; it replaces an earlier one of the same user, branch, bot and command.

    Whoever does so holds the writers' lock, so nobody is writing another: what is expired or unfinished goes.
    """
    _sweep(workspace)
    path = _path(workspace, ticket.command, ticket.bot, ticket.branch)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = asdict(ticket) | {"user": workspace.user(), "asked_at": workspace.host.now().isoformat()}
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_text(json.dumps(content), encoding="utf-8")
    os.replace(temporary, path)


def check(workspace: Workspace, ticket: Ticket) -> None:
    """Agree when this very ticket is waiting.

    Raises:
        Refused: none is, it is too old, or something changed since it was shown; a void one is removed.
    """
    path = _path(workspace, ticket.command, ticket.bot, ticket.branch)
    known = _read(path)
    if known is None:
        nothing(workspace, ticket.command, ticket.bot, ticket.branch)
    again = f"look again: {ticket.command}"
    if _expired(workspace, known):
        path.unlink(missing_ok=True)
        raise Refused(f"{ticket.bot}: the confirmation has expired after {minutes()}; nothing changed", again)
    now = json.loads(json.dumps(asdict(ticket)))
    words = {
        "base": "the bot's file",
        "profiles": "profiles.yaml",
        "policy": "policy.yaml",
        "result": "the result",
        "figures": "what it would cost",
        "stakes": "what it would cost",
    }
    changed = dict.fromkeys(name for key, name in words.items() if known.get(key) != now[key])
    if changed:
        path.unlink(missing_ok=True)
        raise Refused(f"{ticket.bot}: {' and '.join(changed)} changed since it was shown; nothing changed", again)


def consume(workspace: Workspace, command: str, bot: str, branch: str) -> None:
    """A ticket serves once."""
    _path(workspace, command, bot, branch).unlink(missing_ok=True)


def waiting(workspace: Workspace, command: str, branch: str) -> list[str]:
    """The bots a confirmation may mean: those for which this command waits, else those for which anything does."""
    user, words = workspace.user(), shlex.split(command)
    found = _all(workspace)
    alike = [item for item in found if shlex.split(item["command"]) == words]
    exact = [item for item in alike if (item["branch"], item["user"]) == (branch, user)]
    mine = [item for item in found if (item["branch"], item["user"]) == (branch, user)]
    return sorted({str(item["bot"]) for item in exact or alike or mine})


def nothing(workspace: Workspace, command: str, bot: str, branch: str) -> NoReturn:
    """Say exactly why there is nothing to confirm.

    Raises:
        Refused: always.
    """
    asked = {"command": command, "bot": bot, "branch": branch, "user": workspace.user()}
    alive = (item for item in _all(workspace) if not _expired(workspace, item))
    found = {_difference(asked, item): item for item in alive}
    key = next((key for key in _INSTEAD if key in found), "several")
    why, remedy = _INSTEAD.get(key, ("is not waiting for a confirmation", "run it first: {command}"))
    other = str(found[key][key]) if key in asked else ""
    words = asked | {"other": other, "bare": other.removeprefix("/")}
    raise Refused(f"{command} {why.format_map(words)}; nothing changed", remedy.format_map(words))


def _difference(asked: Mapping[str, str], item: Mapping[str, Any]) -> str:
    """The one thing in which what waits is other than what was asked for: `nothing`, or `several`."""
    off = [key for key, value in asked.items() if item[key] != value]
    return off[0] if len(off) == 1 else "several" if off else "nothing"


def minutes() -> str:
    """How long a confirmation may wait."""
    return f"{LIFETIME.total_seconds() // 60:.0f} minutes"


def _all(workspace: Workspace) -> list[dict[str, Any]]:
    found = (_read(path) for path in sorted(_folder(workspace).glob("*.json")))
    return [item for item in found if item]


def _sweep(workspace: Workspace) -> None:
    for path in _folder(workspace).glob("*"):
        known = _read(path) if path.suffix == ".json" else None
        if known is None or _expired(workspace, known):
            path.unlink(missing_ok=True)


def _expired(workspace: Workspace, known: dict[str, Any]) -> bool:
    return workspace.host.now() - datetime.fromisoformat(known["asked_at"]) > LIFETIME


def _folder(workspace: Workspace) -> Path:
    return workspace.repository.state_dir / "pending"


def _path(workspace: Workspace, command: str, bot: str, branch: str) -> Path:
    name = hashlib.sha256("\0".join((workspace.user(), branch, bot, command)).encode()).hexdigest()[:32]
    return _folder(workspace) / f"{name}.json"


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return found if isinstance(found, dict) else None
