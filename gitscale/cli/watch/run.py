"""Puts the controller together: signals, log, door, and one workspace a look."""

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import click

from gitscale.actions.follow import Followed, follow
from gitscale.cli.host import notify_urls, open_workspace
from gitscale.cli.watch.door import opened
from gitscale.cli.watch.loop import Look, Loop, Tell
from gitscale.model.plain import clean


class Watch(NamedTuple):
    """What `sync --watch` was asked."""

    repo: str | None
    remote: str | None
    interval: float
    listen: str | None
    as_json: bool
    signed: bool = False


def watch(asked: Watch) -> int:
    """Follow until SIGTERM or SIGINT, then end with 0; the look under way is finished first.

    Raises:
        Usage: the address to listen at, or whom to tell, cannot be read.
        Unavailable: the address is taken, there is no repository, or what notifications need is not installed.
    """
    tell = partial(_tell, as_json=asked.as_json)
    with open_workspace(asked.repo):  # what is wrong at the start ends it at once
        pass
    listening = None
    with ExitStack() as held:
        loop = Loop(_told_of(asked, tell, held), tell, asked.interval)
        if asked.listen:
            server = opened(loop, asked.listen, os.environ.get("GITSCALE_WEBHOOK_SECRET"))
            listening = "{}:{}".format(*server.server_address)
            held.callback(server.shutdown)
            held.callback(server.server_close)
        for number in (signal.SIGTERM, signal.SIGINT):
            held.callback(signal.signal, number, signal.signal(number, _stopping(loop, number)))
        tell("watching", {"remote": asked.remote, "interval": asked.interval, "listening": listening})
        loop.run()
    tell("stopped", {})
    return 0


def _told_of(asked: Watch, tell: Tell, held: ExitStack) -> Look:
    """The look, and people are told of it where the environment says how."""
    look = partial(_look, asked)
    if not notify_urls(needed=False):
        return look
    from gitscale.cli.notify import Herald, heralded

    herald = Herald(asked.repo, lambda service, reason: tell("unsent", {"service": service, "error": reason}))
    herald.ready()
    held.callback(herald.close)
    return heralded(look, asked.repo, herald)


def _look(asked: Watch, before: Followed | None) -> Followed:
    # opened anew each time: what one look leaves behind, no other can stumble over
    with open_workspace(asked.repo) as workspace:
        return follow(workspace, asked.remote, before, signed=asked.signed)


def _stopping(loop: Loop, number: int) -> Callable[[int, object], None]:
    """The first signal is a request, the second one has its usual effect."""

    def handler(_number: int, _frame: object) -> None:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
        loop.stop()

    return handler


def _tell(event: str, facts: dict[str, Any], *, as_json: bool) -> None:
    """One line of log, at once; a reader that has gone away stops nothing."""
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    if as_json:
        line = json.dumps({"time": now, "event": event, **facts})
    else:
        told = (f"{name}={_shown(value)}" for name, value in facts.items() if value not in (None, "", []))
        line = clean(" ".join([now, event, *told]))
    try:
        click.echo(line)
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends


def _shown(value: object) -> str:
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text else text
