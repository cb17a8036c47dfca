"""gitscale init DIR: a new config repository with one example bot and a first commit."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from gitscale.documents import schema
from gitscale.errors import Refused
from gitscale.store.create import create

_RENAMED = {"gitignore": ".gitignore"}
_SUBJECT = "Start a fleet with gitscale init"


@dataclass(frozen=True, slots=True)
class Made:
    """The new repository."""

    directory: Path
    commit: str
    files: tuple[str, ...]


def init(directory: Path) -> Made:
    """Make the repository.

    Raises:
        Refused: the folder holds something.
        Unavailable: git cannot commit here.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise Refused(f"{directory} is not an empty folder; nothing changed", "name a new one")
    contents = starter_files()
    return Made(directory, create(directory, contents, _SUBJECT + "\n"), tuple(sorted(contents)))


def starter_files() -> dict[str, bytes]:
    """Path -> bytes of every file of a fresh repository."""
    found = dict(_walk(files("gitscale.actions.starter"), ""))
    return found | {path: text.encode("utf-8") for path, text in schema.files().items()}


def _walk(folder: Traversable, above: str) -> list[tuple[str, bytes]]:
    rows: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        if item.is_dir():
            rows += _walk(item, f"{above}{item.name}/") if item.name != "__pycache__" else []
        elif not item.name.endswith((".py", ".pyc")):
            rows.append((above + _RENAMED.get(item.name, item.name), item.read_bytes()))
    return rows
