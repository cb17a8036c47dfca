"""What /status says: of one bot in full, of several one line each."""

from collections.abc import Mapping
from dataclasses import asdict
from math import isinf
from typing import Any

from gitscale.actions.condition import Condition
from gitscale.actions.live import Rendered
from gitscale.actions.read import Bots
from gitscale.actions.status import Status
from gitscale.actions.workspace import perp_mm
from gitscale.agent.blocks import Facts, Heading, Line, Phrase, Table, Toned
from gitscale.agent.plain import problem
from gitscale.agent.replies import Reply, finding, finding_line
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure, level, move_cost
from gitscale.model.numbers import spell
from gitscale.model.parameters import PARAMETERS
from gitscale.model.policy import Levels
from gitscale.runtime.state import Standing

_DELIVERED = {"fresh": "is at this revision", "older": "is older", "missing": "is missing", "unknown": "is not known"}


def one(found: Status) -> Reply:
    """A bot's settings and figures, and how far they have come."""
    bot, figures = perp_mm(found.entry), found.figures
    rows: list[tuple[str, Phrase]] = [
        ("strategy", bot.strategy),
        ("exchange", f"{bot.exchange}, account {bot.account}, {bot.margin_mode} margin"),
        ("symbols", ", ".join(bot.symbols)),
        ("preset", bot.preset or "none"),
        ("enabled", spell(bot.enabled)),
        ("profile", _profile(found)),
        *((name, f"{spell(getattr(bot.settings, name))}{row.unit.short}") for name, row in PARAMETERS.items()),
        ("exposure", f"{spell(figures.exposure)}% of equity ({figures.level.value})"),
        ("1% adverse move", f"costs {spell(move_cost(figures.exposure))}% of equity"),
        ("loss at stop", f"{figures.loss_at_stop:.2f}% of equity"),
        ("liquidation", _distance(figures.liquidation_distance)),
        ("state", f"{found.sync}, {found.standing.phase}"),
        ("delivered", delivered(found.rendered)),
        ("running", running(found.standing)),
    ]
    title = Heading(f"{bot.name} at {found.revision[:10]}")
    return Reply((title, Facts(rows), *map(finding_line, found.findings)), _data(found))


def _data(found: Status) -> dict[str, Any]:
    bot, figures = perp_mm(found.entry), found.figures
    return {
        "bot": bot.name,
        "revision": found.revision,
        "path": found.entry.path,
        "exchange": bot.exchange,
        "account": bot.account,
        "margin_mode": bot.margin_mode,
        "preset": bot.preset,
        "enabled": bot.enabled,
        "symbols": bot.symbols,
        "settings": {name: getattr(bot.settings, name) for name in PARAMETERS},
        "profile": found.profile or None,
        "deviations": {key: {"bot": mine, "profile": theirs} for key, mine, theirs in found.deviations},
        "exposure": figures.exposure,
        "level": figures.level.value,
        "loss_at_stop": figures.loss_at_stop,
        "liquidation_distance": None if isinf(figures.liquidation_distance) else figures.liquidation_distance,
        "findings": [finding(item) for item in found.findings],
        "delivered": asdict(found.rendered),
        "running": standing_data(found.standing),
        "state": {"sync": found.sync, "run": found.standing.phase},
    }


def several(found: Bots, bounds: Levels, states: Mapping[str, Condition]) -> Reply:
    """The fleet in short."""
    rows, data = [], []
    for bot in found.bots:
        size = exposure(bot.settings) if isinstance(bot, PerpMMBot) else None
        name = "" if size is None else level(size, bounds).value
        shown = "" if size is None else f"{spell(size)}%"
        state = states[bot.name]
        rows.append((bot.name, bot.strategy, bot.exchange, bot.account, spell(bot.enabled), shown, name, *state))
        here = {"sync": state.sync, "run": state.run}
        data.append(
            {"bot": bot.name, "strategy": bot.strategy, "enabled": bot.enabled, "exposure": size, "state": here}
        )
    problems = [problem(item) for item in found.problems]
    return Reply(
        (
            Heading(f"{len(found.bots)} bots at {found.revision[:10]}"),
            Table(
                ("bot", "strategy", "exchange", "account", "enabled", "exposure", "level", "targets", "process"),
                rows,
                right=(5,),
            ),
            Line("one in full: status --bot NAME, or /use NAME in the console"),
            *(Line(str(item), 1) for item in found.problems),
        ),
        {"revision": found.revision, "bots": data, "problems": problems},
    )


def standing_data(standing: Standing) -> dict[str, Any]:
    """How a bot runs, for JSON."""
    beat = standing.beat
    return {
        "state": standing.state,
        "pid": beat.pid if beat else None,
        "sha256": beat.sha256 if beat else None,
        "started_at": beat.started_at.isoformat() if beat else None,
        "heartbeat_at": beat.heartbeat_at.isoformat() if beat else None,
        "restart_required": standing.restart_required,
    }


def _profile(found: Status) -> str:
    off = ", ".join(f"{key} {spell(mine)} instead of {spell(theirs)}" for key, mine, theirs in found.deviations)
    return (found.profile + (f", but for {off}" if off else "")) or "none"


def _distance(fraction: float) -> str:
    if isinf(fraction):
        return "cannot happen: there is no exposure"
    return f"{fraction * 10_000:.0f} bps from the average entry"


def delivered(found: Rendered) -> Phrase:
    """How far a bot's file and row are."""
    if (found.file, found.row) == ("fresh", "fresh"):
        return "yes, file and row are at this revision"
    said = f"no: the file {_DELIVERED[found.file]}, the row {_DELIVERED[found.row]}"
    return (Toned(said, "warning"), f" ({found.reason or 'gitscale sync delivers the deployed branch'})")


def running(standing: Standing) -> Phrase:
    """Whether a bot runs, and with which settings."""
    beat = standing.beat
    if standing.state == "unreadable":
        return Toned("not known: its run file cannot be read", "warning")
    if beat is None:
        return "no, it has no run file"
    since = f"{beat.started_at:%Y-%m-%d %H:%M:%S}"
    if standing.state == "stale":
        return (
            Toned("stale", "warning"),
            f": no heartbeat since {beat.heartbeat_at:%Y-%m-%d %H:%M:%S}, pid {beat.pid}",
        )
    said = f"yes, pid {beat.pid} since {since}"
    if standing.restart_required:
        return (said, "; ", Toned("restart required", "warning"), ": it started with other settings than are delivered")
    return said
