"""`gitscale lint --valid` of a large fleet, cold and again, beside two validators with the same schema."""

import shutil
from collections.abc import Iterator
from functools import partial

from benchmarks import peers
from benchmarks.fleet import Fleet
from benchmarks.measure import GITSCALE, Contender, interleaved, peak, process
from benchmarks.rows import Bench, Row

_LINT = (*GITSCALE, "lint", "--valid")
_MEMORY = 60


def measure(bench: Bench) -> Iterator[Row]:
    """Whole processes; cold means that nothing is remembered from an earlier lint."""
    for folders in (False, True):
        fleet = bench.fleet(bench.large, folders=folders)
        where = f"{bench.large} files" + (" in sub-folders" if folders else "")
        native = (*peers.sourcemeta(), peers.SCHEMA, "bots", "--extension", ".yaml")
        contenders: dict[str, Contender] = {
            "cold": partial(_cold, fleet),
            "again": partial(process, _LINT, fleet.root),
            "native": partial(process, native, fleet.root),
            "fast": partial(process, (*native, "--fast"), fleet.root),
        }
        if not folders:
            contenders["python"] = partial(process, (*peers.check_jsonschema(), *fleet.bots), fleet.root)
        took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs, {"python": 3}).items()}
        if not folders:
            yield Row(f"validity, {where}, cold", took["cold"], took["python"], "check-jsonschema", 1 / 50)
            # five times faster again
            yield Row(f"validity, {where}, unchanged", took["again"], took["python"], "check-jsonschema", 1 / 250)
        yield Row(f"validity, {where}, cold", took["cold"], took["native"], "sourcemeta", 1)
        yield Row(f"validity, {where}, cold", took["cold"], took["fast"], "sourcemeta --fast", None)
        yield Row(f"validity, {where}, unchanged", took["again"], took["cold"], "the same, cold", None)
        _forget(fleet)
        yield Row(f"validity, {where}, memory", peak(_LINT, fleet.root), _MEMORY, "the limit", 1, "MiB")


def _forget(fleet: Fleet) -> None:
    shutil.rmtree(fleet.root / ".git/gitscale/cache", ignore_errors=True)


def _cold(fleet: Fleet) -> float:
    _forget(fleet)
    return process(_LINT, fleet.root)
