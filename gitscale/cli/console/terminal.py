"""A terminal with a cursor: editing, completion, history, a toolbar, colours."""

import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion, WordCompleter
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output import ColorDepth

from gitscale.agent.blocks import Block
from gitscale.agent.complete import Vocabulary, complete
from gitscale.agent.render.rich import folded
from gitscale.cli.agent import shown
from gitscale.cli.console.front import View
from gitscale.cli.console.history import history
from gitscale.cli.console.spinner import spinning
from gitscale.cli.host import colour, state_file


class _Completer(Completer):
    """Completes by what is known when the prompt is shown."""

    known = Vocabulary()

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        for text, replaces, about in complete(document.text_before_cursor, self.known):
            yield Completion(text, -replaces, display_meta=about)


class Terminal:
    """Prompts with prompt_toolkit; what it shows fits the width of the moment."""

    def __init__(self) -> None:
        self._completer = _Completer()
        depth = None if colour(sys.stdout) else ColorDepth.MONOCHROME
        self._lines = PromptSession[str](
            history=history(state_file("history")),
            completer=self._completer,
            color_depth=depth,
        )
        self._questions = PromptSession[str](color_depth=depth)

    def line(self, view: View) -> str:
        """The next line; a confirmation that waits is shown where one types, and never typed for anybody."""
        self._completer.known = view.known
        waiting = FormattedText([("fg:ansibrightblack", view.known.waiting)])
        try:
            return self._lines.prompt(f"{view.prompt}> ", bottom_toolbar=f" {view.bar} ", placeholder=waiting)
        except KeyboardInterrupt:
            if self._lines.default_buffer.text:  # this Ctrl-C was for the line alone
                return ""
            raise

    def question(self, text: str, choices: Sequence[str] = ()) -> str:
        """An answer; it does not enter the history."""
        return self._questions.prompt(text, completer=WordCompleter(list(choices), sentence=True) if choices else None)

    def say(self, *blocks: Block) -> None:
        """Show blocks."""
        width = shutil.get_terminal_size().columns
        click.echo(shown(folded(blocks, width, styled=colour(sys.stdout)), sys.stdout))

    def working(self) -> AbstractContextManager[None]:
        """Show that something is being done, if it takes long."""
        return spinning(sys.stdout)
