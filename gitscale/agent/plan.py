"""What plan and drift say: bot by bot what changes, where to, and how many in all."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from gitscale.actions.plan import Plan, kind
from gitscale.actions.targets import Step
from gitscale.agent.blocks import Block, Facts, Heading, Line, Tone, Toned
from gitscale.agent.replies import Reply
from gitscale.sync.compare import UNTOUCHED, Difference
from gitscale.sync.held import Rows

if TYPE_CHECKING:
    from gitscale.sync.targets.exports import Export

_SHOWN = 50
_SIGNS = {"create": "+", "update": "~", "delete": "-"}
_TONES: dict[str, Tone] = {"risk-adding": "bad", "de-risking": "good", "neutral": "plain"}
_HOW = {
    "missing": "is missing",
    "changed": "was changed",
    "unreadable": "cannot be read",
    "foreign": "is not gitscale's: it has no gitscale block, and is left alone",
    "left": "is left: git has no such bot (--prune removes it)",
}


def plan_reply(found: Plan, code: int) -> Reply:
    """What a sync would do."""
    blocks = [
        Heading(f"plan of {found.branch} at {found.look.revision[:10]}"),
        *_steps(found.look.steps, _planned),
        *_steps(found.exports, _exported),
        _counts(found),
        Line(Toned(f"checksum {found.checksum}", "dim")),
    ]
    return Reply(tuple(blocks), found.content | {"checksum": found.checksum}, code)


def drift_reply(found: Plan, code: int) -> Reply:
    """What was changed behind gitscale's back."""
    steps = [step for step in found.look.steps if step.drifted or _noted(step)]
    head = f"drift from {found.branch} at {found.look.revision[:10]}"
    edited = [item for item in found.exports if item.drifted]
    drifted = found.counts["drifted"] + len(edited)
    said = f"{drifted} drifted: gitscale sync --heal repairs, gitscale adopt BOT commits" if drifted else "no drift"
    waiting = sum(step.pending for step in found.look.steps) + sum(item.pending for item in found.exports)
    more = [Line(f"{waiting} pending: gitscale plan shows them")] * bool(waiting)
    data = {key: found.content[key] for key in ("revision", "branch", "folder", "database")}
    bots = [item for item, step in zip(found.content["bots"], found.look.steps, strict=True) if step in steps]
    engines = [item._asdict() for item in edited]
    data |= {"drifted": drifted, "pending": waiting, "bots": bots, "engines": engines}
    return Reply((Heading(head), *_steps(steps, _edited), *_steps(edited, _exported), Line(said), *more), data, code)


def _noted(step: Step) -> bool:
    return any(item.what == "foreign" for item in step.differences)


def _exported(item: "Export") -> Iterator[Block]:
    """A line for an engine file; its values are the bot's, and are told there."""
    sign = _SIGNS.get(item.what, " " if item.what in UNTOUCHED else "~")
    how = _HOW.get(item.what, item.what)
    yield Line((Toned(f"{sign} {item.path}", "strong"), ": ", Toned(how, "warning" if item.drifted else "plain")))


def _steps(steps: Sequence[Any], told: Any) -> Iterator[Block]:
    for step in steps[:_SHOWN]:
        yield from told(step)
    if len(steps) > _SHOWN:
        yield Line(f"and {len(steps) - _SHOWN} more: --json has them all")


def _planned(step: Step) -> Iterator[Block]:
    if step.writes:
        word = kind(step)
        takes = "" if word == "delete" else f", {step.takes}"
        yield Line((Toned(f"{_SIGNS[word]} {step.name}", "strong"), f": {word}, ", _way(step), takes))
    else:
        yield Line((Toned(f"  {step.name}", "strong"),))
    yield from _changes([(item.target, item.changes) for item in step.differences])
    for item in step.differences:
        if item.drifted or item.what in ("foreign", "left"):
            yield _what(item)


def _edited(step: Step) -> Iterator[Block]:
    yield Line(
        (Toned(step.name, "strong"), ": healing it is ", _way(step)) if step.writes else Toned(step.name, "strong")
    )
    for item in step.differences:
        if item.drifted or item.what == "foreign":
            yield _what(item)
            yield from _changes([("", item.edits)])


def _way(step: Step) -> Toned:
    return Toned(step.direction, _TONES[step.direction])


def _what(item: Difference) -> Line:
    tone: Tone = "warning" if item.drifted else "plain"
    behind = " behind gitscale's back" if item.what == "changed" else ""
    return Line(Toned(f"the {item.target} {_HOW.get(item.what, 'states other values than it has')}{behind}", tone), 1)


def _changes(sides: Sequence[tuple[str, Rows]]) -> Iterator[Facts]:
    """The rows once where file and row agree on them."""
    told = [(target, rows) for target, rows in sides if rows]
    alike = len({rows for _, rows in told}) == 1 and len(told) == len(sides)
    for target, rows in told[:1] if alike else told:
        label = "" if alike or not target else f"{target}: "
        yield Facts([(f"{label}{what}", f"{old} -> {new}") for what, old, new in rows])


def _counts(found: Plan) -> Line:
    counts = found.counts
    said = ", ".join(f"{counts[word]} to {word}" for word in _SIGNS)
    engines = f", engine files that differ: {len(found.exports)}" if found.exports else ""
    return Line(f"{said}; {counts['drifted']} drifted, {counts['unchanged']} unchanged{engines}")
