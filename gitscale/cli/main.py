"""Entry point and the one error boundary: whatever happens becomes one line and an exit code."""

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import NoReturn

import click

from gitscale import __version__
from gitscale.cli.agent import agent_commands
from gitscale.cli.host import wants_traceback
from gitscale.errors import INTERRUPTED, GitscaleError, Usage, bug, interrupted, known


def _elsewhere(module: str, name: str) -> Callable[[], click.Command]:
    """Makes a command that a module of its own holds."""

    def found() -> click.Command:
        command: click.Command = getattr(import_module(f"gitscale.cli.{module}"), name)
        return command

    return found


_MODULES = {
    "init": "machine",
    "lint": "lint",
    "comment": "comment",
    "plan": "plan",
    "sync": "plan",
    "drift": "plan",
    "metrics": "plan",
    "schema": "machine",
    "db": "machine",
    "market": "market",
    "export": "export",
}
_COMMANDS = agent_commands() | {name: _elsewhere(module, name) for name, module in _MODULES.items()}


class _Group(click.Group):
    """Makes a command when it is asked for, and lists them in the order of their tables."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        return _COMMANDS[cmd_name]() if cmd_name in _COMMANDS else None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="gitscale %(version)s")
def main() -> None:
    """GitOps for perpetual-futures market-maker bots: commands become commits, commits become bot configuration."""


def run() -> NoReturn:
    """The console script."""
    _refuse_plugins()
    code = _guarded()
    gc.freeze()  # the interpreter's last collection would look at every object once more, to free none
    sys.exit(code)


def _refuse_plugins() -> None:
    """Other packages' plugins have no say in what is a valid config."""
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # even so, pydantic's module that finds them takes longer to import than a commit takes to make
    finder = ModuleType("pydantic.plugin._loader")
    finder.get_plugins = tuple  # type: ignore[attr-defined]
    sys.modules[finder.__name__] = finder


def _guarded() -> int:
    try:
        code = main.main(standalone_mode=False)
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.ClickException as error:
        if not _as_json():
            error.show()
            return 2
        return _told(Usage(" ".join(error.format_message().split()), "gitscale COMMAND --help"))
    except (click.Abort, KeyboardInterrupt):
        return _interrupted()
    except Exception as error:
        return _interrupted() if interrupted(error) else _explained(error)


def _interrupted() -> int:
    click.echo("interrupted", err=True)
    return INTERRUPTED


def _explained(error: Exception) -> int:
    if (expected := known(error)) is not None:
        return _told(expected)
    code = _told(bug(error))
    if wants_traceback():
        raise error
    return code


def _told(error: GitscaleError) -> int:
    """Say what went wrong, as text or as the one line of JSON that was asked for."""
    from gitscale.agent.replies import failure
    from gitscale.cli.agent import show

    return show(failure(error), " ".join(sys.argv[1:2]), as_json=_as_json())


def _as_json() -> bool:
    return "--json" in sys.argv[1:]
