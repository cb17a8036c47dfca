"""10,000 rows into PostgreSQL, beside COPY into a temporary table and a merge of rows that are ready."""

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from pydantic_core import to_json

from benchmarks.measure import interleaved
from benchmarks.rows import Bench, Row
from gitscale.documents import load
from gitscale.model.snapshot import SourceFile
from gitscale.sync.plan import Plan
from gitscale.sync.render import Record, render
from gitscale.sync.runs import Mark
from gitscale.sync.targets.rows import Here, row_target
from tests.postgres import Server, missing

_PEER = """
    insert into plain select * from fresh on conflict (name) do update set
    (strategy, exchange, account, enabled, config, sha256, path, blob, revision, updated_at) =
    (excluded.strategy, excluded.exchange, excluded.account, excluded.enabled, excluded.config, excluded.sha256,
    excluded.path, excluded.blob, excluded.revision, excluded.updated_at)
"""


def measure(bench: Bench) -> Iterator[Row]:
    """Every row differs from the one before, each time; both sides connect, write, commit."""
    if reason := missing():
        print(f"postgres: not measured: {reason}", file=sys.stderr)
        return
    server = Server()
    try:
        yield from _measured(bench, server)
    finally:
        server.stop()


def _measured(bench: Bench, server: Server) -> Iterator[Row]:
    fleet = bench.fleet(bench.large)
    files = [
        SourceFile(path.relative_to(fleet.root).as_posix(), "100644", "0" * 40, path.read_bytes())
        for path in sorted(fleet.root.glob("bots/**/*.yaml"))
    ]
    records = list(render(load.fleet(files).valid().bots.values()))
    url = server.url(schema=server.schema())
    ours = partial(_ours, url, bench.folder, records)
    ours(0)
    with psycopg.connect(url) as connection:
        connection.execute("create table plain (like bots including all)")
    theirs = partial(_theirs, url, records)
    theirs(0)
    turns = iter(range(1, 10**6))
    took = interleaved({"sync": lambda: ours(next(turns)), "peer": lambda: theirs(next(turns))}, bench.runs)
    what = f"upsert of {len(records)} rows into PostgreSQL"
    yield Row(what, 1000 * took["sync"], 1000 * took["peer"], "COPY and merge", 2.0)


def _ours(url: str, folder: Path, records: Sequence[Record], turn: int) -> float:
    fresh = tuple(replace(record, sha256=f"{turn:064}") for record in records)
    rows = row_target(url, Here("bench", folder, folder / "synced.json"))
    mark = Mark(f"{turn:040}", "main", "bench", datetime.now(UTC))
    rows.upgrade()
    begin = time.perf_counter()
    with rows.writing(10):
        rows.apply(None, mark, Plan((), fresh, (), 0))
    return time.perf_counter() - begin


def _theirs(url: str, records: Sequence[Record], turn: int) -> float:
    now = datetime.now(UTC)
    ready: list[tuple[Any, ...]] = [
        (
            *(record.name, record.strategy, record.exchange, record.account, record.enabled),
            to_json(record.document).decode(),
            *(f"{turn:064}", record.path, record.blob, f"{turn:040}", now),
        )
        for record in records
    ]
    begin = time.perf_counter()
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("create temporary table fresh (like plain) on commit drop")
        with cursor.copy("copy fresh from stdin") as copy:
            for row in ready:
                copy.write_row(row)
        cursor.execute(_PEER)
    return time.perf_counter() - begin
