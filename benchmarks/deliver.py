"""The first sync of a large fleet, beside the bare loop that writes the same bytes and the same rows."""

import pickle
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.fleet import Fleet
from benchmarks.measure import GITSCALE, interleaved, process
from benchmarks.rows import Bench, Row

_SYNC = (*GITSCALE, "sync")


def measure(bench: Bench) -> Iterator[Row]:
    """The loop is given what the sync delivered; it reads, checks and computes nothing."""
    fleet = bench.fleet(bench.large)
    process(_SYNC, fleet.root)
    given = _delivered(fleet, bench.folder / "delivered.pickle")
    bare = (sys.executable, str(Path(__file__).with_name("bare_loop.py")), str(given), str(bench.folder / "bare"))
    contenders = {
        "sync": partial(_fresh, _SYNC, fleet.root, fleet.root / "build"),
        "safe": partial(_fresh, bare, fleet.root, bench.folder / "bare"),
        "hasty": partial(_fresh, (*bare, "--hasty"), fleet.root, bench.folder / "bare"),
    }
    took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs).items()}
    what = f"first sync of {bench.large} bots"
    yield Row(what, took["sync"], took["safe"], "bare loop, fsync", 2.5)
    yield Row(what, took["sync"], took["hasty"], "bare loop, no fsync", None)


def _fresh(words: tuple[str, ...], folder: Path, target: Path) -> float:
    shutil.rmtree(target, ignore_errors=True)
    return process(words, folder)


def _delivered(fleet: Fleet, place: Path) -> Path:
    """Everything the sync wrote: files by name, how the table is made, its rows."""
    files = [(file.name, file.read_bytes()) for file in sorted((fleet.root / "build/bots").glob("*.json"))]
    with closing(sqlite3.connect(fleet.root / "build/gitscale.db")) as database:
        table = database.execute("select sql from sqlite_master where name = 'bots'").fetchone()[0]
        rows = database.execute("select * from bots").fetchall()
    place.write_bytes(pickle.dumps((files, table, rows)))
    return place
