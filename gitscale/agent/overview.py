"""What /overview says, in the form that the reference gives it."""

from collections.abc import Iterator, Sequence
from typing import Any

from gitscale.actions.overview import Overview, Seat
from gitscale.agent.blocks import Block, Heading, Item, Line, Phrase, Rule, Tone, Toned
from gitscale.agent.plain import problem
from gitscale.agent.replies import Reply
from gitscale.agent.status import standing_data
from gitscale.model.bot import Bot, PerpMMBot
from gitscale.model.exposure import Level, move_cost
from gitscale.model.numbers import spell
from gitscale.risk.reporters.figures import money

_ACCOUNTS = 8
_SHOWN = 50
_SIGNS = {Level.LOW: "✅", Level.MODERATE: "⚠️", Level.HIGH: "⚠️", Level.EXTREME: "🚨"}
_MEANS = {
    Level.LOW: "This leaves room: a 10% adverse move costs {ten}%.",
    Level.MODERATE: "This is aggressive but manageable.",
    Level.HIGH: "This is dangerous: a 1% adverse move costs {one}%.",
    Level.EXTREME: "This can cost everything: a 1% adverse move costs {one}%.",
}


def reply(found: Overview) -> Reply:
    """The answer."""
    running = [seat for seat in found.seats if seat.running]
    waiting = [seat for seat in found.seats if seat.bot.enabled and not seat.running]
    disabled = [seat for seat in found.seats if not seat.bot.enabled and not seat.running]
    blocks: list[Block] = [
        Heading("Bot Overview"),
        Line(),
        _labelled("Active Exchanges:", ", ".join(found.exchanges) or "none"),
        _labelled("Running Bots:", str(len(running))),
        _labelled("Total Effective Exposure:", f"{spell(found.total)}% of equity"),
        *_together(found),
        Line(),
        Rule(),
        *_section("🟢 Running Bots:", running),
        *_section("🟡 Enabled, Not Running:", waiting),
        *_names("⚪ Disabled:", disabled),
        *_level(found),
        *(Line(f"not counted in: {item}", 1) for item in found.problems),
        *(Line((Toned("runs and is not in git:", "warning"), f" {name}"), 1) for name in found.strays),
    ]
    return Reply(tuple(blocks), _data(found))


def _labelled(label: str, said: str) -> Line:
    return Line((Toned(label, "strong"), f" {said}"))


def _together(found: Overview) -> Iterator[Line]:
    """What a sum over several accounts is, and is not."""
    if len(found.accounts) < 2:
        return
    if found.weighted:
        share, whole = spell(found.weighted.exposure), f"{money(found.weighted.equity)} {found.weighted.currency}"
        yield _labelled("Weighted by Equity:", f"{share}% of {whole}")
    largest = sorted(found.accounts.items(), key=lambda item: -item[1])
    shown = ", ".join(f"{name} {spell(size)}%" for name, size in largest[:_ACCOUNTS])
    more = f" and {len(largest) - _ACCOUNTS} more" if len(largest) > _ACCOUNTS else ""
    yield Line(Toned(f"The total adds percentages of accounts whose equity may differ: {shown}{more}", "dim"))


def _section(title: str, seats: Sequence[Seat]) -> Iterator[Block]:
    if not seats:
        return
    yield Heading(title)
    yield Line()
    for seat in seats[:_SHOWN]:
        yield from _bot(seat)
        yield Line()
    yield from _more(seats)


def _bot(seat: Seat) -> Iterator[Block]:
    bot = seat.bot
    yield Line((Toned(bot.exchange.upper(), "strong"), f" - {bot.strategy}"))
    yield Item(f"Config: {bot.preset or 'its own settings'}")
    if isinstance(bot, PerpMMBot) and seat.exposure is not None:
        factors = f"{spell(bot.settings.equity_pct)}% equity × {bot.settings.leverage}x"  # noqa: RUF001 - as written
        yield Item((f"Settings: {factors} = ", Toned(f"{spell(seat.exposure)}%", "strong"), " exposure"))
    yield Item(f"Symbols: {', '.join(symbol.partition('/')[0] for symbol in bot.symbols) or 'none'}")
    yield Item(f"Bot: {bot.name}, account {bot.account}")
    if seat.level in (Level.HIGH, Level.EXTREME) and seat.exposure is not None:
        cost = f": a 1% adverse move costs {spell(move_cost(seat.exposure))}%"
        yield Item((Toned(f"⚠️ {seat.level.value} exposure", "warning"), cost))
    tone: Tone = "plain" if seat.sync == "Synced" else "warning"
    yield Item((Toned(seat.sync, tone), f", {seat.standing.phase}"))
    if note := _note(seat):
        yield Item(Toned(f"⚠️ {note}", "warning"))


def _note(seat: Seat) -> str:
    """What is not as it should be about how a bot runs."""
    if seat.running and not seat.bot.enabled:
        return "Disabled in git, and runs"
    if seat.standing.restart_required:
        return "Restart required: it started with other settings than are delivered"
    words = {"stale": "Stale: its heartbeat stopped", "unreadable": "Its run file cannot be read"}
    return words.get(seat.standing.state, "")


def _names(title: str, seats: Sequence[Seat]) -> Iterator[Block]:
    if seats:
        yield Heading(title)
        for seat in seats[:_SHOWN]:
            yield Item(f"{seat.bot.name}: {_where(seat.bot)}")
        yield Line()
        yield from _more(seats)


def _more(seats: Sequence[Seat]) -> Iterator[Line]:
    if len(seats) > _SHOWN:
        yield Line(f"and {len(seats) - _SHOWN} more: /status lists them all")
        yield Line()


def _where(bot: Bot) -> str:
    return f"{bot.strategy} on {bot.exchange}, account {bot.account}"


def _level(found: Overview) -> Iterator[Line]:
    if not found.accounts:
        yield Line("No exposure: no perp_mm bot is enabled.")
        return
    size = found.weighted.exposure if found.weighted else found.total
    means = _MEANS[found.level].format(one=spell(move_cost(size)), ten=spell(move_cost(size, 10)))
    title: Phrase = (f"{_SIGNS[found.level]} ", Toned(f"{found.level.value} Risk Level", "strong"))
    yield Line(title)
    yield Line(f"Combined exposure: {spell(size)}% - {means}")


def _data(found: Overview) -> dict[str, Any]:
    weighted = found.weighted
    return {
        "revision": found.revision,
        "exchanges": found.exchanges,
        "running": sum(seat.running for seat in found.seats),
        "exposure": found.total,
        "weighted": {"exposure": weighted.exposure, "equity": weighted.equity, "currency": weighted.currency}
        if weighted
        else None,
        "level": found.level.value,
        "accounts": dict(found.accounts),
        "bots": [_seat_data(seat) for seat in found.seats],
        "problems": [problem(item) for item in found.problems],
        "strays": list(found.strays),
    }


def _seat_data(seat: Seat) -> dict[str, Any]:
    bot = seat.bot
    return {
        "bot": bot.name,
        "strategy": bot.strategy,
        "exchange": bot.exchange,
        "account": bot.account,
        "preset": bot.preset,
        "enabled": bot.enabled,
        "symbols": bot.symbols,
        "exposure": seat.exposure,
        "level": seat.level.value if seat.level else None,
        "running": standing_data(seat.standing),
        "state": {"sync": seat.sync, "run": seat.standing.phase},
    }
