"""Replays a ladder over many paths at once, bar by bar: what would have been filled, stopped and liquidated.

Rules (docs/estimate.md says why): orders of a bar lie around its open; a resting order is filled where the price goes
through it, at its own price; whatever inside a bar may have come in two orders came in the worse one. All sums are in
lots, of which one side has `levels`, until the outcome is made of them.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gitscale.estimate.bars import Bars, Floats, Index
from gitscale.estimate.ladder import Ladder
from gitscale.estimate.side import Bar, Ledger, Side


class Outcome(NamedTuple):
    """One figure a path each, shape (paths,): money as a part of one side's notional, and counts.

    Targets, stops, counter-positions and the mark of what is still open are price alone; costs are negative.
    """

    targets: Floats
    stops: Floats
    counter: Floats
    mark: Floats
    fees: Floats
    slippage: Floats
    funding: Floats
    liquidation: Floats
    entries: Floats
    exits: Floats
    stopped: Floats
    liquidated: Floats

    @property
    def gross(self) -> Floats:
        """What the price brought."""
        return self.targets + self.stops + self.counter + self.mark

    @property
    def net(self) -> Floats:
        """What is left of it."""
        return self.gross + self.fees + self.slippage + self.funding + self.liquidation


def replay(bars: Bars, index: Index, ladder: Ladder, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """The outcome of every path; `index` names its bars, shape (bars a path, paths). Paths begin flat at a price of 1.

    A bar whose funding is not known pays none. `progress` hears of bars done.
    """
    paths = index.shape[1]
    sides = Side(1, ladder, paths), Side(-1, ladder, paths)
    depths = _depth(bars.low / bars.open, ladder), _depth(bars.high / bars.open, ladder)
    rates, ledger = np.nan_to_num(bars.funding), Ledger(paths)
    paid, close, alive = rates != 0, np.ones(paths), np.ones(paths, dtype=bool)
    for number, row in enumerate(index, 1):
        bar = Bar(*(close * part[row] for part in (bars.open, bars.high, bars.low, bars.close)))
        for side, depth in zip(sides, depths, strict=True):
            side.fill(bar, depth[row] * alive, ledger)
        _settle(bar, sides, ledger, alive)
        if paid[row].any():
            ledger.funding -= rates[row] * (sides[0].held(bar.close) - sides[1].held(bar.close))
        close = bar.close
        if progress is not None:
            progress(number, len(index))
    return _outcome(ledger, sides[0].value(close) + sides[1].value(close), ladder)


def _depth(reach: Floats, ladder: Ladder) -> NDArray[np.int8]:
    """How many levels each bar goes through, by how far it reaches in parts of its open: down, or up."""
    steps = ladder.spread * np.arange(1, ladder.levels + 1)
    through = (reach[:, None] < 1 - steps) | (reach[:, None] > 1 + steps)
    depth: NDArray[np.int8] = through.sum(axis=1, dtype=np.int8)
    return depth


def _settle(bar: Bar, sides: tuple[Side, Side], ledger: Ledger, alive: NDArray[np.bool_]) -> None:
    """Take the targets; on cross margin, see first whether the account outlives either end of the bar."""
    long, short = sides
    margin = long.ladder.margin
    if not margin.cross:
        for side in sides:
            side.take(bar, ledger)
        return
    worst = long.standing(bar.low), short.standing(bar.high)
    taken = long.take(bar, ledger), short.take(bar, ledger)
    cash = ledger.cash()
    least = np.minimum(
        cash - taken[0] + worst[0] + short.standing(bar.low), cash - taken[1] + worst[1] + long.standing(bar.high)
    )
    behind = margin.collateral * long.ladder.levels
    lost = np.flatnonzero((least <= -behind) & alive)
    if len(lost):
        alive[lost] = False
        ledger.liquidation[lost] -= behind + cash[lost]
        ledger.liquidated[lost] = 1
        for side in sides:
            side.clear(lost)


def _outcome(ledger: Ledger, mark: Floats, ladder: Ladder) -> Outcome:
    lots = ladder.levels
    return Outcome(
        ledger.targets / lots,
        ledger.stops / lots,
        ledger.counter / lots,
        mark / lots,
        -ledger.fees / lots,
        -ledger.slippage / lots,
        ledger.funding / lots,
        ledger.liquidation / lots,
        ledger.entries,
        ledger.exits,
        ledger.stopped,
        ledger.liquidated,
    )
