"""docs/liquidation.md, row by row: the published formulas in prices, against the distance that gitscale shows."""

from pathlib import Path

import pytest

from gitscale.model.exposure import liquidation_distance

PAGE = (Path(__file__).parents[2] / "docs/liquidation.md").read_text()
ROWS = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith(("| Binance", "| Bybit"))]
ENTRY = 64_000.0


def binance(side: int, leverage: float, notional: float, rate: float, cum: float) -> float:
    """LP = (WB + cum - side*q*EP) / (q*MMR - side*q)."""
    size, balance = notional / ENTRY, notional / leverage
    return (balance + cum - side * size * ENTRY) / (size * rate - side * size)


def bybit(side: int, leverage: float, notional: float, rate: float, cum: float) -> float:
    """LP = EP * (1 - side*(1/leverage - MMR))."""
    return ENTRY * (1 - side * (1 / leverage - rate))


FORMULAS = {"Binance": binance, "Bybit": bybit}


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_nearer_than_published_and_by_less_than_a_tenth_of_a_percent(row: list[str]) -> None:
    name, word, *texts = row
    leverage, notional, rate, cum = (float(text.replace(",", "").rstrip("x")) for text in texts[:4])
    side = 1 if word == "long" else -1
    price = FORMULAS[name](side, leverage, notional, rate / 100, cum)
    published = side * (ENTRY - price) / ENTRY
    shown = liquidation_distance(leverage, rate)
    ours = ENTRY * (1 - side * shown)
    assert 0 <= side * (ours - price) < 0.001 * ENTRY
    assert texts[4:] == [f"{published * 1e4:.1f}", f"{shown * 1e4:.1f}", f"{(published - shown) * 1e4:.1f}"]


def test_the_page_has_examples_of_both_and_the_one_worked_out_beside_them() -> None:
    assert len(ROWS) >= 10
    assert {row[0] for row in ROWS} == set(FORMULAS)
    far = binance(1, 5, 40_000, 0.004, 0)
    assert f"{(ENTRY - far) / ENTRY * 1e4:.1f} bps and shown at {liquidation_distance(5, 0.4) * 1e4:.1f}" in PAGE


def test_the_tier_by_collateral_would_be_far_too_kind() -> None:
    """20,000 at 100x: by the tier of the position 34.8 bps, by the tier of its collateral 59.8."""
    assert round(liquidation_distance(100, 0.65) * 1e4, 1) == 34.8
    assert round(liquidation_distance(100, 0.4) * 1e4, 1) == 59.8
