"""Verdicts on accounts that were judged before, so that a change of one account judges one account.

A verdict follows from the files of the account's bots, the policy, the facts, the day and the version, and is found
under all of these. One file beside git's own state, where no commit can put one; it may be deleted at any time.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from gitscale import __version__
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk.finding import Measure
from gitscale.risk.linter import Told, Verdict, account, groups, judge
from gitscale.risk.rule import Breach, Outcome, Rule, Skipped, Spot
from gitscale.risk.rules import BY_CODE

_FILE = Path("cache/verdicts")
# fewer new verdicts than this are found again rather than written
WORTHWHILE = 100
_NOTHING = " "  # a line ends so behind its figures where nothing is told


class Verdicts:
    """The verdicts of one policy, one set of facts and one day."""

    def __init__(self, state_dir: Path, fleet: Fleet, today: date) -> None:
        self._file = state_dir / _FILE
        self._today = today
        self._stamp = _stamp(fleet, today)
        self._lines: dict[str, str] = {}
        self._new = 0

    @cached_property
    def _known(self) -> dict[str, str]:
        """What was kept: a line an account, its files before its verdict."""
        try:
            text = "" if self._file.is_symlink() else self._file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return {}
        head, *lines = text.split("\n")
        return dict(line.split("\t", 1) for line in lines) if head == self._stamp else {}

    def learn(self, lines: Iterable[str]) -> None:
        """Take lines that `line_of` gave under the same policy, facts and day."""
        before = len(self._known)
        self._known |= dict(line.split("\t", 1) for line in lines)
        self._new += len(self._known) - before

    def of(self, accounts: Mapping[str, Fleet]) -> dict[str, Verdict]:
        """The verdict on every account, by its name."""
        return {name: self._of(name, fleet) for name, fleet in accounts.items()}

    def told(self, fleet: Fleet) -> Iterator[Told]:
        """What all accounts of a fleet are told; a verdict that is known to tell nothing is not made."""
        for venue, bots in groups(fleet).items():
            key = _key(bots)
            line = self._known.get(key, "")
            if line.endswith(_NOTHING):
                self._lines[key] = line
            else:
                yield from self._of("/".join(venue), account(fleet, bots)).told

    def _of(self, name: str, fleet: Fleet) -> Verdict:
        key = _key(fleet.bots)
        line = self._known.get(key)
        if line is not None:
            self._lines[key] = line
            return _verdict(line, fleet)
        found = judge(name, fleet, self._today)
        if key:
            self._lines[key] = _line(found, fleet)
            self._new += 1
        return found

    def save(self) -> None:
        """Keep what was found, where it is worth it; a folder that cannot be written is no matter."""
        if self._new <= WORTHWHILE:
            return
        lines = (f"{key}\t{line}" for key, line in self._lines.items())
        temporary = self._file.with_suffix(f".{os.getpid()}")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_text("\n".join((self._stamp, *lines)), encoding="utf-8")
            os.replace(temporary, self._file)
        except OSError:
            return


def _stamp(fleet: Fleet, today: date) -> str:
    """What besides an account's own files decides the verdict on it."""
    parts = (__version__, today.isoformat(), repr(fleet.policy), repr(fleet.facts))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _key(bots: Mapping[str, FleetBot]) -> str:
    """The files of an account's bots; empty where git does not have the content of one."""
    rows = [f"{entry.path} {entry.blob}" for entry in bots.values() if entry.blob]
    return "|".join(rows) if len(rows) == len(bots) else ""


def line_of(verdict: Verdict, fleet: Fleet) -> str:
    """What is kept of a verdict on an account, all of whose bots git has: its files, then what is said of them."""
    return f"{_key(fleet.bots)}\t{_line(verdict, fleet)}"


def _line(verdict: Verdict, fleet: Fleet) -> str:
    """The figures and what was told; bots are counted, so that what many accounts are told reads the same."""
    places = {(name, entry.path): index for index, (name, entry) in enumerate(fleet.bots.items())}
    told = [[item.rule.code, *_plain(item.outcome, places)] for item in verdict.told]
    figures = (verdict.measure.exposure, verdict.measure.loss_at_stop, verdict.measure.liquidation)
    return " ".join((*map(repr, figures), json.dumps(told) if told else ""))


def _plain(outcome: Outcome, places: Mapping[tuple[str, str], int]) -> list[Any]:
    where = (outcome.about, outcome.spot.path)
    if isinstance(outcome, Skipped) and where in places:
        return [outcome.reason, places[where], outcome.spot.keys]
    return list(outcome)


def _verdict(line: str, fleet: Fleet) -> Verdict:
    exposure, loss, liquidation, text = line.split(" ", 3)
    measure = Measure(float(exposure), float(loss), None if liquidation == "None" else float(liquidation))
    if not text:
        return Verdict((), measure)
    places = [(name, entry.path) for name, entry in fleet.bots.items()]
    return Verdict(tuple([Told(rule, restore(places)) for rule, restore in _items(text)]), measure)


_Places = Sequence[tuple[str, str]]


@cache
def _items(text: str) -> list[tuple[Rule, Callable[[_Places], Outcome]]]:
    """What a text tells, as rules with what they answer about bots at some places; many accounts share one text."""
    return [(BY_CODE[code], _outcome(*fields)) for code, *fields in json.loads(text)]


def _outcome(message: str, about: str | int, place: list[Any], *rest: Any) -> Callable[[_Places], Outcome]:
    if isinstance(about, int):
        keys = tuple(place)

        def skipped(places: _Places) -> Outcome:
            name, path = places[about]
            return Skipped(message, name, Spot(path, keys))

        return skipped
    outcome = _breach(message, about, place, *rest) if rest else Skipped(message, about, _spot(place))
    return lambda _: outcome


def _breach(message: str, about: str, place: list[Any], bots: list[str], *rest: Any) -> Breach:
    figure, limit, remedy, related, severity = rest
    places = tuple((_spot(item), note) for item, note in related)
    return Breach(message, about, _spot(place), tuple(bots), figure, limit, remedy, places, severity)


def _spot(plain: list[Any]) -> Spot:
    path, keys = plain
    return Spot(path, tuple(keys))
