"""What a sentence comes to: a canonical command, a question back, or that it is not understood."""

from dataclasses import dataclass

from gitscale.model.parameters import Settings


@dataclass(frozen=True, slots=True)
class Known:
    """What a sentence may name: profiles, bots and pages of this repository, and the bot's settings where known."""

    profiles: tuple[str, ...] = ()
    bots: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    settings: Settings | None = None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A `command` (for `bot`, where the sentence names one), else what to `ask`; neither: not understood.

    `changes`: the command would change something, so that it is proposed and waits. `why`: what to say where nothing
    was understood.
    """

    command: str = ""
    ask: str = ""
    why: str = ""
    changes: bool = False
    bot: str = ""
