"""A git repository: where it is, what its branches hold, snapshots of any revision, changes between two."""

import os
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Self

from gitscale.errors import Refused, Unavailable
from gitscale.model.snapshot import SourceFile
from gitscale.store.objects import FOLDER, ObjectReader, ObjectWriter, file_entry
from gitscale.store.process import GitFailed, git

_BRANCH_PREFIX = "refs/heads/"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*\Z")
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")


class Changed(NamedTuple):
    """A path that differs between two commits: A, M, T or D, and what the newer one holds."""

    path: str
    status: str
    file: SourceFile | None


class Repository:
    """One repository and, unless bare, the work tree it was opened from. Close it to end its git process."""

    def __init__(self, git_dir: Path, common_dir: Path, root: Path | None, algorithm: str) -> None:
        self.git_dir = git_dir
        self.common_dir = common_dir
        self.root = root
        self.algorithm = algorithm
        self.directory = root or git_dir
        self.reader = ObjectReader(self.directory)

    @classmethod
    def open(cls, directory: Path) -> Self:
        """The repository around `directory`.

        Raises:
            Unavailable: there is none, or git refuses it.
        """
        try:
            git_dir, common_dir, algorithm, top = _places(directory)
        except GitFailed as error:
            reason = error.stderr.removeprefix("fatal: ")
            if "not a git repository" in reason:
                raise Unavailable(f"{directory} is not in a git repository", "gitscale init DIR makes one") from None
            if "cannot change to" in reason:
                raise Unavailable(f"there is no directory {directory}", "name another with --repo DIR") from None
            remedy = f"git config --global --add safe.directory {directory.resolve()}" if "ownership" in reason else ""
            raise Unavailable(f"git refuses {directory}: {reason}", remedy) from None
        return cls(Path(git_dir), (directory / common_dir).resolve(), Path(top) if top else None, algorithm)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.close()

    def again(self) -> Self:
        """The same repository with a git process of its own, for a process of its own."""
        return type(self)(self.git_dir, self.common_dir, self.root, self.algorithm)

    @property
    def state_dir(self) -> Path:
        """Where gitscale keeps locks, journal and pending confirmations: shared by all work trees."""
        return self.common_dir / "gitscale"

    @cached_property
    def writer(self) -> ObjectWriter:
        """Writes loose objects into this repository."""
        return ObjectWriter(self.common_dir / "objects", self.algorithm)

    @cached_property
    def signs(self) -> bool:
        """Whether git is configured to sign commits."""
        try:
            return git(self.directory, "config", "--type=bool", "commit.gpgsign").strip() == b"true"
        except GitFailed:
            return False

    @property
    def cut(self) -> frozenset[str]:
        """The commits at which the history of a shallow clone is cut off."""
        try:
            return frozenset((self.common_dir / "shallow").read_text(encoding="ascii").split())
        except FileNotFoundError:
            return frozenset()

    def branch(self) -> str | None:
        """The branch HEAD is on; None when detached."""
        path = self.git_dir / "HEAD"  # a link in very old repositories
        head = "" if path.is_symlink() else path.read_text(encoding="utf-8", errors="surrogateescape").strip()
        if head.startswith(f"ref: {_BRANCH_PREFIX}") and not head.endswith("/.invalid"):  # which a reftable keeps there
            return head.removeprefix(f"ref: {_BRANCH_PREFIX}")
        if _ID.match(head):
            return None
        try:
            name = git(self.directory, "symbolic-ref", "--quiet", "HEAD").decode("utf-8", "surrogateescape").strip()
        except GitFailed:
            return None
        return name.removeprefix(_BRANCH_PREFIX)

    def branches(self) -> list[str]:
        """All local branches."""
        lines = git(self.directory, "for-each-ref", "--format=%(refname)", _BRANCH_PREFIX)
        names = lines.decode("utf-8", "surrogateescape").split("\n")
        return [name.removeprefix(_BRANCH_PREFIX) for name in names if name]

    def check_branch(self, name: str) -> str:
        """A branch name fit for git's arguments.

        Raises:
            Refused: git does not allow it.
        """
        try:
            git(self.directory, "check-ref-format", f"{_BRANCH_PREFIX}{name}")
        except (GitFailed, ValueError):
            name = ""
        if not name or name.startswith("-"):
            raise Refused("that is not a branch name", "letters, digits, - _ . and / are safe")
        return name

    def tip(self, branch: str) -> str | None:
        """The commit a branch points to; None when it has none."""
        return self.reader.commit(f"{_BRANCH_PREFIX}{branch}")

    def has(self, commit: str) -> bool:
        """Whether the repository has the commit of that id."""
        return bool(_ID.match(commit)) and self.reader.commit(commit) is not None

    def resolve(self, revision: str) -> str | None:
        """The commit id that a user's words name; None when they name none."""
        if _PLAIN_NAME.fullmatch(revision):  # the open process knows; anything else is spelled out to one of its own
            return self.reader.commit(revision)
        asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        try:
            found = git(self.directory, "rev-parse", *asked).decode().strip()
        except (GitFailed, ValueError):
            return None
        return found if _ID.match(found) else None

    def tree_of(self, commit: str) -> str:
        """The id of a commit's tree."""
        return self.reader.read(commit)[5 : 5 + len(commit)].decode()

    def listing(self, commit: str, *paths: str) -> list[SourceFile]:
        """The files of a commit below `paths`, without their bytes."""
        lines = git(self.directory, "ls-tree", "-r", "-z", "--full-tree", commit, "--", *paths).decode(errors="replace")
        return [_listed(line) for line in lines.split("\0") if line]

    def file(self, commit: str, path: str) -> SourceFile | None:
        """One file of a commit, without its bytes."""
        entry = file_entry(self.reader, commit, path)
        return SourceFile(path, entry.mode, entry.id) if entry and entry.mode != FOLDER else None

    def read(self, files: Iterable[SourceFile]) -> Iterator[SourceFile]:
        """The files with their bytes; links and submodules stay empty, they are never followed."""
        known = list(files)
        regular = [file for file in known if file.mode.startswith("100")]
        contents = self.reader.read_all(file.blob for file in regular)
        for file in known:
            yield file._replace(data=next(contents)) if file.mode.startswith("100") else file

    def changed(self, old: str, new: str, *paths: str) -> list[Changed]:
        """What differs between two commits below `paths`."""
        asked = ("diff-tree", "-r", "-z", "--no-renames", old, new, "--", *paths)
        fields = git(self.directory, *asked).decode(errors="replace").split("\0")
        rows = []
        for about, path in zip(fields[::2], fields[1::2], strict=False):
            _, mode, _, blob, status = about.split()
            rows.append(Changed(path, status, None if status == "D" else SourceFile(path, mode, blob)))
        return rows

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit both hold; None when they have none in common, or it lies beyond a shallow clone's end."""
        try:
            return git(self.directory, "merge-base", one, other).decode().split("\n", 1)[0]
        except GitFailed:
            return None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` holds everything `old` does."""
        try:
            git(self.directory, "merge-base", "--is-ancestor", old, new)
        except GitFailed:
            return False
        return True


def _places(directory: Path) -> list[str]:
    """Git directory, common directory, hash function and top level, which is empty for a bare repository."""
    asked = ("--absolute-git-dir", "--git-common-dir", "--show-object-format")
    try:
        return os.fsdecode(git(directory, "rev-parse", *asked, "--show-toplevel").removesuffix(b"\n")).split("\n", 3)
    except GitFailed:  # without a work tree there is no top level
        *places, bare = os.fsdecode(git(directory, "rev-parse", *asked, "--is-bare-repository")).split("\n")[:4]
    if bare != "true":  # from inside .git a commit would leave the work tree behind
        raise Unavailable(f"{directory} is a git directory", "name its work tree with --repo DIR")
    return [*places, ""]


def _listed(line: str) -> SourceFile:
    about, _, path = line.partition("\t")
    return SourceFile(path, about[:6], about[about.rindex(" ") + 1 :])
