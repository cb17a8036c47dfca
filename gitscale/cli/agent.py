"""The agent's commands as click commands, made from its table; and `gitscale agent LINE ...`."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, TextIO

import click

from gitscale.agent.commands import COMMANDS, Command

if TYPE_CHECKING:
    from gitscale.actions.workspace import Scope
    from gitscale.agent.replies import Reply
    from gitscale.agent.slash import Request

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _common() -> list[click.Parameter]:
    return [
        click.Option(["--repo"], metavar="DIR", help="Config repository (default: the one around you)."),
        click.Option(["--bot"], metavar="NAME", help="Which bot; needed only when there are several."),
        click.Option(["--json"], is_flag=True, help="Answer with one line of JSON."),
        click.Option(["--no-sync"], is_flag=True, help="Commit without delivering."),
        click.Option(["--branch"], metavar="NAME", help="Read and write this branch; the work tree stays as it is."),
    ]


def agent_commands() -> dict[str, Callable[[], click.Command]]:
    """What makes the click commands by name: one a row of the table, and `agent`."""
    single = {row.name: partial(_command, row) for row in COMMANDS if " " not in row.name}
    first = dict.fromkeys(row.name.split()[0] for row in COMMANDS if " " in row.name)
    return single | {word: partial(_group, word) for word in first} | {"agent": _lines}


def _group(word: str) -> click.Group:
    """The commands of two words that begin with this one."""
    rows = {row.name.split()[1]: row for row in COMMANDS if row.name.startswith(f"{word} ")}
    said = " ".join(row.summary for row in rows.values())
    return click.Group(word, {name: _command(row) for name, row in rows.items()}, help=said)


def _lines() -> click.Command:
    return click.Command(
        "agent",
        params=[
            *_common(),
            click.Option(["--yes"], is_flag=True, help="Do what a plain sentence proposes without asking first."),
            click.Argument(["lines"], nargs=-1, metavar="[LINE]..."),
        ],
        callback=_agent,
        help="Open the console, or run commands and plain sentences given as lines; stops at the first that fails.",
        short_help="Run agent lines: gitscale agent '/set leverage 50'.",
    )


def _command(row: Command) -> click.Command:
    arguments: list[click.Parameter] = [
        click.Argument([item.name.lower()], required=item.required, nargs=-1 if item.many else 1, metavar=item.usage)
        for item in row.arguments
    ]
    options: list[click.Parameter] = [
        click.Option(
            [f"--{option.name}"],
            is_flag=not option.value,
            metavar=option.metavar if option.value else None,
            help=option.summary,
        )
        for option in row.options
    ]
    watch = [click.Option(["--watch"], is_flag=True, help="Look again every two seconds, until Ctrl-C.")]
    return click.Command(
        row.name.split()[-1],
        params=[*arguments, *options, *_common(), *(watch if row.name == "status" else [])],
        callback=_callback(row),
        help=row.summary,
        context_settings={"ignore_unknown_options": True},
    )


def _callback(row: Command) -> Callable[..., int]:
    def run(repo: str | None, bot: str | None, branch: str | None, **given: Any) -> int:
        from gitscale.agent.slash import request
        from gitscale.errors import GitscaleError

        as_json, no_sync, watch = given.pop("json"), given.pop("no_sync"), given.pop("watch", False)
        from gitscale.agent.replies import failure

        line = f"/{row.name}"
        try:
            wanted = request(row, _words(row, given))
            line = wanted.line if not wanted.confirmed else f"/confirm {wanted.line.removeprefix('/')}"
            scope = _scope(bot, branch, sync=not no_sync)
            if watch:
                _watch(repo, scope, wanted, as_json=as_json)
            reply = _answer(repo, scope, wanted)
        except GitscaleError as error:
            reply = failure(error)
        return show(reply, line, as_json=as_json)

    return run


def _watch(repo: str | None, scope: "Scope", wanted: "Request", *, as_json: bool) -> None:
    from gitscale.agent.handlers import answer
    from gitscale.cli.host import open_workspace
    from gitscale.cli.redraw import watch

    with open_workspace(repo) as workspace:
        watch(partial(answer, workspace, scope, wanted), wanted.line, as_json=as_json)


def _answer(repo: str | None, scope: "Scope", wanted: "Request") -> "Reply":
    """The answer from the repository around us, or without one where that is enough."""
    from gitscale.agent.handlers import answer, answer_anywhere
    from gitscale.cli.host import open_workspace
    from gitscale.errors import GitscaleError

    try:
        workspace = open_workspace(repo)
    except GitscaleError as error:
        if repo is not None or scope.bot is not None or scope.branch is not None:
            raise
        return answer_anywhere(error, scope, wanted)
    with workspace:
        return answer(workspace, scope, wanted)


def _scope(bot: str | None, branch: str | None, *, sync: bool) -> "Scope":
    from gitscale.actions.workspace import Scope

    return Scope(bot, branch, sync)


def _words(row: Command, given: dict[str, Any]) -> list[str]:
    words: list[str] = []
    for item in row.arguments:
        value = given[item.name.lower()]
        words += list(value) if item.many else [value] if value is not None else []
    for option in row.options:
        value = given[option.name.replace("-", "_")]
        if value:
            words += [f"--{option.name}", value] if option.value else [f"--{option.name}"]
    return words


def _agent(repo: str | None, bot: str | None, branch: str | None, **given: Any) -> int:
    from gitscale.agent.replies import failure
    from gitscale.agent.talk import respond
    from gitscale.cli.host import open_workspace
    from gitscale.errors import GitscaleError, Usage

    scope = _scope(bot, branch, sync=not given["no_sync"])
    if not given["lines"] and not given["json"] and sys.stdin is not None and sys.stdin.isatty():
        from gitscale.cli.console.loop import console

        return console(repo, scope)
    lines: Iterable[str] = given["lines"] or _standard_input()
    code, ran = 0, False
    try:
        with open_workspace(repo) as workspace:
            for line in lines:
                if line.strip() and not line.lstrip().startswith("#"):
                    ran = True
                    reply = respond(workspace, scope, line, yes=given["yes"])
                    code = show(reply, line.strip(), as_json=given["json"])
                    if code:
                        return code
        if not ran:
            raise Usage("there is no line to run", "gitscale agent '/status', or lines on standard input")
    except GitscaleError as error:
        return show(failure(error), "", as_json=given["json"])
    return code


def _standard_input() -> Iterator[str]:
    if sys.stdin is None or sys.stdin.isatty():
        return
    yield from TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")


def shown(said: str, stream: TextIO) -> str:
    """A text as a stream can take it: a terminal that has no such signs is shown question marks."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return said.encode(encoding, "replace").decode(encoding)


def show(reply: "Reply", command: str, *, as_json: bool) -> int:
    """Print a reply; its exit code."""
    from gitscale.agent.render.text import text
    from gitscale.cli.host import colour

    try:
        if as_json:
            click.echo(reply.json(command))
        else:
            stream = sys.stderr if reply.error else sys.stdout
            click.echo(shown(text(reply.blocks, styled=colour(stream)), stream), err=reply.error)
    except OSError:  # nobody reads, or the disk is full: what was done stays done, and so does its exit code
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - until the process ends
    return reply.exit_code
