"""The risk diff in figures and words: what text, Markdown and JSON say of it alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from gitscale.model.exposure import move_cost
from gitscale.model.numbers import spell
from gitscale.risk.finding import Basis, Delta, Measure

MOVES = (1, 5, 10)
COLUMNS = ("exposure", "loss at stop", "liquidation at", *(f"{move}% move" for move in MOVES))
LEGEND = (
    "In % of the account's equity, worst case: one side of every level filled, all in one symbol. Liquidation: how far "
    "the price has then gone from the average entry. Moves: adverse, before any stop."
)
FLEET_LEGENDS: dict[Basis, str] = {
    "sum": "The fleet adds percentages of equities that may differ: policy.yaml does not name them all.",
    "equity": "The fleet is in % of its accounts' equity together, each account weighted by its own.",
}
ODDS_LEGEND = "Within 24 h: shares of resampled days of replayed candles; they are not judged."
ABSENT = "-"
_KINDS = ("bot", "account", "fleet")
_DIRECTIONS = ("risk-adding", "neutral", "de-risking")


@dataclass(frozen=True, slots=True)
class Cost:
    """What an adverse move costs: exposure x move, unless `end` says what comes first; the money where known."""

    move: int
    equity_pct: float
    amount: float | None
    end: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure before and after, the same in money (or nothing), and whether it got worse."""

    before: str
    after: str
    before_amount: str
    after_amount: str
    worse: bool


@dataclass(frozen=True, slots=True)
class _Figure:
    """One figure; a larger `weight` is worse."""

    text: str
    weight: float
    amount: str = ""


def costs(delta: Delta, measure: Measure) -> list[Cost]:
    """The cost of each adverse move; after liquidation no amount is known."""
    return [_cost(delta, measure, move) for move in MOVES]


def measured(delta: Delta) -> dict[str, Any]:
    """What comes after, in % as the JSON report has it, each adverse move with what it costs."""
    measure = delta.after
    assert measure is not None
    return {
        "exposure": measure.exposure,
        "loss_at_stop": measure.loss_at_stop,
        "liquidation": measure.liquidation,
        "equity": delta.equity,
        "currency": delta.currency or None,
        "cost": [
            {"move": item.move, "equity_pct": item.equity_pct, "amount": item.amount, "end": item.end}
            for item in costs(delta, measure)
        ],
    }


def cells(delta: Delta) -> list[Cell]:
    """The columns of a delta's row."""
    pairs = zip(_side(delta, delta.before), _side(delta, delta.after), strict=True)
    return [Cell(old.text, new.text, old.amount, new.amount, new.weight > old.weight) for old, new in pairs]


def ranked(deltas: Sequence[Delta]) -> list[Delta]:
    """Bots, then accounts, then the fleet; what adds risk first, and of that the largest."""

    def weight(item: Delta) -> tuple[int, int, float, str]:
        size = item.after.exposure if item.after else 0
        return (_KINDS.index(item.kind), _DIRECTIONS.index(item.direction), -size, item.name)

    return sorted(deltas, key=weight)


def title(delta: Delta) -> str:
    """What a row is about: `bot blofin-main`."""
    return delta.kind if delta.kind == "fleet" else f"{delta.kind} {delta.name}"


def percent(value: float) -> str:
    """A percentage to about three figures; what is not nothing is never shown as 0."""
    if 0 < value < 0.01:
        return "<0.01%"
    return spell(round(float(value), 0 if value >= 100 else 1 if value >= 10 else 2)) + "%"


def money(value: float) -> str:
    """An amount, without its currency."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.2f}"


def odds(delta: Delta) -> str:
    """`within 24 h: stop 12% -> 51%, liquidation 0% (SYMBOL, DAY to DAY)`, or nothing where no candles are known."""
    found = delta.odds
    if found is None:
        return ""
    stop, liquidation = (
        _likely(*(getattr(side, name) if side else None for side in (found.before, found.after)))
        for name in ("stop", "liquidation")
    )
    return f"within 24 h: stop {stop}, liquidation {liquidation} ({found.symbol}, {found.start} to {found.end})"


def _likely(before: float | None, after: float | None) -> str:
    sides = [ABSENT if side is None else f"{100 * side:.3g}%" for side in (before, after)]
    return sides[1] if before is None or sides[0] == sides[1] else " -> ".join(sides)


def legend(deltas: Sequence[Delta]) -> str:
    """What the columns mean."""
    replayed = [ODDS_LEGEND] * any(item.odds for item in deltas)
    return " ".join([LEGEND, *(FLEET_LEGENDS[item.basis] for item in deltas if item.kind == "fleet"), *replayed])


def _cost(delta: Delta, measure: Measure, move: int) -> Cost:
    share = move_cost(measure.exposure, move)
    end = ""
    if measure.liquidation is not None and move >= measure.liquidation:
        end = "liquidated"
    elif share >= 100 and delta.kind != "fleet":
        end = "account gone"
    amount = None if delta.equity is None or end else round(delta.equity * share / 100, 2)
    return Cost(move, share, amount, end)


def _side(delta: Delta, measure: Measure | None) -> list[_Figure]:
    if measure is None:
        return [_Figure(ABSENT, 0), _Figure(ABSENT, 0), _Figure(ABSENT, -inf), *[_Figure(ABSENT, 0)] * len(MOVES)]
    far = measure.liquidation
    return [
        _share(delta, measure.exposure),
        _share(delta, measure.loss_at_stop),
        _Figure("none" if far is None else percent(far), -inf if far is None else -far),
        *(_Figure(item.end, inf) if item.end else _share(delta, item.equity_pct) for item in costs(delta, measure)),
    ]


def _share(delta: Delta, share: float) -> _Figure:
    amount = "" if delta.equity is None else money(delta.equity * share / 100)
    return _Figure(percent(share), share, amount)
