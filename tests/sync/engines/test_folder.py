"""A folder of exported files: all or none, and never over what somebody else wrote."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from gitscale.errors import Refused
from gitscale.sync.engines.folder import MANIFEST, put

FILES = {"controllers/a.yml": "a: 1\n", "scripts/a.yml": "b: 1\n"}
NEW = {"controllers/a.yml": "a: 2\n", "scripts/a.yml": "b: 2\n"}


def held(folder: Path) -> dict[str, str]:
    """Every file but the manifest."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {str(path.relative_to(folder)): path.read_text() for path in paths}


def test_what_was_written_is_replaced(tmp_path: Path) -> None:
    for files in (FILES, FILES, NEW):
        put(tmp_path / "out", files, force=False)
        assert held(tmp_path / "out") == files
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [MANIFEST, "controllers", "scripts"]


def test_other_exports_stay(tmp_path: Path) -> None:
    put(tmp_path, FILES, force=False)
    put(tmp_path, {"strategies/a.yml": "c: 1\n"}, force=False)
    put(tmp_path, NEW, force=False)
    assert held(tmp_path) == NEW | {"strategies/a.yml": "c: 1\n"}


def edited(folder: Path) -> None:
    (folder / "scripts/a.yml").write_text("b: 3\n")


def foreign(folder: Path) -> None:
    (folder / MANIFEST).unlink()


def broken(folder: Path) -> None:
    (folder / MANIFEST).write_text('{"scripts/a.yml": 5, "controllers/a.yml": [')


@pytest.mark.parametrize("spoil", [edited, foreign, broken])
def test_somebodys_file_stands_in_the_way(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    put(tmp_path, FILES, force=False)
    spoil(tmp_path)
    before = held(tmp_path)
    with pytest.raises(Refused, match="is not as gitscale export wrote it"):
        put(tmp_path, NEW, force=False)
    assert held(tmp_path) == before
    put(tmp_path, NEW, force=True)
    assert held(tmp_path) == NEW
    put(tmp_path, FILES, force=False)
    assert held(tmp_path) == FILES


def test_a_file_that_holds_the_same_is_nobodys(tmp_path: Path) -> None:
    put(tmp_path, FILES, force=False)
    foreign(tmp_path)
    put(tmp_path, FILES, force=False)
    put(tmp_path, NEW, force=False)
    assert held(tmp_path) == NEW


@pytest.mark.parametrize("steps", range(4))
def test_a_run_that_was_killed_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int) -> None:
    """Manifest, two files, manifest: whichever was the last that got its place, no file passes for somebody's."""
    put(tmp_path, FILES, force=False)
    done: list[Path] = []
    replace = os.replace

    def dying(old: Path, new: Path) -> None:
        if len(done) == steps:
            raise KeyboardInterrupt
        done.append(new)
        replace(old, new)

    monkeypatch.setattr(os, "replace", dying)
    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, NEW, force=False)
    monkeypatch.undo()
    put(tmp_path, NEW, force=False)
    assert held(tmp_path) == NEW
    assert all(len(hashes) == 1 for hashes in json.loads((tmp_path / MANIFEST).read_text()).values())


def linked_file(folder: Path) -> None:
    (folder / "else").write_text("x")
    (folder / "scripts/a.yml").unlink()
    (folder / "scripts/a.yml").symlink_to(folder / "else")


def linked_folder(folder: Path) -> None:
    (folder / "scripts").rename(folder / "else")
    (folder / "scripts").symlink_to(folder / "else")


def directory(folder: Path) -> None:
    (folder / "scripts/a.yml").unlink()
    (folder / "scripts/a.yml").mkdir()


@pytest.mark.parametrize("spoil", [linked_file, linked_folder, directory])
def test_no_force_goes_through_links_and_folders(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    put(tmp_path, FILES, force=False)
    spoil(tmp_path)
    with pytest.raises(Refused, match=r"is a link or lies behind one|is no file"):
        put(tmp_path, NEW, force=True)
    assert held(tmp_path)["controllers/a.yml"] == FILES["controllers/a.yml"]


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    put(tmp_path / "link", FILES, force=False)
    assert held(tmp_path / "real") == FILES


def test_the_manifest_says_what_was_written(tmp_path: Path) -> None:
    put(tmp_path, FILES, force=False)
    stated = json.loads((tmp_path / MANIFEST).read_text())
    assert {name: len(hashes) for name, hashes in stated.items()} == dict.fromkeys(FILES, 1)
    assert (tmp_path / "scripts/a.yml").stat().st_mode & 0o777 == 0o666 & ~_umask()


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
