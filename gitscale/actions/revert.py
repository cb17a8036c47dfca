"""/undo and /rollback: earlier settings of one bot, brought back by a commit on top; history is never rewritten."""

from gitscale.actions.workspace import Scope, Workspace, choose, named
from gitscale.actions.write import Proposal, Scene, Wish, Written, write
from gitscale.documents import load
from gitscale.documents.edit import edit, source
from gitscale.errors import Conflict, Refused
from gitscale.model.change import Change, Drop, Keys, Put, difference, rows
from gitscale.model.fleet import BOTS_FOLDER, FleetBot, SourceFile
from gitscale.store.history import LogEntry, log, newest_standing

_ABSENT = object()


def undo(workspace: Workspace, scope: Scope, *, confirmed: bool = False) -> Written:
    """Revert the newest agent commit of the bot that still stands."""

    def propose(scene: Scene) -> Proposal:
        entry = _target(scene, scope)
        found = newest_standing(log(workspace.repository, scene.commit, entry.bot.name), entry.bot.name)
        if found is None or found.before() is None:
            raise Refused(
                f"{entry.bot.name}: no agent commit is left to undo",
                "gitscale rollback REV reaches any state",
            )
        return _reverting(workspace, scene, entry, found)

    return write(workspace, scope, Wish("/undo", propose), confirmed=confirmed)


def rollback(workspace: Workspace, scope: Scope, revision: str, *, confirmed: bool = False) -> Written:
    """Bring the bot to its state at `revision`, byte for byte."""

    def propose(scene: Scene) -> Proposal:
        commit = workspace.commit_named(revision)
        gone = scope.bot is not None and file_of(workspace, scene.commit, scope.bot) is None
        entry = None if gone else _target(scene, scope)
        name = entry.bot.name if entry else scope.bot or ""
        old = file_of(workspace, commit, name)
        if old is None:
            raise Refused(f"{name} did not exist at {revision}", f"git log -- 'bots/**/{name}.yaml' tells where it did")
        subject = f'Revert "{name}" to {commit[:10]}'
        if entry is None:
            return Proposal(name, old.path, None, old.data, subject)
        now = workspace.source(scene.commit, entry.path)
        assert now is not None
        return Proposal(name, entry.path, now.data, old.data, subject)

    return write(workspace, scope, Wish(f"/rollback {revision}", propose), confirmed=confirmed)


def _target(scene: Scene, scope: Scope) -> FleetBot:
    """The bot to turn back: the named one, or the only one there is; any strategy will do."""
    if scope.bot is not None:
        return named(scene.loaded, scope.bot)
    return choose(scene.loaded, None)


def file_of(workspace: Workspace, commit: str, name: str) -> SourceFile | None:
    """A bot's file at a commit, in whatever folder it lay then."""
    wanted = f"/{name}.yaml"
    listed = [file for file in workspace.repository.listing(commit, BOTS_FOLDER) if file.path.endswith(wanted)]
    return next(workspace.repository.read(listed[:1]), None)


def _reverting(workspace: Workspace, scene: Scene, entry: FleetBot, commit: LogEntry) -> Proposal:
    assert commit.parent is not None
    before = file_of(workspace, commit.parent, entry.bot.name)
    after = file_of(workspace, commit.id, entry.bot.name)
    now = workspace.source(scene.commit, entry.path)
    assert now is not None
    subject = f'Revert "{commit.subject}"'
    body = [f"This reverts commit {commit.id}."]
    if after is None or now.data == after.data:
        new = before.data if before else None
    elif before is None:
        raise Conflict(
            f"{entry.bot.name} was changed after it was made; undoing would lose that",
            "disable it, or remove the file by a commit of your own",
        )
    else:
        new = _without(entry, (before.data, after.data, now.data))
    if before is not None and new is not None:
        body += _lines(entry.path, now.data, new)
    return Proposal(entry.bot.name, entry.path, now.data, new, subject, tuple(body))


def _lines(path: str, old: bytes, new: bytes) -> list[str]:
    shown = rows(load.document(path, old), load.document(path, new))
    return [f"{what}: {before} -> {after}" for what, before, after in shown]


def _without(entry: FleetBot, texts: tuple[bytes, bytes, bytes]) -> bytes:
    """The present text with one commit's values turned back, where nobody has changed those since.

    Raises:
        Conflict: somebody has.
    """
    before, now = texts[0].decode("utf-8"), texts[2].decode("utf-8")
    path = entry.path
    old, done, present = (load.document(path, text) for text in texts)
    changes: list[Change] = []
    for change in difference(done, old):
        keys = change.keys[:-1] if isinstance(change, Drop) and isinstance(change.keys[-1], int) else change.keys
        if _value(present, keys) != _value(done, keys):
            what = ".".join(str(key) for key in keys)
            raise Conflict(
                f"{entry.bot.name}: {what} was changed again since; nothing changed",
                "set it by hand with /set, or go back further with /rollback REV",
            )
        changes.append(_exact(path, before, change))
    return edit(path, now, changes).encode("utf-8")


def _exact(path: str, text: str, change: Change) -> Change:
    if isinstance(change, Put) and not isinstance(change.value, (dict, list)):
        return Put(change.keys, change.value, source(path, text, change.keys))
    return change


def _value(document: object, keys: Keys) -> object:
    value = document
    for key in keys:
        try:
            value = value[key]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return _ABSENT
    return value
