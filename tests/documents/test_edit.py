"""Laws 1 and 2: editing the text and editing the value commute, and nothing outside the edited span moves."""

import pytest
from hypothesis import given

from gitscale.documents import exact
from gitscale.documents.edit import edit, source
from gitscale.model.change import Append, Change, Drop, Put, apply_all, difference, same
from tests.documents.texts import Edited, edits, pairs_of_values, scalar_puts

PATH = "bots/x.yaml"


def value(text: str) -> object:
    return exact.compose(PATH, text).plain()


@given(edits())
def test_editing_the_text_and_the_value_commute(case: Edited) -> None:
    text, root, changes = case
    assert same(value(edit(PATH, text, changes)), apply_all(changes, root))


@given(scalar_puts())
def test_a_scalar_put_replaces_its_own_span_and_no_other_byte(case: tuple[str, Put]) -> None:
    text, put = case
    node = exact.compose(PATH, text).find(put.keys)
    assert node is not None
    after = edit(PATH, text, [put])
    end = len(text[: node.end].rstrip("\r\n"))
    assert after.startswith(text[: node.start])
    assert after.endswith(text[end:])
    assert len(after) >= node.start + len(text) - end
    assert "\n" not in after[node.start : len(after) - (len(text) - end)]


@given(edits(most=1))
def test_one_change_touches_one_span(case: Edited) -> None:
    """What was added can be cut out again, and what was dropped can be put back, in one piece."""
    text, root, (change,) = case
    after = edit(PATH, text, [change])
    start = _common(text, after)
    kept = start + _common(text[start:][::-1], after[start:][::-1])
    if isinstance(change, Drop) and len(_holder(root, change)) > 1:
        assert kept == len(after)
    elif (isinstance(change, Append) and _holder(root, change)) or (
        isinstance(change, Put) and change.keys[-1] not in _holder(root, change)
    ):
        assert kept == len(text)


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common from the start."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _holder(root: object, change: Change) -> list[object]:
    """The keys or indexes beside what a change names; for an Append the list itself."""
    place = root
    for key in change.keys if isinstance(change, Append) else change.keys[:-1]:
        if not isinstance(place, (dict, list)) or (isinstance(place, dict) and key not in place):
            return []
        place = place[key]  # type: ignore[index]
    return list(place) if isinstance(place, dict) else list(range(len(place)))  # type: ignore[arg-type]


@given(pairs_of_values())
def test_the_difference_of_two_values_leads_from_one_to_the_other(case: tuple[str, object, object]) -> None:
    text, old, new = case
    there = edit(PATH, text, difference(old, new))
    assert same(value(there), new)
    assert same(value(edit(PATH, there, difference(new, old))), old)


MAIN = """\
# head
name: main   # who
symbols: [A/USDT:USDT,  B/USDT:USDT]

settings:            # the eight
  leverage:   75     # x
  # a note
  'equity_pct': 5.0
accepted_risks: []
advanced: {}
"""

# name: (text, changes, text after)
SPLICES: dict[str, tuple[str, list[Change], str]] = {
    "scalar": (MAIN, [Put(("settings", "leverage"), 50)], MAIN.replace("75", "50")),
    "scalar with its own spelling": (
        MAIN,
        [Put(("settings", "equity_pct"), 12.0, "12.0")],
        MAIN.replace("5.0", "12.0"),
    ),
    "equal value: nothing": (MAIN, [Put(("settings", "leverage"), 75)], MAIN),
    "new key behind the last line of its mapping": (
        MAIN,
        [Put(("settings", "num_levels"), 7)],
        MAIN.replace("5.0\n", "5.0\n  num_levels: 7\n"),
    ),
    "new key in a flow mapping": (
        MAIN,
        [Put(("advanced", "x"), [1, True])],
        MAIN.replace("{}", "{x: [1, true]}"),
    ),
    "new mapping": ("a: 1\n", [Put(("b", "c", "d"), "no")], 'a: 1\nb:\n  c:\n    d: "no"\n'),
    "last key dropped": (
        "a: 1 # one\n# two\nb: 2\n",
        [Drop(("b",))],
        "a: 1 # one\n# two\n",
    ),
    "only key dropped": ("a: # why\n  b: 1 # gone\nc: 2\n", [Drop(("a", "b"))], "a: {} # why\nc: 2\n"),
    "only key of the document dropped": ("# x\na: 1\n", [Drop(("a",))], "# x\n{}\n"),
    "only item dropped": ("a:\n- b\nc: 2\n", [Drop(("a", 0))], "a: []\nc: 2\n"),
    "only key of an item dropped": ("a:\n- b: 1\n- c\n", [Drop(("a", 0, "b"))], "a:\n- {}\n- c\n"),
    "first key of an item dropped": (
        "a:\n  - b: 1\n    c: 2\n",
        [Drop(("a", 0, "b"))],
        "a:\n  - c: 2\n",
    ),
    "first key of an item dropped, the second has a comment": (
        "a:\n- b: 1 # b\n  # c\n  c: 2\n",
        [Drop(("a", 0, "b"))],
        "a:\n- \n  # c\n  c: 2\n",
    ),
    "first of a list in a list dropped": ("a:\n- - b\n  - c\n- d\n", [Drop(("a", 0, 0))], "a:\n- - c\n- d\n"),
    "item below its dash dropped": ("a:\n- b\n-\n  c\n", [Drop(("a", 1))], "a:\n- b\n"),
    "first of a flow list dropped": ("a: [1,  2]\n", [Drop(("a", 0))], "a: [2]\n"),
    "last of a flow list dropped": ("a: [1, 2]\n", [Drop(("a", 1))], "a: [1]\n"),
    "only one of a flow list dropped": ("a: [1,]\n", [Drop(("a", 0))], "a: []\n"),
    "comment of the entry before stays": (
        "a: [1, # one\n 2, # two\n ]\n",
        [Drop(("a", 1))],
        "a: [1, # one\n  # two\n ]\n",
    ),
    "first item of an empty list": (
        MAIN,
        [Append(("accepted_risks",), {"rule": "GS101", "limit": 2000.0})],
        MAIN.replace("accepted_risks: []\n", "accepted_risks:\n  - rule: GS101\n    limit: 2000\n"),
    ),
    "item for a missing list": ("a: 1", [Append(("b",), "x")], "a: 1\nb:\n  - x"),
    "item for a missing list of a flow mapping": ("{a: 1}\n", [Append(("b",), "x")], "{a: 1, b: [x]}\n"),
    "item behind a block list": (
        "a:\n- 1 # one\n# end\nb: 2\n",
        [Append(("a",), 2)],
        "a:\n- 1 # one\n- 2\n# end\nb: 2\n",
    ),
    "item of a flow list": ("a: [1]\n", [Append(("a",), 2)], "a: [1, 2]\n"),
    "item of an empty list over two lines": ("a: [\n ]\n", [Append(("a",), 2)], "a: [2\n ]\n"),
    "carriage returns": ("a: 1\r\nb: 2\r\n", [Put(("c",), 3), Drop(("a",))], "b: 2\r\nc: 3\r\n"),
    "no last line break": ("a: 1\r\nb: 2", [Put(("c",), 3), Drop(("b",))], "a: 1\r\nc: 3"),
    "block collection becomes a scalar": ("a: # why\n- 1\n- 2\nb: 1\n", [Put(("a",), 5)], "a: 5 # why\nb: 1\n"),
    "block scalar becomes a scalar": ("a: |\n  x\n  y\nb: 1\n", [Put(("a",), "z")], "a: z\nb: 1\n"),
    "key behind a block scalar": ("a: |\n  x\n", [Put(("b",), 1)], "a: |\n  x\nb: 1\n"),
    "characters beyond ASCII": ("a: 1\n", [Put(("a",), "für 😀\x85")], 'a: "für 😀\\u0085"\n'),
}


@pytest.mark.parametrize("name", SPLICES)
def test_what_an_edit_writes(name: str) -> None:
    text, changes, after = SPLICES[name]
    assert edit(PATH, text, changes) == after
    assert same(value(after), apply_all(changes, value(text)))


@pytest.mark.parametrize(
    "change",
    [
        Drop(("x",)),
        Drop(("a", "b")),
        Drop(("list", 2)),
        Drop(("list", -1)),
        Put(("list", 2), 1),
        Put(("a", "b"), 1),
        Put(("list", 5, "x"), 1),
        Append(("a",), 1),
        Append(("x", "y"), 1),
        Append(("list", 0), 1),
    ],
    ids=str,
)
def test_a_change_of_what_is_not_there_is_a_key_error(change: Change) -> None:
    text = "a: 1\nlist: [1, 2]\n"
    with pytest.raises(KeyError):
        edit(PATH, text, [change])
    with pytest.raises(KeyError):
        change.apply(value(text))


def test_an_unreadable_text_is_not_edited() -> None:
    with pytest.raises(exact.Unreadable):
        edit(PATH, "a: [", [Put(("a",), 1)])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 5.00 # x\n", "5.00"),
        ("a: 'it''s'\n", "'it''s'"),
        ("a: [1,  2]\n", "[1,  2]"),
        ("a: [1,\n 2]\n", None),
        ("a:\n- 1\n", None),
        ("a: |\n  x\n", None),
        ("b: 1\n", None),
    ],
)
def test_how_a_value_is_written(text: str, expected: str | None) -> None:
    assert source(PATH, text, ("a",)) == expected
