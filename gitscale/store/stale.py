"""An index that somebody's `git commit` wrote back as it was before our step, and how it is mended.

`git commit` reads the index, then locks it, then writes it, and only then finds that the branch has moved. Where our
step falls between its reading and its locking, git refuses that commit, but leaves an index in which our change is
staged the wrong way round: the next commit by hand would silently undo it. So we remember which paths we wrote and
what the index file was when we left it; when it is another one, the next command looks at those paths.
"""

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from gitscale.store.journal import content_id, copied_index, indexed, named, put_in_index
from gitscale.store.objects import file_entry
from gitscale.store.process import GitFailed, git
from gitscale.store.repository import Repository

_NOTE = "gitscale-steps.json"
_PATHS, _COMMITS = 20, 20


class _Note(NamedTuple):
    """The index file as we know it (inode, time, size), and the paths we wrote last, newest first."""

    file: list[int]
    paths: list[str]


def note(repository: Repository, paths: tuple[str, ...]) -> None:
    """Remember that these paths were written; call it with git's index.lock still held."""
    before = _read(repository)
    known = dict.fromkeys([*paths, *(before.paths if before else [])])
    _write(repository, _Note(_seen(repository), list(known)[:_PATHS]))


def suspicious(repository: Repository) -> bool:
    """Whether somebody has written the index since our last step or look."""
    known = _read(repository)
    return known is not None and known.file != _seen(repository)


def mend(repository: Repository) -> None:
    """Put back what somebody's failed commit turned round in the index; call it with both locks held."""
    known = _read(repository)
    if known is None or repository.root is None or known.file == _seen(repository):
        return
    if turned := _turned_round(repository, known.paths):
        copy = copied_index(repository.git_dir)
        for path, entry in turned.items():
            put_in_index(repository.root, copy, path, entry)
        with suppress(GitFailed):  # says so, too, where somebody has unsaved edits
            git(repository.root, "update-index", "-q", "--refresh", index=copy)
        os.replace(copy, repository.git_dir / "index")
    _write(repository, _Note(_seen(repository), known.paths))


def _turned_round(repository: Repository, paths: list[str]) -> dict[str, str]:
    """Paths whose file is as HEAD has it while the index holds an earlier commit's, and HEAD's `mode id` of each."""
    root, head = repository.root, repository.reader.commit("HEAD")
    if head is None or root is None:
        return {}
    held = indexed(root, tuple(paths))
    found = {}
    for path in paths:
        entry = file_entry(repository.reader, head, path)
        staged = held.get(path, ("", ""))[1]
        saved = named(entry) != staged and _on_disk(root, path) == (entry.id if entry else "")
        if saved and staged in _earlier(repository, head, path):
            found[path] = named(entry) or f"0 {'0' * len(head)}"
    return found


def _on_disk(root: Path, path: str) -> str:
    """The id of the file's content; empty where there is no file, a blank where there is something else."""
    try:
        return content_id(root, path, (root / path).read_bytes()) if not (root / path).is_symlink() else " "
    except FileNotFoundError:
        return ""
    except OSError:
        return " "


def _earlier(repository: Repository, head: str, path: str) -> set[str]:
    """`mode id` of the path before each of the newest commits that changed it; empty where it did not exist."""
    asked = ("rev-list", "--first-parent", f"--max-count={_COMMITS}", head, "--", path)
    newest = git(repository.directory, *asked).decode().split()
    parents = filter(None, (repository.reader.commit(f"{commit}^") for commit in newest))
    return {named(file_entry(repository.reader, parent, path)) for parent in parents}


def _seen(repository: Repository) -> list[int]:
    try:
        found = (repository.git_dir / "index").stat()
    except FileNotFoundError:
        return []
    return [found.st_ino, found.st_mtime_ns, found.st_size]


def _read(repository: Repository) -> _Note | None:
    try:
        return _Note(**json.loads((repository.git_dir / _NOTE).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _write(repository: Repository, content: _Note) -> None:
    place = repository.git_dir / _NOTE
    temporary = place.with_suffix(".tmp")
    temporary.write_text(json.dumps({"file": content.file, "paths": content.paths}), encoding="utf-8")
    os.replace(temporary, place)
