"""status --watch: the same answer again and again, in place on a terminal, elsewhere whenever it differs."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from gitscale.agent.replies import Reply

_EVERY = 2.0
_HOME_AND_CLEAR = "\x1b[H\x1b[2J\x1b[3J"


def watch(ask: Callable[[], "Reply"], line: str, *, as_json: bool) -> NoReturn:
    """Ask until Ctrl-C, which ends the program with 130."""
    from gitscale.agent.render.text import text
    from gitscale.cli.host import colour

    before, in_place = None, sys.stdout.isatty() and not as_json
    while True:
        reply = ask()
        shown = reply.json(line) if as_json else text(reply.blocks, styled=colour(sys.stdout))
        if shown != before:
            click.echo(f"{_HOME_AND_CLEAR if in_place else ''}{shown}")
            sys.stdout.flush()
        before = shown
        time.sleep(_EVERY)
