"""From the tip of the deployed branch to the targets: only what changed, repaired after any interruption.

Order: a row in `syncs` says what is about to happen, files follow, then all rows and the finish in one
transaction. A sync that was cut short left an unfinished row; the next one looks again at everything that one
could have touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from gitscale import __version__
from gitscale.actions.workspace import CONFIG_PATHS, Scope, Workspace
from gitscale.documents import load
from gitscale.errors import Refused
from gitscale.model.fleet import BOTS_FOLDER, DEPLOY_FILE, POLICY_FILE
from gitscale.store.lock import exclusive
from gitscale.store.repository import Changed
from gitscale.sync import render
from gitscale.sync.plan import Plan, plan
from gitscale.sync.runs import Mark, Run
from gitscale.sync.targets.files import FileTarget

if TYPE_CHECKING:
    from gitscale.sync.targets.rows import RowTarget


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did. `created`, `updated`, `deleted` name bots; `left` are gone from git and still delivered."""

    revision: str
    branch: str
    created: tuple[str, ...]
    updated: tuple[str, ...]
    deleted: tuple[str, ...]
    left: tuple[str, ...]
    folder: str
    database: str

    @property
    def changed(self) -> int:
        """How many bots were written or removed."""
        return len(self.created) + len(self.updated) + len(self.deleted)


@dataclass(frozen=True, slots=True)
class _Work:
    """The bots to compare with the targets, and the names git no longer has."""

    records: tuple[render.Record, ...]
    gone: tuple[str, ...]


def deployed_branch(workspace: Workspace, scope: Scope) -> str:
    """The branch whose tip is delivered: gitscale.yaml's, else main, else the only one.

    Raises:
        Refused: it cannot be told.
    """
    branches = workspace.repository.branches()
    here = workspace.repository.branch()
    for guess in ("main", here, scope.branch):
        tip = workspace.repository.tip(guess) if guess in branches else None
        if guess and tip:
            named = workspace.deployment(tip).branch
            if named:
                if named not in branches:
                    raise Refused(f"the deployed branch {named} does not exist here", f"git branch {named} ...")
                return named
            break
    if "main" in branches:
        return "main"
    if len(branches) == 1:
        return branches[0]
    what = "there is no commit yet" if not branches else "there is no branch main"
    raise Refused(f"which branch is deployed? {what}", "name it in gitscale.yaml: branch: NAME")


def sync_after(workspace: Workspace, scope: Scope) -> tuple[SyncReport | None, str]:
    """The sync that follows a write, or why there is none."""
    if workspace.repository.root is None:
        return None, "a bare repository has no place for the rendered files"
    if workspace.branch(scope) != deployed_branch(workspace, scope):
        return None, "not the deployed branch"
    return sync(workspace), ""


def sync(workspace: Workspace, *, prune: bool = False, full: bool = False, allow_older: bool = False) -> SyncReport:
    """Deliver the tip of the deployed branch.

    Raises:
        InvalidConfig: the tip is not valid; nothing was written.
        Refused: the tip is older than what was delivered, or there is no place to write.
        Unavailable: a target failed; the next sync repairs.
    """
    from gitscale.sync.targets.rows import RowTarget

    repository = workspace.repository
    if repository.root is None:
        raise Refused("a bare repository has no place for the rendered files", "run sync in a clone with a work tree")
    with exclusive(repository.state_dir / "sync.lock", patience=120):
        branch = deployed_branch(workspace, Scope())
        tip = repository.tip(branch)
        if tip is None:
            raise Refused(f"the branch {branch} has no commits", "commit a configuration first")
        output = workspace.deployment(tip).output
        root = _inside(repository.root, output)
        files = FileTarget(root / BOTS_FOLDER)
        rows = RowTarget(_database_url(workspace, output), repository.root)
        mark = Mark(tip, branch, f"{render.VERSION}/{__version__}/{output}", workspace.host.now())
        work = _work(workspace, rows, files, mark, full=full or prune, allow_older=allow_older)
        return _deliver(mark, work, files, rows, prune=prune)


def open_rows(workspace: Workspace) -> "RowTarget":
    """The database of the deployed configuration.

    Raises:
        Refused: a bare repository, or no deployed branch.
    """
    from gitscale.sync.targets.rows import RowTarget

    root = workspace.repository.root
    if root is None:
        raise Refused("a bare repository has no place for the database", "run it in a clone with a work tree")
    tip = workspace.tip(Scope(branch=deployed_branch(workspace, Scope())))
    return RowTarget(_database_url(workspace, workspace.deployment(tip).output), root)


def _database_url(workspace: Workspace, output: str) -> str:
    return f"sqlite:///{output}/gitscale.db" if workspace.host.database_is_default else workspace.host.database_url


def _inside(root: Path, output: str) -> Path:
    """The output folder, which no link may lead out of the repository.

    Raises:
        Refused: a link is on the way.
    """
    folder = root
    for part in (*PurePosixPath(output).parts, BOTS_FOLDER):
        folder /= part
        if folder.is_symlink():
            raise Refused(f"{folder} is a link; rendered files stay inside the repository", "replace it by a folder")
    return folder.parent


def _work(
    workspace: Workspace, rows: "RowTarget", files: FileTarget, mark: Mark, *, full: bool, allow_older: bool
) -> _Work:
    """What to look at: everything, or what differs from the last finished sync and from one cut short since."""
    repository = workspace.repository
    rows.upgrade()
    last, cut_short = rows.runs()
    if last and not allow_older and last.revision != mark.revision and repository.resolve(last.revision):
        if repository.is_ancestor(mark.revision, last.revision):
            raise Refused(
                f"{mark.branch} went back: {last.revision[:10]} was delivered, the tip {mark.revision[:10]} is older",
                "revert instead, or deliver the older one: gitscale sync --allow-older",
            )
    known = None if full else _changed_since(workspace, [run for run in (last, cut_short) if run], mark)
    if last is None or known is None:
        return _everything(workspace, rows, files, mark.revision)
    missing = rows.held().keys() - files.names() if len(files.names()) < rows.count() else frozenset()
    return _some(workspace, mark.revision, known, rows.paths(missing))


def _changed_since(workspace: Workspace, runs: list[Run], mark: Mark) -> list[Changed] | None:
    """What differs between the tip and any of the runs; None where only a look at everything will do."""
    found: dict[str, Changed] = {}
    for run in runs:
        if run.renderer != mark.renderer or not workspace.repository.resolve(run.revision):
            return None
        rows = workspace.repository.changed(run.revision, mark.revision, *CONFIG_PATHS)
        found |= {row.path: row for row in rows if load.is_config(row.path)}
    return None if POLICY_FILE in found or DEPLOY_FILE in found else list(found.values())


def _everything(workspace: Workspace, rows: "RowTarget", files: FileTarget, tip: str) -> _Work:
    fleet = workspace.loaded(tip).valid()
    delivered = rows.held().keys() | {name for name, sha256 in files.held(files.names()).items() if sha256}
    records = tuple(render.render(fleet.bots.values()))
    return _Work(records, tuple(sorted(delivered - fleet.bots.keys())))


def _some(workspace: Workspace, tip: str, changed: list[Changed], missing: dict[str, str]) -> _Work:
    """The changed bots and those whose file is missing; all of them valid, none under a name that is taken."""
    repository = workspace.repository
    wanted = {row.path: row.file for row in changed if row.file is not None}
    wanted |= {file.path: file for path in missing.values() for file in repository.listing(tip, path)}
    reader = load.FleetReader()
    policy = workspace.source(tip, POLICY_FILE) if wanted else None
    if policy:
        reader.read_common(policy)
    for file in repository.read(wanted.values()):
        (reader.read_bot if load.is_bot(file.path) else reader.read_common)(file)
    fleet = reader.done().valid()
    gone: set[str] = set()
    if any(row.status != "M" for row in changed):
        present = [file.path for file in repository.listing(tip, BOTS_FOLDER) if load.is_config(file.path)]
        _refuse_twice(present)
        removed = {PurePosixPath(row.path).stem for row in changed if row.file is None and load.is_bot(row.path)}
        gone = removed - {PurePosixPath(path).stem for path in present}
    return _Work(tuple(render.render(fleet.bots.values())), tuple(sorted(gone)))


def _refuse_twice(paths: Iterable[str]) -> None:
    reader = load.FleetReader()
    for path in paths:
        reader.note_good(path)
    reader.done().valid()


def _deliver(mark: Mark, work: _Work, files: FileTarget, rows: "RowTarget", *, prune: bool) -> SyncReport:
    names = [record.name for record in work.records]
    doomed = work.gone if prune else ()
    held_rows, held_files = rows.held([*names, *doomed]), files.held([*names, *doomed])
    for_rows = plan(work.records, held_rows, doomed)
    for_files = plan(work.records, held_files, doomed)
    last, cut_short = rows.runs()
    if not for_files.empty or not for_rows.empty or cut_short or last is None or last.revision != mark.revision:
        run = rows.begin(mark)
        files.apply(for_files.writes, for_files.deletes)
        rows.apply(run, mark, for_rows)
    return _report(mark, work, for_rows, for_files, (str(files.folder), rows.shown), prune=prune)


def _report(
    mark: Mark, work: _Work, for_rows: Plan, for_files: Plan, places: tuple[str, str], *, prune: bool
) -> SyncReport:
    created = {record.name for record in for_rows.creates}
    updated = {record.name for record in (*for_rows.updates, *for_files.writes)} - created
    deleted = tuple(sorted({*for_rows.deletes, *for_files.deletes}))
    left = () if prune else work.gone
    return SyncReport(
        mark.revision, mark.branch, tuple(sorted(created)), tuple(sorted(updated)), deleted, left, *places
    )
