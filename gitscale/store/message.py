"""How the agent words a commit, and how its trailers are found again."""

import re
from collections.abc import Iterable

COMMAND, BOT = "Gitscale-Command", "Gitscale-Bot"


def message(subject: str, body: Iterable[str], command: str, bot: str) -> str:
    """A commit message in the agent's form: subject, a line a parameter, trailers."""
    return "\n".join([subject, "", *body, "", f"{COMMAND}: {command}", f"{BOT}: {bot}"]) + "\n"


def trailers(text: str) -> dict[str, str]:
    """The agent's trailers in a message's last paragraph, by name."""
    last = text.rstrip("\n").rpartition("\n\n")[2]
    return dict(re.findall(rf"^({COMMAND}|{BOT}): (.+)$", last, re.MULTILINE))
