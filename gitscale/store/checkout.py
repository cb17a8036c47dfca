"""The work tree's config files: which git knows unchanged, which must be read from disk."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator

from gitscale.model.snapshot import SourceFile
from gitscale.store.process import GitFailed, git, start_git
from gitscale.store.repository import Repository

# configs are refused above 256 KiB; one byte more is enough to see it
_ENOUGH = 256 * 1024 + 1
_PORTION = 16 * 1024


def look(repository: Repository, *paths: str) -> bytes:
    """What git says about tracked and untracked (not ignored) files below `paths`; `work_files` reads it."""
    return start_looking(repository, *paths)()


def start_looking(repository: Repository, *paths: str) -> Callable[[], bytes]:
    """`look`, while we do something else.

    Mostly nothing has changed: that is asked beside the listing, which is not told to compare all files then.
    """
    root = repository.root
    assert root is not None
    listed = ("ls-files", "-z", "-t", "-s", "-o", "--exclude-standard", "--full-name")
    listing = start_git(root, *listed, "--", *paths)
    comparing = start_git(root, "diff-files", "--quiet", "--", *paths)

    def ended() -> bytes:
        seen = listing()
        return seen if _is_quiet(comparing) else git(root, *listed, "-m", "-d", "--", *paths)

    return ended


def _is_quiet(comparing: Callable[[], bytes]) -> bool:
    try:
        comparing()
    except GitFailed as failed:
        if failed.code != 1:
            raise
        return False
    return True


def unchanged(seen: bytes) -> bool:
    """Whether all files are as the index holds them, so that what `look` saw stands for every byte of them."""
    return seen[:2] == b"H " and seen.count(b"\0H ") + 1 == seen.count(b"\0")


def work_files(repository: Repository, seen: bytes) -> list[SourceFile]:
    """The files that `look` saw, sorted; without a blob where the index does not hold what lies on disk."""
    text = seen.decode("utf-8", "surrogateescape")
    if unchanged(seen):
        return sorted(map(_held, text.split("\0")[:-1]))
    found: dict[str, SourceFile] = {}
    gone = set()
    for line in text.split("\0"):
        if not line:
            continue
        tag, rest = line[0], line[2:]
        if tag == "?":
            found[rest] = SourceFile(rest, _mode(repository, rest), "")
            continue
        held = _held(line)
        path = held.path
        if tag == "R":
            gone.add(path)
        same = tag in ("H", "S") and path not in found  # S: a sparse checkout leaves it out, the index has it
        found[path] = held if same else SourceFile(path, _mode(repository, path, held.mode), "")
    return [found[path] for path in sorted(found) if path not in gone]


def _held(line: str) -> SourceFile:
    """What the index has of a file."""
    about, _, path = line.partition("\t")
    _, mode, blob, _ = about.split(" ")
    return SourceFile(path, mode, blob)


def read_work_files(repository: Repository, files: Iterable[SourceFile]) -> Iterator[SourceFile]:
    """The files with their bytes from disk; links are not followed, what vanished meanwhile is left out."""
    root = str(repository.root)
    for file in files:
        if not file.mode.startswith("100"):
            yield file
        elif (data := _content(f"{root}/{file.path}")) is not None:
            yield SourceFile(file.path, file.mode, file.blob, data)  # _replace takes three times as long
        elif file.blob:  # outside a sparse checkout
            yield file._replace(data=repository.reader.read(file.blob))


def _content(path: str) -> bytes | None:
    """A file's bytes, as many as matter; a small one takes two calls, and the second only finds the end."""
    found = b""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            while len(found) < _ENOUGH and (more := os.read(handle, _PORTION)):
                found += more
        finally:
            os.close(handle)
    except OSError:
        return None
    return found


def _mode(repository: Repository, path: str, known: str = "100644") -> str:
    try:
        mode = os.lstat(f"{repository.root}/{path}").st_mode
    except OSError:
        return known
    return "120000" if stat.S_ISLNK(mode) else known if stat.S_ISREG(mode) or known == "160000" else "160000"
