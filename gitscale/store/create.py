"""A new repository with a first commit."""

from collections.abc import Mapping
from pathlib import Path

from gitscale.errors import Unavailable
from gitscale.store.commit import make_commit
from gitscale.store.objects import splice_tree
from gitscale.store.process import GitFailed, git
from gitscale.store.repository import Repository


def create(directory: Path, files: Mapping[str, bytes], message: str) -> str:
    """Make the repository with `files` committed on main; the commit's id.

    Raises:
        Unavailable: git cannot write or does not know who commits; what was begun is taken back.
    """
    fresh = not directory.exists()
    try:
        directory.mkdir(parents=True, exist_ok=True)
        git(directory, "init", "--quiet", "--initial-branch=main")
        with Repository.open(directory) as repository:
            tree = splice_tree(repository.reader, repository.writer, "", files)
            commit = make_commit(repository, str(tree), (), message)
            git(directory, "update-ref", "refs/heads/main", commit)
            git(directory, "read-tree", "-m", "-u", commit)
    except (OSError, GitFailed) as error:
        _take_back(directory, fresh=fresh)
        raise Unavailable(f"cannot make a repository in {directory}: {error}") from None
    except Unavailable:
        _take_back(directory, fresh=fresh)
        raise
    return commit


def _take_back(directory: Path, *, fresh: bool) -> None:
    import shutil

    shutil.rmtree(directory / ".git", ignore_errors=True)
    if fresh:
        shutil.rmtree(directory, ignore_errors=True)
