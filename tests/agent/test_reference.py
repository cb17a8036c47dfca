"""The reference's command tables and worked examples, quoted line by line and run.

/symbols, /profit estimate and plain sentences have tests of their own where they are made.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gitscale.actions.sync import sync
from gitscale.actions.workspace import Host, Workspace
from gitscale.agent.render.markdown import markdown
from tests.agent.example import heartbeat
from tests.conftest import Clock
from tests.helpers import commit_file, delivered, row, say

# /set ... # the reference's own comment
FINE_TUNE = """\
/set equity_pct 5      # Set equity percentage to 5%
/set leverage 50       # Set leverage to 50x
/set base_spread_bps 15    # Set spread to 15 basis points
/set target_net_bps 11     # Set take-profit to 11 bps
/set num_levels 7          # Set grid levels to 7
/set xgrid_enabled true    # Enable XGrid counter scalp
"""
ANALYSIS = """\
/status          # Show current bot settings
/risk check      # Analyze your risk level
/overview        # Show all bots across exchanges
"""
# Command Risk-Level equity_pct Leverage; the profile table says Medium where levels are called Moderate
PROFILES = """\
/scale conservative Low 3% 10x
/scale moderate Medium 5% 50x
/scale aggressive High 12% 75x
/scale degen Extreme 20% 100x
"""
# Parameter Range
PARAMETERS = """\
equity_pct 0-50
leverage 1-125
base_spread_bps 5-100
min_spread_bps 3-50
target_net_bps 3-50
num_levels 2-20
hard_stop_loss_bps 50-3000
xgrid_enabled true/false
"""
# Profile, Effective exposure, 1% adverse move costs
COSTS = """\
conservative 30% 0.3%
moderate 250% 2.5%
aggressive 900% 9%
degen 2000% 20%
"""
OVERVIEW = """\
**Bot Overview**

**Active Exchanges:** blofin, bybit
**Running Bots:** 2
**Total Effective Exposure:** 375% of equity

---
**🟢 Running Bots:**

**BLOFIN** - perp_mm
- Config: BloFin v7 Long Short Counterscalp
- Settings: 5% equity × 75x = **375%** exposure
- Symbols: ASTER, SOL, XRP
"""  # noqa: RUF001
OVERVIEW_END = """
⚠️ **Moderate Risk Level**
Combined exposure: 375% - This is aggressive but manageable."""
VORTEX = "name: vortex\nstrategy: vortex_dca\nexchange: bybit\nsymbols: [ETH/USDT:USDT]\n"


def lines(table: str) -> list[str]:
    return table.splitlines()


@pytest.fixture
def delivering(repo: Path, clock: Clock) -> Iterator[Workspace]:
    """A repository whose bot runs what is delivered."""
    with Workspace.open(repo, Host(clock)) as workspace:
        sync(workspace)
        heartbeat(repo, "blofin-main")
        yield workspace


@pytest.mark.parametrize("line", lines(PROFILES))
def test_quick_profiles(delivering: Workspace, line: str) -> None:
    verb, profile, level, equity_pct, leverage = line.split()
    reply = say(delivering, f"{verb} {profile}", sync=True)
    if profile == "degen":
        assert reply.exit_code == 5
        assert "/confirm scale degen" in reply.text
        reply = say(delivering, "/confirm scale degen", sync=True)
    assert reply.exit_code == 0
    settings = say(delivering, "/status").data
    assert f"{settings['settings']['equity_pct']:g}%" == equity_pct
    assert f"{settings['settings']['leverage']}x" == leverage
    assert settings["profile"] == profile
    assert settings["deviations"] == {}
    assert settings["level"] == {"Medium": "Moderate"}.get(level, level)


@pytest.mark.parametrize("line", lines(FINE_TUNE))
def test_fine_tuning(delivering: Workspace, line: str) -> None:
    """The comments of the reference are part of the line, as people paste it."""
    name, spelled = line.split()[1:3]
    value = True if spelled == "true" else int(spelled)
    assert say(delivering, f"/set {name} {'false' if value is True else value + 1}").exit_code == 0
    reply = say(delivering, line, sync=True)
    assert reply.exit_code == 0
    assert reply.data["commit"]
    assert say(delivering, "/status").data["settings"][name] == value
    root = delivering.repository.root
    assert root is not None
    assert delivered(root, "blofin-main")["settings"][name] == value
    stored = row(root, "blofin-main")
    assert stored is not None
    assert stored["config"]["settings"][name] == value


@pytest.mark.parametrize("line", lines(PARAMETERS))
def test_available_parameters(opened: Workspace, line: str) -> None:
    """Both ends of a range are taken, what lies beyond is not, and nothing changed then."""
    name, spelled = line.split()
    if spelled == "true/false":
        assert [say(opened, f"/set {name} {value}").exit_code for value in ("false", "true", "maybe")] == [0, 0, 1]
        return
    lowest, highest = map(int, spelled.split("-"))
    say(opened, "/set min_spread_bps 3")
    for value in (lowest, highest):
        if name == "min_spread_bps":
            say(opened, "/set base_spread_bps 100")
        reply = say(opened, f"/set {name} {value}")
        if reply.exit_code == 5:
            reply = say(opened, f"/confirm set {name} {value}")
        assert reply.exit_code == 0
        assert say(opened, "/status").data["settings"][name] == value
    for value in (lowest - 1, highest + 1):
        assert say(opened, f"/set {name} {value}").exit_code == 1
        assert say(opened, "/status").data["settings"][name] == highest


@pytest.mark.parametrize("line", lines(ANALYSIS))
def test_analysis_commands_change_nothing(opened: Workspace, line: str) -> None:
    before = opened.repository.tip("main")
    assert say(opened, line).exit_code == 0
    assert opened.repository.tip("main") == before


@pytest.mark.parametrize("line", lines(COSTS))
def test_what_profiles_cost(opened: Workspace, line: str) -> None:
    profile, exposure, cost = line.split()
    say(opened, f"/scale {profile}")
    say(opened, f"/confirm scale {profile}")
    found = say(opened, "/risk check")
    assert f"a 1% adverse move costs {cost} of equity" in found.text
    assert f"{found.data['figures']['exposure']:g}%" == exposure


def test_the_overview(delivering: Workspace) -> None:
    root = delivering.repository.root
    assert root is not None
    commit_file(root, "bots/vortex.yaml", VORTEX)
    sync(delivering)
    heartbeat(root, "vortex")
    shown = markdown(say(delivering, "/overview").blocks)
    assert shown.startswith(OVERVIEW)
    assert shown.endswith(OVERVIEW_END)
    plain = say(delivering, "/overview").text
    assert plain.startswith(OVERVIEW.replace("**", ""))
    assert plain.endswith(OVERVIEW_END.replace("**", ""))


def test_exposure_is_equity_times_leverage(opened: Workspace) -> None:
    """5% x 75x = 375%, and 1% of price costs 3.75%; at 10% with 75x it is 750%; 5% x 50x = 250% costs 2.5%."""
    status = say(opened, "/status").text
    assert "exposure            375% of equity (Moderate)" in status
    assert "1% adverse move     costs 3.75% of equity" in status
    assert say(opened, "/set equity_pct 10").data["exposure"] == {"before": 375, "after": 750}
    assert say(opened, "/scale moderate").data["exposure"] == {"before": 750, "after": 250}
    assert "1% adverse move     costs 2.5% of equity" in say(opened, "/status").text


def test_changes_require_a_restart(delivering: Workspace, clock: Clock) -> None:
    """Bots read their configuration at startup only."""
    assert say(delivering, "/status").data["running"]["restart_required"] is False
    say(delivering, "/set leverage 50", sync=True)
    assert "restart required" in say(delivering, "/status").text
    clock.forward(minutes=2)
    assert say(delivering, "/status").data["running"]["state"] == "stale"


def test_without_a_perp_mm_bot(opened: Workspace) -> None:
    root = opened.repository.directory
    commit_file(root, "bots/vortex.yaml", VORTEX)
    commit_file(root, "bots/blofin-main.yaml", None)
    for line in ("/status", "/risk check", "/advise profit", "/scale moderate"):
        reply = say(opened, line)
        assert reply.exit_code == 1
        assert "No perp_mm configs found" in reply.text
        assert "BloFin v7 Long Short Counterscalp" in reply.text
    assert "BYBIT - vortex_dca" in say(opened, "/overview").text
    commit_file(root, "bots/vortex.yaml", None)
    assert "No perp_mm configs found" in say(opened, "/overview").text


def test_undo_after_any_change(opened: Workspace) -> None:
    root = opened.repository.directory
    path = root / "bots/blofin-main.yaml"
    before = path.read_bytes()
    for line in ("/scale conservative", "/set leverage 20", "/set xgrid_enabled false"):
        assert say(opened, line).exit_code == 0
        assert say(opened, "/undo").exit_code == 0
        assert path.read_bytes() == before
    say(opened, "/scale degen")
    assert say(opened, "/confirm scale degen").exit_code == 0
    assert say(opened, "/undo").exit_code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("words", [("risk", "check"), ("overview",), ("advise", "safety"), ("status",)], ids=" ".join)
def test_the_command_line_has_the_same_words(repo: Path, words: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "gitscale"]
    same = [[*command, *words], [*command, "agent", f"/{' '.join(words)}"]]
    said = [subprocess.run(line, cwd=repo, capture_output=True, text=True, check=True).stdout for line in same]
    assert said[0] == said[1] != ""
