"""Law 4: what the fast path accepts, the exact path reads as the same value; the rest the exact path decides."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitscale.documents import exact, fast, load
from gitscale.documents.limits import MAX_VALUES
from gitscale.errors import InvalidConfig
from tests.documents.texts import documents

ROOT = Path(__file__).parent.parent.parent
REALISTIC = (
    (ROOT / "bots" / "blofin-main.yaml").read_text(encoding="utf-8"),
    (ROOT / "policy.yaml").read_text(encoding="utf-8"),
    "a: 1\nb:\n  c: [x, 2.5, true]\n  d: {}\n  e:\n  - p\n  - q: 1\n    r: 'x y'\n  # c\nf: \"z\" # t\n",
    "l:\n- a: 1\n  b:\n  - c\n  -   d\n- e: []\nm:\n    t: 2024-01-02\n    o: -0\n",
    "a:\n  b:\n    c:\n      d: 1\n  e: 2\nf:\n- g\n-  h\nx: a:b\nw: [a:b, c d,e]\nz: A/B:C\r\n",
)
PIECES = (
    *("\n", " ", "  ", "\n  ", "\n- ", "- ", ": ", ":", "#", " #", "'", '"', "[", "]", "{}", "{", "}", ",", ", ", "\r"),
    *(
        "\r\n",
        "\t",
        "|",
        ">\n",
        "? ",
        "&a",
        "*a ",
        "!t ",
        "%",
        "---\n",
        "...\n",
        "-",
        "0",
        "00",
        ".",
        "1e3",
        "-0",
        "null",
    ),
    *(
        "~",
        "yes",
        "No",
        "true",
        "True",
        "<<: ",
        "=",
        "@",
        "`",
        "\\",
        "\x85",
        "\u2028",
        "\ufeff",
        "\xa0",
        "é",
        "😀",
        "\x7f",
    ),
    *("\x00", "9" * 16, "9" * 17, "k" * 130, "k" * 1100, "api_key:", "token: ", "A1" * 16, "2024-13-99", "- - x", "x:"),
    *(" :", "'#'", '" #', "''", "_", "/", "(", "[]", "[a]", "[,]", "[a,]", "[ a]", "[a ]", "env:X", "a: b"),
)


def agree(text: str) -> bool:
    """Whether the fast path took the text; if so, the exact path reads the same and finds no fault either."""
    try:
        quick = fast.parse(text)
    except fast.Declined:
        return False
    root = exact.compose("x", exact.decode("x", text.encode("utf-8")))
    # repr tells 5 from 5.0, true from 1, and one order of keys from another
    assert repr(quick) == repr(root.plain())
    assert not list(load.secrets_in("x", root, frozenset()))
    return True


@given(documents())
def test_both_paths_agree_on_documents_of_every_style(case: tuple[str, Any]) -> None:
    text, value = case
    assert repr(exact.compose("x", text).plain()) == repr(value)
    agree(text)


@st.composite
def mutants(draw: st.DrawFn) -> str:
    """A realistic file after some accidents: characters put in, taken out or replaced, lines moved or shifted."""
    text = draw(st.sampled_from(REALISTIC))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        lines = text.split("\n")
        one, two = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match draw(st.integers(0, 6)):
            case 0 | 1:
                text = text[:at] + draw(st.sampled_from(PIECES)) + text[at:]
                continue
            case 2:
                text = text[:at] + text[at + draw(st.integers(1, 4)) :]
                continue
            case 3:
                text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(1, 3)) :]
                continue
            case 4:
                lines[one], lines[two] = lines[two], lines[one]
            case 5:
                lines[one] = " " * draw(st.integers(1, 4)) + lines[one]
            case 6:
                lines[one : one + 1] = draw(st.sampled_from([[], [lines[one][1:]], [lines[one], lines[two]]]))
        text = "\n".join(lines)
    return text


@given(st.lists(mutants(), min_size=12, max_size=12))
def test_both_paths_agree_on_files_after_accidents(texts: list[str]) -> None:
    for text in texts:
        agree(text)


@given(st.lists(mutants(), min_size=3, max_size=3))
def test_a_broken_file_is_read_or_refused_with_a_place_never_a_traceback(texts: list[str]) -> None:
    for text in texts:
        try:
            load.document("x.yaml", text.encode("utf-8"))
        except InvalidConfig as error:
            problems = error.problems
        else:
            continue
        lines = text.count("\n") + 2
        assert all(0 < item.line <= lines and item.column > 0 and item.remedy for item in problems)


EVERYDAY = {
    "bot": REALISTIC[0],
    "policy": REALISTIC[1],
    "block lists of mappings": REALISTIC[2],
    "deep lists": REALISTIC[3],
    "carriage returns": "a: 1\r\nb:\r\n  c: 2\r\n",
    "quoted": "a: 'x: y'\nb: \"#\" # c\nc: ''\n",
    "blank lines and comments": "\n  \n# c\n   # d\na: 1\n\n",
}


@pytest.mark.parametrize("name", EVERYDAY)
def test_everyday_files_take_the_fast_path(name: str) -> None:
    assert agree(EVERYDAY[name])


LEFT = {
    "empty": "",
    "only comments": "# a\n",
    "list at the root": "- a\n",
    "nothing behind a key": "a:\n",
    "nothing behind a dash": "a:\n-\n",
    "nothing behind the last key of an item": "a:\n- b:\n",
    "duplicate key": "a: 1\na: 2\n",
    "duplicate key behind a dash": "a:\n- b: 1\n  b: 2\n",
    "shallower than its parent": "a:\n  b:\n c: 1\n",
    "deeper than its neighbour": "a: 1\n  b: 2\n",
    "between two levels": "a:\n    b: 1\n  c: 2\n",
    "item in a mapping": "a: 1\n- b\n",
    "pair in a list": "a:\n- b\n  c: 1\n",
    "list below its key's column": "a:\n  b:\n - c\n",
    "yes": "a: yes\n",
    "yes as a key": "yes: 1\n",
    "octal": "a: 012\n",
    "number too large": "a: 99999999999999999\n",
    "escape": 'a: "\\n"\n',
    "doubled quote": "a: 'it''s'\n",
    "space before the colon": "a : 1\n",
    "key longer than readers allow": "k" * 1100 + ": 1\n",
    "key of a credential above a list": "api_key:\n- abc\n",
    "carriage return alone at the end": "a: 1\r",
    "carriage return alone": "a: 1\rb: 2\n",
    "next line": "a: 1\x85b: 2\n",
    "document start": "---\na: 1\n",
    "flow mapping": "a: {b: 1}\n",
    "deeper than the fast path goes": "\n".join("  " * step + "a:" for step in range(20)) + " 1\n",
    "many values": "a:\n" + "- 1\n" * (MAX_VALUES // 4),
}


@pytest.mark.parametrize("name", LEFT)
def test_anything_else_is_left_to_the_exact_path(name: str) -> None:
    with pytest.raises(fast.Declined):
        fast.parse(LEFT[name])


def test_what_is_remembered_about_a_line_is_not_shared() -> None:
    first, second = (fast.parse("a: []\nb: {}\nc:\n- []\n- {}\n") for _ in range(2))
    first["a"].append(1)
    first["b"]["x"] = 1
    first["c"][0].append(1)
    first["c"][1]["x"] = 1
    assert second == {"a": [], "b": {}, "c": [[], {}]}


def test_the_memory_of_lines_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_known", {})
    monkeypatch.setattr(fast, "_REMEMBERED", 2)
    assert fast.parse("a: 1\nb: 2\nc: 3\n") == {"a": 1, "b": 2, "c": 3}
    assert len(fast._known) == 2
