"""A line of text to a request, by the table of commands."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gitscale.agent.commands import BY_NAME, Command
from gitscale.documents.words import suggestion
from gitscale.errors import Refused, Usage

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """A command with its words: arguments and options by lower-case name, flags as `true`."""

    command: Command
    words: Words = field(default_factory=dict)
    confirmed: bool = False

    @property
    def line(self) -> str:
        """The command as it would be typed."""
        parts = f"/{self.command.name}".split()
        parts += [self.words[item.name.lower()] for item in self.command.arguments if item.name.lower() in self.words]
        for option in self.command.options:
            if option.name in self.words:
                parts += [f"--{option.name}", *([self.words[option.name]] if option.value else [])]
        return " ".join(shlex.quote(part) for part in parts)


def parse(line: str) -> Request:
    """The request a slash command makes; a `#` behind a blank begins a comment.

    Raises:
        Refused: it is no command that exists.
        Usage: words are missing or too many.
    """
    words = words_of(line)
    if not words:
        raise Usage("there is no command in that line", "/help lists them")
    name, rest = _named(words)
    if not words[0].startswith("/") or name not in BY_NAME:
        longer = [f"/{known}" for known in BY_NAME if known.startswith(f"{name} ")]
        near = suggestion(name, list(BY_NAME)) if words[0].startswith("/") else ""
        raise Refused(
            f"{line.strip()[:60]!r} is not understood",
            ", ".join(longer) or near.replace('"', "/", 1).replace('"', "") or "/help lists the commands",
        )
    return request(BY_NAME[name], rest)


def words_of(line: str) -> list[str]:
    """The words of a line, without its comment.

    Raises:
        Usage: a quote is open.
    """
    try:
        return shlex.split(line, comments=True)
    except ValueError:
        raise Usage("a quote is not closed", 'close it: "..."') from None


def _named(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """The command's name, of two words where there is such a command, and the words behind it."""
    first = words[0].removeprefix("/").lower()
    two = f"{first} {words[1].lower()}" if len(words) > 1 else first
    return (two, words[2:]) if two in BY_NAME else (first, words[1:])


def request(command: Command, words: Sequence[str]) -> Request:
    """The request that a command's words make.

    Where only options are missing, what carries the command out says so: it knows what there is to choose from.

    Raises:
        Usage: words are missing, unknown or too many.
    """
    if command.name == "confirm":
        return _confirmation(command, words)
    given = named(command, words)
    required = [item.name.lower() for item in command.arguments if item.required]
    if missing := [name for name in required if name not in given]:
        missing += [option.name for option in command.options if option.required and option.name not in given]
        raise Usage(f"/{command.name} needs {' and '.join(missing)}", command.usage)
    return Request(command, given)


def named(command: Command, words: Sequence[str]) -> dict[str, str]:
    """A command's words by the argument or option each is for; some may be missing.

    Raises:
        Usage: words are unknown or too many, or an option lacks its value.
    """
    given: dict[str, str] = {}
    places = list(command.arguments)
    options = {f"--{option.name}": option for option in command.options}
    rest = iter(words)
    for word in rest:
        flag, _, value = word.partition("=")
        if flag in options:
            option = options[flag]
            value = "true" if not option.value else value or next(rest, "")
            if not value:
                raise Usage(f"{flag} needs a value", command.usage)
            given[option.name] = value
        elif places and not word.startswith("--"):
            place = places[0] if places[0].many else places.pop(0)
            name = place.name.lower()
            given[name] = f"{given[name]} {word}" if name in given else word
        else:
            raise Usage(f"/{command.name} does not take {word[:40]!r}", command.usage)
    return given


def _confirmation(command: Command, words: Sequence[str]) -> Request:
    if not words:
        raise Usage("/confirm needs the command that is waiting", "for example: /confirm scale degen")
    inner = words if len(words) > 1 else words_of(words[0])
    if not inner:
        return _confirmation(command, ())
    name = inner[0].removeprefix("/").lower()
    if name not in BY_NAME or not BY_NAME[name].writes or name == command.name:
        raise Refused(f"/{name} is not a command that waits for confirmation", "for example: /confirm scale degen")
    wanted = request(BY_NAME[name], inner[1:])
    return Request(wanted.command, wanted.words, confirmed=True)
