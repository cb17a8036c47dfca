"""Fingerprints: stable, never twice, and the line hash equal to codeql-action's own examples."""

from dataclasses import replace

import pytest

from gitscale.risk.finding import Place, lines_of
from gitscale.risk.reporters.fingerprint import fingerprints, line_hashes
from tests.risk.reports import EXTREME, LOSS

GREETINGS = """
e9496ae3ebfced30:1 fb7c023a8b9ccb3f:1 ce8ba1a563dcdaca:1 e20e36e16fcb0cc8:1 b3edc88f2938467e:1 c8e28b0b4002a3a0:1
c129715d7a2bc9a3:1"""
OPEN_END = """
8b7cf3e952e7aeb2:1 b1ae1287ec4718d9:1 bff680108adb0fcc:1 c6805c5e1288b612:1 b86d3392aea1be30:1 e6ceba753e1a442:1"""
LOREM = """
a7f2ff13bc495cf2:1 a7f2ff13bc495cf2:2 a7f2ff13bc495cf2:3 a7f2ff13bc495cf2:4 a7f2ff13bc495cf2:5 a7f2ff13bc495cf2:6
a7f2ff1481e87703:1 a9cf91f7bbf1862b:1 55ec222b86bcae53:1 cc97dc7b1d7d8f7b:1 c129715d7a2bc9a3:1"""
PRINTS = """
e54938cc54b302f1:1 bb609acbe9138d60:1 1131fd5871777f34:1 5c482a0f8b35ea28:1 54517377da7028d2:1 2c644846cb18d53e:1
f1b89f20de0d133:1 c129715d7a2bc9a3:1"""
# texts and hashes from codeql-action's src/fingerprints.test.ts
PUBLISHED = [
    ("", "c129715d7a2bc9a3:1"),
    (" a\nb\n  \t\tc\n d", "271789c17abda88f:1 54703d4cd895b18:1 180aee12dab6264:1 a23a3dc5e078b07b:1"),
    (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End", OPEN_END),
    (" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n", GREETINGS),
    (" hello; \t\nworld!!!\r\r\r  \t\tGreetings\r End\r", GREETINGS),
    (" hello; \t\r\nworld!!!\r\n\r\n\r\n  \t\tGreetings\r\n End\r\n", GREETINGS),
    (" hello; \t\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n", GREETINGS),
    ("Lorem ipsum dolor sit amet.\n" * 10, LOREM),
    ("x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n", PRINTS),
]


@pytest.mark.parametrize(("text", "hashes"), PUBLISHED)
def test_line_hashes(text: str, hashes: str) -> None:
    assert line_hashes(lines_of(text)) == hashes.split()


def test_signs_outside_the_first_plane_are_two_units() -> None:
    assert line_hashes(("\U0001f600",)) == line_hashes(("\ud83d\ude00",))


def test_neither_line_nor_file_matters() -> None:
    moved = replace(EXTREME, place=Place("bots/moved.yaml", 70, 3), message="other words", state="existing")
    assert fingerprints([EXTREME]) == fingerprints([moved])


def test_rule_bot_and_key_matter() -> None:
    others = [LOSS, replace(EXTREME, bots=("x",)), replace(EXTREME, key="x"), EXTREME, EXTREME]
    others += [replace(EXTREME, bots=(), place=Place(path)) for path in ("a", "b")]
    assert len(set(fingerprints(others))) == len(others)
