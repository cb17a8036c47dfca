"""What was told when, so that nobody is told too often.

What lasts is told when it begins and once a day while it lasts. What ended and begins again is told at most once an
hour. A recovery is told once for every failure that was told. Of everything else ten messages an hour go out; those
beyond are counted, and summed up in one as soon as there is room.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from gitscale.notify.notice import Kind, Notice, title

LASTING, AGAIN = timedelta(days=1), timedelta(hours=1)
WINDOW, MOST = timedelta(hours=1), 10
# rare by themselves, and what is waited for most
_ALWAYS: tuple[Kind, ...] = ("failed", "recovered")


class _Told(NamedTuple):
    """When something was told last, and whether it has ended since."""

    at: datetime
    over: bool = False

    def due(self, now: datetime) -> bool:
        """Whether it may be told again; after a clock that was ahead it may, too."""
        return not timedelta() <= now - self.at < (AGAIN if self.over else LASTING)


class Ledger:
    """The memory of what was told, kept in a file where there is one: a restart tells nothing twice."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._told: dict[str, dict[str, _Told]] = {}
        self._sent: list[datetime] = []
        self._held: Counter[str] = Counter()
        if path is not None:
            self._load(path)

    def sift(self, notices: Iterable[Notice], now: datetime) -> list[Notice]:
        """What is to be told now; each notice is about only what is to be told of it."""
        before = self._dump()
        self._sent = [at for at in self._sent if timedelta() <= now - at < WINDOW]
        fresh = [item for notice in notices for item in self._fresh(notice, now)]
        found = [notice for notice in self._with_held(fresh) if self._has_room(notice, now)]
        if self._dump() != before:
            self._save()
        return found

    def _fresh(self, notice: Notice, now: datetime) -> Iterator[Notice]:
        told = self._told.setdefault(notice.kind, {})
        if notice.kind == "failed" and not notice.about and any(not item.over for item in told.values()):
            yield Notice("recovered", ("sync",), notice.said)
        begun = tuple(name for name in notice.about if name not in told or told[name].due(now))
        for name in told.keys() - set(notice.about):
            told[name] = told[name]._replace(over=True)
        told |= dict.fromkeys(begun, _Told(now))
        ended = [name for name, item in told.items() if item.over and item.due(now)]
        for name in ended:
            del told[name]
        if begun:
            yield replace(notice, about=begun)

    def _with_held(self, fresh: list[Notice]) -> list[Notice]:
        """First of all what did not fit before, summed up."""
        if not self._held or len(self._sent) >= MOST:
            return fresh
        counts = ", ".join(f"{what} {count}" for what, count in self._held.items())
        self._held.clear()
        return [Notice("more", ("more",), f"not told one by one: {counts}", "gitscale status"), *fresh]

    def _has_room(self, notice: Notice, now: datetime) -> bool:
        if notice.kind in _ALWAYS:
            return True
        if len(self._sent) >= MOST:
            self._held[title(notice.kind)] += 1
            return False
        self._sent.append(now)
        return True

    def _dump(self) -> str:
        told = {
            kind: {name: [item.at.isoformat(), item.over] for name, item in items.items()}
            for kind, items in self._told.items()
        }
        return json.dumps({"told": told, "sent": [at.isoformat() for at in self._sent], "held": self._held})

    def _load(self, path: Path) -> None:
        """What the file says; one that cannot be read says nothing."""
        try:
            known = json.loads(path.read_bytes())
            told = {
                kind: {name: _Told(_moment(at), bool(over)) for name, (at, over) in items.items()}
                for kind, items in known["told"].items()
            }
            sent = [_moment(at) for at in known["sent"]]
            held = Counter({str(what): int(count) for what, count in known["held"].items()})
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return
        self._told, self._sent, self._held = told, sent, held

    def _save(self) -> None:
        """Where it cannot be kept, as on a full disk, this process still remembers."""
        if self._path is None:
            return
        temporary = self._path.with_suffix(f".{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text(self._dump(), encoding="utf-8")
            os.replace(temporary, self._path)
        except OSError:
            return


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found
