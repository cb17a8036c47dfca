"""What the console needs of a terminal."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from gitscale.agent.blocks import Block
from gitscale.agent.complete import Vocabulary


class View(NamedTuple):
    """What is shown around a prompt."""

    prompt: str
    bar: str
    known: Vocabulary


class Front(Protocol):
    """A terminal; asking raises EOFError where the input ends and KeyboardInterrupt at Ctrl-C."""

    def line(self, view: View) -> str:
        """The next line of the session."""
        ...

    def question(self, text: str, choices: Sequence[str] = ()) -> str:
        """An answer, which is no line of the session."""
        ...

    def say(self, *blocks: Block) -> None:
        """Show blocks."""
        ...

    def working(self) -> AbstractContextManager[None]:
        """Show that something is being done, if it takes long."""
        ...
