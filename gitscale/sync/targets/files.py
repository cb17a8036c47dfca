"""The JSON files bots read at start: each whole at every moment, flushed to disk before it takes its name."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from gitscale.errors import Unavailable
from gitscale.sync.held import of_file
from gitscale.sync.render import Record

# from this many files on, one flush of the file system costs less than a flush of each
_MANY = 32
_SHA256 = re.compile(rb'"sha256": "([0-9a-f]{64})"\s*\}\s*\}\s*\Z')


class FileTarget:
    """A folder of `<name>.json` files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> frozenset[str]:
        """The bots that have a file."""
        with self._reachable():
            return frozenset([name[:-5] for name in self._listed() if name.endswith(".json")])

    def count(self) -> int:
        """How many files there are; told faster than which."""
        with self._reachable():
            return sum([name[-5:] == ".json" for name in self._listed()])

    def held(self, names: Iterable[str]) -> dict[str, str]:
        """The sha256 each file states, empty where it states none; a missing file is left out."""
        found = {}
        with self._reachable():
            for name in names:
                try:
                    stated = _SHA256.search((self.folder / f"{name}.json").read_bytes())
                except FileNotFoundError:
                    continue
                found[name] = stated.group(1).decode() if stated else ""
        return found

    def differing(self, records: Iterable[Record]) -> list[str]:
        """The bots whose file holds anything but the record; a missing file is left out."""
        with self._reachable():
            files = ((record, self.folder / f"{record.name}.json") for record in records)
            return [record.name for record, file in files if file.exists() and file.read_bytes() != record.text()]

    def sweep(self) -> None:
        """Remove what a killed sync left unfinished."""
        with self._reachable():
            for name in self._listed():
                if name.startswith(".") and name.endswith(".tmp"):
                    (self.folder / name).unlink()

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """What each file really holds; a missing one is left out, and what is no plain file holds nothing readable."""
        found = {}
        with self._reachable():
            for name in names:
                place = f"{self.folder}/{name}.json"
                try:
                    with open(place, "rb") as stream:  # noqa: PTH123 - a path object a file is a fifth of the time
                        found[name] = stream.read()
                except FileNotFoundError:
                    if os.path.lexists(place):
                        found[name] = b""
                except IsADirectoryError:
                    found[name] = b""
        return found

    def foreign(self, names: Iterable[str]) -> list[str]:
        """The bots in whose place lies a file that is whole and does not say that gitscale wrote it."""
        return [name for name, raw in self.read(names).items() if of_file(raw).foreign]

    def apply(self, writes: Sequence[Record], deletes: Sequence[str]) -> None:
        """Write and remove files.

        Raises:
            Unavailable: the folder cannot be written; files already in place are whole and right.
        """
        with self._reachable():
            self.folder.mkdir(parents=True, exist_ok=True)
            if len(writes) >= _MANY:
                self._write_many(writes)
            else:
                for record in writes:
                    _put(self.folder / f"{record.name}.json", record.text())
            for name in deletes:
                (self.folder / f"{name}.json").unlink(missing_ok=True)
            if writes or deletes:
                _flush_folder(self.folder)

    @contextmanager
    def _reachable(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            remedy = "free space or mend permissions, then: gitscale sync"
            raise Unavailable(f"cannot use {error.filename or self.folder}: {error.strerror}", remedy) from None

    def _listed(self) -> list[str]:
        return os.listdir(self.folder) if self.folder.exists() else []  # noqa: PTH208 - thousands of paths are slow

    def _write_many(self, records: Sequence[Record]) -> None:
        prefix = str(self.folder) + "/"
        for record in records:
            handle = os.open(f"{prefix}.{record.name}.tmp", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
            try:
                _write_all(handle, record.text())
            finally:
                os.close(handle)
        _flush_file_system(self.folder)
        for record in records:
            os.replace(f"{prefix}.{record.name}.tmp", f"{prefix}{record.name}.json")


def put_file(path: Path, content: bytes) -> None:
    """Put a file in its place, whole and on disk, and its name too."""
    _put(path, content)
    _flush_folder(path.parent)


def _put(path: Path, content: bytes) -> None:
    temporary = path.parent / f".{path.stem}.tmp"
    with temporary.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)


def _write_all(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flush_file_system(folder: Path) -> None:
    """syncfs where the C library has it, else a flush of everything."""
    import ctypes

    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
        elif syncfs(handle) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code))
    finally:
        os.close(handle)
