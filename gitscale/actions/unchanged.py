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
    kept = _kept(repository.state_dir / _FILE, asked)
    if kept is None:
        meanwhile()
    seen = looking()
    known = kept is not None and kept[0] == seen and unchanged(seen)
    return Glance(seen, kept[1] if kept and known else None)


def _kept(file: Path, asked: str) -> tuple[bytes, Answer] | None:
    """What git said then, and the answer, where this was what was asked, of this version."""
    try:
        about, code, size, rest = (b"" if file.is_symlink() else file.read_bytes()).split(b"\n", 3)
        if about != _about(asked):
            return None
        return rest[int(size) :], Answer(rest[: int(size)].decode(), int(code))
    except (OSError, ValueError):
        return None


def remember(repository: Repository, seen: bytes, asked: str, answer: Answer) -> None:
    """Keep an answer about files that are all as the index has them; a folder that cannot be written is no matter."""
    if repository.root is None or not unchanged(seen) or len(answer.text) > _LARGEST:
        return
    file = repository.state_dir / _FILE
    temporary = file.with_suffix(f".{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        said = answer.text.encode()
        temporary.write_bytes(b"%s\n%d\n%d\n%s%s" % (_about(asked), answer.code, len(said), said, seen))
        os.replace(temporary, file)
    except OSError:
        return


def _about(asked: str) -> bytes:
    """The question and the version, as one line."""
    return ascii((__version__, asked)).encode()
