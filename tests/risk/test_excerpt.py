"""The line and its caret, and the lines that nobody is shown."""

from dataclasses import replace

import pytest

from gitscale.risk.finding import Finding, Place, lines_of
from gitscale.risk.reporters.excerpt import Excerpts
from gitscale.risk.reporters.table import REPORTERS
from tests.risk.reports import EMPTY


def shown(line: str, column: int, end: int = 0) -> list[str]:
    report = replace(EMPTY, sources={"a": (line,)})
    return Excerpts(report).of(Place("a", 1, column, end))


@pytest.mark.parametrize(
    ("line", "column", "end", "expected"),
    [
        ("leverage: 100", 11, 14, ["   1 | leverage: 100", "     |           ^^^"]),
        ("leverage: 100", 0, 0, ["   1 | leverage: 100"]),
        ("leverage: 100", 99, 0, ["   1 | leverage: 100", "     |              ^"]),
        ("名: 100", 4, 7, ["   1 | 名: 100", "     |     ^^^"]),
        ("a\t: 1", 5, 6, ["   1 | a\\t: 1", "     |      ^"]),
        ("e\u0301: 1", 5, 6, ["   1 | e\u0301: 1", "     |    ^"]),
        ("", 1, 0, ["   1 |", "     | ^"]),
        ("x" * 300, 200, 203, ["   1 | ..." + "x" * 100 + "...", "     | " + " " * 63 + "^^^"]),
        ("x" * 300, 1, 300, ["   1 | " + "x" * 100 + "...", "     | " + "^" * 100]),
    ],
)
def test_caret(line: str, column: int, end: int, expected: list[str]) -> None:
    assert shown(line, column, end) == expected


@pytest.mark.parametrize("place", [Place("a", 0), Place("a", 2), Place("b", 1)])
def test_no_such_line(place: Place) -> None:
    assert Excerpts(replace(EMPTY, sources={"a": ("x",)})).of(place) == []


SECRETS = [
    "api_key: abc",
    "  - token: 'abc",
    '  "password" : x',
    "-----BEGIN PRIVATE KEY-----",
    "note: sk9Zq83hGd72nVbX01LmPo45TrEw6yUi8k",
    "- sk9Zq83hGd72nVbX01LmPo45TrEw6yUi8k",
    "{api_key: sk9Zq83hGd72nVbX01LmPo45TrEw6yUi8k}",
]


@pytest.mark.parametrize("line", SECRETS)
def test_a_line_that_looks_like_a_credential_is_not_shown(line: str) -> None:
    assert shown(line, 1) == []


@pytest.mark.parametrize("name", REPORTERS)
def test_no_line_of_a_file_with_a_credential_is_shown(name: str) -> None:
    secret = Finding("GS101", "error", "looks like a credential", Place("a", 1, 3))
    report = replace(
        EMPTY,
        rules={"GS006": replace(EMPTY.rules["GS101"], code="GS006")},
        findings=(replace(secret, code="GS006"), replace(secret, code="GS006", place=Place("a", 2))),
        sources={"a": lines_of("- hidden1\n- hidden2\n")},
    )
    assert "hidden" not in REPORTERS[name](report)
