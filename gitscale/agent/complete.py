"""What may follow in a line that is being typed, by the table of commands and a repository's own names."""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from gitscale.actions.explain import topics
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.commands import COMMANDS, CONSOLE, Argument, Command
from gitscale.model.exchanges import KNOWN
from gitscale.model.parameters import PARAMETERS
from gitscale.model.plain import line
from gitscale.risk.ideas import GOALS

# a quote that is still open takes all that follows
_WORD = re.compile(r"""(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s"'])+""")
_ROWS = (*COMMANDS, *CONSOLE)

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names with what is said of each; `waiting` is the confirmation that would be accepted now."""

    bots: Names = field(default_factory=dict)
    profiles: Names = field(default_factory=dict)
    presets: Names = field(default_factory=dict)
    topics: Names = field(default_factory=dict)
    waiting: str = ""


class Choice(NamedTuple):
    """A text that may stand in the place of the last `replaces` characters."""

    text: str
    replaces: int
    about: str = ""


def vocabulary(workspace: Workspace, scope: Scope, waiting: str = "") -> Vocabulary:
    """The names of the newest commit."""
    fleet = workspace.loaded(workspace.tip(scope)).fleet
    return Vocabulary(
        {name: fleet.bots[name].bot.strategy for name in sorted(fleet.bots)},
        {name: item.summary for name, item in fleet.profiles.profiles.items()},
        {name: item.summary for name, item in fleet.profiles.presets.items()},
        {name: " and ".join(kinds) for name, kinds in topics(fleet).items()},
        waiting,
    )


def complete(before: str, known: Vocabulary, rows: Sequence[Command] = _ROWS) -> Iterator[Choice]:
    """The choices for the word that ends at the cursor; what cannot be shown as it is, is none."""
    words = [found[0] for found in _WORD.finditer(before)]
    typed = words.pop() if words and before.endswith(words[-1]) else ""
    said: Names
    if not words:
        said = _commands(rows) | ({known.waiting: "confirms what was explained"} if known.waiting else {})
    else:
        said = _following(words, typed, known, rows)
    begun = typed.strip("\"'").lower()
    for text, about in said.items():
        if text.lower().startswith(begun) and line(text) == text:
            as_is = text.startswith("/") or words[:1] in (["/confirm"], ["/help"])  # a command of several words
            yield Choice(text if as_is else shlex.quote(text), len(typed), line(about))


def _commands(rows: Sequence[Command]) -> dict[str, str]:
    return {f"/{row.name}": row.summary for row in rows}


def _following(words: Sequence[str], typed: str, known: Vocabulary, rows: Sequence[Command]) -> Names:
    name = words[0].removeprefix("/").lower()
    longer = {row.name.split()[1]: row.summary for row in rows if row.name.startswith(f"{name} ")}
    if len(words) == 1 and longer:
        return longer
    two = " ".join([name, *words[1:2]]).lower()
    row = next((row for row in rows if row.name in (name, two)), None)
    if row is None or not words[0].startswith("/"):
        return {}
    if name == "confirm":
        inner = known.waiting.removeprefix("/confirm ")
        return {inner: ""} if inner and len(words) == 1 else {}
    return _values(row, words[len(row.name.split()) :], typed, known)


def _values(row: Command, given: Sequence[str], typed: str, known: Vocabulary) -> Names:
    options = {f"--{option.name}": option for option in row.options}
    if given and given[-1] in options and options[given[-1]].value:
        return _named(options[given[-1]].name.upper(), given, known)
    if typed.startswith("-"):
        return {name: option.summary for name, option in options.items() if name not in given}
    place = _place(row, given)
    return _named(place.name, given, known) if place else {}


def _place(row: Command, given: Sequence[str]) -> Argument | None:
    """The argument that the next word is for."""
    taking = {f"--{option.name}" for option in row.options if option.value}
    plain = [
        word
        for at, word in enumerate(given)
        if not word.startswith("--") and not (at and given[at - 1] in taking)
    ]  # fmt: skip
    return row.arguments[len(plain)] if len(plain) < len(row.arguments) else None


def _named(kind: str, given: Sequence[str], known: Vocabulary) -> Names:
    if kind == "VALUE":
        parameter = PARAMETERS.get(given[-1].lower())
        return dict.fromkeys(("true", "false"), "") if parameter and parameter.minimum is None else {}
    return _KINDS[kind](known) if kind in _KINDS else {}


_KINDS: Mapping[str, Callable[[Vocabulary], Names]] = {
    "BOT": lambda known: known.bots,
    "PROFILE": lambda known: known.profiles,
    "PRESET": lambda known: known.presets,
    "PARAM": lambda _: {name: row.range for name, row in PARAMETERS.items()},
    "TOPIC": lambda known: known.topics,
    "GOAL": lambda _: dict.fromkeys(GOALS, ""),
    "EXCHANGE": lambda _: dict.fromkeys(sorted(KNOWN), ""),
    "COMMAND": lambda _: {row.name: row.summary for row in _ROWS},
}
