"""The verdict, the orders, and lines as files have them."""

from dataclasses import replace

import pytest

from gitscale.risk.finding import Finding, Place, Severity, State, lines_of
from tests.risk.reports import ACCEPTED, EMPTY, EXTREME, FULL, LOSS, NOT_KNOWN, OLD, POLICY_NOTE


@pytest.mark.parametrize(
    ("severity", "state", "fails", "fails_strictly"),
    [
        ("error", "new", True, True),
        ("warning", "new", False, True),
        ("note", "new", False, False),
        ("error", "existing", False, False),
        ("error", "accepted", False, False),
        ("warning", "existing", False, False),
    ],
)
def test_what_fails(severity: Severity, state: State, fails: bool, fails_strictly: bool) -> None:
    found = replace(EMPTY, findings=(Finding("GS101", severity, "x", Place("a"), state=state),))
    assert bool(found.failing) is fails
    assert bool(replace(found, strict=True).failing) is fails_strictly


def test_orders() -> None:
    assert FULL.in_order() == [NOT_KNOWN, EXTREME, OLD, ACCEPTED, LOSS, POLICY_NOTE]
    assert FULL.worst_first() == [EXTREME, LOSS, POLICY_NOTE, NOT_KNOWN, OLD, ACCEPTED]


@pytest.mark.parametrize(
    ("place", "said"),
    [(Place("a"), "a"), (Place("a", 1), "a:1"), (Place("a", 1, 2), "a:1:2"), (Place("a", 0, 2), "a:2")],
)
def test_places(place: Place, said: str) -> None:
    assert str(place) == said


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", ("",)), ("a", ("a",)), ("a\n", ("a", "")), ("a\r\nb\rc\n\nd\x85e", ("a", "b", "c", "", "d\x85e"))],
)
def test_lines(text: str, lines: tuple[str, ...]) -> None:
    assert lines_of(text) == lines
