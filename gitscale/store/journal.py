"""The note a commit leaves before it moves a branch, so that the next command can finish what a kill cut short."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from gitscale.store.lock import break_own_index_lock, index_lock
from gitscale.store.objects import ObjectReader
from gitscale.store.process import GitFailed, git


@dataclass(frozen=True, slots=True)
class Journal:
    """A move of `ref` from `base` to `new` that a work tree follows at `paths`."""

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
    """Finish or forget the move a journal speaks of; call it with the writers' lock held."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    entry = Journal(**(note | {"paths": tuple(note["paths"])}))
    worktree, git_dir = Path(entry.worktree), Path(entry.git_dir)
    if worktree.is_dir() and git_dir.is_dir():
        break_own_index_lock(git_dir)
        if _landed(entry, worktree):
            with index_lock(git_dir):
                follow(worktree, git_dir, entry.base, entry.paths)
    path.unlink(missing_ok=True)


def _landed(entry: Journal, worktree: Path) -> bool:
    """Whether the branch holds the commit and this work tree still shows the branch."""
    try:
        head = git(worktree, "symbolic-ref", "--quiet", "HEAD").decode().strip()
        git(worktree, "merge-base", "--is-ancestor", entry.new, entry.ref)
    except GitFailed:
        return False
    return head == entry.ref


def follow(worktree: Path, git_dir: Path, base: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """Bring index and work tree from `base` to HEAD, with git's index.lock held; the paths that were left alone.

    The index is changed in a copy that then takes its place, since git's lock is ours.
    """
    copy = git_dir / "gitscale-index"
    index = git_dir / "index"
    copy.unlink(missing_ok=True)
    (git_dir / "gitscale-index.lock").unlink(missing_ok=True)
    if index.exists():
        copy.write_bytes(index.read_bytes())
    try:
        git(worktree, "read-tree", "-m", "-u", base, "HEAD", index=copy)
        left: tuple[str, ...] = ()
    except GitFailed:
        left = _follow_one_by_one(worktree, copy, base, paths)
    os.replace(copy, index)
    return left


def _follow_one_by_one(worktree: Path, index: Path, base: str, paths: tuple[str, ...]) -> tuple[str, ...]:
    """The index follows in any case; a file does unless somebody's edit is in it."""
    left = []
    with ObjectReader(worktree) as reader:
        for path in paths:
            new = _blob(worktree, "HEAD", path)
            line = f"100644 {new}\t{path}\0" if new else f"0 {'0' * len(_blob(worktree, base, path) or '')}\t{path}\0"
            before = _blob(worktree, base, path)
            mine = _untouched(worktree, reader, path, (before, new))
            git(worktree, "update-index", "-z", "--index-info", data=line.encode(), index=index)
            if not mine:
                left.append(path)
            elif new:
                git(worktree, "checkout-index", "-f", "-u", "-q", "--", path, index=index)
            else:
                (worktree / path).unlink(missing_ok=True)
    return tuple(left)


def _blob(worktree: Path, revision: str, path: str) -> str | None:
    found = git(worktree, "ls-tree", "-z", revision, "--", path).decode()
    return found.split("\t")[0].split()[2] if found else None


def _untouched(worktree: Path, reader: ObjectReader, path: str, states: tuple[str | None, str | None]) -> bool:
    """Whether a file is missing, torn off while git wrote it, or in its old or new state."""
    try:
        content = (worktree / path).read_bytes()
    except FileNotFoundError:
        return True
    if states[1] and reader.read(states[1]).startswith(content):
        return True
    written = git(worktree, "hash-object", "--path", path, "--stdin", data=content).decode().strip()
    return written in states
