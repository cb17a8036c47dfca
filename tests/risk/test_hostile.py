"""Whatever a pull request writes, a report gives no command, steers no terminal and stays the document it is."""

import json
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitscale.model.plain import clean
from gitscale.risk.finding import Report
from gitscale.risk.reporters.markdown import MARKER
from gitscale.risk.reporters.table import REPORTERS
from gitscale.risk.reporters.text import text as coloured_text
from tests.risk.hostile import TEXTS, report
from tests.risk.runner import Command, commands
from tests.risk.shape import Shape

NAMES = [f"{at:02}" for at in range(len(TEXTS))]
hostile = pytest.mark.parametrize("text", TEXTS, ids=NAMES)


@hostile
@pytest.mark.parametrize("name", REPORTERS)
def test_no_report_gives_a_command_that_is_not_meant(text: str, name: str) -> None:
    sent = commands(REPORTERS[name](report(text)))
    assert [command.name for command in sent] == (["error", "notice", "notice"] if name == "github" else [])


@hostile
@pytest.mark.parametrize("name", REPORTERS)
def test_no_report_steers_a_terminal(text: str, name: str) -> None:
    said = REPORTERS[name](report(text)).replace("\n", "")
    assert said.isprintable()
    assert said.encode()


@hostile
def test_annotations_say_what_was_found_and_where(text: str) -> None:
    first, last = (commands(REPORTERS["github"](report(text)))[at] for at in (0, -1))
    assert {*first.properties} - {"file"} == {"title", "line", "endLine", "col", "endColumn"}
    assert first.properties["title"] == "GS101 extreme-exposure"
    assert first.properties["line"] == first.properties["endLine"] == "1"
    assert {*last.properties} == {"title", "file"}


@hostile
def test_colour_is_the_only_steering(text: str) -> None:
    said = REPORTERS["text"](report(text))
    coloured = coloured_text(report(text), colour=True)
    for code in ("1;31", "33", "36", "32", "2", "1", "0"):
        coloured = coloured.replace(f"\x1b[{code}m", "")
    assert coloured == said


@hostile
@pytest.mark.parametrize("name", ["json", "sarif", "gitlab"])
def test_json_keeps_every_text(text: str, name: str) -> None:
    said = REPORTERS[name](report(text))
    assert said.isascii()
    assert json.dumps(json.loads(said), ensure_ascii=False).encode()  # halves of signs would not pass


@hostile
def test_junit_is_well_formed(text: str) -> None:
    assert Xml.fromstring(REPORTERS["junit"](report(text))).tag == "testsuites"


def _shape(found: Report) -> Shape:
    return Shape(REPORTERS["markdown"](found))


def _tags(found: Report) -> list[str]:
    # a line that looks like a credential, or is none, has no excerpt
    return [tag for tag in _shape(found).tags if not tag.endswith("pre")]


@hostile
def test_a_page_keeps_its_shape(text: str) -> None:
    """GitHub's own Markdown parser sees the tags that a harmless report has, and no others."""
    assert _tags(report(text)) == _tags(report("harmless"))
    assert [comment.strip() for comment in _shape(report(text)).comments] == [MARKER[4:-3].strip()]


@hostile
def test_a_page_calls_nobody(text: str) -> None:
    """GitHub reads mentions and issues from the words of the finished page; a sign of no width ends them."""
    assert _shape(report(text)).calls() == []


PIECES = st.sampled_from(
    [*TEXTS, "#", "##", "[", "]", ":", "::", " ", "\n", "error", "`", "|", "<", "@", "&", ";", "\\"]
)


@pytest.mark.parametrize("name", REPORTERS)
@given(text=st.lists(PIECES, max_size=5).map("".join))
@settings(max_examples=50, deadline=None)
def test_together_they_get_no_further(name: str, text: str) -> None:
    said = REPORTERS[name](report(text))
    assert [command.name for command in commands(said)] == (["error", "notice", "notice"] if name == "github" else [])
    assert said.replace("\n", "").isprintable()


@given(text=st.lists(PIECES, max_size=5).map("".join))
@settings(max_examples=50, deadline=None)
def test_together_they_leave_a_page_its_shape(text: str) -> None:
    assert _tags(report(text)) == _tags(report("harmless"))


def test_the_port_finds_what_the_runner_would() -> None:
    said = "::error file=a%2Cb,line=1::x%0Ay\n  ::Debug::z\nq ##[group k=v%3B;w=1]d\n::nosuch::x\n::error\n: :error::\n"
    assert commands(said) == [
        Command("error", {"file": "a,b", "line": "1"}, "x\ny"),
        Command("Debug", {}, "z"),
        Command("group", {"k": "v;", "w": "1"}, "d"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("SOL/USDT:USDT :: ##", "SOL/USDT:USDT :: ##"),
        ("a\n ::error::x", "a\n \\x3a:error::x"),
        ("###[x]", "##\\x23[x]"),
        ("a\x1b\u202e\ufe0f\r\u2028", "a\\x1b\\u202e\\ufe0f\\r\\u2028"),
        ("\ud800", "\\ud800"),
    ],
)
def test_plain_text(text: str, shown: str) -> None:
    assert clean(text) == shown
    assert clean(shown) == shown
