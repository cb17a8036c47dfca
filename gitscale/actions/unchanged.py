"""The last answer of lint, so that asking again about the same files answers before the models are loaded.

One file beside git's own state, where no commit can put one: a hash over everything the answer follows from, the
exit code, and the text.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gitscale import __version__
from gitscale.model.snapshot import CONFIG_PATHS, SCHEMAS_FOLDER
from gitscale.store.checkout import start_looking, unchanged
from gitscale.store.repository import Repository

_FILE = Path("cache/lint-answer")
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said, and the exit code."""

    text: str
    code: int


@dataclass(frozen=True, slots=True)
class Glance:
    """A work tree at a glance: what git says about its files, and the answer where it is known already."""

    seen: bytes
    answer: Answer | None = None


def glance(repository: Repository, asked: str, meanwhile: Callable[[], object]) -> Glance:
    """Look at the work tree; `asked` is everything else the answer follows from. A bare repository has no work tree.

    Where there is no answer, `meanwhile` is done while git looks.
    """
    if repository.root is None:
        return Glance(b"")
    looking = start_looking(repository, *CONFIG_PATHS, SCHEMAS_FOLDER)
    mark_of = _marker(asked)
    file = repository.state_dir / _FILE
    if not file.exists():
        meanwhile()
    seen = looking()
    if not unchanged(seen) or file.is_symlink():
        return Glance(seen)
    try:
        mark, code, text = file.read_text(encoding="utf-8").split("\n", 2)
        return Glance(seen, Answer(text, int(code)) if mark == mark_of(seen) else None)
    except (OSError, ValueError):
        return Glance(seen)


def remember(repository: Repository, seen: bytes, asked: str, answer: Answer) -> None:
    """Keep an answer about files that are all as the index has them; a folder that cannot be written is no matter."""
    if repository.root is None or not unchanged(seen) or len(answer.text) > _LARGEST:
        return
    file = repository.state_dir / _FILE
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(f"{_marker(asked)(seen)}\n{answer.code}\n{answer.text}", encoding="utf-8")
        os.replace(temporary, file)
    except OSError:
        return


def _marker(asked: str) -> Callable[[bytes], str]:
    """Hashes names, modes and blobs of all files with the question, and the version that answered."""
    import hashlib  # takes a while, which git uses

    about = "\0".join((__version__, asked, "")).encode()
    return lambda seen: hashlib.sha256(about + seen).hexdigest()
