"""A sync with nothing to do, and the way back: a rollback from the command to files and rows that follow it."""

from collections.abc import Iterator
from functools import partial

from benchmarks.fleet import Fleet
from benchmarks.measure import GITSCALE, PYTHON, Contender, interleaved, process
from benchmarks.rows import Bench, Row

_WHERE = ("git", "rev-parse", "HEAD")
_BACK = ("git", "revert", "--no-edit", "HEAD")
# the start of a process that can do it: nothing of ours runs without these
_START = (*PYTHON, "import click, pydantic")
_MIDDLE = 1_000


def measure(bench: Bench) -> Iterator[Row]:
    """Whole processes; what a peer does in two, it does one after the other."""
    fleet = bench.fleet(bench.large)
    process((*GITSCALE, "sync"), fleet.root)
    contenders: dict[str, Contender] = {
        "sync": partial(process, (*GITSCALE, "sync"), fleet.root),
        "peer": lambda: process((*PYTHON, "import click"), fleet.root) + process(_WHERE, fleet.root),
    }
    took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs * 2 + 1).items()}
    yield Row(f"sync with nothing to do, {bench.large} bots", took["sync"], took["peer"], "import click; rev-parse", 3)
    yield _way_back(bench)


def _way_back(bench: Bench) -> Row:
    """There and back again: each rollback undoes the one before."""
    ours, theirs = bench.fleet(_MIDDLE), bench.fleet(_MIDDLE)
    process((*GITSCALE, "sync"), ours.root)
    for fleet in (ours, theirs):
        _change(fleet)
    process((*GITSCALE, "sync"), ours.root)
    name = ours.bots[0].rpartition("/")[2].removesuffix(".yaml")
    contenders: dict[str, Contender] = {
        "ours": lambda: process((*GITSCALE, "rollback", "HEAD~1", "--bot", name), ours.root),
        "theirs": lambda: process(_START, theirs.root) + process(_BACK, theirs.root),
    }
    took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs * 2 + 1).items()}
    return Row(f"rollback to synced, {_MIDDLE} bots", took["ours"], took["theirs"], "its libraries; git revert", 3)


def _change(fleet: Fleet) -> None:
    file = fleet.root / fleet.bots[0]
    text = file.read_text()
    line = next(line for line in text.split("\n") if "hard_stop_loss_bps:" in line)
    file.write_text(text.replace(line, "  hard_stop_loss_bps: 401"))
    fleet.commit("one change", fleet.bots[0])
