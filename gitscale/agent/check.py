"""What /risk check says: the figures of the risk diff for one bot, and every rule with its numbers."""

from typing import Any

from gitscale.actions.check import Check, Judged, Verdict
from gitscale.agent.blocks import Block, Heading, Line, Table, Tone, Toned
from gitscale.agent.plain import counted, problem
from gitscale.agent.replies import Reply
from gitscale.model.exposure import move_cost
from gitscale.model.numbers import spell
from gitscale.risk.finding import Delta
from gitscale.risk.reporters import figures

_TONES: dict[Verdict, Tone] = {"PASS": "good", "WARN": "warning", "FAIL": "bad", "NOT EVALUATED": "dim"}


def reply(found: Check) -> Reply:
    """The answer; a rule that fails is exit code 1, as for lint."""
    bot, _ = found.standing
    size = bot.after.exposure if bot.after else 0
    costs = f"a 1% adverse move costs {spell(move_cost(size))}% of equity"
    missing = f", {counted(found.not_evaluated, 'rule')} not evaluated" if found.not_evaluated else ""
    blocks: list[Block] = [
        Heading(f"{found.bot.name} at {found.revision[:10]}"),
        Line((_toned(found.verdict), f"{missing}: {found.level.value} risk level, {costs}")),
        Line(),
        Table(("", *figures.COLUMNS), [row for delta in found.standing for row in _figures(delta)], _RIGHT),
        Line(Toned(figures.LEGEND, "dim")),
        Line(),
        Table(
            ("rule", "verdict", "about", "numbers"),
            [(item.code, _toned(item.verdict), item.name, item.numbers) for item in found.judged],
        ),
        *(line for item in found.judged if item.message for line in _why(item)),
    ]
    blocks += [Line(f"not counted in: {item}", 1) for item in found.problems]
    return Reply(tuple(blocks), _data(found), int(found.verdict == "FAIL"))


_RIGHT = range(1, len(figures.COLUMNS) + 1)


def _figures(delta: Delta) -> list[tuple[str, ...]]:
    cells = figures.cells(delta)
    rows = [(figures.title(delta), *(cell.after for cell in cells))]
    if delta.equity is not None:
        rows.append((f"  {delta.currency}", *(cell.after_amount for cell in cells)))
    return rows


def _why(item: Judged) -> list[Line]:
    lines = [Line((f"{item.code} ", _toned(item.verdict), f": {item.message}"))]
    if item.accepted:
        lines.append(Line(f"accepted {item.accepted}", 1))
    if item.remedy:
        lines.append(Line(f"to pass: {item.remedy}", 1))
    return lines


def _toned(verdict: Verdict) -> Toned:
    return Toned(verdict, _TONES[verdict])


def _data(found: Check) -> dict[str, Any]:
    bot, account = found.standing
    return {
        "bot": found.bot.name,
        "revision": found.revision,
        "verdict": found.verdict,
        "not_evaluated": found.not_evaluated,
        "level": found.level.value,
        "figures": figures.measured(bot),
        "account": {"name": account.name} | figures.measured(account),
        "rules": [
            {
                "rule": item.code,
                "name": item.name,
                "verdict": item.verdict,
                "numbers": item.numbers,
                "message": item.message,
                "remedy": item.remedy,
                "accepted": item.accepted or None,
            }
            for item in found.judged
        ],
        "problems": [problem(item) for item in found.problems],
    }
