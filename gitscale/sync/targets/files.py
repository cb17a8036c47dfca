"""The JSON files bots read at start: each whole at every moment, flushed to disk before it takes its name."""

import ctypes
import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from gitscale.errors import Unavailable
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
        try:
            with os.scandir(self.folder) as found:
                return frozenset(entry.name[:-5] for entry in found if entry.name.endswith(".json"))
        except FileNotFoundError:
            return frozenset()

    def held(self, names: Iterable[str]) -> dict[str, str]:
        """The sha256 each file states; one that is missing or states none is left out."""
        found = {}
        for name in names:
            try:
                stated = _SHA256.search((self.folder / f"{name}.json").read_bytes())
            except FileNotFoundError:
                continue
            found[name] = stated.group(1).decode() if stated else ""
        return found

    def read(self, name: str) -> object:
        """What the file holds, parsed."""
        return json.loads((self.folder / f"{name}.json").read_bytes())

    def apply(self, writes: Sequence[Record], deletes: Iterable[str]) -> None:
        """Write and remove files.

        Raises:
            Unavailable: the folder cannot be written; files already in place are whole and right.
        """
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._sweep()
            if len(writes) >= _MANY:
                self._write_many(writes)
            else:
                for record in writes:
                    self._write_one(record)
            for name in deletes:
                (self.folder / f"{name}.json").unlink(missing_ok=True)
            if writes or deletes:
                _flush_folder(self.folder)
        except OSError as error:
            raise Unavailable(
                f"cannot write to {self.folder}: {error.strerror}",
                "free space or mend permissions, then: gitscale sync",
            ) from None

    def _write_one(self, record: Record) -> None:
        temporary = self.folder / f".{record.name}.tmp"
        with temporary.open("wb") as stream:
            stream.write(record.text())
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(temporary, self.folder / f"{record.name}.json")

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

    def _sweep(self) -> None:
        """Remove what a killed sync left unfinished."""
        with os.scandir(self.folder) as found:
            for entry in found:
                if entry.name.startswith(".") and entry.name.endswith(".tmp"):
                    os.unlink(entry.path)


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
