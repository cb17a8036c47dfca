"""From a request to its reply: the handlers are in `reads` and `writes`, of which one command needs one."""

from dataclasses import replace

from gitscale.actions import pending
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.replies import Reply, failure
from gitscale.agent.slash import Request, parse
from gitscale.errors import GitscaleError, Usage, known


def answer(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    """Carry a request out; whatever stops it becomes a reply too."""
    try:
        if request.confirmed and scope.bot is None:
            scope = _waiting_bot(workspace, scope, request)
        if request.command.writes:
            from gitscale.agent.writes import HANDLERS
        else:
            from gitscale.agent.reads import HANDLERS
        return HANDLERS[request.command.name](workspace, scope, request)
    except (GitscaleError, OSError) as error:
        found = known(error)
        if found is None:
            raise
        return failure(found)


def answer_anywhere(missing: GitscaleError, scope: Scope, request: Request) -> Reply:
    """Carry a request out where there is no repository, if it needs none; else `missing` is the answer."""
    from gitscale.agent.reads import ANYWHERE

    try:
        if not request.command.anywhere:
            raise missing
        return ANYWHERE[request.command.name](missing, scope, request)
    except GitscaleError as error:
        return failure(error)


def answer_line(workspace: Workspace, scope: Scope, line: str) -> Reply:
    """Carry out a line of text."""
    try:
        return answer(workspace, scope, parse(line))
    except GitscaleError as error:
        return failure(error)


def _waiting_bot(workspace: Workspace, scope: Scope, request: Request) -> Scope:
    """A confirmation without a bot means the one that is waiting."""
    bots = pending.waiting(workspace, request.line, workspace.branch(scope))
    if len(bots) > 1:
        raise Usage(f"a confirmation waits for {', '.join(bots)}", "name one: --bot NAME, or /use NAME in the console")
    return replace(scope, bot=bots[0]) if bots else scope
