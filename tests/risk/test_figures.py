"""The risk diff's figures: what a move costs, when it ends in liquidation, what counts as worse, who comes first."""

import html
import json
from dataclasses import replace

import pytest

from gitscale.risk.finding import Delta, Measure
from gitscale.risk.reporters.figures import FLEET_LEGENDS, cells, costs, legend, money, percent, ranked
from gitscale.risk.reporters.table import REPORTERS
from tests.risk.reports import CALM, DELTAS, EMPTY, WILD

BOT = Delta("bot", "a", CALM, WILD, "risk-adding", 5000.0, "USDT")


def ends(kind: str, exposure: float, liquidation: float | None) -> list[str]:
    measure = Measure(exposure, 1.0, liquidation)
    return [cost.end for cost in costs(Delta(kind, "a", None, measure, "neutral"), measure)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "exposure", "liquidation", "expected"),
    [
        ("bot", 250.0, None, ["", "", ""]),
        ("bot", 250.0, 5.01, ["", "", "liquidated"]),
        ("bot", 250.0, 5.0, ["", "liquidated", "liquidated"]),
        ("bot", 20_000.0, 0.0, ["liquidated"] * 3),
        ("bot", 999.9, None, ["", "", ""]),
        ("account", 1000.0, None, ["", "", "account gone"]),
        ("account", 1000.0, 9.5, ["", "", "liquidated"]),
        ("fleet", 1000.0, None, ["", "", ""]),
    ],
)
def test_what_comes_before_the_cost(kind: str, exposure: float, liquidation: float | None, expected: list[str]) -> None:
    assert ends(kind, exposure, liquidation) == expected


def test_cost_in_money() -> None:
    assert [(cost.equity_pct, cost.amount) for cost in costs(BOT, CALM)] == [(2.5, 125), (12.5, 625), (25, 1250)]
    assert [cost.amount for cost in costs(BOT, WILD)] == [1000, None, None]


def test_worse_is_more_exposure_more_loss_and_a_nearer_liquidation() -> None:
    assert [cell.worse for cell in cells(BOT)] == [True] * 6
    back = Delta("bot", "a", WILD, CALM, "de-risking")
    assert not any(cell.worse for cell in cells(back))
    assert not any(cell.worse for cell in cells(Delta("bot", "a", WILD, None, "de-risking")))
    assert [cell.worse for cell in cells(Delta("bot", "a", None, CALM, "risk-adding"))] == [True] * 6
    assert not any(cell.worse for cell in cells(Delta("bot", "a", CALM, CALM, "neutral")))


def test_rank() -> None:
    names = [f"{delta.kind} {delta.name}" for delta in ranked(DELTAS)]
    assert names == [
        "bot blofin-main",
        "bot bybit-eth",
        "bot okx-btc",
        "bot okx-sol",
        "bot okx-old",
        "account blofin/main",
        "fleet ",
    ]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, "0%"),
        (0.004, "<0.01%"),
        (0.01, "0.01%"),
        (4.478, "4.48%"),
        (12.94, "12.9%"),
        (99.94, "99.9%"),
        (100.4, "100%"),
        (6250.0, "6250%"),
        (1e9, "1000000000%"),
    ],
)
def test_percent(value: float, said: str) -> None:
    assert percent(value) == said


@pytest.mark.parametrize(("value", "said"), [(0, "0.00"), (99.5, "99.50"), (100, "100"), (1234567.8, "1,234,568")])
def test_money(value: float, said: str) -> None:
    assert money(value) == said


@pytest.mark.parametrize(("equity", "basis"), [(None, "sum"), (9000.0, "equity")])
def test_it_is_said_what_the_fleets_percentages_are_of(equity: float | None, basis: str) -> None:
    fleet = Delta("fleet", "fleet", CALM, WILD, "risk-adding", equity, "USDT" if equity else "")
    report = replace(EMPTY, deltas=(BOT, fleet))
    assert [legend([fleet]).count(words) for words in FLEET_LEGENDS.values()] == [
        basis == name for name in FLEET_LEGENDS
    ]
    assert [item["basis"] for item in json.loads(REPORTERS["json"](report))["risk_diff"]] == ["equity", basis]
    for name in ("text", "markdown", "comment"):
        said = " ".join(html.unescape(REPORTERS[name](report)).split())
        assert FLEET_LEGENDS[fleet.basis] in said


def test_without_a_fleet_nothing_is_said_of_it() -> None:
    assert not any(words in legend([BOT]) for words in FLEET_LEGENDS.values())
