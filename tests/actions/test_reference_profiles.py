"""The reference's own profiles through the gate: exactly the findings that arithmetic says, worked out here by hand.

On blofin: taker 6 bps, slippage 10 bps, maintenance m = 0.5%. Of one bot, with X = equity_pct x leverage:

- reach of the stop = stop + 6 + 10 bps; its cost = X x reach, at most 100% of the equity cross, equity_pct isolated;
- distance to liquidation = (1/x - 0.005) / 1.005; cross x is the account's X / 100, isolated x is the leverage;
- GS103 where reach >= distance, by how much; GS104 above 25% a warning, above 75% an error;
- GS101 from X = 1500, GS102 above 1000; GS107 where two of an account are above 1500 together.

| profile      | equity x leverage = X | reach | X x reach | cross alone       | cross, two        | isolated          |
|--------------|-----------------------|-------|-----------|-------------------|-------------------|-------------------|
| conservative | 3 x 10 = 30           | 216   | 0.648%    | x 0.3: 33117.7    | x 0.6: 16534.0    | x 10: 945.27      |
| moderate     | 5 x 50 = 250          | 516   | 12.9%     | x 2.5: 3930.35    | x 5: 1940.30      | x 50: 149.25      |
| aggressive   | 12 x 75 = 900         | 816   | 73.44%    | x 9: 1055.83      | x 18: 503.04      | x 75: 82.92       |
| degen        | 20 x 100 = 2000       | 1516  | 303.2%    | x 20: 447.76      | x 40: 199.00      | x 100: 49.75      |
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.init import starter_files
from gitscale.actions.workspace import Workspace
from gitscale.documents import load
from tests.helpers import commit_file

PROFILES = load.profiles("profiles.yaml", starter_files()["profiles.yaml"]).profiles
BOT = "name: {}\nstrategy: perp_mm\nexchange: blofin\nmargin_mode: {}\nsymbols: [{}/USDT:USDT]\nsettings:\n"
NAMES = {"one": "SOL", "two": "XRP"}


@dataclass(frozen=True)
class Case:
    """An account of `bots` alike; its exposure and loss in %, the distance in bps; what each bot raises, and all."""

    profile: str
    mode: str
    bots: int
    exposure: float
    loss: float
    distance: float
    each: dict[str, tuple[str, float]] = field(default_factory=dict)
    account: dict[str, tuple[str, float]] = field(default_factory=dict)


HUGE = {"GS101": ("error", 2000), "GS102": ("error", 2000)}
CASES = [
    # cross: one bot's liquidation is by its own exposure, two bots' by both together
    Case("conservative", "cross", 1, 30, 0.648, 33117.7),
    Case("moderate", "cross", 1, 250, 12.9, 3930.35),
    Case("aggressive", "cross", 1, 900, 73.44, 1055.83, {"GS104": ("warning", 73.44)}),
    # 303.2% is capped at the whole equity; 1516 - 447.76 = 1068.24
    Case("degen", "cross", 1, 2000, 100, 447.76, HUGE | {"GS103": ("error", 1068.24), "GS104": ("error", 100)}),
    Case("conservative", "cross", 2, 60, 1.296, 16534.0),
    Case("moderate", "cross", 2, 500, 25.8, 1940.30),
    # 816 - 503.04 = 312.96; both stops cost 146.88%, which no account has
    Case(
        "aggressive",
        "cross",
        2,
        1800,
        100,
        503.04,
        {"GS103": ("error", 312.96), "GS104": ("warning", 73.44)},
        {"GS107": ("error", 1800)},
    ),
    # 1516 - 199.00 = 1317.00; equity_pct 20 + 20 is no GS108
    Case(
        "degen",
        "cross",
        2,
        4000,
        100,
        199.00,
        HUGE | {"GS103": ("error", 1317.0), "GS104": ("error", 100)},
        {"GS107": ("error", 4000)},
    ),
    # isolated: by the leverage alone, however many; a stop costs at most the margin, so never GS104
    Case("conservative", "isolated", 1, 30, 0.648, 945.27),
    Case("moderate", "isolated", 1, 250, 5, 149.25, {"GS103": ("error", 366.75)}),
    Case("aggressive", "isolated", 1, 900, 12, 82.92, {"GS103": ("error", 733.08)}),
    Case("degen", "isolated", 1, 2000, 20, 49.75, HUGE | {"GS103": ("error", 1466.25)}),
    Case("conservative", "isolated", 2, 60, 1.296, 945.27),
    Case("moderate", "isolated", 2, 500, 10, 149.25, {"GS103": ("error", 366.75)}),
    Case("aggressive", "isolated", 2, 1800, 24, 82.92, {"GS103": ("error", 733.08)}, {"GS107": ("error", 1800)}),
    Case("degen", "isolated", 2, 4000, 40, 49.75, HUGE | {"GS103": ("error", 1466.25)}, {"GS107": ("error", 4000)}),
]


def name_of(case: Case) -> str:
    return f"{case.profile}-{case.mode}-{case.bots}"


@pytest.fixture
def proposed(repo: Path, case: Case) -> list[str]:
    """The bots of a case, in the work tree of a repository without any other; their names."""
    commit_file(repo, "bots/blofin-main.yaml", None)
    names = list(NAMES)[: case.bots]
    for name in names:
        settings = PROFILES[case.profile].settings.given()
        lines = "".join(f"  {key}: {value}\n" for key, value in settings.items())
        (repo / f"bots/{name}.yaml").write_text(BOT.format(name, case.mode, NAMES[name]) + lines)
    return names


def expected(case: Case, names: list[str]) -> list[tuple[str, str, tuple[str, ...], float | None]]:
    """Code, severity, bots, figure; no facts are there, so GS106 says of every bot that it was not evaluated."""
    of_each = [(code, severity, (name,), figure) for name in names for code, (severity, figure) in case.each.items()]
    of_all = [(code, severity, tuple(names), figure) for code, (severity, figure) in case.account.items()]
    return sorted([*of_each, *of_all, ("GS903", "note", tuple(names), float(case.bots))])


@pytest.mark.parametrize("base", [None, "main"])
@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_exactly_what_arithmetic_says(opened: Workspace, proposed: list[str], case: Case, base: str | None) -> None:
    found = gate(opened, Ask(base=base)).findings
    assert sorted((item.code, item.severity, item.bots, item.figure) for item in found) == expected(case, proposed)
    assert {item.state for item in found} == {"new"}


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_the_risk_diff_has_the_same_figures(opened: Workspace, proposed: list[str], case: Case) -> None:
    *bots, account, fleet = gate(opened, Ask(base="main")).deltas
    assert [item.name for item in bots] == proposed
    assert account.after == fleet.after
    for item in (*bots, account):
        assert item.after
        share = 1 if item is account else case.bots
        assert item.after.exposure == case.exposure / share
        assert item.after.liquidation == pytest.approx(case.distance / 100, abs=0.0006)
    assert account.after
    assert account.after.loss_at_stop == pytest.approx(case.loss)


def test_every_profile_and_mode_alone_and_two_on_one_account() -> None:
    wanted = {(name, mode, bots) for name in PROFILES for mode in ("cross", "isolated") for bots in (1, 2)}
    assert {(case.profile, case.mode, case.bots) for case in CASES} == wanted
