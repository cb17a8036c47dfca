"""What a lint that found nothing wrong leaves behind, so that the next one can answer before it loads the models.

One line beside git's own state, where no commit can put one: a hash over everything that lint's answer follows
from, and the answer's figures.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from gitscale import __version__
from gitscale.model.snapshot import CONFIG_PATHS
from gitscale.store.checkout import look, unchanged
from gitscale.store.repository import Repository

_FILE = Path("cache/lint-all-good")


@dataclass(frozen=True, slots=True)
class Glance:
    """A work tree at a glance: what git says about its configs, and (files, bots) where all are known to be good."""

    seen: bytes
    good: tuple[int, int] | None = None


def glance(repository: Repository) -> Glance:
    """Look at the work tree; a bare repository has none."""
    if repository.root is None:
        return Glance(b"")
    seen = look(repository, *CONFIG_PATHS)
    file = repository.state_dir / _FILE
    if not unchanged(seen) or file.is_symlink():
        return Glance(seen)
    try:
        mark, files, bots = file.read_text(encoding="utf-8").split()
        return Glance(seen, (int(files), int(bots)) if mark == _mark(seen) else None)
    except (OSError, ValueError):
        return Glance(seen)


def remember(repository: Repository, seen: bytes, figures: tuple[int, int]) -> None:
    """Note that all is good; a folder that cannot be written is no matter."""
    if repository.root is None or not unchanged(seen):
        return
    file = repository.state_dir / _FILE
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(f"{_mark(seen)} {figures[0]} {figures[1]}\n", encoding="utf-8")
        os.replace(temporary, file)
    except OSError:
        return


def _mark(seen: bytes) -> str:
    """Names, modes and blobs of all configs, and the version that judged them."""
    return hashlib.sha256(__version__.encode() + b"\0" + seen).hexdigest()
