"""What is found plainly good is good: the quick look is never more lenient than reading."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitscale.documents import load, sound
from gitscale.errors import InvalidConfig
from gitscale.model.ranges import RANGES

PATH = "bots/blofin-main.yaml"
USUAL = """\
# yaml-language-server: $schema=../schemas/bot.schema.json
name: blofin-main
strategy: perp_mm
exchange: kucoin
account: sub-1
preset: Counterscalp Light
enabled: false
margin_mode: isolated
symbols: [ASTER/USDT:USDT, PEPE2/USDC:USDC]

settings:
  equity_pct: 2.5
  leverage: 7   # kept small
  base_spread_bps: 15
  min_spread_bps: 12
  xgrid_enabled: true
advanced:
  atr_window: 60
  quote_hours: {}
accepted_risks: []
"""
EXAMPLES = Path(__file__).parent.parent / "examples"


def read(text: str) -> tuple[str, str] | None:
    """The account by the way that all files can go; nothing for what is refused."""
    try:
        return load.bot(PATH, text.encode()).venue
    except InvalidConfig:
        return None


def test_the_usual_file_is_plainly_good() -> None:
    assert sound.venue(PATH, USUAL.encode()) == read(USUAL) == ("kucoinfutures", "sub-1")


def with_line(old: str, new: str) -> str:
    assert old in USUAL
    return USUAL.replace(old, new)


# each is right or wrong; in both cases the quick look leaves it to reading
LEFT = {
    "another strategy": with_line("perp_mm", "vortex_dca"),
    "no strategy": with_line("strategy: perp_mm\n", ""),
    "no symbols": with_line("symbols: [ASTER/USDT:USDT, PEPE2/USDC:USDC]\n", ""),
    "no exchange": with_line("exchange: kucoin\n", ""),
    "another name": with_line("blofin-main", "blofin-other"),
    "an exchange that is none": with_line("kucoin", "kukoin"),
    "a floor above the spread": with_line("min_spread_bps: 12", "min_spread_bps: 16"),
    "a floor above the usual spread": with_line("  base_spread_bps: 15\n  min_spread_bps: 12", "  min_spread_bps: 16"),
    "out of range": with_line("leverage: 7", "leverage: 126"),
    "a switch for a number": with_line("leverage: 7", "leverage: true"),
    "a fraction for a count": with_line("leverage: 7", "leverage: 7.5"),
    "unknown in settings": with_line("leverage: 7", "leverages: 7"),
    "a setting in advanced": with_line("atr_window: 60", "num_levels: 6"),
    "unknown on top": with_line("enabled: false", "enable: false"),
    "twice": with_line("  leverage: 7", "  leverage: 7\n  leverage: 7"),
    "twice on top": with_line("enabled: false", "enabled: false\nenabled: false"),
    "a section twice": USUAL + "settings:\n  leverage: 3\n",
    "the same symbol twice": with_line("PEPE2/USDC:USDC", "ASTER/USDT:USDT"),
    "the same short symbol twice": with_line("ASTER/USDT:USDT, PEPE2/USDC:USDC", "XRP/USDT:USDT, XRP/USDT:USDT"),
    "no symbol": with_line("PEPE2/USDC:USDC", "PEPE"),
    "no list of symbols": with_line("[ASTER/USDT:USDT, PEPE2/USDC:USDC]", "ASTER/USDT:USDT"),
    "an empty section": with_line("  atr_window: 60\n  quote_hours: {}\n", ""),
    "a section with a comment only": with_line("  atr_window: 60\n  quote_hours: {}\n", "  # nothing\n"),
    "deeper": with_line("quote_hours: {}", "quote_hours:\n    from: 3"),
    "shifted": with_line("  atr_window: 60", "   atr_window: 60"),
    "a pair below a pair": with_line("accepted_risks: []", "accepted_risks: []\n  atr_window: 3"),
    "a word that may be a number": with_line("account: sub-1", "account: 1e5"),
    "a secret": with_line("atr_window: 60", "api_key: abcdefgh"),
    "a long secret": with_line("account: sub-1", "account: a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8"),
    "two documents": USUAL + "---\n",
    "an anchor": with_line("account: sub-1", "account: &main sub-1"),
    "an accepted risk": with_line("[]", "[{rule: GS101}]"),
    "no YAML": with_line("margin_mode: isolated", "margin_mode: isolated]"),
    "another encoding": "\ufeff" + USUAL,
    "an invisible sign": with_line("Counterscalp Light", "Counter\u200bscalp"),
}


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_what_is_left_to_reading(text: str) -> None:
    assert sound.venue(PATH, text.encode()) is None


def test_what_is_too_large_or_no_text_is_left_to_reading() -> None:
    assert sound.venue(PATH, (USUAL + "# " + "x" * 300_000).encode()) is None
    assert sound.venue(PATH, USUAL.encode() + b"# \xff") is None


@pytest.mark.parametrize("file", sorted(EXAMPLES.rglob("*.yaml")), ids=lambda file: str(file.relative_to(EXAMPLES)))
def test_every_example(file: Path) -> None:
    data, path = file.read_bytes(), f"bots/{file.name}"
    if (found := sound.venue(path, data)) is not None:
        assert found == load.bot(path, data).venue


PIECES = [
    *(
        "name: blofin-main",
        "strategy: perp_mm",
        "exchange: blofin",
        "exchange: kucoin",
        "account: desk-two",
        "account: on",
    ),
    *(
        "preset: 2027-01-31",
        "preset: ''",
        "enabled: yes",
        "margin_mode: cross",
        "margin_mode: [cross]",
        "margin_mode: {}",
    ),
    *(
        "symbols: [XRP/USDT:USDT]",
        "symbols: [XRP/USDT:USDT, XRP/USDT:USDT]",
        "symbols: []",
        "symbols:",
        "- XRP/USDT:USDT",
    ),
    *(
        "settings:",
        "settings: {}",
        "settings: []",
        "advanced:",
        "advanced: {}",
        "advanced",
        "accepted_risks: []",
        "",
        "#",
        "---",
    ),
    *(
        "  - 3",
        "  extra: [1, 2]",
        "  extra: {}",
        "  1: 2",
        "  leverage: 1",
        "  ? x",
        "    deep: 3",
        "  token: abcdefgh",
        "\ttab: 1",
    ),
    *(
        f"  {name}: {value}"
        for name, one in RANGES.items()
        for value in (one.least, one.most, one.default, 2.5, 200, "no")
    ),
]


@settings(max_examples=400)
@given(st.permutations(USUAL.splitlines()), st.lists(st.sampled_from(PIECES), max_size=6), st.data())
def test_it_is_never_more_lenient(lines: list[str], pieces: list[str], data: st.DataObject) -> None:
    kept = USUAL.splitlines() if data.draw(st.booleans()) else lines
    for piece in pieces:
        at = data.draw(st.integers(0, len(kept)))
        kept = [*kept[:at], piece, *kept[at + data.draw(st.integers(0, 2)) :]]
    text = data.draw(st.sampled_from(["\n", "\r\n"])).join(kept) + "\n"
    if (found := sound.venue(PATH, text.encode())) is not None:
        assert found == read(text)
