"""Git's object store: objects read through one `git cat-file --batch`, blobs and trees written as loose objects.

Writing in process saves three git processes an edit; the loose format is part of git's stable on-disk contract.
"""

import os
import re
import stat
import subprocess
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

from gitscale.errors import Conflict, Unavailable
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
            process, self._process = self._process, None
            for pipe in (process.stdin, process.stdout):
                with suppress(BrokenPipeError):  # of a question that nobody reads any more
                    if pipe:
                        pipe.close()
            process.wait()

    def read(self, name: str) -> bytes:
        """One object's content.

        Raises:
            Unavailable: the repository does not have it.
        """
        return next(self.read_all([name]))

    def commit(self, name: str) -> str | None:
        """The commit an id or a full ref name points to at this moment; None when there is none."""
        pipe = self._ask([f"{name}^{{commit}}"])
        header = pipe.readline().split()
        if not header:  # it died: that says nothing about the commit
            self.close()
            raise Unavailable(f"git ended before it said what {name} is", "try again")
        if len(header) != 3 or header[1] != b"commit":
            return None
        pipe.read(int(header[2]) + 1)
        return header[0].decode()

    def read_all(self, names: Iterable[str]) -> Iterator[bytes]:
        """Many objects' contents, in order; in portions that no pipe can choke on.

        A portion is read to its end before any of it is handed out: whoever stops halfway, or asks for something else
        in between, leaves no answers in the pipe for the next question.
        """
        todo = list(names)
        for start in range(0, len(todo), _CHUNK):
            portion = todo[start : start + _CHUNK]
            pipe = self._ask(portion)
            yield from [self._one(pipe, name) for name in portion]

    def _ask(self, names: list[str]) -> IO[bytes]:
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write("".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape"))
            process.stdin.flush()
        except BrokenPipeError:
            self.close()
            raise Unavailable("git ended before it was asked for an object", "try again") from None
        return process.stdout

    def _one(self, pipe: IO[bytes], name: str) -> bytes:
        header = pipe.readline().split()
        if len(header) == 3:
            content = pipe.read(int(header[2]) + 1)
            if len(content) == int(header[2]) + 1:
                return content[:-1]
        self.close()  # what was asked for besides is of no use any more
        if header[1:] == [b"missing"]:
            raise Unavailable(f"the repository has no object {name}", "fetch it: git fetch --refetch, or git fsck")
        raise Unavailable(f"git cannot read object {name}", "the repository is damaged: git fsck")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                command(self._directory, ["cat-file", "--batch"]),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                process_group=0,  # Ctrl-C is for us, who may still have to ask where a branch is
            )
        return self._process


class ObjectWriter:
    """Writes loose objects below `folder`, named by the repository's hash function."""

    def __init__(self, folder: Path, algorithm: str) -> None:
        self._folder = folder
        self._algorithm = algorithm

    def name(self, kind: str, content: bytes) -> str:
        """The id an object has, written or not."""
        import hashlib  # takes a while, and most commands write nothing

        return hashlib.new(self._algorithm, b"%s %d\0" % (kind.encode(), len(content)) + content).hexdigest()

    def write(self, kind: str, content: bytes) -> str:
        """Store an object, whole or not at all, and give its id."""
        name = self.name(kind, content)
        target = self._folder / name[:2] / name[2:]
        try:
            os.utime(target)  # as git does: a `git gc` beside us keeps what is young
        except OSError:
            self._create(target, zlib.compress(b"%s %d\0" % (kind.encode(), len(content)) + content, 1))
        return name

    def _create(self, target: Path, packed: bytes) -> None:
        mode = self._folder.stat().st_mode  # says whom the repository is shared with
        if not target.parent.is_dir():
            target.parent.mkdir(exist_ok=True)
            target.parent.chmod(stat.S_IMODE(mode))
        temporary = target.with_name(f"tmp_obj_{os.getpid()}_{os.urandom(4).hex()}")  # a name that `git gc` clears away
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(packed)
                os.fchmod(stream.fileno(), mode & 0o444)
            os.replace(temporary, target)
        except BaseException:
            os.unlink(temporary)
            raise


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
    return map(_entry, _lines(tree, size))


def _lines(tree: bytes, size: int) -> Iterator[re.Match[bytes]]:
    return re.finditer(rb"([0-7]+) ([^\0]+)\0(.{%d})" % size, tree, re.DOTALL)


def _entry(line: re.Match[bytes]) -> Entry:
    return Entry(line[1].decode(), line[2], line[3].hex(), line.start(), line.end())


def splice_tree(reader: ObjectReader, writer: ObjectWriter, tree: str, files: Mapping[str, bytes | None]) -> str | None:
    """The id of `tree` with files put or, where None, removed; None when nothing is left in it.

    Raises:
        Conflict: a file would take the place of a folder, or a folder that of a file.
    """
    content = reader.read(tree) if tree else b""
    size = len(writer.name("blob", b"")) // 2
    below: dict[str, dict[str, bytes | None]] = {}
    for path, data in files.items():
        head, _, rest = path.partition("/")
        if rest:
            below.setdefault(head, {})[rest] = data
            continue
        old = find(content, size, head)
        if old and old.mode == FOLDER:
            raise Conflict(f"{head} is a folder in git", "move it away by a commit of your own")
        mode = old.mode if old and old.mode.startswith("100") else FILE
        line = b"" if data is None else _line(mode, head, writer.write("blob", data))
        content = _put(content, size, old, line)
    for head, inner in below.items():
        old = find(content, size, head)
        if old and old.mode != FOLDER:
            raise Conflict(f"{head} is no folder in git", "move it away by a commit of your own")
        child = splice_tree(reader, writer, old.id if old else "", inner)
        content = _put(content, size, old, _line(FOLDER, head, child) if child else b"")
    return writer.write("tree", content) if content else None


def find(tree: bytes, size: int, name: str) -> Entry | None:
    """The line of a tree for one name; `size` is the number of bytes of an id."""
    wanted = name.encode()
    return next((_entry(line) for line in _lines(tree, size) if line[2] == wanted), None)


def _line(mode: str, name: str, child: str) -> bytes:
    return f"{mode} {name}".encode() + b"\0" + bytes.fromhex(child)


def _put(tree: bytes, size: int, old: Entry | None, line: bytes) -> bytes:
    """The tree's bytes with a line (empty: none) in the place of the old one, or where git's order wants it."""
    if old is not None:
        return tree[: old.start] + line + tree[old.end :]
    new = next(entries(line, size), None)
    at = next((entry.start for entry in entries(tree, size) if new and entry.order > new.order), len(tree))
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
