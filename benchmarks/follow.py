"""A sync after one change: work for one bot whatever the size of the fleet."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any, NamedTuple
from unittest.mock import patch

from benchmarks.fleet import Fleet
from benchmarks.measure import GITSCALE, Contender, interleaved, process
from benchmarks.rows import Bench, Row
from gitscale.actions.sync import sync
from gitscale.actions.workspace import Host, Workspace
from gitscale.store.objects import ObjectReader

# where a sync waits for a git process: one that ends, or the one that hands out objects
_WAITS: tuple[tuple[Any, str], ...] = (
    (subprocess, "run"),
    (ObjectReader, "_one"),
    (ObjectReader, "commit"),
    (ObjectReader, "close"),
)


class _Spent(NamedTuple):
    """Seconds of a sync, and those of them spent waiting for git processes."""

    whole: list[float]
    waiting: list[float]


def measure(bench: Bench) -> Iterator[Row]:
    """In process, from a freshly opened repository, with git's share apart."""
    contenders: dict[str, Contender] = {}
    for size in (bench.small, bench.large):
        fleet = bench.fleet(size)
        process((*GITSCALE, "sync"), fleet.root)
        spent = _Spent([], [])
        contenders[f"{size}"] = _following(fleet, spent)
        contenders[f"{size} git"] = spent.waiting.pop
        contenders[f"{size} own"] = spent.whole.pop
    took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs).items()}
    small, large = str(bench.small), str(bench.large)
    what, beside = f"sync after one change, {large} bots", f"{small} bots"
    yield Row(what, took[large], took[small], beside, None)
    yield Row(f"{what}: git's share", took[f"{large} git"], took[f"{small} git"], beside, None)
    yield Row(f"{what}: the rest", took[f"{large} own"], took[f"{small} own"], beside, 1.5)


def _following(fleet: Fleet, spent: _Spent) -> Contender:
    file = fleet.root / fleet.bots[0]
    original = file.read_text()
    turn = iter(range(1_000_000))

    def run() -> float:
        line = next(line for line in original.split("\n") if "hard_stop_loss_bps:" in line)
        file.write_text(original.replace(line, f"  hard_stop_loss_bps: {401 + next(turn) % 9}"))
        fleet.commit("one change", fleet.bots[0])
        waits: list[float] = []
        with ExitStack() as patches:
            for owner, name in _WAITS:
                patches.enter_context(patch.object(owner, name, _timed(getattr(owner, name), waits)))
            begin = time.perf_counter()
            with Workspace.open(fleet.root, Host(lambda: datetime.now(UTC))) as workspace:
                report = sync(workspace)
            taken = time.perf_counter() - begin
        if report.changed != 1:
            raise RuntimeError(f"one bot was changed, {report.changed} were delivered")
        spent.waiting.append(sum(waits))
        spent.whole.append(taken - sum(waits))
        return taken

    return run


def _timed(verb: Callable[..., Any], waits: list[float]) -> Callable[..., Any]:
    def run(*words: Any, **options: Any) -> Any:
        begin = time.perf_counter()
        try:
            return verb(*words, **options)
        finally:
            waits.append(time.perf_counter() - begin)

    return run
