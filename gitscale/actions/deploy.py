"""Where a repository is delivered to: the deployed branch, the output folder, the database."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from gitscale import __version__
from gitscale.actions.workspace import Workspace
from gitscale.errors import Refused
from gitscale.model.snapshot import BOTS_FOLDER, DEPLOY_FILE, USUAL_BRANCH, USUAL_OUTPUT
from gitscale.sync import render
from gitscale.sync.targets.files import FileTarget

if TYPE_CHECKING:
    from gitscale.sync.targets.exports import ExportTarget
    from gitscale.sync.targets.rows import RowTarget


@dataclass(frozen=True, slots=True)
class Destination:
    """The deployed branch, its tip, the two targets, and the engines that have files of their own."""

    branch: str
    tip: str
    output: str
    files: FileTarget
    rows: "RowTarget"
    engines: tuple["ExportTarget", ...] = ()


class _Stated(NamedTuple):
    """A deployment without what judges its values."""

    branch: str | None = None
    output: str = USUAL_OUTPUT
    engines: tuple[str, ...] = ()


def destination(workspace: Workspace, branch: str | None = None) -> Destination:
    """Where the deployed branch goes; which one it is is found out unless said.

    Raises:
        Refused: a bare repository, no deployed branch, or an output folder that a link leads away.
    """
    from gitscale.sync.targets.rows import Here, row_target

    root = workspace.repository.root
    if root is None:
        raise Refused("a bare repository has no place for the rendered files", "run sync in a clone with a work tree")
    branch = branch or deployed_branch(workspace)
    tip = workspace.repository.tip(branch)
    if tip is None:
        raise Refused(f"the deployed branch {branch} has no commits", "commit a configuration first")
    stated = _stated(workspace, tip)
    output = stated.output
    files = FileTarget(refuse_links(root, f"{output}/{BOTS_FOLDER}"))
    host = workspace.host
    url = host.database_url
    if url is None:
        refuse_links(root, f"{output}/gitscale.db")
        url = f"sqlite:///{output}/gitscale.db"
    here = Here(host.name, root, root / output / "synced.json")
    engines = _engines(root, output, stated.engines)
    return Destination(branch, tip, output, files, row_target(url, here), engines)


def _engines(root: Path, output: str, names: Sequence[str]) -> tuple["ExportTarget", ...]:
    if not names:
        return ()
    from gitscale.sync.targets.exports import ExportTarget

    return tuple(ExportTarget(name, refuse_links(root, f"{output}/{name}")) for name in dict.fromkeys(names))


def renewed(workspace: Workspace, place: Destination) -> Destination:
    """The same at the branch's present tip: where other hosts write too, it may have moved while one of them did."""
    if not place.rows.shared or workspace.repository.tip(place.branch) == place.tip:
        return place
    return replace(destination(workspace, place.branch), rows=place.rows)


def renderer(place: Destination) -> str:
    """The version of what is rendered, of who renders it, and the place: where any moves, all is looked at again."""
    return f"{render.VERSION}/{__version__}/{place.output}"


def deployed_branch(workspace: Workspace) -> str:
    """The branch whose tip is delivered: the one gitscale.yaml names, else main, else the only one.

    gitscale.yaml is read from main, or from the present branch where there is no main.

    Raises:
        Refused: it cannot be told.
    """
    repository = workspace.repository
    main = repository.tip(USUAL_BRANCH)
    here = repository.branch()
    tip = main or (repository.tip(here) if here else None)
    named = _stated(workspace, tip).branch if tip else None
    if named and repository.tip(repository.check_branch(named)) is None:
        raise Refused(f"the deployed branch {named} does not exist here", "make it, or name another in gitscale.yaml")
    if named or main:
        return named or USUAL_BRANCH
    branches = repository.branches()
    if len(branches) == 1:
        return branches[0]
    what = "there is no commit yet" if not branches else f"there is no branch {USUAL_BRANCH}"
    raise Refused(f"which branch is deployed? {what}", "name it in gitscale.yaml: branch: NAME")


def _stated(workspace: Workspace, commit: str) -> _Stated:
    """What gitscale.yaml of a commit says; what judges that file is not loaded where there is none."""
    if workspace.repository.file(commit, DEPLOY_FILE) is None:
        return _Stated()
    found = workspace.deployment(commit)
    return _Stated(found.branch, found.output, tuple(found.engines))


def refuse_links(root: Path, path: str) -> Path:
    """The place of `path` in the repository, which no link may lead out of it.

    Raises:
        Refused: a link is on the way.
    """
    place = root
    for part in PurePosixPath(path).parts:
        place /= part
        if place.is_symlink():
            raise Refused(
                f"{place} is a link; what is written stays inside the repository", "replace it by the real thing"
            )
    return place
