"""Confirmations that are waiting: kept in the git common directory, bound to exactly what was shown, used once."""

import hashlib
import json
import os
import shlex
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

from gitscale.actions.workspace import Workspace
from gitscale.errors import Refused

LIFETIME = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A dangerous write: blob ids of the file before and after, of profiles and policy, and the figures shown."""

    command: str
    bot: str
    branch: str
    base: str
    result: str
    profiles: str
    policy: str
    figures: tuple[tuple[str, float], ...] = ()


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
        nothing(ticket.command)
    again = f"look again: {ticket.command}"
    if _expired(workspace, known):
        path.unlink(missing_ok=True)
        raise Refused(f"{ticket.bot}: the confirmation has expired; nothing changed", again)
    now = json.loads(json.dumps(asdict(ticket) | {"user": workspace.user()}))
    words = {
        "base": "the bot's file",
        "profiles": "profiles.yaml",
        "policy": "policy.yaml",
        "result": "the result",
        "figures": "what it would cost",
        "user": "the user",
    }
    changed = [name for key, name in words.items() if known[key] != now[key]]
    if changed:
        path.unlink(missing_ok=True)
        raise Refused(f"{ticket.bot}: {' and '.join(changed)} changed since it was shown; nothing changed", again)


def consume(workspace: Workspace, command: str, bot: str, branch: str) -> None:
    """A ticket serves once."""
    _path(workspace, command, bot, branch).unlink(missing_ok=True)


def waiting(workspace: Workspace, command: str, branch: str) -> list[str]:
    """The bots for which this command waits for this user's confirmation."""
    words = shlex.split(command)
    found = (_read(path) for path in sorted(_folder(workspace).glob("*.json")))
    user = workspace.user()
    return [
        str(item["bot"])
        for item in found
        if item and (shlex.split(item["command"]), item["branch"], item["user"]) == (words, branch, user)
    ]


def nothing(command: str) -> NoReturn:
    """Say that there is nothing to confirm.

    Raises:
        Refused: always.
    """
    raise Refused(f"{command} is not waiting for a confirmation; nothing changed", f"run it first: {command}")


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
