"""The run files that bot processes keep, `<name>.json` each: what they say, and what follows from it.

A bot reads its configuration when it starts and never again, so its file names the sha256 it started with.
"""

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from errno import ELOOP
from pathlib import Path
from typing import Any, Literal

STALE_AFTER = timedelta(seconds=60)
_LARGEST = 65_536

Phase = Literal["Running", "RestartRequired", "Stopped", "Stale"]
State = Literal["running", "stale", "stopped", "unreadable"]


@dataclass(frozen=True, slots=True)
class Beat:
    """What a bot process wrote about itself, the last time it did."""

    pid: int
    sha256: str
    started_at: datetime
    heartbeat_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a bot stands. `restart_required` is None where nothing says which configuration runs, or should."""

    state: State
    beat: Beat | None = None
    restart_required: bool | None = None

    @property
    def phase(self) -> Phase:
        """The one word for it; what cannot be read is no sign of life, as a heartbeat that stopped."""
        if self.state == "running":
            return "RestartRequired" if self.restart_required else "Running"
        return "Stopped" if self.state == "stopped" else "Stale"


def present(folder: Path) -> frozenset[str]:
    """The names of bots that have a run file."""
    if not folder.is_dir():
        return frozenset()
    with os.scandir(folder) as entries:
        return frozenset(entry.name[:-5] for entry in entries if entry.name.endswith(".json"))


def standing(folder: Path, name: str, rendered: str | None, now: datetime) -> Standing:
    """How a bot stands; `rendered` is the sha256 of what it would read if it started now.

    Raises:
        OSError: the folder cannot be read.
    """
    try:
        beat = _beat(json.loads(_content(f"{folder}/{name}.json")))
        # a heartbeat of the future is no sign of life either
        fresh = abs(now - beat.heartbeat_at) <= STALE_AFTER
    except (FileNotFoundError, NotADirectoryError):
        return Standing("stopped")
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, IsADirectoryError):
        return Standing("unreadable")
    if not fresh:
        return Standing("stale", beat)
    return Standing("running", beat, None if rendered is None else beat.sha256 != rendered)


def _content(path: str) -> bytes:
    """What a file holds; a link, a pipe and a flood are no run files."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        raise ValueError("a link") if error.errno == ELOOP else error from None
    try:
        return os.read(handle, _LARGEST)
    finally:
        os.close(handle)


def _beat(value: Any) -> Beat:
    sha256, pid = value["sha256"], value["pid"]
    if not isinstance(sha256, str) or isinstance(pid, bool) or not isinstance(pid, int):
        raise TypeError("not a run file")
    return Beat(pid, sha256, _moment(value["started_at"]), _moment(value["heartbeat_at"]))


def _moment(text: str) -> datetime:
    """ISO 8601; without an offset it is UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
