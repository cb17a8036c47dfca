"""Blocks as text and Markdown: what each looks like, and that nothing foreign steers whoever reads it."""

import re
from html.parser import HTMLParser

import cmarkgfm
import pytest

from gitscale.agent.blocks import Block, Facts, Heading, Item, Line, Rule, Table, Toned
from gitscale.agent.render.markdown import markdown
from gitscale.agent.render.text import text
from tests.risk.hostile import TEXTS
from tests.risk.runner import commands

EVERY: tuple[Block, ...] = (
    Heading("Two bots"),
    Line(("profile ", Toned("degen", "bad"), " waits")),
    Line("a note", 1),
    Facts([("leverage", "50 -> 75"), ("min_spread_bps", Toned("8", "good"))]),
    Table(("bot", "exposure"), [("blofin-main", "375%"), ("b", Toned("80%", "warning"))], right=(1,)),
    Line(),
    Rule(),
    Item("one"),
    Item((Toned("two", "strong"),)),
    Line("done"),
)
TEXT = """\
Two bots
profile degen waits
  a note
  leverage        50 -> 75
  min_spread_bps  8
bot          exposure
blofin-main      375%
b                 80%

---
- one
- two
done"""
MARKDOWN = """\
**Two bots**
profile **degen** waits
- a note
- **leverage:** 50 -> 75
- **min_spread_bps:** 8

| bot | exposure |
|:--|--:|
| blofin-main | 375% |
| b | 80% |

---
- one
- **two**

done"""
COLOURS = re.compile("\x1b\\[(1|2|32|33|1;31|0)m")


def full_of(foreign: str) -> tuple[Block, ...]:
    """Every kind of block with one text in all its places."""
    toned = Toned(foreign, "bad")
    return (
        Heading(foreign),
        Line(foreign),
        Line((foreign, " and ", toned), 1),
        Facts([(foreign, foreign), ("label", toned)]),
        Table((foreign, "head"), [(foreign, (foreign, toned))], right=(1,)),
        Item((toned, foreign)),
        Line(),
        Line(foreign),
    )


def test_text() -> None:
    assert text(EVERY) == TEXT


def test_markdown() -> None:
    assert markdown(EVERY) == MARKDOWN


def test_nothing_is_nothing() -> None:
    empty = (Facts([]), Table((), []))
    assert text(empty) == ""
    assert markdown((Facts([]), Line("x"))) == "x"


def test_colours_are_the_only_difference_and_take_no_room() -> None:
    styled = text(EVERY, styled=True)
    assert "\x1b[1;31mdegen\x1b[0m" in styled
    assert COLOURS.sub("", styled) == TEXT


def test_wide_signs_keep_the_columns() -> None:
    assert text((Table((), [("界", "x"), ("ab", "y")]),)) == "界  x\nab  y"


@pytest.mark.parametrize("foreign", TEXTS)
def test_no_text_steers_a_terminal_or_a_build(foreign: str) -> None:
    for styled in (False, True):
        said = COLOURS.sub("", text(full_of(foreign), styled=styled)) if styled else text(full_of(foreign))
        assert said.replace("\n", "").isprintable()
        assert said.encode()
        assert said.count("\n") == 9
    assert commands(text(full_of(foreign))) == []


class _Page(HTMLParser):
    """The tags of a page, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag + "".join(f" {name}" for name, _ in attrs))

    def handle_data(self, data: str) -> None:
        self.words += data


def _strong(tags: list[str]) -> list[str]:
    return ["strong" if tag == "b" else tag for tag in tags]


def page(foreign: str) -> _Page:
    options = cmarkgfm.Options.CMARK_OPT_UNSAFE
    return _Page(cmarkgfm.github_flavored_markdown_to_html(markdown(full_of(foreign)), options=options))


@pytest.mark.parametrize("foreign", [item for item in TEXTS if item])
def test_no_text_changes_the_shape_of_a_page_or_calls_anybody(foreign: str) -> None:
    """GitHub's own parser sees the tags that harmless text has."""
    found = page(foreign)
    assert _strong(found.tags) == _strong(page("harmless").tags)
    assert not re.search("[@#][a-z0-9]", found.words)
    assert commands(markdown(full_of(foreign))) == []
