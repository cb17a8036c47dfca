"""The rules of docs/estimate.md once more: one path, one bar and one lot at a time, in plain Python.

It shares no line and no library with what it checks; long and short are written out, so that no sign is wrong twice.
"""

from dataclasses import dataclass, field
from math import isnan

from gitscale.estimate.ladder import Ladder

NAMES = ("targets", "stops", "counter", "mark", "fees", "slippage", "funding", "liquidation")
COUNTS = ("entries", "exits", "stopped", "liquidated")


@dataclass
class Position:
    long: bool
    lots: dict[int, float] = field(default_factory=dict)
    counter: tuple[float, float, float] | None = None  # quantity, price, until the price is here again

    def average(self) -> float:
        return len(self.lots) / sum(1 / price for price in self.lots.values())

    def worth(self, price: float) -> float:
        found = sum(price / at - 1 if self.long else 1 - price / at for at in self.lots.values())
        if self.counter:
            quantity, at, _ = self.counter
            found += quantity * (at - price if self.long else price - at)
        return found

    def size(self, price: float) -> float:
        return sum(price / at for at in self.lots.values()) + (self.counter[0] * price if self.counter else 0)

    def net_quantity(self) -> float:
        return sum(1 / at for at in self.lots.values()) - (self.counter[0] if self.counter else 0)


class Path:
    def __init__(self, ladder: Ladder) -> None:
        self.ladder = ladder
        self.sums = dict.fromkeys(NAMES + COUNTS, 0.0)
        self.positions = [Position(True), Position(False)]
        self.dead = False

    def cash(self) -> float:
        return sum(self.sums[name] for name in NAMES)

    def pay_taker(self, notional: float) -> None:
        self.sums["fees"] -= self.ladder.taker * notional
        self.sums["slippage"] -= self.ladder.slippage * notional

    def close_counter(self, position: Position, price: float) -> None:
        if position.counter:
            quantity, at, _ = position.counter
            self.sums["counter"] += quantity * (at - price if position.long else price - at)
            self.pay_taker(quantity * price)
            position.counter = None

    def stop_of(self, position: Position) -> float | None:
        if not position.lots:
            return None
        return position.average() * (1 - self.ladder.reach if position.long else 1 + self.ladder.reach)

    def enter(self, position: Position, first: float, reached: float) -> set[int]:
        """Levels opened in a bar that began at `first` and went as far as `reached` against the side."""
        opened = set()
        for level in range(1, self.ladder.levels + 1):
            part = self.ladder.spread * level
            through = reached / first < 1 - part if position.long else reached / first > 1 + part
            if not through:
                break
            price = first * (1 - part) if position.long else first * (1 + part)
            stop = self.stop_of(position)
            if stop is not None and (stop >= price if position.long else stop <= price):
                break
            if level not in position.lots:
                position.lots[level] = price
                opened.add(level)
                self.sums["entries"] += 1
                self.sums["fees"] -= self.ladder.maker
        return opened

    def hedge(self, position: Position, bar: tuple[float, float, float, float]) -> None:
        first, high, low, _ = bar
        if position.counter:
            at = position.counter[2]
            if position.long and high >= at:
                self.close_counter(position, max(at, first))
            elif not position.long and low <= at:
                self.close_counter(position, min(at, first))
        elif position.lots and self.ladder.reach > 0.02:
            quantity = sum(1 / at for at in position.lots.values())
            average = position.average()
            trigger = average * (0.98 if position.long else 1.02)
            if position.long and low <= trigger:
                position.counter = quantity, min(trigger, first), average
            elif not position.long and high >= trigger:
                position.counter = quantity, max(trigger, first), average
            if position.counter:
                self.pay_taker(quantity * position.counter[1])

    def close(self, position: Position, price: float) -> None:
        gross = sum(price / at - 1 if position.long else 1 - price / at for at in position.lots.values())
        self.sums["stops"] += gross
        if self.ladder.fires:
            self.pay_taker(sum(price / at for at in position.lots.values()))
            self.sums["stopped"] += 1
        else:
            self.sums["liquidation"] -= len(position.lots) * self.ladder.margin.collateral + gross
            self.sums["liquidated"] = 1
        self.close_counter(position, price)
        position.lots.clear()

    def fill(self, position: Position, bar: tuple[float, float, float, float]) -> set[int]:
        """What happens before targets are taken; the levels whose targets are."""
        first, high, low, last = bar
        gain = self.ladder.gain
        hit = {
            level
            for level, at in position.lots.items()
            if (high / (1 + gain) > at if position.long else low / (1 - gain) < at)
        }
        opened = self.enter(position, first, low if position.long else high)
        if self.ladder.counter:
            self.hedge(position, bar)
        stop = self.stop_of(position)
        if stop is not None and (low <= stop if position.long else high >= stop):
            self.close(position, min(stop, first) if position.long else max(stop, first))
            return set()
        for level in opened:
            at = position.lots[level]
            if last / (1 + gain) > at if position.long else last / (1 - gain) < at:
                hit.add(level)
        return hit

    def take(self, position: Position, levels: set[int], last: float) -> float:
        brought = 0.0
        for level in levels:
            del position.lots[level]
            fee = self.ladder.maker * (1 + self.ladder.gain if position.long else 1 - self.ladder.gain)
            self.sums["targets"] += self.ladder.gain
            self.sums["fees"] -= fee
            self.sums["exits"] += 1
            brought += self.ladder.gain - fee
        if levels and not position.lots:
            self.close_counter(position, last)
        return brought

    def bar(self, bar: tuple[float, float, float, float], rate: float) -> None:
        _, high, low, last = bar
        if self.dead:
            return
        hits = [self.fill(position, bar) for position in self.positions]
        margin = self.ladder.margin
        need = margin.maintenance
        ends = (low, high)
        worst = [p.worth(end) - need * p.size(end) for p, end in zip(self.positions, ends, strict=True)]
        brought = [self.take(p, levels, last) for p, levels in zip(self.positions, hits, strict=True)]
        if margin.cross:
            for number, end in enumerate(ends):
                other = self.positions[1 - number]
                equity = self.cash() - brought[number] + worst[number] + other.worth(end) - need * other.size(end)
                if equity <= -margin.collateral * self.ladder.levels:
                    self.dead = True
            if self.dead:
                self.sums["liquidation"] -= margin.collateral * self.ladder.levels + self.cash()
                self.sums["liquidated"] = 1
                self.positions = [Position(True), Position(False)]
        if rate:
            self.sums["funding"] -= rate * last * (self.positions[0].net_quantity() - self.positions[1].net_quantity())


def outcome(candles: list[list[float]], ladder: Ladder) -> dict[str, float]:
    """Of one path of (open, high, low, close, funding rate), each as a ratio to the close before."""
    path, close = Path(ladder), 1.0
    for *ratios, rate in candles:
        bar = (close * ratios[0], close * ratios[1], close * ratios[2], close * ratios[3])
        path.bar(bar, 0.0 if isnan(rate) else rate)
        close = bar[3]
    path.sums["mark"] = sum(position.worth(close) for position in path.positions)
    return {name: path.sums[name] / (ladder.levels if name in NAMES else 1) for name in NAMES + COUNTS}
