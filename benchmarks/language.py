"""How well and how fast plain sentences are understood: those it was developed with, and those it is only scored on."""

import time
from collections.abc import Iterator
from statistics import median

from benchmarks.rows import Bench, Row
from tests.utterances.scoring import Case, cases

_BUDGET = 5.0


def measure(bench: Bench) -> Iterator[Row]:
    """What is not understood, what would be changed unasked, and the time a sentence takes."""
    for part in ("dev", "heldout"):
        known = list(cases(part))
        wrong = 100 * sum(not case.right for case in known) / len(known)
        yield Row(f"sentences not understood, {part}", wrong, 5, f"5% of {len(known)}", 1, "%")
        yield Row(f"changes nobody asked for, {part}", sum(case.unintended for case in known), 1, "one", 0, "")
    # the best of each sentence's runs: the slowest sentence is wanted, not the busiest moment of the machine
    took = [min(_timed(case) for _ in range(bench.runs)) for case in cases("dev")]
    yield Row("a sentence is understood", median(took), _BUDGET, "5 ms", 1)
    yield Row("a sentence is understood, the slowest", max(took), _BUDGET, "5 ms", 1)


def _timed(case: Case) -> float:
    begin = time.perf_counter()
    assert case.meaning is not None
    return 1000 * (time.perf_counter() - begin)
