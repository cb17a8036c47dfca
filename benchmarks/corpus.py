"""How well the gate judges labelled changes: what it misses, and what it blocks without need."""

from collections.abc import Iterator

from benchmarks.rows import Bench, Row
from tests.gate_corpus.corpus import load_cases, score
from tests.gate_corpus.gatekeeper import gatekeeper


def measure(bench: Bench) -> Iterator[Row]:
    """Every case of tests/gate_corpus, through the real gate."""
    cases = load_cases()
    with gatekeeper(bench.folder / "corpus") as judge:
        found = score(cases, judge)
    yield Row("dangerous changes that pass", 100 * (1 - found.recall), 1, f"1% of {len(cases)} labelled", 1, "%")
    yield Row("other changes that are blocked", 100 * found.false_block_rate, 2, "2%", 1, "%")
