"""A line that somebody typed: a slash command, or a sentence that becomes one."""

from dataclasses import replace

from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.handlers import answer_line
from gitscale.agent.replies import Reply


def respond(workspace: Workspace, scope: Scope, line: str, *, yes: bool = False) -> Reply:
    """Carry out a command, or what a sentence means; `yes` confirms what a sentence proposes."""
    if line.lstrip().startswith("/"):
        return answer_line(workspace, scope, line)
    return _sentence(workspace, scope, line, yes=yes)


def _sentence(workspace: Workspace, scope: Scope, line: str, *, yes: bool) -> Reply:  # noqa: ARG001 - understood next
    reply = answer_line(workspace, scope, line)
    return replace(reply, data={"interpretation": None, **reply.data})
