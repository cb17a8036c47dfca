"""Whole processes of small commands, beside the start of Python and of the libraries they cannot do without."""

from collections.abc import Iterator
from functools import partial
from itertools import cycle

from benchmarks.fleet import Fleet
from benchmarks.measure import GITSCALE, PYTHON, Contender, interleaved, process
from benchmarks.rows import Bench, Row

_VALUES = ("15.5", "16.5", "17.5")


def measure(bench: Bench) -> Iterator[Row]:
    """`--help`, and /set as a process, with and without the sync behind it."""
    for bots in (bench.small, bench.large):
        judged = bots == bench.small
        fleet = bench.fleet(bots)
        process((*GITSCALE, "sync"), fleet.root)
        contenders: dict[str, Contender] = {
            "pass": partial(process, (*PYTHON, "pass"), fleet.root),
            "libraries": partial(process, (*PYTHON, "import click, pydantic"), fleet.root),
            "help": partial(process, (*GITSCALE, "--help"), fleet.root),
            "set": _setting(fleet, 0, "--no-sync"),
            "synced": _setting(fleet, 1),
        }
        took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs * 2 + 1).items()}
        if judged:
            yield Row("gitscale --help", took["help"], took["pass"], "python -c pass", 7)
        name, floor = "import click, pydantic", took["libraries"]
        yield Row(f"gitscale set --no-sync, {bots} bots", took["set"], floor, name, 3 if judged else None)
        yield Row(f"gitscale set, {bots} bots", took["synced"], floor, name, 6 if judged else None)


def _setting(fleet: Fleet, which: int, *options: str) -> Contender:
    bot = fleet.bots[which].rpartition("/")[2].removesuffix(".yaml")
    values = cycle(_VALUES)

    def run() -> float:
        return process((*GITSCALE, "set", "base_spread_bps", next(values), "--bot", bot, *options), fleet.root)

    return run
