"""What somebody is told who has no perp_mm bot yet: the three steps to the first one."""

from shlex import quote

from gitscale.agent.blocks import Block, Facts, Line, Table
from gitscale.errors import NoPerpMM

_NONE = "there is none here: gitscale init DIR makes a repository with presets and a first bot"
_CREDENTIALS = (
    "the exchange's API key goes to the bot process on its host, never into this repository: gitscale needs none, and "
    "refuses what looks like one (GS006)"
)
_START = (
    "look at /risk check; write enabled: true into the bot's file, commit and gitscale sync, or make it with "
    "--enabled; then start its process, which reads the JSON file that sync delivered: build/bots/NAME.json"
)


def steps(error: NoPerpMM) -> dict[str, str]:
    """Each step and how it is taken."""
    first = next(iter(error.presets), "")
    chosen = f"/new NAME --preset {quote(first)} makes a bot of it, in one commit" if first else _NONE
    return {"choose a preset": chosen, "credentials": _CREDENTIALS, "start": _START}


def blocks(error: NoPerpMM) -> list[Block]:
    """The guide below the error."""
    rows = [(name, says) for name, says in error.presets.items()]
    shown: list[Block] = [Line(), Table(("preset", "for"), rows)] if rows else []
    return [Line("To start your first bot:"), Facts(list(steps(error).items())), *shown]
