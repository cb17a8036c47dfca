"""A new repository with a first commit."""

import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from gitscale.errors import Unavailable
from gitscale.store.commit import make_commit
from gitscale.store.objects import splice_tree
from gitscale.store.process import git
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
    except BaseException as error:
        _take_back(directory, files, fresh=fresh)
        if isinstance(error, OSError):
            raise Unavailable(f"cannot make a repository in {directory}: {error.strerror}") from None
        raise
    return commit


def _take_back(directory: Path, files: Iterable[str], *, fresh: bool) -> None:
    """Remove what was begun, and nothing else."""
    shutil.rmtree(directory if fresh else directory / ".git", ignore_errors=True)
    for path in files:
        with suppress(OSError):
            (directory / path).unlink()
        with suppress(OSError):
            for folder in PurePosixPath(path).parents[:-1]:
                (directory / folder).rmdir()
