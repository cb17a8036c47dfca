"""The replay against the plain reference, and the laws that any honest one keeps."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitscale.estimate.bars import Bars, Index, as_it_was, resampled
from gitscale.estimate.ladder import Ladder, Margin
from gitscale.estimate.replay import Outcome, replay
from tests.estimate import paths, reference

CROSS, ISOLATED = Margin(1 / 2.5, 0.005, True), Margin(1 / 50, 0.005, False)
PLAIN = Ladder(0.0015, 7, 0.0015, 0.05, 0.0002, 0.0006, 0.001, False, CROSS)
LADDERS = {
    "default": PLAIN,
    "counter": PLAIN._replace(counter=True),
    "isolated": PLAIN._replace(margin=ISOLATED),
    "isolated, stop first": PLAIN._replace(margin=ISOLATED, stop=0.01, counter=True),
    "near stop": PLAIN._replace(stop=0.005),
    "stop inside the ladder": PLAIN._replace(spread=0.004, levels=5, stop=0.005),
    "geared up": PLAIN._replace(margin=Margin(1 / 62.5, 0.005, True)),
    "geared up, counter": PLAIN._replace(margin=Margin(1 / 30, 0.01, True), counter=True),
    "two wide levels": PLAIN._replace(spread=0.01, levels=2, gain=0.005, stop=0.03, counter=True),
    "twenty": PLAIN._replace(spread=0.0005, levels=20, gain=0.0007),
}


def _agrees(bars: Bars, index: Index, ladder: Ladder) -> None:
    found = replay(bars, index, ladder)
    columns = (bars.open, bars.high, bars.low, bars.close, bars.funding)
    for path in range(index.shape[1]):
        candles = [[float(column[at]) for column in columns] for at in index[:, path]]
        expected = reference.outcome(candles, ladder)
        actual = {name: float(value[path]) for name, value in found._asdict().items()}
        assert actual == pytest.approx(expected, abs=1e-9, rel=0)


@pytest.mark.parametrize("name", LADDERS)
def test_it_agrees_with_the_plain_reference_on_made_up_bars(name: str) -> None:
    bars = paths.martingale(600, 0.003, seed=5)
    rates = np.where(np.arange(600) % 96 == 0, 0.0004, 0.0)
    rates[:100] = np.nan
    gaps = np.exp(np.random.default_rng(1).normal(0, 0.0004, 600))
    open_, high, low, close = (part * gaps for part in (bars.open, bars.high, bars.low, bars.close))
    bars = Bars(open_, high, low, close, rates, 300_000, 0, 0, 0)
    _agrees(bars, resampled(bars, 12, np.random.default_rng(2)), LADDERS[name])


@pytest.mark.parametrize("name", LADDERS)
def test_it_agrees_with_the_plain_reference_on_real_candles(name: str) -> None:
    bars = paths.real()
    _agrees(bars, resampled(bars, 10, np.random.default_rng(3)), LADDERS[name])
    _agrees(bars, as_it_was(bars), LADDERS[name])


@pytest.mark.parametrize("name", ["default", "counter", "near stop", "isolated, stop first"])
def test_a_martingale_brings_nothing_and_costs_its_fees(name: str) -> None:
    bars = paths.martingale(400_000, 0.0004, seed=11)
    ladder = LADDERS[name]._replace(spread=0.001, gain=0.0012, levels=4)
    index = np.arange(400_000, dtype=np.int32).reshape(400, 1000).T
    found = replay(bars, np.ascontiguousarray(index), ladder)
    error = float(found.gross.std(ddof=1)) / 400**0.5
    assert abs(float(found.gross.mean())) < 2 * error
    assert found.entries.sum() > 4000
    assert found.net == pytest.approx(found.gross + found.fees + found.slippage)
    assert (found.fees < 0).any()
    assert not found.liquidated.any()


def test_profit_and_tail_follow_the_size_until_the_account_is_liquidated() -> None:
    bars = paths.martingale(3000, 0.002, seed=3)
    index = resampled(bars, 300, np.random.default_rng(4))
    free = replay(bars, index, PLAIN._replace(margin=Margin(float("inf"), 0.005, True)))
    half, full = (replay(bars, index, PLAIN._replace(margin=Margin(1 / size, 0.005, True))) for size in (1.0, 20.0))
    assert half.net == pytest.approx(free.net, abs=1e-12)
    lost = full.liquidated > 0
    assert 0 < lost.sum() < 300
    assert full.net[~lost] == pytest.approx(free.net[~lost], abs=1e-12)
    assert full.net[lost] == pytest.approx(-1 / 20)


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 10**6),
    st.floats(1, 60),
    st.floats(1, 3),
    st.booleans(),
    st.sampled_from([0.01, 0.05, 0.15]),
)
def test_more_leverage_never_lowers_the_chance_of_liquidation(
    seed: int, size: float, more: float, counter: bool, stop: float
) -> None:
    bars = paths.martingale(150, 0.006, seed=seed)
    index = resampled(bars, 10, np.random.default_rng(seed))[:150]
    for cross in (True, False):
        ladder = PLAIN._replace(counter=counter, stop=stop)
        one, other = (
            replay(bars, index, ladder._replace(margin=Margin(1 / times, 0.005, cross)))
            for times in (size, size * more)
        )
        if cross:
            assert (one.liquidated <= other.liquidated).all()
        else:
            assert one.liquidated.sum() <= other.liquidated.sum()


def test_a_stop_within_a_bars_range_comes_first() -> None:
    prices = [(1.0, 1.0005, 0.998, 0.999), (0.999, 1.0489, 0.969, 1.0389)]
    wide, near = (_one(prices, PLAIN._replace(stop=stop)) for stop in (0.2, 0.005))
    assert (float(wide.stopped[0]), float(wide.exits[0] > 0)) == (0, 1)
    assert float(near.stopped[0]) >= 1
    assert float(near.stops[0]) < 0


def _one(prices: list[tuple[float, float, float, float]], ladder: Ladder) -> Outcome:
    close, rows = 1.0, []
    for row in prices:
        rows.append([price / close for price in row])
        close = row[3]
    first, high, low, last = np.array(rows).T
    bars = Bars(first, high, low, last, np.zeros(len(prices)), paths.MINUTE_MS, 0, 0, 0)
    return replay(bars, as_it_was(bars), ladder)


SINGLE = Ladder(0.01, 1, 0.01, 0.1, 0.0002, 0.0006, 0.001, False, CROSS)


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        # touched, not gone through
        ([(1, 1, 0.99, 1)], {}),
        # in at 0.99, marked at the close
        ([(1, 1, 0.98, 0.985)], {"entries": 1, "mark": 0.985 / 0.99 - 1, "fees": -0.0002}),
        # in at 0.99; the high may have come before, so no target in this bar
        ([(1, 1.005, 0.98, 0.99)], {"entries": 1, "mark": 0.0, "fees": -0.0002}),
        # in at 0.99 and closed above the target: it went through that afterwards
        ([(1, 1.005, 0.98, 1.004)], {"entries": 1, "exits": 1, "targets": 0.01, "fees": -0.0002 * 2.01}),
        # a target is filled at its own price, a bar later and beyond
        (
            [(1, 1, 0.98, 0.985), (0.985, 1.05, 0.985, 0.985)],
            {"entries": 2, "exits": 1, "targets": 0.01, "fees": -0.0002 * 3.01, "mark": 1 - 0.985 / (0.985 * 1.01)},
        ),
        # a bar that opens beyond the stop closes there: 0.8, not 0.891
        (
            [(1, 1, 0.98, 0.98), (0.8, 0.8, 0.8, 0.8)],
            {
                "entries": 1,
                "stopped": 1,
                "stops": 0.8 / 0.99 - 1,
                "fees": -0.0002 - 0.0006 * 0.8 / 0.99,
                "slippage": -0.001 * 0.8 / 0.99,
            },
        ),
    ],
)
def test_fills_by_hand(prices: list[tuple[float, float, float, float]], expected: dict[str, float]) -> None:
    found = {name: float(value[0]) for name, value in _one(prices, SINGLE)._asdict().items()}
    assert found == pytest.approx(dict.fromkeys(found, 0.0) | expected, abs=1e-12)


def test_an_isolated_side_loses_its_margin_where_the_stop_lies_behind() -> None:
    ladder = SINGLE._replace(margin=Margin(1 / 20, 0.005, False))
    found = _one([(1, 1, 0.98, 0.98), (0.98, 0.98, 0.7, 0.7)], ladder)
    # in at 0.99 and, a bar later, nothing at 0.9702: the one level is taken
    assert (float(found.liquidated[0]), float(found.stopped[0])) == (1, 0)
    assert float(found.net[0]) == pytest.approx(-0.0002 - 1 / 20)


def test_counter_positions_hold_what_a_side_has_lost() -> None:
    ladder = SINGLE._replace(counter=True, stop=0.5, margin=Margin(float("inf"), 0.005, True))
    found = _one([(1, 1, 0.985, 0.985), (0.985, 0.985, 0.6, 0.6)], ladder)
    # long from 0.99 and short as much from 2% below: what is lost is 2% and the way in
    assert float(found.mark[0]) == pytest.approx(-0.02)
    assert float(found.fees[0]) == pytest.approx(-0.0002 - 0.0006 * 0.98)
