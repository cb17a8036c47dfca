"""/adopt BOT: what somebody changed in a delivered file or row becomes a commit."""

from typing import Any

from gitscale.actions.deploy import destination
from gitscale.actions.targets import Step, look
from gitscale.actions.workspace import Scope, Workspace, named
from gitscale.actions.write import Proposal, Scene, Wish, Written, write
from gitscale.documents import load
from gitscale.documents.edit import edit
from gitscale.errors import Conflict, Refused
from gitscale.model.change import Append, Change, Drop, difference, same


def adopt(workspace: Workspace, scope: Scope, name: str, *, confirmed: bool = False) -> Written:
    """Commit the edits of a bot's file and row; settings that were changed in git since stay as they are there."""

    def propose(scene: Scene) -> Proposal:
        entry = named(scene.loaded, name)
        steps = look(workspace, destination(workspace), scene.commit, only=name).steps
        source = workspace.source(scene.commit, entry.path)
        assert source is not None
        text = source.data.decode("utf-8")
        changes = _changes(name, steps[0] if steps else None, load.document(entry.path, source.data))
        new = edit(entry.path, text, changes).encode("utf-8")
        subject = f"{name}: adopt what was changed where it is delivered"
        return Proposal(name, entry.path, source.data, new, subject)

    return write(workspace, scope, Wish(f"/adopt {name}", propose), confirmed=confirmed)


def _changes(name: str, step: Step | None, present: dict[str, Any]) -> list[Change]:
    """What leads from the delivered document to the held one, where the present file can still take it.

    Raises:
        Refused: nothing was edited, or it cannot be read.
        Conflict: file and row were edited differently, or git has changed the same since.
    """
    edits = [item for item in step.differences if item.drifted and item.what == "changed"] if step else []
    delivered = (step.before or step.record) if step else None
    held = [item.held.document for item in edits if item.held and item.held.document is not None]
    if not held or delivered is None or step is None or step.record is None:
        raise Refused(
            f"{name}: nothing to adopt: no value of its file or row was changed", "gitscale drift lists edits"
        )
    if not all(same(document, held[0]) for document in held):
        raise Conflict(f"{name}: file and row were changed differently", "make one as the other, then adopt")
    before, now = _plain(delivered.document), _plain(step.record.document)
    found = []
    for change in difference(before, held[0]):
        keys = change.keys[:-1] if isinstance(change, Drop) and isinstance(change.keys[-1], int) else change.keys
        if not same(_value(before, keys), _value(now, keys)):
            raise Conflict(f"{name}: {'.'.join(map(str, keys))} was changed in git too", "set it by hand with /set")
        if not isinstance(change, Drop) or _value(present, change.keys) is not None:
            found.append(_written(change, held[0], present))
    if not found:
        raise Refused(
            f"{name}: nothing to adopt: no value of its file or row was changed", "gitscale drift lists edits"
        )
    return found


def _written(change: Change, held: dict[str, Any], present: dict[str, Any]) -> Change:
    """An item more of a list that git's file leaves to its default needs the whole list."""
    from gitscale.model.change import Put

    if isinstance(change, Append) and _value(present, change.keys) is None:
        return Put(change.keys, _value(held, change.keys))
    return change


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "gitscale"}


def _value(document: Any, keys: tuple[str | int, ...]) -> Any:
    for key in keys:
        if isinstance(document, dict):
            document = document.get(key)
        elif isinstance(document, list) and isinstance(key, int) and key < len(document):
            document = document[key]
        else:
            return None
    return document
