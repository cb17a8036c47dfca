"""Profiles and presets are judged as the bots they would make."""

from pathlib import Path

import pytest

from gitscale.documents import load
from gitscale.model.fleet import Fleet
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles
from gitscale.risk.profiles import undeclared
from gitscale.risk.rule import Scene
from tests.risk.scenes import TODAY

OURS = (Path(__file__).parents[2] / "profiles.yaml").read_text()
PRESET = """
presets:
  Wild:
    exchange: {exchange}
    margin_mode: {mode}
    symbols: [SOL/USDT:USDT]
    settings: {{equity_pct: 2, leverage: 60, hard_stop_loss_bps: {stop}}}
"""


def codes(text: str, policy: Policy | None = None) -> list[str]:
    found = undeclared(Scene(Fleet({}, read(text), policy or Policy()), TODAY))
    return [f"{code} {breach.about}" for code, breach in found]


def read(text: str) -> Profiles:
    return load.profiles("profiles.yaml", text.encode())


def test_ours_declare_what_is_dangerous() -> None:
    assert codes(OURS) == []


def test_degen_must_be_confirmed() -> None:
    bare = OURS.replace("    confirm: true\n", "")
    assert codes(bare) == [f"GS10{number} profile degen" for number in (1, 2, 3, 4)]
    _, breach = next(undeclared(Scene(Fleet({}, read(bare)), TODAY)))
    assert breach.message.startswith("profile degen: exposure 2000% of equity is Extreme")
    assert breach.spot.path == "profiles.yaml"
    assert breach.spot.keys == ("profiles", "degen", "settings")
    assert breach.remedy == "declare confirm: true, or: leverage 74 or less keeps exposure at 1480%"


def test_a_warning_needs_no_confirmation() -> None:
    """aggressive: one stop costs 73%, between warn and max."""
    text = "profiles: {aggressive: {settings: {equity_pct: 12, leverage: 75, hard_stop_loss_bps: 800}}}\n"
    assert codes(text) == []
    assert codes(text, Policy(max_exposure=899)) == ["GS102 profile aggressive"]


@pytest.mark.parametrize(
    ("exchange", "mode", "stop", "expected"),
    [
        ("blofin", "cross", "100.5", []),
        ("blofin", "isolated", "100.5", ["GS103 preset Wild"]),
        ("blofin", "isolated", "100", []),
        ("hyperliquid", "isolated", "100.5", []),
    ],
)
def test_a_preset_is_judged_on_its_own_venue(exchange: str, mode: str, stop: str, expected: list[str]) -> None:
    assert codes(PRESET.format(exchange=exchange, mode=mode, stop=stop)) == expected


def test_a_profile_that_only_raises_the_floor_is_judged() -> None:
    assert codes("profiles: {wide: {settings: {min_spread_bps: 40, leverage: 125, equity_pct: 50}}}\n") != []
