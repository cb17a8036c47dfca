"""A port of how GitHub's runner finds commands in what a step prints (ActionCommand.cs, ActionCommandManager.cs).

Stricter than the runner in one point: it compares by the rules of a language, and those look past signs that show
nothing; here such signs are dropped before looking.
"""

import re
from dataclasses import dataclass, field

REGISTERED = {"stop-commands", "internal-set-repo-path", "set-env", "set-output", "save-state", "add-mask", "add-path"}
REGISTERED |= {"add-matcher", "remove-matcher", "debug", "warning", "error", "notice", "group", "endgroup", "echo"}
_V1 = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%25": "%"}
_V2_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_V2_PROPERTY = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)


@dataclass(frozen=True)
class Command:
    name: str
    properties: dict[str, str] = field(default_factory=dict)
    data: str = ""


def commands(output: str) -> list[Command]:
    """Every command the runner would obey."""
    found = []
    for line in _LINE_ENDS.split(output):
        for seen in dict.fromkeys((line, _UNSEEN.sub("", line))):
            if command := _second(seen) or _first(seen):
                found.append(command)
                break
    return found


def _second(line: str) -> Command | None:
    """`::name key=value,key=value::data`, at the start of the line."""
    line = line.lstrip()
    end = line.find("::", 2)
    if not line.startswith("::") or end < 0:
        return None
    return _command(line[2:end], line[end + 2 :], ",", (_V2_PROPERTY, _V2_DATA))


def _first(line: str) -> Command | None:
    """`##[name key=value;key=value]data`, anywhere."""
    start = line.find("##[")
    end = line.find("]", start)
    if start < 0 or end < 0:
        return None
    return _command(line[start + 3 : end], line[end + 1 :], ";", (_V1, _V1))


def _command(info: str, data: str, separator: str, escapes: tuple[dict[str, str], dict[str, str]]) -> Command | None:
    name, _, rest = info.partition(" ")
    if name.lower() not in REGISTERED:
        return None
    pairs = (part.split("=", 1) for part in rest.strip().split(separator) if part)
    properties = {pair[0]: _unescape(pair[1], escapes[0]) for pair in pairs if len(pair) == 2 and pair[1]}
    return Command(name, properties, _unescape(data, escapes[1]))


def _unescape(text: str, escapes: dict[str, str]) -> str:
    for escape, sign in escapes.items():
        text = text.replace(escape, sign)
    return text
