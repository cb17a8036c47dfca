"""usage: python -m benchmarks [--quick] [--only NAME]... [--json FILE]

Runs the measurements and prints one table. Figures are medians of interleaved runs; what counts is the ratio
to the peer in the same run, since absolute times move from machine to machine.
"""

import argparse
import compileall
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks import console, corpus, deliver, estimate, follow, gate, language, postgres, settled, startup, validate
from benchmarks.fleet import environment
from benchmarks.measure import ROOT
from benchmarks.rows import HEAD, Bench, Measurement, Row

MEASUREMENTS: dict[str, Measurement] = {
    "validate": validate.measure,
    "gate": gate.measure,
    "corpus": corpus.measure,
    "language": language.measure,
    "startup": startup.measure,
    "console": console.measure,
    "estimate": estimate.measure,
    "deliver": deliver.measure,
    "follow": follow.measure,
    "settled": settled.measure,
    "postgres": postgres.measure,
}


def main() -> None:
    """Measure, print, and write the JSON that was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Figures side by side with their peers.")
    parser.add_argument("--quick", action="store_true", help="fewer runs, and 1,000 bots where 10,000 are meant")
    parser.add_argument("--only", action="append", choices=list(MEASUREMENTS), help="this measurement; repeatable")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    given = parser.parse_args()
    # installed packages have their bytecode; a fresh or edited checkout would be compiled at every start
    compileall.compile_dir(ROOT / "gitscale", quiet=1)
    # in-process measurements run git too: it must not see more of this machine than the measured processes do
    os.environ.clear()
    os.environ.update(environment())
    rows = _measured(given.only or list(MEASUREMENTS), quick=given.quick)
    print(_table(rows))
    if given.quick:
        print("\nquick: smaller fleets and few runs, so the targets are only a hint")
    if given.json:
        body = {"machine": _machine(), "quick": given.quick, "rows": [row.json() for row in rows]}
        given.json.write_text(json.dumps(body, indent=2) + "\n")


def _measured(names: Sequence[str], *, quick: bool) -> list[Row]:
    found: list[Row] = []
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)
        bench = Bench(quick)
        try:
            found += MEASUREMENTS[name](bench)
        finally:
            bench.close()
    return found


def _table(rows: Sequence[Row]) -> str:
    cells = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[at]) for line in cells) for at in range(len(HEAD))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells)


def _machine() -> dict[str, object]:
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count(), "git": git}


if __name__ == "__main__":
    main()
