"""What people see, as files: text, annotations and the page. `SNAPSHOTS=write` renews them."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gitscale.risk.finding import Report
from gitscale.risk.reporters.table import REPORTERS
from gitscale.risk.reporters.text import text
from tests.risk.reports import EMPTY, FULL, LOSS

FOLDER = Path(__file__).parent / "snapshots"
SHOWN: dict[str, tuple[Callable[[Report], str], Report]] = {
    "full.txt": (text, FULL),
    "empty.txt": (text, EMPTY),
    "colour.txt": (lambda report: text(report, colour=True), FULL),
    "full.md": (REPORTERS["markdown"], FULL),
    "empty.md": (REPORTERS["markdown"], EMPTY),
    "strict.md": (REPORTERS["markdown"], replace(EMPTY, findings=(LOSS,), strict=True)),
    "github.txt": (REPORTERS["github"], FULL),
    "junit.xml": (REPORTERS["junit"], FULL),
}


@pytest.mark.parametrize("name", SHOWN)
def test_snapshot(name: str) -> None:
    reporter, report = SHOWN[name]
    if os.environ.get("SNAPSHOTS") == "write":
        (FOLDER / name).write_text(reporter(report), encoding="utf-8")
    assert reporter(report) == (FOLDER / name).read_text(encoding="utf-8")


def test_no_snapshot_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(SHOWN)
