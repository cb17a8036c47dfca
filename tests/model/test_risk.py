"""The arithmetic of risk, against figures worked out by hand from the formulas of the design (section 3)."""

from math import inf
from typing import Any

import pytest

from gitscale.actions.init import starter_files
from gitscale.documents import load
from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import dangers
from gitscale.model.exposure import (
    Level,
    distance_in,
    exposure,
    level,
    liquidation_distance,
    loss_at_stop,
    move_cost,
    stop_reach_bps,
)
from gitscale.model.facts import ExchangeFacts, Facts
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.parameters import Settings
from gitscale.model.policy import FeeRates, Levels, Policy

PROFILES = load.profiles("profiles.yaml", starter_files()["profiles.yaml"]).profiles


def bot(name: str = "a", settings: dict[str, Any] | None = None, **values: Any) -> PerpMMBot:
    usual = {"strategy": "perp_mm", "exchange": "blofin", "symbols": ["SOL/USDT:USDT"]}
    return PerpMMBot.model_validate({**usual, "name": name, "settings": settings or {}, **values})


def fleet(*bots: PerpMMBot, policy: Policy | None = None) -> Fleet:
    return Fleet({item.name: FleetBot(f"bots/{item.name}.yaml", "", item) for item in bots}, policy=policy or Policy())


@pytest.mark.parametrize(
    ("equity_pct", "leverage", "size", "cost"),
    [(5, 75, 375, 3.75), (0.1, 3, 0.3, 0.003), (0, 125, 0, 0), (50, 125, 6250, 62.5), (5.0, 50, 250, 2.5)],
)
def test_exposure_and_what_one_percent_costs(equity_pct: float, leverage: int, size: float, cost: float) -> None:
    found = exposure(Settings(equity_pct=equity_pct, leverage=leverage))
    assert (found, move_cost(found)) == (size, cost)


@pytest.mark.parametrize(
    ("size", "name"),
    [
        (0, Level.LOW),
        (99.99, Level.LOW),
        (100, Level.MODERATE),
        (499.99, Level.MODERATE),
        (500, Level.HIGH),
        (1499.99, Level.HIGH),
        (1500, Level.EXTREME),
        (6250, Level.EXTREME),
    ],
)
def test_a_bound_belongs_to_the_level_above(size: float, name: Level) -> None:
    assert level(size, Levels()) is name


@pytest.mark.parametrize(
    ("multiple", "maintenance", "distance"),
    [
        (0, 0.5, inf),
        (-1, 0.5, inf),
        (1, 0, 1),
        (2.5, 0.5, 0.395 / 1.005),
        (20, 0.5, 0.045 / 1.005),
        (50, 0.5, 0.015 / 1.005),
        (200, 0.5, 0),
        (250, 0.5, 0),
        (10, 2, 0.08 / 1.02),
    ],
)
def test_distance_to_liquidation(multiple: float, maintenance: float, distance: float) -> None:
    """The short is liquidated first, but for where nothing is left."""
    assert liquidation_distance(multiple, maintenance) == pytest.approx(distance, abs=1e-12)


MODERATE = {"equity_pct": 5, "leverage": 50, "hard_stop_loss_bps": 500}
SHARING: list[tuple[dict[str, Any], float]] = [
    ({}, 0.195 / 1.005),  # 250% and 250% of one account: 5 times its equity
    ({"exchange": "okx"}, 0.395 / 1.005),
    ({"account": "spare"}, 0.395 / 1.005),
    ({"enabled": False}, 0.395 / 1.005),
    ({"margin_mode": "isolated"}, 0.395 / 1.005),
]


@pytest.mark.parametrize(("values", "distance"), SHARING)
def test_cross_bots_of_an_account_are_liquidated_together(values: dict[str, Any], distance: float) -> None:
    one, two = bot("a", MODERATE), bot("b", MODERATE, **values)
    assert distance_in(fleet(one, two), one) == pytest.approx(distance)


def test_isolated_margin_is_the_position_s_own() -> None:
    one, two = bot("a", MODERATE, margin_mode="isolated"), bot("b", MODERATE)
    assert distance_in(fleet(one, two), one) == pytest.approx(0.015 / 1.005)


@pytest.mark.parametrize(
    ("settings", "values", "loss"),
    [
        (MODERATE, {}, 12.9),  # 250% x (500 + 6 + 10) bps
        (MODERATE, {"exchange": "okx"}, 12.875),  # taker 5
        (MODERATE, {"margin_mode": "isolated"}, 5),  # all of its margin, and no more
        (MODERATE | {"hard_stop_loss_bps": 50}, {"margin_mode": "isolated"}, 1.65),
        ({"equity_pct": 20, "leverage": 100, "hard_stop_loss_bps": 1500}, {}, 100),
        ({"equity_pct": 0}, {}, 0),
    ],
)
def test_loss_at_the_stop(settings: dict[str, Any], values: dict[str, Any], loss: float) -> None:
    assert loss_at_stop(bot(settings=settings, **values), Policy()) == loss


RULES: dict[tuple[str, str], list[tuple[str, str, float]]] = {
    ("conservative", "cross"): [],
    ("moderate", "cross"): [],
    ("aggressive", "cross"): [("GS104", "warning", 73.44)],
    ("degen", "cross"): [
        ("GS101", "error", 2000),
        ("GS102", "error", 2000),
        ("GS103", "error", 1068.24),  # 1516 - 10000 x 0.045/1.005
        ("GS104", "error", 100),
    ],
    ("conservative", "isolated"): [],
    ("moderate", "isolated"): [("GS103", "error", 366.75)],  # 516 - 10000 x 0.015/1.005
    ("aggressive", "isolated"): [("GS103", "error", 733.08)],  # 816 - 10000 x (1/75 - 0.005)/1.005
    ("degen", "isolated"): [
        ("GS101", "error", 2000),
        ("GS102", "error", 2000),
        ("GS103", "error", 1466.25),  # 1516 - 10000 x 0.005/1.005
    ],
}


@pytest.mark.parametrize(("profile", "mode"), RULES)
def test_what_the_reference_profiles_raise(profile: str, mode: str) -> None:
    one = bot(settings=PROFILES[profile].settings.given(), margin_mode=mode)
    found = [(item.rule, item.severity, item.figure) for item in dangers(fleet(one), one)]
    assert found == RULES[profile, mode]


def test_bounds_of_the_findings() -> None:
    """At the limit is not above it; a stop that is filled exactly at liquidation can never fire."""
    one = bot(settings={"equity_pct": 20, "leverage": 50, "hard_stop_loss_bps": 234})  # 1000% x 250 bps: 25%
    assert dangers(fleet(one), one) == ()
    edge = Policy(maintenance_margin=0, slippage_bps=10)  # 10 times: 1000 bps to liquidation
    for stop, rules in ((983, []), (984, ["GS103"])):
        one = bot(settings={"equity_pct": 20, "leverage": 50, "hard_stop_loss_bps": stop})
        assert [item.rule for item in dangers(fleet(one, policy=edge), one) if item.rule != "GS104"] == rules


def test_policy_says_how_severe_a_finding_is() -> None:
    policy = Policy(severity={"GS101": "warning", "GS102": "off", "GS104": "note"})
    one = bot(settings=PROFILES["degen"].settings.given())
    found = [(item.rule, item.severity) for item in dangers(fleet(one, policy=policy), one)]
    assert found == [("GS101", "warning"), ("GS103", "error"), ("GS104", "note")]


@pytest.mark.parametrize(
    ("exchange", "fees", "taker"),
    [
        ("blofin", {}, 6),
        ("hyperliquid", {}, 4.5),
        ("blofin", {"blofin": 1}, 1),
        ("binance", {"binanceusdm": 3}, 3),
        ("binance", {"binance": 2, "binanceusdm": 3}, 2),
        ("binance", {}, 5),
        ("binanceusdm", {"binance": 3}, 3),
        ("binanceusdm", {"binance": 2, "binanceusdm": 3}, 3),
        ("kucoinfutures", {"kucoin": 3}, 3),
        ("binanceusdm", {"kucoin": 3}, 5),
    ],
)
def test_whose_fees_hold(exchange: str, fees: dict[str, float], taker: float) -> None:
    """The policy's for this very name, else the policy's for another id of the exchange, else the built-in ones."""
    policy = Policy(fees={name: FeeRates(maker=0, taker=rate) for name, rate in fees.items()}, slippage_bps=0)
    assert stop_reach_bps(bot(exchange=exchange, settings={"hard_stop_loss_bps": 100}), policy) == 100 + taker


@pytest.mark.parametrize("written", ["binance", "binanceusdm"])
@pytest.mark.parametrize("asked", ["binance", "binanceusdm"])
def test_what_is_known_of_one_id_of_an_exchange_is_known_of_the_other(written: str, asked: str) -> None:
    facts = Facts(exchanges={written: ExchangeFacts(as_of="2026-11-20")})
    policy = Policy(accounts={f"{written}/a/b": 700, "okx/a/b": 5})
    assert facts.of(asked) is facts.exchanges[written]
    assert (policy.equity_of(f"{asked}/a/b"), policy.equity_of(f"{asked}/a")) == (700, None)


def test_an_exchange_without_known_fees_has_cautious_ones() -> None:
    known = [Policy().fees_of(name).taker for name in ("blofin", "bybit", "okx", "binanceusdm", "bitget")]
    assert Policy().fees_of("kraken").taker >= max(known)
