"""The risk gate on a large fleet: every rule over all of it, and over a change of three files."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks import peers
from benchmarks.fleet import Fleet, git
from benchmarks.measure import GITSCALE, PYTHON, Contender, interleaved, process
from benchmarks.rows import Bench, Row

_LINT = (*GITSCALE, "lint")
_CHANGE = (*_LINT, "--base", "main", "--head", "pr")
_OVER = 300


def measure(bench: Bench) -> Iterator[Row]:
    """Whole processes; cold means that nothing is remembered."""
    fleet = bench.fleet(bench.large)
    _propose(fleet)
    both = (sys.executable, str(Path(__file__).with_name("read_both.py")), str(fleet.root), "main", "pr")
    contenders: dict[str, Contender] = {
        "all": partial(_cold, fleet, _LINT),
        "python": partial(process, (*peers.check_jsonschema(), *fleet.bots), fleet.root),
        "cold": partial(_cold, fleet, _CHANGE),
        "warm": partial(process, _CHANGE, fleet.root),
        "both": partial(process, both, fleet.root),
        "libraries": partial(process, (*PYTHON, "import click, pydantic"), fleet.root),
    }
    took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs, {"python": 3}).items()}
    yield Row(f"lint of {bench.large}, all rules, cold", took["all"], took["python"], "check-jsonschema", 1 / 25)
    yield Row(f"3 files of {bench.large} changed, cold", took["cold"], took["both"], "reading both fleets", 1.2)
    over = took["warm"] - took["libraries"]
    yield Row(f"3 files of {bench.large} changed, warm", over, _OVER, "0.3 s over import click, pydantic", 1)


def _propose(fleet: Fleet) -> None:
    """A branch `pr` that calms three bots."""
    git(fleet.root, "switch", "--quiet", "--create", "pr")
    for path in fleet.bots[:3]:
        file = fleet.root / path
        lines = file.read_text().split("\n")
        file.write_text("\n".join("  leverage: 2" if line.startswith("  leverage:") else line for line in lines))
    fleet.commit("three calmer bots", *fleet.bots[:3])
    git(fleet.root, "switch", "--quiet", "main")


def _cold(fleet: Fleet, words: Sequence[str]) -> float:
    shutil.rmtree(fleet.root / ".git/gitscale/cache", ignore_errors=True)
    return process(words, fleet.root)
