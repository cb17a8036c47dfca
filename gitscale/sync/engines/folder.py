"""A folder of exported files, all or none; files that somebody else wrote or altered stay as they are.

A manifest among them remembers what was written: a file is ours while it holds that.
"""

import json
import os
import tempfile
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from gitscale.errors import Refused, Unavailable

MANIFEST = ".gitscale-export.json"

Known = dict[str, list[str]]


def put(folder: Path, files: Mapping[str, str], *, force: bool) -> None:
    """Write the files by their names below the folder.

    Raises:
        Refused: a file there is not ours and `force` is not given, or no file can stand in that place.
        Unavailable: the folder cannot be written.
    """
    folder = Path(os.path.realpath(folder))
    contents = {name: text.encode() for name, text in files.items()}
    known = _written(folder)
    hashes = {name: [_sha256(data)] for name, data in contents.items()}
    for name in contents:
        _refuse_strange(folder / name)
        held = _held(folder / name)
        if held in known.get(name, ()):
            hashes[name] = sorted({*hashes[name], held})  # until it is replaced, that one is there
        elif held and held not in hashes[name] and not force:
            remedy = "move it away, or overwrite it with --force"
            raise Refused(f"{folder / name} is not as gitscale export wrote it", remedy)
    # the manifest first: a run that is killed between two files leaves none that the next takes for somebody's
    _replace(folder, {MANIFEST: _dump(known | hashes)} | contents)


def _refuse_strange(path: Path) -> None:
    if path.is_symlink() or path.parent.is_symlink():
        raise Refused(f"{path} is a link or lies behind one", "name the real folder with --output")
    if path.exists() and not path.is_file():
        raise Refused(f"{path} is no file", "move it away")


def _held(path: Path) -> str:
    """The hash of the file that is there, empty where there is none."""
    return _sha256(path.read_bytes()) if path.exists() else ""


def _written(folder: Path) -> Known:
    """The manifest; a broken one knows of nothing."""
    path = folder / MANIFEST
    _refuse_strange(path)
    try:
        found = json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {name: hashes for name, hashes in found.items() if isinstance(hashes, list)}


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


def _sha256(data: bytes) -> str:
    return sha256(data).hexdigest()
