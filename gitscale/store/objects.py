"""Git's object store: objects read through one `git cat-file --batch`, blobs and trees written as loose objects.

Writing in process saves three git processes an edit; the loose format is part of git's stable on-disk contract.
"""

import hashlib
import os
import subprocess
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from gitscale.errors import Unavailable
from gitscale.store.process import command

FILE, FOLDER = "100644", "40000"
_CHUNK = 256


class ObjectReader:
    """A `git cat-file --batch` process, started when first asked."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process.wait()
            self._process = None

    def read(self, name: str) -> bytes:
        """One object's content.

        Raises:
            Unavailable: the repository does not have it.
        """
        return next(self.read_all([name]))

    def commit(self, name: str) -> str | None:
        """The commit an id or a full ref name points to at this moment; None when there is none."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{name}^{{commit}}\n".encode())
        process.stdin.flush()
        header = process.stdout.readline().split()
        if len(header) != 3 or header[1] != b"commit":
            return None
        process.stdout.read(int(header[2]) + 1)
        return header[0].decode()

    def read_all(self, names: Iterable[str]) -> Iterator[bytes]:
        """Many objects' contents, in order; sent in portions that no pipe can choke on."""
        todo = list(names)
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        for start in range(0, len(todo), _CHUNK):
            portion = todo[start : start + _CHUNK]
            process.stdin.write("".join(f"{name}\n" for name in portion).encode())
            process.stdin.flush()
            for name in portion:
                yield self._one(process.stdout, name)

    def _one(self, pipe: IO[bytes], name: str) -> bytes:
        header = pipe.readline().split()
        if len(header) != 3:
            raise Unavailable(f"the repository has no object {name}", "fetch it: git fetch --refetch, or git fsck")
        content = pipe.read(int(header[2]))
        pipe.read(1)
        return content

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                command(self._directory, ["cat-file", "--batch"]),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._process


class ObjectWriter:
    """Writes loose objects below `folder`, named by the repository's hash function."""

    def __init__(self, folder: Path, algorithm: str) -> None:
        self._folder = folder
        self._algorithm = algorithm

    def name(self, kind: str, content: bytes) -> str:
        """The id an object has, written or not."""
        return hashlib.new(self._algorithm, b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest()

    def write(self, kind: str, content: bytes) -> str:
        """Store an object, whole or not at all, and give its id."""
        name = self.name(kind, content)
        target = self._folder / name[:2] / name[2:]
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=target.parent, prefix="tmp_obj_")
            with os.fdopen(handle, "wb") as stream:
                stream.write(zlib.compress(b"%s %d\0" % (kind.encode(), len(content)) + content, 1))
                os.fchmod(stream.fileno(), 0o444)
            os.replace(temporary, target)
        return name


class Entry(NamedTuple):
    """One line of a tree, and where it stands in the tree's bytes."""

    mode: str
    name: bytes
    id: str
    start: int
    end: int

    @property
    def order(self) -> bytes:
        """What git sorts a tree by: folders as if their name ended in a slash."""
        return self.name + b"/" * (self.mode == FOLDER)


def entries(tree: bytes, size: int) -> Iterator[Entry]:
    """The lines of a tree; `size` is the number of bytes of an id."""
    at = 0
    while at < len(tree):
        space = tree.index(b" ", at)
        end = tree.index(b"\0", space)
        yield Entry(
            tree[at:space].decode(),
            tree[space + 1 : end],
            tree[end + 1 : end + 1 + size].hex(),
            at,
            end + 1 + size,
        )
        at = end + 1 + size


def splice_tree(reader: ObjectReader, writer: ObjectWriter, tree: str, files: Mapping[str, bytes | None]) -> str | None:
    """The id of `tree` with files put or, where None, removed; None when nothing is left in it."""
    content = reader.read(tree) if tree else b""
    size = len(writer.name("blob", b"")) // 2
    below: dict[str, dict[str, bytes | None]] = {}
    for path, data in files.items():
        head, _, rest = path.partition("/")
        if rest:
            below.setdefault(head, {})[rest] = data
            continue
        old = find(content, size, head)
        mode = old.mode if old and old.mode.startswith("100") else FILE
        content = _put(content, size, (mode, head), None if data is None else writer.write("blob", data))
    for head, inner in below.items():
        old = find(content, size, head)
        known = old.id if old and old.mode == FOLDER else ""
        content = _put(content, size, (FOLDER, head), splice_tree(reader, writer, known, inner))
    return writer.write("tree", content) if content else None


def find(tree: bytes, size: int, name: str) -> Entry | None:
    """The line of a tree for one name; `size` is the number of bytes of an id."""
    wanted = name.encode()
    return next((entry for entry in entries(tree, size) if entry.name == wanted), None)


def _put(tree: bytes, size: int, place: tuple[str, str], child: str | None) -> bytes:
    """The tree's bytes with one line put, replaced or (None) removed."""
    mode, name = place
    line = b"" if child is None else f"{mode} {name}".encode() + b"\0" + bytes.fromhex(child)
    order = name.encode() + b"/" * (mode == FOLDER)
    at = len(tree)
    for entry in entries(tree, size):
        if entry.name == name.encode():
            return tree[: entry.start] + line + tree[entry.end :]
        if entry.order > order:
            at = min(at, entry.start)
    return tree[:at] + line + tree[at:]


def file_entry(reader: ObjectReader, commit: str, path: str) -> Entry | None:
    """The tree line of a path in a commit."""
    tree, size = reader.read(commit)[5 : 5 + len(commit)].decode(), len(commit) // 2
    *folders, name = path.split("/")
    for folder in folders:
        entry = find(reader.read(tree), size, folder)
        if entry is None or entry.mode != FOLDER:
            return None
        tree = entry.id
    return find(reader.read(tree), size, name)
