"""One side of the ladder on many paths at once: its lots, stop and counter-position."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from gitscale.estimate.bars import Floats
from gitscale.estimate.ladder import COUNTER_AT, Ladder

Rows = NDArray[np.intp]


class Bar(NamedTuple):
    """Prices of one bar on every path."""

    open: Floats
    high: Floats
    low: Floats
    close: Floats


class Ledger:
    """What happened so far, in lots, by path; fees and slippage as they were paid."""

    def __init__(self, paths: int) -> None:
        self.targets, self.stops, self.counter, self.fees, self.slippage, self.funding, self.liquidation = (
            np.zeros(paths) for _ in range(7)
        )
        self.entries, self.exits, self.stopped, self.liquidated = (np.zeros(paths) for _ in range(4))

    def cash(self) -> Floats:
        """All that is settled."""
        return self.targets + self.stops + self.counter - self.fees - self.slippage + self.funding + self.liquidation


class Side:
    """Lots of one notional by level, as (level, path): the price of each, NaN where there is none.

    `inverse` is the sum of 1/price of a path's lots, which is its quantity; `stop` is NaN where nothing is held.
    """

    def __init__(self, sign: int, ladder: Ladder, paths: int) -> None:
        self.ladder, self._sign = ladder, sign
        self._entries = np.full((ladder.levels, paths), np.nan)
        self._hit = np.zeros((ladder.levels, paths), dtype=bool)
        self._lots, self._inverse, self._stop = np.zeros(paths), np.zeros(paths), np.full(paths, np.nan)
        self._counter, self._counter_at, self._counter_until = (np.zeros(paths) for _ in range(3))
        self._to_stop = 1 - sign * ladder.reach
        self._to_target = 1 + sign * ladder.gain
        # a stop before the counter-position's trigger leaves it nothing to do
        self._to_counter = (1 - sign * COUNTER_AT) / self._to_stop if ladder.reach > COUNTER_AT else np.nan

    def held(self, price: Floats) -> Floats:
        """The notional at a price, counter-positions taken off."""
        return price * (self._inverse - self._counter)

    def value(self, price: Floats) -> Floats:
        """What everything that is open is worth at a price."""
        return self._sign * (price * (self._inverse - self._counter) - self._lots + self._counter * self._counter_at)

    def standing(self, price: Floats) -> Floats:
        """The same less the maintenance margin that it needs."""
        return self.value(price) - self.ladder.margin.maintenance * price * (self._inverse + self._counter)

    def fill(self, bar: Bar, depth: NDArray[np.int8], ledger: Ledger) -> None:
        """Note the targets that the bar reaches; open lots as deep as it goes; close all where the stop is reached."""
        favour, adverse = (bar.high, bar.low) if self._sign > 0 else (bar.low, bar.high)
        self._hit = self._beyond(favour / self._to_target, self._entries)
        opened = self._enter(bar, depth, ledger)
        if self.ladder.counter:
            self._hedge(bar, adverse, favour, ledger)
        reached = np.flatnonzero(~self._beyond(adverse, self._stop) & (self._lots > 0))
        if len(reached):
            self._close(reached, self._farther(self._stop[reached], bar.open[reached]), ledger)
        for level, rows in opened:
            # it came back beyond the target by the end, so it went through it after the entry
            self._hit[level, rows] = self._beyond(bar.close[rows] / self._to_target, self._entries[level, rows])

    def take(self, bar: Bar, ledger: Ledger) -> Floats:
        """Close the lots whose targets were reached; what that brought."""
        flat, paths = np.flatnonzero(self._hit), len(self._lots)
        if not len(flat):
            return np.zeros(paths)
        rows, lots = flat % paths, self._entries.reshape(-1)
        count = np.bincount(rows, minlength=paths).astype(np.float64)
        fee = self.ladder.maker * self._to_target
        ledger.targets += self.ladder.gain * count
        ledger.fees += fee * count
        ledger.exits += count
        self._lots -= count
        self._inverse -= np.bincount(rows, 1 / lots[flat], minlength=paths)
        lots[flat] = np.nan
        self._inverse[self._lots == 0] = 0
        self._place_stop(np.flatnonzero(count))
        if self.ladder.counter:
            alone = np.flatnonzero((self._counter > 0) & (self._lots == 0))
            self._close_counter(alone, bar.close[alone], ledger)
        return (self.ladder.gain - fee) * count

    def clear(self, rows: Rows) -> None:
        """Nothing is held any more."""
        self._entries[:, rows] = self._stop[rows] = np.nan
        self._hit[:, rows] = False
        self._lots[rows] = self._inverse[rows] = self._counter[rows] = 0

    def _enter(self, bar: Bar, depth: NDArray[np.int8], ledger: Ledger) -> list[tuple[int, Rows]]:
        """Open lots level by level, the nearest first, until the stop comes first."""
        opened, rows = [], np.flatnonzero(depth)
        for level in range(self.ladder.levels):
            rows = rows[depth[rows] > level]
            if not len(rows):
                break
            price = bar.open[rows] * (1 - self._sign * self.ladder.spread * (level + 1))
            free = np.isnan(self._entries[level, rows]) & ~self._beyond(self._stop[rows], price, same=True)
            new, at = rows[free], price[free]
            self._entries[level, new] = at
            self._lots[new] += 1
            self._inverse[new] += 1 / at
            self._place_stop(new)
            ledger.entries[new] += 1
            ledger.fees[new] += self.ladder.maker
            opened.append((level, new))
        return opened

    def _hedge(self, bar: Bar, adverse: Floats, favour: Floats, ledger: Ledger) -> None:
        """Open a counter-position as large as a side that lost enough; close it when that loss is made up."""
        held = self._counter > 0
        back = np.flatnonzero(held & ~self._beyond(self._counter_until, favour))
        if len(back):
            self._close_counter(back, self._nearer(self._counter_until[back], bar.open[back]), ledger)
        trigger = self._stop * self._to_counter
        due = np.flatnonzero(~held & ~self._beyond(adverse, trigger) & (self._lots > 0) & np.isfinite(trigger))
        if len(due):
            price = self._farther(trigger[due], bar.open[due])
            self._counter[due], self._counter_at[due] = self._inverse[due], price
            self._counter_until[due] = self._lots[due] / self._inverse[due]
            self._pay_taker(due, price * self._inverse[due], ledger)

    def _close_counter(self, rows: Rows, price: Floats, ledger: Ledger) -> None:
        quantity = self._counter[rows]
        ledger.counter[rows] += self._sign * quantity * (self._counter_at[rows] - price)
        self._pay_taker(rows, quantity * price, ledger)
        self._counter[rows] = 0

    def _close(self, rows: Rows, price: Floats, ledger: Ledger) -> None:
        """Close all of it at the stop, or where an isolated side is liquidated."""
        lots, inverse = self._lots[rows], self._inverse[rows]
        gross = self._sign * (price * inverse - lots)
        ledger.stops[rows] += gross
        if self.ladder.fires:
            self._pay_taker(rows, price * inverse, ledger)
            ledger.stopped[rows] += 1
        else:
            ledger.liquidation[rows] -= lots * self.ladder.margin.collateral + gross
            ledger.liquidated[rows] = 1
        self._close_counter(rows, price, ledger)
        self.clear(rows)

    def _pay_taker(self, rows: Rows, notional: Floats, ledger: Ledger) -> None:
        ledger.fees[rows] += self.ladder.taker * notional
        ledger.slippage[rows] += self.ladder.slippage * notional

    def _place_stop(self, rows: Rows) -> None:
        lots, inverse = self._lots[rows], self._inverse[rows]
        average = np.divide(lots, inverse, out=np.full(len(rows), np.nan), where=lots > 0)
        self._stop[rows] = average * self._to_stop

    def _beyond(self, price: Floats, mark: Floats, *, same: bool = False) -> NDArray[np.bool_]:
        """Whether a price lies on the winning side of a mark; where there is none, it does not."""
        if same:
            return price >= mark if self._sign > 0 else price <= mark
        return price > mark if self._sign > 0 else price < mark

    def _farther(self, price: Floats, other: Floats) -> Floats:
        """The worse of two prices."""
        return np.minimum(price, other) if self._sign > 0 else np.maximum(price, other)

    def _nearer(self, price: Floats, other: Floats) -> Floats:
        return np.maximum(price, other) if self._sign > 0 else np.minimum(price, other)
