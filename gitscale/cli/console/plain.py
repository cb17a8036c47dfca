"""A terminal that only prints and reads lines: dumb ones, and standard output in a file."""

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper

import click

from gitscale.agent.blocks import Block
from gitscale.agent.render.text import text
from gitscale.cli.agent import shown
from gitscale.cli.console.front import View


class Plain:
    """Prompts with `input`; not one escape code."""

    def __init__(self) -> None:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        self._bar = ""

    def line(self, view: View) -> str:
        """The next line; where one stands is said when that has changed."""
        if view.bar != self._bar:
            self._bar = view.bar
            click.echo(shown(f"[{view.bar}]", sys.stdout))
        return self.question(f"{view.prompt}> ")

    def question(self, text: str, choices: Sequence[str] = ()) -> str:  # noqa: ARG002 - nothing is completed here
        """An answer."""
        return input(shown(text, sys.stdout))

    def say(self, *blocks: Block) -> None:
        """Show blocks."""
        click.echo(shown(text(blocks), sys.stdout))

    def working(self) -> AbstractContextManager[None]:
        """Nothing can be shown and taken away again."""
        return nullcontext()
