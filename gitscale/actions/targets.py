"""A revision beside what the targets really hold: every file and row read, nothing written."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from gitscale.actions.deploy import Destination
from gitscale.actions.workspace import Workspace
from gitscale.model.bot import bot_from
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk import deltas, linter
from gitscale.risk.finding import Direction
from gitscale.sync import render
from gitscale.sync.compare import UNTOUCHED, Difference, Side, compare
from gitscale.sync.held import of_file, of_row
from gitscale.sync.render import Record
from gitscale.sync.runs import Run

# an open console looks at the same bots again and again; of larger fleets each is rendered anew
_BOTS = 2048
_record = lru_cache(maxsize=_BOTS)(render.record)
_WORST: tuple[Direction, ...] = ("risk-adding", "neutral", "de-risking")


@dataclass(frozen=True, slots=True)
class Step:
    """One bot whose targets are not as they should be, and which way it goes when they are brought there.

    `record` is what git wants (None: no such bot), `before` what the last sync delivered, where that can be told.
    """

    name: str
    differences: tuple[Difference, ...]
    direction: Direction
    record: Record | None
    before: Record | None = None

    @property
    def pending(self) -> bool:
        """Whether git moved."""
        return any(item.pending for item in self.differences)

    @property
    def drifted(self) -> bool:
        """Whether a target was changed behind gitscale's back."""
        return any(item.drifted for item in self.differences)

    @property
    def writes(self) -> bool:
        """Whether a sync has something to do here."""
        return any(item.what not in UNTOUCHED for item in self.differences)

    @property
    def takes(self) -> str:
        """What it takes until the bot runs this: a bot reads its file when it starts, and no row."""
        files = [item for item in self.differences if item.target == "file" and item.what not in UNTOUCHED]
        if any(item.what == "create" for item in files):
            return "start"
        return "restart" if any(item.changes or item.what != "changed" for item in files) else "hot"


@dataclass(frozen=True, slots=True)
class Look:
    """Every bot that differs, by name; `fleet` is what git wants, `delivered` how many bots the targets hold."""

    revision: str
    fleet: Fleet
    steps: tuple[Step, ...]
    delivered: int


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs of each bot, what git wants of it, and what each of the last runs left of it."""

    fleet: Fleet
    differences: Mapping[str, tuple[Difference, ...]]
    wanted: Mapping[str, Record]
    before: Mapping[str, tuple[Record, ...]]
    delivered: int


def look(
    workspace: Workspace, place: Destination, revision: str, *, prune: bool = False, only: str | None = None
) -> Look:
    """Compare everything, or `only` one bot, and judge which way it goes.

    Raises:
        InvalidConfig: the revision is not valid.
        Unavailable: a target cannot be read.
    """
    seen = compared(workspace, place, revision, prune=prune, only=only)
    ways = _directions(seen.fleet, seen.differences, seen.before)
    steps = tuple(
        Step(name, items, ways[name], seen.wanted.get(name), *seen.before.get(name, ())[:1])
        for name, items in seen.differences.items()
    )
    return Look(revision, seen.fleet, steps, seen.delivered)


def compared(
    workspace: Workspace, place: Destination, revision: str, *, prune: bool = False, only: str | None = None
) -> Compared:
    """Compare everything, or `only` one bot.

    Raises:
        InvalidConfig: the revision is not valid.
        Unavailable: a target cannot be read.
    """
    raw_files = place.files.read([only] if only else sorted(place.files.names()))
    raw_rows = place.rows.read([only] if only else None)
    last, cut_short = place.rows.runs() if place.rows.version() else (None, [])
    runs = _delivered_fleets(workspace, [last, *cut_short]) if last else []
    halves = raw_files.keys() ^ raw_rows.keys() if any(run.removes for run in cut_short) else ()
    fleet = workspace.loaded(revision).valid()
    wanted = {name: _record(entry) for name, entry in fleet.bots.items() if only in (None, name)}
    names = sorted({*wanted, *raw_files, *raw_rows})
    before = _records(runs, fleet, wanted, set(names))
    files = {name: of_file(raw) for name, raw in raw_files.items() if not _is_text(raw, fleet.bots.get(name))}
    rows = {name: of_row(row) for name, row in raw_rows.items() if not _is_row(row, fleet.bots.get(name))}
    there = before if all(run.output == place.output for run in runs) else {}
    sides = (Side("file", files, there), Side("row", rows, before))
    right = ({*raw_files} - {*files}, {*raw_rows} - {*rows})
    found = {}
    for name in names:
        pairs = zip(sides, right, strict=True)
        removed = prune or name in halves  # what a sync that was cut short has removed by half is removed by any
        differences = (compare(side, name, wanted.get(name), prune=removed) for side, same in pairs if name not in same)
        if kept := tuple(item for item in differences if item):
            found[name] = kept
    return Compared(fleet, found, wanted, before, len({*raw_files, *raw_rows}))


@dataclass(frozen=True, slots=True)
class _Run:
    fleet: Fleet
    output: str


def _delivered_fleets(workspace: Workspace, runs: Iterable[Run]) -> list[_Run]:
    """What the last sync delivered, and those since that were cut short; none where this program cannot tell."""
    found = []
    for run in runs:
        version, _, output = (*run.renderer.split("/", 2), "", "")[:3]  # of a host's first run nothing is known
        if version != str(render.VERSION) or not workspace.repository.has(run.revision):
            return []
        found.append(_Run(workspace.loaded(run.revision).fleet, output))
    return found


def _records(
    runs: list[_Run], fleet: Fleet, wanted: Mapping[str, Record], names: Container[str]
) -> dict[str, tuple[Record, ...]]:
    """What each run left of each bot; first of all what the last one did."""
    found: dict[str, tuple[Record, ...]] = {}
    for at, run in enumerate(runs):
        for name, entry in run.fleet.bots.items():
            if name not in names or (at and name not in found):
                continue  # what a sync that was cut short made anew is known by its seal
            same = entry.has_text_of(fleet.bots.get(name))
            found[name] = (*found.get(name, ()), wanted[name] if same else _record(entry))
    return found


def _is_text(raw: bytes, entry: FleetBot | None) -> bool:
    return entry is not None and raw == _texts(entry)[0]


def _is_row(row: Mapping[str, Any], entry: FleetBot | None) -> bool:
    if entry is None:
        return False
    own = {key: getattr(_record(entry), key) for key in ("strategy", "exchange", "account", "enabled", "sha256")}
    return row["config"] == _texts(entry)[1] and all(row[key] == value for key, value in own.items())


@lru_cache(maxsize=_BOTS)
def _texts(entry: FleetBot) -> tuple[bytes, str]:
    """What a bot's file and its row's document hold."""
    record = _record(entry)
    return record.text(), record.row_text()


def _directions(
    fleet: Fleet, found: Mapping[str, tuple[Difference, ...]], before: Mapping[str, tuple[Record, ...]]
) -> dict[str, Direction]:
    """Which way each bot goes from what its file, and what its row holds, to what git has: the worse of the two."""
    ways: dict[str, Direction] = dict.fromkeys(found, "de-risking")
    for target in ("file", "row"):
        olds = dict(_olds(target, found, before))
        for name, way in _trends(fleet, olds).items():
            ways[name] = min(ways[name], way, key=_WORST.index)
    return ways


def _olds(
    target: str, found: Mapping[str, tuple[Difference, ...]], before: Mapping[str, tuple[Record, ...]]
) -> Iterator[tuple[str, FleetBot | None]]:
    """The bots as one target holds them. A file that is gone or torn holds nothing that somebody lowered."""
    for name, items in found.items():
        for item in items:
            if item.target == target:
                documents = [item.held.document] if item.held and item.held.document is not None else []
                documents += [record.document for record in before.get(name, ())[:1]] if not documents else []
                yield name, _typed(documents[0]) if documents else None


def _typed(document: dict[str, Any]) -> FleetBot | None:
    plain = {key: value for key, value in document.items() if key != "gitscale"}
    try:
        return FleetBot("", "", bot_from(plain))
    except ValidationError:
        return None


def _trends(fleet: Fleet, olds: Mapping[str, FleetBot | None]) -> dict[str, Direction]:
    """The direction of each bot, among accounts as they are before and after; what cannot be read adds risk."""
    venues = {entry.venue for name, old in olds.items() for entry in (old, fleet.bots.get(name)) if entry}
    changed = {name: old for name, old in olds.items() if old is not None}
    then = replace(fleet, bots={**fleet.bots, **changed})
    was, is_now = (deltas.Side(side, linter.accounts(side, venues), {}) for side in (then, fleet))
    found = {name: pair.direction for name, pair in deltas.pairs(was, is_now, changed).items()}
    unread = {name: _unread(fleet.bots.get(name)) for name, old in olds.items() if old is None}
    return {**found, **unread}


def _unread(entry: FleetBot | None) -> Direction:
    return "risk-adding" if entry and entry.bot.enabled else "neutral"


def written(steps: Iterable[Step]) -> list[Step]:
    """The steps that a sync has something to do for."""
    return [step for step in steps if step.writes]
