"""From a wanted change to a commit: lock, read, check, compare-and-swap, work tree; nothing half done.

The caller's `decide` is asked again with the new tip whenever somebody else's commit came first.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from gitscale.errors import Conflict, GitscaleError, Refused, Unavailable
from gitscale.store import stale
from gitscale.store.journal import Journal, advance, recover, take_back
from gitscale.store.lock import break_index_lock, exclusive, index_lock, own_index_lock
from gitscale.store.objects import splice_tree
from gitscale.store.process import GitFailed, git
from gitscale.store.repository import Repository

_ATTEMPTS = 50
# more paths than these are picked from what git says of all: a command line has an end
_MANY = 500
_HELD = re.compile(r"Unable to create '(.+\.lock)': File exists")


class Draft(NamedTuple):
    """What a commit shall hold: new bytes by path (None removes) and the message."""

    files: Mapping[str, bytes | None]
    message: str


class Committed(NamedTuple):
    """A commit that is on its branch; `interrupted`: Ctrl-C came when it was there already."""

    id: str
    base: str
    branch: str
    interrupted: bool = False


class _Step(NamedTuple):
    """A branch's way from one commit to the next."""

    branch: str
    base: str
    new: str
    subject: str


Decide = Callable[[str], Draft | None]


def settle(repository: Repository) -> None:
    """Finish or clear what a killed command left behind, and mend what a failed commit by hand did; if anything."""
    left = (repository.state_dir / "journal.json").exists() or own_index_lock(repository.git_dir)
    if left or stale.suspicious(repository):
        with exclusive(repository.state_dir / "lock"):
            _settle(repository)


def _settle(repository: Repository) -> None:
    """With the writers' lock held nobody alive is in a step: what there is of one is left over."""
    recover(repository.state_dir / "journal.json")
    if own_index_lock(repository.git_dir):
        break_index_lock(repository.git_dir)
    if stale.suspicious(repository):
        with index_lock(repository.git_dir):
            stale.mend(repository)


def look_again(repository: Repository) -> None:
    """Mend, a moment after a commit, what somebody's failed one has done to it.

    Who holds a lock is not waited for, and what fails is left to the next command.
    """
    with suppress(Conflict, Unavailable, OSError):
        if stale.suspicious(repository):
            with exclusive(repository.state_dir / "lock", patience=0), index_lock(repository.git_dir, patience=0):
                stale.mend(repository)


def commit(repository: Repository, branch: str, decide: Decide) -> Committed | None:
    """Put what `decide(tip)` drafts onto `branch`; None when there is nothing to change.

    Raises:
        Refused: the branch has no commits.
        Conflict: unsaved edits are in the way, or others kept winning.
        Unavailable: git does not know who commits, cannot sign, or cannot write.
    """
    steps: list[_Step] = []
    try:
        return _commit(repository, branch, decide, steps)
    except (KeyboardInterrupt, OSError, Unavailable) as error:
        repository.reader.close()  # it may be amid an answer
        if steps and repository.is_ancestor(steps[-1].new, f"refs/heads/{branch}"):
            # what failed behind the branch's move is only tidying, and the next command does it
            return Committed(steps[-1].new, steps[-1].base, branch, interrupted=isinstance(error, KeyboardInterrupt))
        raise


def _commit(repository: Repository, branch: str, decide: Decide, steps: list[_Step]) -> Committed | None:
    """The same, noting each step before it is tried."""
    with exclusive(repository.state_dir / "lock"):
        _settle(repository)
        for attempt in range(_ATTEMPTS):
            worktree = _worktree(repository, branch)
            with ExitStack() as held:
                if worktree and attempt:  # lost once: from now on nobody with this index can come first
                    held.enter_context(index_lock(repository.git_dir))
                base = _base(repository, branch)
                draft = decide(base)
                if draft is None:
                    return None
                new = _write(repository, base, draft)
                if worktree and not attempt:
                    held.enter_context(index_lock(repository.git_dir))
                steps.append(_Step(branch, base, new, draft.message.split("\n", 1)[0]))
                if _move(repository, steps[-1], tuple(draft.files), worktree):
                    return Committed(new, base, branch)
    raise Conflict(f"others kept committing to {branch}", "try again")


def forward(repository: Repository, branch: str, new: str) -> bool:
    """Bring a branch, and the work tree it is checked out in, forward to a commit that holds all it does.

    False: the branch holds what `new` does not, and the other way round. A branch that is further on stays.

    Raises:
        Refused: the branch has no commits.
        Conflict: unsaved edits are in the way, or others kept committing.
    """
    with exclusive(repository.state_dir / "lock"):
        _settle(repository)
        for _ in range(_ATTEMPTS):
            base = _base(repository, branch)
            if repository.is_ancestor(new, base):
                return True
            if not repository.is_ancestor(base, new):
                return False
            worktree = _worktree(repository, branch)
            with ExitStack() as held:
                if worktree:
                    held.enter_context(index_lock(repository.git_dir))
                paths = tuple(row.path for row in repository.changed(base, new))
                if _move(repository, _Step(branch, base, new, f"forward to {new[:10]}"), paths, worktree):
                    return True
    raise Conflict(f"others kept committing to {branch}", "try again")


def _base(repository: Repository, branch: str) -> str:
    base = repository.tip(branch)
    if base is None:
        raise Refused(f"the branch {branch} has no commits", "commit something first, or: gitscale init DIR")
    return base


def _worktree(repository: Repository, branch: str) -> Path | None:
    """The work tree that must follow the branch: ours or none.

    Raises:
        Refused: it is checked out somewhere else, or being rebased.
    """
    if repository.root is not None and repository.branch() == branch:
        return repository.root
    _refuse_rebased(repository, branch)
    if (repository.common_dir / "worktrees").is_dir():
        rows = git(repository.directory, "worktree", "list", "--porcelain").decode(errors="replace").split("\n\n")
        for row in rows:
            if f"\nbranch refs/heads/{branch}\n" in f"{row}\n":
                place = row.split("\n", 1)[0].removeprefix("worktree ")
                if repository.root is None or Path(place) != repository.root:
                    remedy = "run the command there" if Path(place).is_dir() else "it is gone: git worktree prune"
                    raise Refused(f"{branch} is checked out in {place}", remedy)
    return None


def _refuse_rebased(repository: Repository, branch: str) -> None:
    """A rebase ends by putting the branch where it has got to, without what came onto it meanwhile."""
    for place in (repository.common_dir, *repository.common_dir.glob("worktrees/*")):
        for file in (place / "rebase-merge/head-name", place / "rebase-apply/head-name"):
            if file.is_file() and file.read_text(encoding="utf-8", errors="replace").strip() == f"refs/heads/{branch}":
                remedy = "finish it where it was begun: git rebase --continue, or --abort"
                raise Refused(f"{branch} is being rebased: {file.parent}", remedy)


def _write(repository: Repository, base: str, draft: Draft) -> str:
    """The commit's id; it is not on any branch yet."""
    try:
        tree = splice_tree(repository.reader, repository.writer, repository.tree_of(base), draft.files)
    except OSError as error:
        raise Unavailable(
            f"cannot write to the repository: {error.strerror}", "free space, or mend permissions"
        ) from None
    return make_commit(repository, tree or repository.writer.write("tree", b""), (base,), draft.message)


def make_commit(repository: Repository, tree: str, parents: tuple[str, ...], message: str) -> str:
    """A commit object, signed when git is configured so; no branch knows it yet.

    Raises:
        Unavailable: git does not know who commits, or cannot sign.
    """
    options = [
        *(["-S"] if repository.signs else []),
        *(part for parent in parents for part in ("-p", parent)),
    ]
    try:
        return (
            git(repository.directory, "commit-tree", *options, "-F", "-", tree, data=message.encode()).decode().strip()
        )
    except GitFailed as error:
        if "auto-detect" in error.stderr or "empty ident" in error.stderr:
            remedy = 'git config --global user.name "..."; git config --global user.email "..."'
            raise Unavailable("git does not know who you are; nothing changed", remedy) from None
        raise Unavailable(f"git could not make the commit: {error.stderr}", error.remedy) from None


def _move(repository: Repository, step: _Step, paths: tuple[str, ...], worktree: Path | None) -> bool:
    """Take the step, the work tree (whose index is locked) first; False when the branch is not where it begins."""
    if worktree is None:
        return _swap(repository, step)
    stale.mend(repository)
    _refuse_unsaved(repository, paths)
    if (repository.branch(), repository.tip(step.branch)) != (step.branch, step.base):
        return False
    journal = repository.state_dir / "journal.json"
    note = Journal(f"refs/heads/{step.branch}", step.base, step.new, str(worktree), str(repository.git_dir), paths)
    note.write(journal)
    try:
        advance(note)
        moved = _swap(repository, step)
        if moved:
            stale.note(repository, paths)
        return moved
    except GitFailed as error:
        raise _not_advanced(error) from None
    finally:
        # an interrupt can come between git's swap and our knowing of it: the branch itself says whether it moved
        if repository.tip(step.branch) == step.base:
            take_back(note)
        journal.unlink(missing_ok=True)


def _not_advanced(error: GitFailed) -> GitscaleError:
    if "not uptodate" in error.stderr or "would be overwritten" in error.stderr:
        return Conflict("a file was edited this very moment; nothing changed", "commit or stash it, then try again")
    if "resolve your current index" in error.stderr:
        return Conflict("a merge with conflicts is under way; nothing changed", "finish or abort it, then try again")
    return Unavailable(f"git could not update the work tree: {error.stderr}; nothing changed", error.remedy)


def _swap(repository: Repository, step: _Step) -> bool:
    """Compare and swap: False when somebody else moved the branch."""
    ref = f"refs/heads/{step.branch}"
    try:
        git(repository.directory, "update-ref", "-m", f"gitscale: {step.subject[:60]}", ref, step.new, step.base)
    except GitFailed as error:
        tip = repository.tip(step.branch)
        if tip != step.base:  # git may have moved it before it failed
            return tip is not None and repository.is_ancestor(step.new, tip)
        if held := _HELD.search(error.stderr):
            remedy = f"another git command is at work, try again; if none is, it died: rm {held[1]}"
            raise Conflict(f"{held[1]} exists; nothing changed", remedy) from None
        raise Unavailable(f"git could not move {step.branch}: {error.stderr}", error.remedy) from None
    return True


def _refuse_unsaved(repository: Repository, paths: tuple[str, ...]) -> None:
    asked = ("status", "--porcelain", "-z", "--untracked-files=all", "--ignored=matching", "--no-renames", "--")
    few = paths if len(paths) <= _MANY else ()
    lines = git(repository.directory, *asked, *few).decode(errors="replace").split("\0")
    for line in lines:
        state, path = line[:2], line[3:]
        if line and (few or path in paths):
            what = "is in the way and not tracked" if state in ("??", "!!") else "has edits that are not committed"
            raise Conflict(f"{path} {what}", "commit, stash or move it, then try again")
