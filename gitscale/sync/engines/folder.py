"""A folder of exported files, all or none; files that somebody else wrote or altered stay as they are.

A manifest among them remembers what was written: a file is ours while it holds that.
"""

import json
import os
import tempfile
from collections.abc import Collection, Mapping
from hashlib import sha256
from pathlib import Path

from gitscale.errors import Refused, Unavailable

MANIFEST = ".gitscale-export.json"

Known = dict[str, list[str]]


def put(folder: Path, files: Mapping[str, str], *, force: bool, gone: Collection[str] = ()) -> None:
    """Write the files by their names below the folder, and remove those that are `gone`.

    Raises:
        Refused: a file there is not ours and `force` is not given, or no file can stand in that place.
        Unavailable: the folder cannot be written.
    """
    folder = Path(os.path.realpath(folder))
    contents = {name: text.encode() for name, text in files.items()}
    known = written(folder)
    hashes = {name: [digest(data)] for name, data in contents.items()}
    settled = {name: known_as for name, known_as in (known | hashes).items() if name not in gone}
    for name in (*contents, *gone):
        _refuse_strange(folder / name)
    for name in contents:
        there = held(folder / name)
        if there in known.get(name, ()):
            hashes[name] = sorted({*hashes[name], there})  # until it is replaced, that one is there
        elif there and there not in hashes[name] and not force:
            remedy = "move it away, or overwrite it with --force"
            raise Refused(f"{folder / name} is not as gitscale export wrote it", remedy)
    # the manifest first: a run that is killed between two files leaves none that the next takes for somebody's
    _replace(folder, {MANIFEST: _dump(known | hashes)} | contents)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    if settled != known | hashes:
        _replace(folder, {MANIFEST: _dump(settled)})


def _refuse_strange(path: Path) -> None:
    if path.is_symlink() or path.parent.is_symlink():
        raise Refused(f"{path} is a link or lies behind one", "name the real folder with --output")
    if path.exists() and not path.is_file():
        raise Refused(f"{path} is no file", "move it away")


def held(path: Path) -> str:
    """The hash of the file that is there, empty where there is none; what is no file holds nothing of ours."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return "no file"
    return digest(path.read_bytes()) if path.exists() else ""


def written(folder: Path) -> Known:
    """What was written there by name, as hashes; a broken manifest knows of nothing."""
    path = folder / MANIFEST
    _refuse_strange(path)
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    inside = (name for name in found if not name.startswith("/") and ".." not in name.split("/"))
    return {name: found[name] for name in inside if isinstance(found[name], list)}


def _replace(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Everything is written beside its place before the first file takes it."""
    for parent in {(folder / name).parent: None for name in contents}:
        parent.mkdir(parents=True, exist_ok=True)
        if not os.access(parent, os.W_OK | os.X_OK):
            raise Unavailable(f"{parent} cannot be written", "mend its permissions")
    with tempfile.TemporaryDirectory(prefix=".gitscale-export-", dir=folder) as stage:
        for at, data in enumerate(contents.values()):
            with Path(stage, str(at)).open("wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
        for at, name in enumerate(contents):
            os.replace(Path(stage, str(at)), folder / name)


def _dump(manifest: Known) -> bytes:
    return json.dumps(manifest, indent=1, sort_keys=True).encode() + b"\n"


def digest(data: bytes) -> str:
    """The hash that the manifest knows a content by."""
    return sha256(data).hexdigest()
