"""How index and work tree take a commit's step before its branch does, and how a step that was cut short is taken back.

The order matters. `git commit` reads HEAD, then the index, then takes index.lock. With the index ahead of the branch,
whoever read the old index has read the old HEAD too, and git itself refuses that commit; the other way round it would
silently undo ours. The note is written first, so that the next command can take back what a kill left.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath

from gitscale.store.lock import break_index_lock, index_lock, own_index_lock
from gitscale.store.objects import Entry, ObjectReader, file_entry
from gitscale.store.process import GitFailed, git

# more paths than these do not fit into a command line: git is asked about all
_MANY = 500


@dataclass(frozen=True, slots=True)
class Journal:
    """A step of `ref` from `base` to `new` that a work tree takes at `paths`."""

    ref: str
    base: str
    new: str
    worktree: str
    git_dir: str
    paths: tuple[str, ...]

    def write(self, path: Path) -> None:
        """Put the note down, whole or not at all."""
        temporary = path.with_suffix(".tmp")
        temporary.write_text(json.dumps(asdict(self)), encoding="utf-8")
        os.replace(temporary, path)


def recover(path: Path) -> None:
    """Take back a step whose branch never moved; call it with the writers' lock held.

    Where the branch moved, index and work tree had moved before it, and only the note and the lock are left over.
    """
    step = _read(path)
    if step is not None and Path(step.worktree).is_dir() and Path(step.git_dir).is_dir():
        git_dir = Path(step.git_dir)
        if own_index_lock(git_dir):
            break_index_lock(git_dir)
        if left := _left(step):
            with index_lock(git_dir):
                take_back(replace(step, paths=left))
    path.unlink(missing_ok=True)


def _read(path: Path) -> Journal | None:
    """The note; one that a power cut emptied tells nothing."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return Journal(**(note | {"paths": tuple(note["paths"])}))
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def _left(step: Journal) -> tuple[str, ...]:
    """The paths that HEAD still holds as base does, and the index as base or new: nobody went on from there."""
    held = indexed(Path(step.worktree), step.paths)
    with ObjectReader(Path(step.worktree)) as reader:
        head = reader.commit("HEAD")
        if head is None:
            return ()
        found = []
        for path in step.paths:
            here, old, new = (named(file_entry(reader, commit, path)) for commit in (head, step.base, step.new))
            if here == old and held.get(path, ("", ""))[1] in (old, new):
                found.append(path)
    return tuple(found)


def named(entry: Entry | None) -> str:
    """`mode id` of a tree line; empty where there is none."""
    return f"{entry.mode} {entry.id}" if entry else ""


def indexed(worktree: Path, paths: tuple[str, ...], index: Path | None = None) -> dict[str, tuple[str, str]]:
    """What the index holds at these paths, or at more: a tag, which is S outside a sparse checkout, and `mode id`."""
    few = paths if len(paths) <= _MANY else ()
    lines = git(worktree, "ls-files", "-t", "-s", "-z", "--", *few, index=index).decode().split("\0")
    rows = (line.split("\t", 1) for line in lines if line)
    return {path: (about[0], about[2:].rsplit(" ", 1)[0]) for about, path in rows}


def advance(step: Journal) -> None:
    """Bring index and work tree from base to new, with git's index.lock held.

    The index is changed in a copy that then takes its place, since git's lock is ours.

    Raises:
        GitFailed: git would overwrite an edit, or could not write.
    """
    copy = copied_index(Path(step.git_dir))
    move = ("read-tree", "-m", "-u", step.base, step.new)
    try:
        git(Path(step.worktree), *move, index=copy)
    except GitFailed as error:
        if "not uptodate" not in error.stderr:
            raise
        with suppress(GitFailed):  # touched, but is it changed? this compares contents
            git(Path(step.worktree), "update-index", "-q", "--refresh", index=copy)
        git(Path(step.worktree), *move, index=copy)
    os.replace(copy, Path(step.git_dir) / "index")


def take_back(step: Journal) -> None:
    """Bring the step's paths back to base in index and work tree; a file that holds somebody's edit keeps it."""
    worktree, copy = Path(step.worktree), copied_index(Path(step.git_dir))
    held = indexed(worktree, step.paths, copy)
    with ObjectReader(worktree) as reader:
        for path in step.paths:
            old, new = (file_entry(reader, commit, path) for commit in (step.base, step.new))
            tag, now = held.get(path, ("", ""))
            if now != named(old):
                put_in_index(worktree, copy, path, named(old) or f"0 {'0' * len(step.base)}")
            if tag == "S":
                git(worktree, "update-index", "--skip-worktree", "--", path, index=copy)
            elif _unfinished(worktree, reader, path, (old, new)):
                if old:
                    git(worktree, "checkout-index", "-f", "-u", "-q", "--", path, index=copy)
                else:
                    _remove(worktree, path)
    os.replace(copy, Path(step.git_dir) / "index")


def put_in_index(worktree: Path, index: Path, path: str, entry: str) -> None:
    """Put `mode id` at a path of the index; mode 0 takes the path out."""
    git(worktree, "update-index", "-z", "--index-info", data=f"{entry}\t{path}\0".encode(), index=index)


def _remove(worktree: Path, path: str) -> None:
    """A file, and the folders that its coming made."""
    (worktree / path).unlink(missing_ok=True)
    with suppress(OSError):
        for folder in PurePosixPath(path).parents[:-1]:
            (worktree / folder).rmdir()


def copied_index(git_dir: Path) -> Path:
    """A copy of the index to work on; git locks it under a name of its own, which a kill may have left.

    It keeps the index's time: an edit made in the very moment git wrote the index is found by comparing the two.
    """
    copy = git_dir / "gitscale-index"
    copy.unlink(missing_ok=True)
    (git_dir / "gitscale-index.lock").unlink(missing_ok=True)
    if (git_dir / "index").exists():
        import shutil  # as hashlib: for those who write

        shutil.copy2(git_dir / "index", copy)
    return copy


def _unfinished(worktree: Path, reader: ObjectReader, path: str, states: tuple[Entry | None, Entry | None]) -> bool:
    """Whether a file is missing, in its new state, or was torn off while git wrote it; not old, nor somebody's edit."""
    if (worktree / path).is_symlink():
        return False
    try:
        content = (worktree / path).read_bytes()
    except FileNotFoundError:
        return True
    except OSError:  # a folder, or below a file
        return False
    old, new = (entry.id if entry else "" for entry in states)
    written = content_id(worktree, path, content)
    if written in (old, new):
        return written == new
    plain = content.replace(b"\r\n", b"\n").removesuffix(b"\r")
    return any(reader.read(state).startswith((content, plain)) for state in (old, new) if state)


def content_id(worktree: Path, path: str, content: bytes) -> str:
    """The id that a file's bytes have in git, line endings and filters applied."""
    return git(worktree, "hash-object", "--path", path, "--stdin", data=content).decode().strip()
