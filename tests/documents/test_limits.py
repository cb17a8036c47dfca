"""Hostile files: each ends in a refusal, in less than a second of work, whatever it is made of."""

import time
from collections.abc import Callable

import pytest

from gitscale.documents import load, schema
from gitscale.documents.limits import MAX_BYTES, MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES
from gitscale.errors import InvalidConfig

HEAD = b"name: x\nstrategy: perp_mm\nexchange: blofin\nsymbols: [SOL/USDT:USDT]\n"
ROOM = MAX_BYTES - 1000


def fill(piece: bytes) -> bytes:
    return piece * (ROOM // len(piece))


def numbered(form: bytes) -> bytes:
    return b"".join(form % number for number in range(ROOM // (len(form) + 4)))


# name: (file, code of the first problem, part of its message)
HOSTILE: dict[str, tuple[bytes, str, str]] = {
    "brackets": (b"[" * 10_000, "GS009", "deeper than 32"),
    "braces": (b"{a: " * 50_000, "GS009", "deeper than 32"),
    "dashes": (fill(b"- "), "GS009", "deeper than 32"),
    "question marks": (fill(b"? "), "GS009", "deeper than 32"),
    "staircase": (b"\n".join(b" " * step + b"a:" for step in range(700)), "GS009", "deeper than 32"),
    "closed brackets": (HEAD + b"advanced: {x: " + b"[" * 50_000 + b"]" * 50_000 + b"}", "GS009", "deeper than 32"),
    "eight megabytes": (b"a" * 8 * 1024 * 1024, "GS009", "more than the 262144 bytes"),
    "one byte too many": (HEAD.ljust(MAX_BYTES) + b"\n", "GS009", "more than the 262144 bytes"),
    "flow list": (b"a: [" + fill(b"1,") + b"]", "GS009", f"more than {MAX_VALUES}"),
    "block list": (b"a:\n" + fill(b"- 1\n"), "GS009", f"more than {MAX_VALUES}"),
    "mixed symbols": (HEAD.replace(b"SOL/USDT:USDT", fill(b"1,a,")), "GS009", f"more than {MAX_VALUES}"),
    "mixed symbols within limits": (
        HEAD.replace(b"SOL/USDT:USDT", b"1,a," * 4900),
        "GS002",
        "symbols[0] 1 is not text",
    ),
    "keys": (numbered(b"k%d: 1\n"), "GS009", f"more than {MAX_VALUES}"),
    "keys within limits": (HEAD + b"".join(b"k%d: 1\n" % at for at in range(4900)), "GS002", "k0 is not a known key"),
    "flow keys": (b"{" + numbered(b"k%d: 1,") + b"}", "GS009", f"more than {MAX_VALUES}"),
    "empty mappings": (b"a: [" + fill(b"{},") + b"]", "GS009", f"more than {MAX_VALUES}"),
    "empty acceptances": (HEAD + b"accepted_risks:\n" + b"- {}\n" * 9000, "GS002", "accepted_risks[0].by is missing"),
    "duplicate keys": (fill(b"'a': 1\n"), "GS003", "a is given twice"),
    "aliases": (fill(b"- *a\n"), "GS001", "an alias"),
    "anchors": (fill(b"&a b: c\n"), "GS001", "an anchor"),
    "tags": (fill(b"! "), "GS001", "a tag"),
    "documents": (fill(b"---\n"), "GS008", "no value"),
    "directives": (fill(b"%YAML 1.2\n"), "GS001", "duplicate YAML directive"),
    "tag directives": (numbered(b"%%TAG !a%d! x\n") + b"---\na: 1", "GS001", "directive"),
    "colons": (fill(b":"), "GS001", "colon"),
    "tabs": (fill(b"\t"), "GS001", "a tab"),
    "carriage returns": (fill(b"\r"), "GS001", "a line break that only some readers see"),
    "digits": (b"a: " + fill(b"9"), "GS008", "too large"),
    "digits with a point": (b"a: " + fill(b"9") + b".5", "GS008", "too large"),
    "underscores": (b"a: " + fill(b"1_"), "GS008", "different numbers"),
    "sexagesimal": (b"a: 1" + fill(b":11"), "GS008", "different numbers"),
    "comment": (b"a: 1 #" + fill(b"x"), "GS002", "a is not a known key"),
    "blank lines": (fill(b"\n") + b"'a': 1", "GS002", "a is not a known key"),
    "spaces before a key": (fill(b" ") + b"'a': 1", "GS002", "a is not a known key"),
    "spaces behind a value": (b"a: b" + fill(b" ") + b"!", "GS002", "a is not a known key"),
    "words": (b"a: b" + fill(b" a") + b"!", "GS002", "a is not a known key"),
    "a key of words": (fill(b"a b") + b"!", "GS002", "is not a mapping"),
    "long text": (b'a: "' + fill(b"\\x41") + b'"', "GS002", "a is not a known key"),
    "folded text": (b"a: >\n" + fill(b" x\n"), "GS002", "a is not a known key"),
    "text over lines": (b"a: x\n" + fill(b" x\n"), "GS002", "a is not a known key"),
    "quotes that stay open": (b'a: "' + fill(b"\n"), "GS001", "never closed"),
    "hyphens like a key's": (b"a: " + fill(b"a-"), "GS002", "a is not a known key"),
    "digits like a key's": (b'a: "' + fill(b"1") + b'"', "GS002", "a is not a known key"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_at_once(name: str) -> None:
    data, code, words = HOSTILE[name]
    schema.schema("bot")
    before = time.process_time()
    with pytest.raises(InvalidConfig) as caught:
        load.bot("bots/x.yaml", data)
    assert time.process_time() - before < 2, "a second on a fast machine, with room for a slow one"
    problems = caught.value.problems
    assert (problems[0].code, words in problems[0].message) == (code, True), problems[0]
    assert len(problems) <= MAX_PROBLEMS


def nested(depth: int) -> bytes:
    return HEAD + b"advanced: {x: " + b"[" * (depth - 2) + b"]" * (depth - 2) + b"}\n"


def stairs(depth: int) -> bytes:
    steps = [b"  " * step + b"a:" for step in range(1, depth)]
    return HEAD + b"\n".join([b"advanced:", *steps]) + b" 1\n"


@pytest.mark.parametrize("make", [nested, stairs])
def test_the_depth_is_counted_in_lists_and_mappings(make: Callable[[int], bytes]) -> None:
    load.bot("bots/x.yaml", make(MAX_DEPTH))
    with pytest.raises(InvalidConfig, match="not valid") as caught:
        load.bot("bots/x.yaml", make(MAX_DEPTH + 1))
    assert caught.value.problems[0].code == "GS009"


def test_a_file_of_exactly_the_largest_size_is_read() -> None:
    comment = b"#" + b"x" * (MAX_BYTES - len(HEAD) - 2) + b"\n"
    assert load.bot("bots/x.yaml", HEAD + comment).name == "x"


def test_as_many_values_as_allowed_are_read() -> None:
    """The root, its 5 keys and their values, the symbol; the rest is a key and a value each."""
    spare = (MAX_VALUES - 12) // 2
    data = HEAD + b"advanced: {" + b", ".join(b"k%d: 1" % at for at in range(spare))
    load.bot("bots/x.yaml", data + b"}\n")
    with pytest.raises(InvalidConfig):
        load.bot("bots/x.yaml", data + b", one: 1}\n")
