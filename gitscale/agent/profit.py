"""What /profit estimate says: what a day may bring, how sure that is, and by which rules it was found."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from gitscale.actions.profit import Profit, Query, Window, profit
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.blocks import Block, Facts, Heading, Line, Phrase, Table, Tone, Toned
from gitscale.agent.replies import Reply
from gitscale.agent.slash import Request
from gitscale.errors import Unavailable, Usage
from gitscale.estimate.summary import MONEY, Summary, Verdict
from gitscale.model.numbers import spell

_UNAVAILABLE = Unavailable.exit_code
_MOST_DAYS = 100_000
_TONES: dict[Verdict, Tone] = {
    "edge in this window": "good",
    "no edge shown": "warning",
    "loses in this window": "bad",
}
_BARS = "▁▂▃▄▅▆▇█"
_NAMES = {
    "targets": "targets reached",
    "stops": "stop losses",
    "counter": "counter-positions (xgrid)",
    "mark": "inventory mark",
    "gross": "gross",
    "fees": "fees",
    "slippage": "slippage",
    "funding": "funding",
    "liquidation": "liquidation",
    "net": "net",
}
_RULE = "an order fills only where the price goes through it; inside a bar the stop comes before the target"


def answer(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    """The answer to the command.

    Raises:
        Usage: an option has a value that it cannot have, or that does not go with another.
    """
    words = request.words
    candles, funding, plot = (_file(words.get(name, "")) for name in ("candles", "funding", "plot"))
    if funding and not candles:
        raise Usage("--funding goes with --candles", request.command.usage)
    if candles and "offline" in words:
        raise Usage("--candles asks no exchange: leave --offline out", request.command.usage)
    if plot and plot.suffix != ".png":
        raise Usage(f"--plot draws a PNG: {plot.name[:40]!r} does not end in .png", request.command.usage)
    query = Query(
        words.get("symbol", ""),
        _number(words.get("days", "10000"), "days", 1, request),
        _number(words.get("seed", "1"), "seed", 0, request),
        candles,
        funding,
        "offline" in words,
    )
    found = profit(workspace, scope, query)
    if plot and found.summary:
        from gitscale.agent.render.plot import png

        plot.write_bytes(
            png(found.summary, found.exposure, f"{found.bot.name} {found.symbol}: {found.summary.verdict}")
        )
    return reply(found, str(plot) if plot and found.summary else "")


def reply(found: Profit, plot: str = "") -> Reply:
    """The estimate, or without candles what arithmetic gives."""
    blocks: list[Block] = [
        Heading(f"{found.bot.name}: a day of {found.symbol} at {spell(found.exposure)}% exposure"),
    ]
    if found.summary and found.window:
        blocks += _estimated(found, found.summary, found.window)
    else:
        blocks.append(Line((Toned("no estimate", "warning"), f": {found.reason}")))
        blocks += [Line(found.remedy, 1)] * bool(found.remedy)
        blocks.append(Line("what arithmetic alone gives:"))
    blocks += [Line(), *_arithmetic(found), *_claim(found)]
    blocks += [Line(f"drawn: {plot}")] * bool(plot)
    return Reply(tuple(blocks), _data(found, plot), _UNAVAILABLE if found.remedy else 0)


def _estimated(found: Profit, summary: Summary, window: Window) -> Iterator[Block]:
    show = _Percent(found.exposure, summary)
    low, middle, high = (show(value) for value in summary.average)
    yield Line(
        (
            Toned(summary.verdict, _TONES[summary.verdict]),
            f": the average day lies between {low} and {high} of equity (90% interval, middle {middle})",
        )
    )
    yield Line()
    yield Table(("net of", "p5", "p50", "p95"), list(_ranges(found, summary, show)), (1, 2, 3))
    yield Line(f"{_sparkline(summary.counts)}  one day, from {show(summary.edges[0])} to {show(summary.edges[1])}")
    yield Line()
    yield Table(("an average day", "% of equity"), [_component(name, summary, show) for name in _shown(found)], (1,))
    yield Line()
    yield Facts(list(_chances(summary)))
    yield Line()
    yield from _basis(found, summary, window, show)


def _ranges(found: Profit, summary: Summary, show: "_Percent") -> Iterator[tuple[Phrase, ...]]:
    for name, values in (("one day", summary.day), ("the average day", summary.average)):
        yield (name, *(show(value) for value in values))
        if found.equity is not None:
            currency = found.symbol.rpartition(":")[2]
            yield (f"  {currency}", *(f"{value * found.exposure / 100 * found.equity:+,.2f}" for value in values))


def _component(name: str, summary: Summary, show: "_Percent") -> tuple[Phrase, ...]:
    tone: Tone = "strong" if name in ("gross", "net") else "plain"
    return (Toned(_NAMES[name], tone), Toned(show(summary.mean[name]), tone))


def _shown(found: Profit) -> list[str]:
    return [name for name in MONEY if name != "counter" or found.counter]


def _chances(summary: Summary) -> Iterator[tuple[str, Phrase]]:
    yield "net above zero", _chance(summary.positive, summary.days)
    yield "a stop within 24 h", _chance(summary.stopped, summary.days)
    yield "liquidation within 24 h", _chance(summary.liquidated, summary.days)
    yield "fills a day", f"{summary.fills:,.0f}, of them {summary.trips:,.0f} targets"


def _basis(found: Profit, summary: Summary, window: Window, show: "_Percent") -> Iterator[Line]:
    frame = f"{window.frame_ms / 60_000:g}-minute"
    gaps = f", {window.gaps} gap{'s' * (window.gaps != 1)}" if window.gaps else ""
    period = f"{window.start:%Y-%m-%d %H:%M} to {window.end:%Y-%m-%d %H:%M} UTC"
    many = f"resampled in blocks of 4 hours into {summary.days:,} days (seed {found.seed})"
    lines = [
        f"data: {window.candles:,} {frame} candles of {window.days:.1f} days, {period}{gaps}",
        f"replayed as they came: {show(summary.window)} a day; {many}",
        f"rule: {_RULE}",
        f"what {window.days:.1f} days brought is no forecast of the next ones",
    ]
    if window.funded < 1:
        known = f"known for {window.funded:.0%} of the time and left out of the rest" if window.funded else "not known"
        lines.append(f"funding: {known}")
    if len(found.bot.symbols) > 1:
        lines.append(
            f"all of the exposure in one symbol of {len(found.bot.symbols)}, as in the worst case; --symbol picks"
        )
    for line in lines:
        yield Line(Toned(line, "dim"))


def _arithmetic(found: Profit) -> Iterator[Block]:
    plain = found.arithmetic
    rows: list[tuple[str, Phrase]] = [
        ("a round trip of one lot", f"{plain.trip:.4f}% of equity net of fees, which take {plain.fee_share:.0%} of it"),
        ("a stop of a full side", f"-{plain.stop:.2f}% of equity"),
    ]
    if plain.break_even is not None:
        rows.append(("to pay for one stop", f"{plain.break_even:,.0f} round trips"))
    yield Facts(rows)


def _claim(found: Profit) -> Iterator[Block]:
    if found.claim:
        whose = f"the profile {found.profile}" if found.exact else f"the nearest profile, {found.profile},"
        yield Line(
            Toned(f"the documentation of {whose} claims {found.claim}; that is its claim, not an estimate", "dim")
        )


class _Percent:
    """Shares of one side's notional as % of equity, with as many places as the spread of a day deserves."""

    def __init__(self, exposure: float, summary: Summary) -> None:
        self._exposure = exposure
        width = (summary.day.p95 - summary.day.p5) * exposure
        self._places = 2 if width >= 0.5 else 4

    def __call__(self, value: float) -> str:
        return f"{value * self._exposure:+.{self._places}f}%"


def _chance(value: float, days: int) -> str:
    """A share of the days; none seen is no proof that it cannot be."""
    if value == 0:
        return f"not once in {days:,} days"
    return f"{value:.1%}" if value >= 0.001 else f"{round(value * days)} in {days:,} days"


def _sparkline(counts: tuple[int, ...]) -> str:
    most = max(counts)
    return "".join(_BARS[-(-count * (len(_BARS) - 1) // most)] for count in counts)


def _data(found: Profit, plot: str) -> dict[str, Any]:
    plain = found.arithmetic
    return {
        "bot": found.bot.name,
        "revision": found.revision,
        "symbol": found.symbol,
        "exposure": found.exposure,
        "arithmetic": {
            "round_trip_pct": plain.trip,
            "stop_pct": -plain.stop,
            "break_even_trips": plain.break_even,
            "fee_share": plain.fee_share,
        },
        "claim": {"profile": found.profile, "expected": found.claim, "exact": found.exact} if found.claim else None,
        "reason": found.reason or None,
        "remedy": found.remedy or None,
        "estimate": _estimate(found, found.summary, found.window) if found.summary and found.window else None,
        "plot": plot or None,
    }


def _estimate(found: Profit, summary: Summary, window: Window) -> dict[str, Any]:
    size = found.exposure
    return {
        "verdict": summary.verdict,
        "days": summary.days,
        "seed": found.seed,
        "average_day_pct": _scaled(summary.average._asdict(), size),
        "day_pct": _scaled(summary.day._asdict(), size),
        "components_pct": _scaled(summary.mean, size),
        "as_it_was_pct": round(summary.window * size, 9),
        "p_net_above_zero": summary.positive,
        "p_stop": summary.stopped,
        "p_liquidation": summary.liquidated,
        "fills": summary.fills,
        "trips": summary.trips,
        "histogram": {"counts": summary.counts, "edges_pct": [round(edge * size, 9) for edge in summary.edges]},
        "window": {
            "start": window.start.isoformat(),
            "end": window.end.isoformat(),
            "frame_seconds": window.frame_ms // 1000,
            "candles": window.candles,
            "gaps": window.gaps,
            "funding_known": window.funded,
        },
        "rule": _RULE,
    }


def _scaled(values: Mapping[str, float], size: float) -> dict[str, float]:
    """In % of equity; the last digits would be the processor's."""
    return {name: round(value * size, 9) for name, value in values.items()}


def _file(text: str) -> Path | None:
    return Path(text) if text else None


def _number(text: str, name: str, least: int, request: Request) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text) or not least <= int(text) <= _MOST_DAYS:
        raise Usage(f"--{name} takes a whole number, {least} to {_MOST_DAYS}, not {text[:20]!r}", request.command.usage)
    return int(text)
