"""`gitscale agent` at a terminal: greets, then carries out line after line until somebody leaves."""

from gitscale import __version__
from gitscale.actions.read import bots
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.blocks import Heading, Line
from gitscale.agent.handlers import answer_line
from gitscale.cli.console.front import Front
from gitscale.cli.console.session import Session
from gitscale.cli.host import edits_lines, open_workspace
from gitscale.errors import GitscaleError
from gitscale.model.bot import PerpMMBot


def console(directory: str | None, scope: Scope) -> int:
    """Run a console on the repository around a directory; its exit code is 0, however a command in it ends."""
    with open_workspace(directory) as workspace:
        front = _front()
        _greet(workspace, scope, front)
        session = Session(workspace, scope, front)
        while _stepped(session, front):
            pass
    return 0


def _front() -> Front:
    if edits_lines():
        from gitscale.cli.console.terminal import Terminal

        return Terminal()
    from gitscale.cli.console.plain import Plain

    return Plain()


def _greet(workspace: Workspace, scope: Scope, front: Front) -> None:
    """Say how to begin; where there is nothing to scale yet, say what to do about that."""
    front.say(Heading(f"gitscale {__version__}"), Line("/help lists the commands, Ctrl-D leaves"))
    try:
        ready = any(isinstance(bot, PerpMMBot) for bot in bots(workspace, scope).bots)
    except GitscaleError:
        ready = False
    if not ready:
        front.say(*answer_line(workspace, scope, "/status").blocks, Line("/new asks for what a bot needs"))


def _stepped(session: Session, front: Front) -> bool:
    try:
        return session.step()
    except KeyboardInterrupt:  # between a command and the prompt, where there is nothing to interrupt
        front.say()
        return True
