"""What /symbols says: the ranking, one symbol's factors, and what was left out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from gitscale.actions.symbols import Query, Symbols, ago, symbols
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.blocks import Block, Facts, Heading, Line, Phrase, Table, Toned
from gitscale.agent.plain import counted
from gitscale.agent.replies import Reply
from gitscale.agent.slash import Request
from gitscale.errors import Usage
from gitscale.market.score import ATRP_CAP, LEVERAGE_CAP, LEVERAGE_UNIT, SPREAD_FLOOR, VOLUME_UNIT, Score

_COLUMNS = ("Symbol", "Price", "1h Vol", "Spread", "ATRP", "Trend", "Score")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "": "seconds"}
_AGE = re.compile(r"([0-9]{1,9})([smhd]?)")
_MOST = 50
# quotes up to this age are of the moment, and need no word
_FRESH = timedelta(minutes=5)


def answer(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    """The answer to the command.

    Raises:
        Usage: an option has a value that it cannot have.
    """
    words = request.words
    offline, age = "offline" in words, _age(words.get("max-age", ""), request)
    if offline and age is not None:
        raise Usage("--offline takes quotes of any age: leave --max-age out", request.command.usage)
    query = Query(
        words.get("exchange", "").lower(), _top(words.get("top", "10"), request), words.get("explain", ""), offline, age
    )
    return reply(symbols(workspace, scope, query))


def reply(found: Symbols) -> Reply:
    """The ranking, or one symbol of it."""
    shown = found.ranking.scores[: found.top]
    explained = [item for item in found.ranking.scores if item.symbol == found.explained]
    blocks: list[Block] = [Heading(f"{found.exchange}: {_title(found)}")]
    blocks += [Line(Toned(f"quotes from {ago(found.age)}", "warning"))] * (found.age > _FRESH)
    if found.explained:
        blocks += [Facts(_factors(item)) for item in explained]
    elif shown:
        blocks += [Table(_COLUMNS, [_row(item) for item in shown], (1, 2, 3, 4, 6))]
        blocks += [Line(Toned("* the market states no largest leverage: the bot's own counts", "dim"))] * any(
            item.own_leverage for item in shown
        )
        blocks.append(Line(Toned("Best for MM: High volume, low spread, moderate ATRP (0.1-0.5)", "dim")))
    blocks += _left_out(found)
    return Reply(tuple(blocks), _data(found), int(not (explained if found.explained else shown)))


def _title(found: Symbols) -> str:
    if found.explained:
        return f"MM Score of {found.explained}"
    count = min(len(found.ranking.scores), found.top)
    return f"top {counted(count, 'symbol')} by MM Score" if count else "no symbol has an MM Score"


def _row(item: Score) -> tuple[Phrase, ...]:
    mark = "*" * item.own_leverage
    return (
        _short(item.symbol),
        f"${_figure(item.price)}",
        f"${_compact(item.volume)}",
        f"{_figure(item.spread)}%",
        f"{item.atrp:.2f}",
        "🟢" if item.change >= 0 else "🔴",
        f"{item.value:,.1f}{mark}",
    )


def _factors(item: Score) -> list[tuple[str, Phrase]]:
    volume, spread, atrp, leverage = item.factors
    source = "the bot's own: the market states none" if item.own_leverage else f"the market's, at most {LEVERAGE_CAP}"
    floored = f", floored at {SPREAD_FLOOR:g}%" if item.spread < SPREAD_FLOOR else ""
    capped = f", capped at {ATRP_CAP}" if item.atrp * 10 > ATRP_CAP else ""
    return [
        ("volume", f"{item.volume:,.0f} / {VOLUME_UNIT:,} = {_figure(volume)} (last hour, quote currency)"),
        ("spread", f"1 / {item.spread:.5f}% = {_figure(spread)}{floored}"),
        ("ATRP", f"{item.atrp:.4f} x 10 = {_figure(atrp)}{capped} (14 bars of 5 minutes, % of the price)"),
        ("leverage", f"{item.leverage:g} / {LEVERAGE_UNIT} = {_figure(leverage)} ({source})"),
        ("trend", f"{item.change:+.2f}% in the last hour"),
        ("MM Score", Toned(f"{item.value:,.1f}", "strong")),
    ]


def _left_out(found: Symbols) -> Iterator[Line]:
    left = [item for item in found.ranking.left_out if found.explained in ("", item.symbol)]
    if left:
        yield Line(f"left out: {counted(len(left), 'candidate')}")
    for item in left:
        yield Line((Toned(_short(item.symbol), "warning"), f": {item.reason}"), 1)


def _data(found: Symbols) -> dict[str, Any]:
    chosen = [item for item in found.ranking.scores if item.symbol == found.explained]
    return {
        "exchange": found.exchange,
        "as_of": found.ranking.oldest.isoformat(),
        "age_seconds": round(found.age.total_seconds()),
        "candidates": len(found.ranking.scores) + len(found.ranking.left_out),
        "symbols": [_score(item) for item in (chosen if found.explained else found.ranking.scores[: found.top])],
        "left_out": [item._asdict() for item in found.ranking.left_out if found.explained in ("", item.symbol)],
    }


def _score(item: Score) -> dict[str, Any]:
    names = ("volume", "spread", "atrp", "leverage")
    return {
        "symbol": item.symbol,
        "price": item.price,
        "volume": item.volume,
        "spread_pct": item.spread,
        "atrp": item.atrp,
        "change_pct": item.change,
        "leverage": item.leverage,
        "own_leverage": item.own_leverage,
        "factors": dict(zip(names, item.factors, strict=True)),
        "score": item.value,
    }


def _short(symbol: str) -> str:
    """The base alone where the rest is what it nearly always is."""
    return symbol.removesuffix("/USDT:USDT")


def _figure(value: float) -> str:
    """Four digits that count, never an exponent."""
    from math import floor, log10

    places = 3 - floor(log10(value)) if value > 0 else 2
    return f"{value:,.{min(max(places, 0), 12)}f}"


def _compact(value: float) -> str:
    for size, unit in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        if value >= size:
            return f"{value / size:.3g}{unit}"
    return f"{value:.0f}"


def _top(text: str, request: Request) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", text) or not 1 <= int(text) <= _MOST:
        raise Usage(f"--top takes a whole number, 1 to {_MOST}, not {text[:20]!r}", request.command.usage)
    return int(text)


def _age(text: str, request: Request) -> timedelta | None:
    if not text:
        return None
    if (found := _AGE.fullmatch(text)) is None:
        raise Usage(f"--max-age takes an age like 90s, 10m, 2h or 1d, not {text[:20]!r}", request.command.usage)
    return timedelta(**{_UNITS[found[2]]: int(found[1])})
