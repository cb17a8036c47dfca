"""gitscale schema write|check: the JSON Schemas in a repository, for its editors."""

import os
from pathlib import Path

from gitscale.actions.deploy import refuse_links
from gitscale.actions.workspace import Workspace
from gitscale.documents import schema
from gitscale.errors import Refused, Unavailable


def stale(workspace: Workspace) -> list[str]:
    """The schema files that are missing or not this version's."""
    root = _root(workspace)
    return [path for path, text in schema.files().items() if _read(root / path) != text]


def write(workspace: Workspace) -> list[str]:
    """Bring the schema files up to date; the ones that were written.

    Raises:
        Unavailable: the folder cannot be written.
    """
    root, names = _root(workspace), stale(workspace)
    for name in names:
        target = root / name
        refuse_links(root, name)
        temporary = target.with_suffix(".tmp")
        try:
            target.parent.mkdir(exist_ok=True)
            temporary.write_text(schema.files()[name], encoding="utf-8")
            os.replace(temporary, target)
        except OSError as error:
            raise Unavailable(f"cannot write {target}: {error.strerror}") from None
    return names


def _root(workspace: Workspace) -> Path:
    if workspace.repository.root is None:
        raise Refused("a bare repository has no files", "run it in a clone with a work tree")
    return workspace.repository.root


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
