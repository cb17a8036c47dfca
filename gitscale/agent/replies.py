"""Results as replies: the same facts as blocks to be rendered and as one JSON object, with the exit code."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gitscale.agent import guide
from gitscale.agent.blocks import Block, Facts, Line, Tone, Toned
from gitscale.agent.plain import problem
from gitscale.agent.render.text import text
from gitscale.errors import GitscaleError, InvalidConfig, NoPerpMM, NotConfirmed, Problem

if TYPE_CHECKING:
    from gitscale.actions.deliver import SyncReport
    from gitscale.actions.write import Written
    from gitscale.model.bot import Bot
    from gitscale.model.danger import Danger
    from gitscale.model.fleet import Fleet


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command answers; `proposal` is a command that waits for a yes."""

    blocks: tuple[Block, ...]
    data: dict[str, Any] = field(default_factory=dict)
    exit_code: int = 0
    error: bool = False
    proposal: str = ""

    @property
    def text(self) -> str:
        """The blocks as plain text."""
        return text(self.blocks)

    def json(self, command: str) -> str:
        """One line; `command`, `ok` and `exit_code` are always there."""
        head = {"command": command, "ok": self.exit_code == 0, "exit_code": self.exit_code}
        return json.dumps(head | self.data)


def failure(error: GitscaleError) -> Reply:
    """An error as a reply: one line, its places, its remedy."""
    problems: Sequence[Problem] = error.problems if isinstance(error, InvalidConfig) else ()
    blocks: list[Block] = [Line(error.message) if isinstance(error, NotConfirmed) else _error(error.message)]
    for item in problems:
        blocks.append(Line(str(item), 1))
        blocks += [Line(item.remedy, 3)] * bool(item.remedy)
    if isinstance(error, NotConfirmed):
        blocks += [Line(stake, 1) for stake in error.stakes]
        blocks += [Line(Toned(cost, "bad"), 1) for cost in error.costs]
    data: dict[str, Any] = {"error": error.message, "remedy": error.remedy}
    if isinstance(error, NoPerpMM):
        blocks += guide.blocks(error)
        data |= {"guide": guide.steps(error), "presets": list(error.presets)}
    else:
        blocks += [Line(error.remedy, 1)] * bool(error.remedy)
    if problems:
        data["problems"] = [problem(item) for item in problems]
    if isinstance(error, NotConfirmed):
        data |= {"bot": error.bot, "confirm": error.confirm, "costs": list(error.costs)}
        data |= {"stakes": list(error.stakes), "figures": error.figures}
    return Reply(tuple(blocks), data, error.exit_code, error=True)


def finding(item: "Danger") -> dict[str, Any]:
    """A finding for JSON."""
    return {"rule": item.rule, "severity": item.severity, "figure": item.figure, "message": item.message}


def finding_line(item: "Danger") -> Line:
    """A finding below what it is about."""
    tone: Tone = "bad" if item.severity == "error" else "warning"
    return Line((Toned(f"{item.severity}:", tone), f" {item.rule} {item.message}"), 1)


def written(result: "Written") -> Reply:
    """A write: what changed, what it means, the commit, the sync."""
    if result.tried:
        return _proposed(result)
    blocks: list[Block] = []
    if result.commit is None:
        blocks.append(Line(f"{result.bot}: already so, nothing to commit"))
    else:
        blocks.append(Line(Toned(result.subject, "strong")))
        blocks.append(Facts([(what, f"{old} -> {new}") for what, old, new in result.rows]))
        blocks.append(Facts(_meaning(result)))
        blocks += map(finding_line, result.findings)
        blocks.append(Line(f"committed {result.commit.id[:10]} on {result.commit.branch}"))
    blocks += _sync_blocks(result)
    if result.error is not None and result.error.remedy:
        blocks.append(Line(result.error.remedy, 1))
    exit_code = result.error.exit_code if result.error else 0
    return Reply(tuple(blocks), _written_data(result), exit_code)


def _proposed(result: "Written") -> Reply:
    """What a write would do, and has not done."""
    blocks: list[Block] = [
        Line((Toned(result.command, "strong"), f" would change {result.bot}; nothing has changed yet")),
        Facts([(what, f"{old} -> {new}") for what, old, new in result.rows]),
        Facts(_meaning(result)),
        *map(finding_line, result.findings),
        Line(f"to do it: {result.command}", 1),
    ]
    return Reply(tuple(blocks), _written_data(result), NotConfirmed.exit_code, proposal=result.command)


def _written_data(result: "Written") -> dict[str, Any]:
    done = result.commit
    data: dict[str, Any] = {
        "bot": result.bot,
        "changes": [{"what": what, "before": old, "after": new} for what, old, new in result.rows],
        "commit": done.id if done else None,
        "branch": done.branch if done else None,
        "exposure": {key: _exposure(bot) for key, bot in (("before", result.before), ("after", result.after))},
        "findings": [finding(item) for item in result.findings],
        "sync": sync_data(result.sync) if result.sync else None,
        "not_synced": (result.error.message if result.error else result.not_synced) or None,
    }
    return data | ({"error": result.error.message, "remedy": result.error.remedy} if result.error else {})


def _exposure(bot: "Bot | None") -> float | None:
    from gitscale.model.bot import PerpMMBot
    from gitscale.model.exposure import exposure

    return exposure(bot.settings) if isinstance(bot, PerpMMBot) else None


def _meaning(result: "Written") -> list[tuple[str, str]]:
    from gitscale.model.exposure import move_cost
    from gitscale.model.numbers import spell

    old, new = _exposure(result.before), _exposure(result.after)
    if new is None or result.fleet is None:
        return []
    shown = f"{spell(new)}% of equity ({_level(result.fleet, new)}); a 1% adverse move costs {spell(move_cost(new))}%"
    return [("exposure", shown if old in (None, new) else f"{spell(old)}% -> {shown}")]


def _level(fleet: "Fleet", size: float) -> str:
    from gitscale.model.exposure import level

    return level(size, fleet.policy.levels).value


def _sync_blocks(result: "Written") -> list[Line]:
    if result.error is not None:
        return [_error(result.error.message)]
    if result.sync is None and not result.not_synced:
        return []
    if result.sync is None:
        return [Line(Toned(f"not synced: {result.not_synced}", "dim"))]
    return sync_blocks(result.sync)


def _error(message: str) -> Line:
    return Line((Toned("error:", "bad"), f" {message}"))


def sync_blocks(report: "SyncReport") -> list[Line]:
    """A sync in a few lines."""
    head = f"synced {report.branch} at {report.revision[:10]}"
    parts = [
        f"{len(names)} {word}" + (f" ({', '.join(names)})" if len(names) <= 3 else "")
        for word, names in (
            ("created", report.created),
            ("updated", report.updated),
            ("deleted", report.deleted),
            ("engine file" + "s" * (len(report.exported) != 1), report.exported),
        )
        if names
    ]
    lines = [Line(f"{head}: {', '.join(parts) or 'nothing to do'}")]
    lines += [Line(f"left out by {reason}", 1) for reason in report.left_out[:5] if report.exported]
    if report.created or report.updated:
        lines.append(Line("bots read their file when they start: restart them to apply", 1))
    if report.kept:
        lines.append(
            Line(f"not healed: {_first(report.kept)} (gitscale drift says why; gitscale sync --heal=all, or adopt)", 1)
        )
    if report.left:
        lines.append(
            Line(f"gone from git, still delivered: {_first(report.left)} (gitscale sync --prune removes them)", 1)
        )
    return lines


def _first(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")


def sync_data(report: "SyncReport") -> dict[str, Any]:
    """A sync for JSON."""
    return {
        "revision": report.revision,
        "branch": report.branch,
        "created": list(report.created),
        "updated": list(report.updated),
        "deleted": list(report.deleted),
        "left": list(report.left),
        "kept": list(report.kept),
        "exported": list(report.exported),
        "left_out": list(report.left_out),
        "folder": report.folder,
        "database": report.database,
    }
