"""What the commands do that write: call the action, put the result into a reply."""

from collections.abc import Callable

from gitscale.actions.scale import assign, scale
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.replies import Reply, written
from gitscale.agent.slash import Request


def _scale(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    return written(scale(workspace, scope, request.words["profile"], confirmed=request.confirmed))


def _set(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    name, value = request.words["param"], request.words["value"]
    return written(assign(workspace, scope, name, value, confirmed=request.confirmed))


def _new(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.actions.new import NewBot, new

    words = request.words
    wanted = NewBot(words["name"], words.get("preset"), words.get("account", "main"), "enabled" in words)
    return written(new(workspace, scope, wanted, confirmed=request.confirmed))


def _undo(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.actions.revert import undo

    return written(undo(workspace, scope, confirmed=request.confirmed))


def _rollback(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.actions.revert import rollback

    return written(rollback(workspace, scope, request.words["rev"], confirmed=request.confirmed))


def _adopt(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.actions.adopt import adopt

    return written(adopt(workspace, scope, request.words["bot"], confirmed=request.confirmed))


HANDLERS: dict[str, Callable[[Workspace, Scope, Request], Reply]] = {
    "scale": _scale,
    "set": _set,
    "new": _new,
    "undo": _undo,
    "rollback": _rollback,
    "adopt": _adopt,
}
