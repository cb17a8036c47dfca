"""How index and work tree take a commit's step before its branch does, and how a step that was cut short is taken back.

The order matters. `git commit` reads HEAD, then the index, then takes index.lock. With the index ahead of the branch,
whoever read the old index has read the old HEAD too, and git itself refuses that commit; the other way round it would
silently undo ours. The note is written first, so that the next command can take back what a kill left.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from gitscale.store.lock import break_index_lock, index_lock, own_index_lock
from gitscale.store.objects import FOLDER, ObjectReader, file_entry
from gitscale.store.process import git


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
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    step = Journal(**(note | {"paths": tuple(note["paths"])}))
    worktree, git_dir = Path(step.worktree), Path(step.git_dir)
    if worktree.is_dir() and git_dir.is_dir():
        if own_index_lock(git_dir):
            break_index_lock(git_dir)
        with ObjectReader(worktree) as reader:
            stands_at_base = reader.commit(step.ref) == step.base
        if stands_at_base:
            with index_lock(git_dir):
                take_back(step)
    path.unlink(missing_ok=True)


def advance(step: Journal) -> None:
    """Bring index and work tree from base to new, with git's index.lock held.

    The index is changed in a copy that then takes its place, since git's lock is ours.

    Raises:
        GitFailed: git would overwrite an edit, or could not write.
    """
    copy = _copied_index(step)
    git(Path(step.worktree), "read-tree", "-m", "-u", step.base, step.new, index=copy)
    os.replace(copy, Path(step.git_dir) / "index")


def take_back(step: Journal) -> None:
    """Bring the step's paths back to base in index and work tree; a file that holds somebody's edit keeps it."""
    worktree, copy = Path(step.worktree), _copied_index(step)
    with ObjectReader(worktree) as reader:
        for path in step.paths:
            old, new = (file_entry(reader, commit, path) for commit in (step.base, step.new))
            ours = _ours(worktree, reader, path, [entry.id for entry in (old, new) if entry])
            line = f"{old.mode} {old.id}\t{path}\0" if old else f"0 {'0' * len(step.base)}\t{path}\0"
            git(worktree, "update-index", "-z", "--index-info", data=line.encode(), index=copy)
            if ours and old and old.mode != FOLDER:
                git(worktree, "checkout-index", "-f", "-u", "-q", "--", path, index=copy)
            elif ours:
                (worktree / path).unlink(missing_ok=True)
    os.replace(copy, Path(step.git_dir) / "index")


def _copied_index(step: Journal) -> Path:
    """A copy of the index to work on; git locks it under a name of its own, which a kill may have left."""
    git_dir = Path(step.git_dir)
    copy = git_dir / "gitscale-index"
    copy.unlink(missing_ok=True)
    (git_dir / "gitscale-index.lock").unlink(missing_ok=True)
    if (git_dir / "index").exists():
        copy.write_bytes((git_dir / "index").read_bytes())
    return copy


def _ours(worktree: Path, reader: ObjectReader, path: str, states: list[str]) -> bool:
    """Whether a file is missing, in one of these states, or was torn off while git wrote one of them."""
    try:
        content = (worktree / path).read_bytes()
    except FileNotFoundError:
        return True
    if any(reader.read(state).startswith(content) for state in states):
        return True
    return git(worktree, "hash-object", "--path", path, "--stdin", data=content).decode().strip() in states
