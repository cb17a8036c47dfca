"""Replies in a window: they fit, no word is lost, nothing foreign steers the terminal."""

import pytest

from gitscale.actions.workspace import Workspace
from gitscale.agent.blocks import Block, Facts, Heading, Item, Line, Rule, Table, Toned
from gitscale.agent.render.rich import folded
from tests.helpers import say

EVIL = "a\x1b]0;owned\x07\u202e[bold]b"


@pytest.mark.parametrize("width", [30, 45, 60, 80, 120, 300])
@pytest.mark.parametrize(
    "line", ["/status", "/profiles", "/presets", "/risk check", "/overview", "/advise safety", "/help"]
)
def test_it_fits_and_is_whole(opened: Workspace, line: str, width: int) -> None:
    reply = say(opened, line)
    shown = folded(reply.blocks, width, styled=False)
    assert max(map(len, shown.splitlines())) <= width
    signs = ["".join(sorted("".join(text.split()).replace("-", ""))) for text in (shown, reply.text)]
    if all(row.head == () or len(row.head) < 2 or width >= 120 for row in reply.blocks if isinstance(row, Table)):
        assert signs[0] == signs[1]  # a head is said once; where rows stand one below the other, with each of them


def test_rows_of_a_small_window_name_their_columns() -> None:
    table = Table(("rule", "verdict", "numbers"), [("GS101", "PASS", "exposure 375%")], right=(2,))
    assert folded((table,), 40, styled=False) == "rule   verdict        numbers\nGS101  PASS     exposure 375%"
    assert folded((table,), 22, styled=False) == "GS101\n  verdict  PASS\n  numbers  exposure\n           375%"


@pytest.mark.parametrize("styled", [True, False])
@pytest.mark.parametrize(
    "block",
    [
        Heading(EVIL),
        Line(EVIL, 1),
        Line((Toned(EVIL, "bad"), EVIL)),
        Item(EVIL),
        Facts([(EVIL, EVIL)]),
        Table((EVIL, EVIL), [(EVIL, EVIL)]),
    ],
)
def test_foreign_text_is_shown_as_it_is(block: Block, styled: bool) -> None:
    shown = folded((block, Rule()), 120, styled=styled)
    assert "\\x1b]0;owned" in shown
    assert "[bold]b" in shown
    assert "\x1b]" not in shown
    assert not {"\x07", "\u202e"} & set(shown)
    assert styled or "\x1b" not in shown


def test_tones_are_colours_only_where_wanted() -> None:
    assert folded((Line(Toned("x", "bad")),), 40, styled=True) == "\x1b[1;31mx\x1b[0m"
    assert folded((Line(Toned("x", "bad")),), 40, styled=False) == "x"


def test_an_empty_table_is_its_head() -> None:
    assert folded((Table(("a", "b"), []),), 40, styled=False).split() == ["a", "b"]
