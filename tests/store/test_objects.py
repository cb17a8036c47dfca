"""Objects read through one pipe, written as git writes them, trees spliced as git would make them."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from gitscale.errors import Conflict, Unavailable
from gitscale.store.objects import ObjectReader, ObjectWriter, entries, file_entry, splice_tree
from gitscale.store.repository import Repository
from tests.conftest import Git
from tests.helpers import head


class TestReader:
    def test_who_stops_halfway_leaves_nothing_in_the_pipe(self, repo: Path, git: Git) -> None:
        with Repository.open(repo) as repository:
            files = repository.listing(head(repo))
            for count in range(len(files)):
                reading = repository.read(files)
                for _ in range(count):
                    next(reading)
                assert repository.tip("main") == head(repo)
                assert repository.reader.read(files[0].blob).decode() == git("cat-file", "blob", files[0].blob)

    def test_a_missing_object_does_not_shift_the_answers(self, repo: Path) -> None:
        with ObjectReader(repo) as reader:
            tip, missing = head(repo), "0" * 39 + "1"
            with pytest.raises(Unavailable, match=f"no object {missing}"):
                list(reader.read_all([tip, missing, tip]))
            assert reader.commit(tip) == tip
            assert reader.commit(missing) is None

    @pytest.mark.parametrize(("kept", "says"), [(0, "no object"), (0.5, "cannot read object")])
    def test_a_damaged_object(self, repo: Path, git: Git, kept: float, says: str) -> None:
        whole = git("rev-parse", "HEAD:policy.yaml").strip()
        blob = ObjectWriter(repo / ".git/objects", "sha1").write("blob", random.Random(1).randbytes(5000))
        path = repo / ".git/objects" / blob[:2] / blob[2:]
        path.chmod(0o644)
        path.write_bytes(path.read_bytes()[: int(path.stat().st_size * kept)])
        with ObjectReader(repo) as reader:
            with pytest.raises(Unavailable, match=says):
                reader.read(blob)
            assert reader.read(whole) == (repo / "policy.yaml").read_bytes()

    def test_more_than_a_portion(self, repo: Path) -> None:
        with ObjectReader(repo) as reader:
            writer = ObjectWriter(repo / ".git/objects", "sha1")
            texts = [b"%d" % number * 1000 for number in range(600)]
            assert list(reader.read_all(writer.write("blob", text) for text in texts)) == texts

    def test_git_dies_before_it_has_read_the_question(self, tmp_path: Path) -> None:
        """Outside a repository it does so at once; the question is longer than a pipe holds."""
        with ObjectReader(tmp_path) as reader, pytest.raises(Unavailable, match="git ended before it was asked"):
            reader.read("0" * 200_000)

    def test_refs_are_read_anew_each_time(self, repo: Path, git: Git) -> None:
        with Repository.open(repo) as repository:
            for _ in range(3):
                git("commit", "-q", "--allow-empty", "-m", "more")
                assert repository.tip("main") == head(repo)
                git("pack-refs", "--all")
                assert repository.tip("main") == head(repo)
            git("branch", "gone")
            assert repository.tip("gone") == head(repo)
            git("branch", "-D", "gone")
            assert repository.tip("gone") is None


class TestWriter:
    @pytest.mark.parametrize("kind", ["blob", "tree"])
    def test_names_are_gits(self, repo: Path, git: Git, kind: str) -> None:
        writer = ObjectWriter(repo / ".git/objects", "sha1")
        tree = subprocess.run(["git", "cat-file", "tree", "HEAD"], cwd=repo, capture_output=True, check=True).stdout
        name = writer.write(kind, tree)
        assert git("cat-file", "-t", name).strip() == kind
        assert writer.name(kind, tree) == name

    def test_what_is_there_is_made_young(self, repo: Path) -> None:
        writer = ObjectWriter(repo / ".git/objects", "sha1")
        name = writer.write("blob", b"text")
        path = repo / ".git/objects" / name[:2] / name[2:]
        os.utime(path, (0, 0))
        assert writer.write("blob", b"text") == name
        assert path.stat().st_mtime > 0

    def test_a_failed_write_leaves_nothing(self, repo: Path) -> None:
        """A folder stands where the object should go: the last step fails."""
        writer = ObjectWriter(repo / ".git/objects", "sha1")
        target = repo / ".git/objects/00/nowhere"
        target.mkdir(parents=True)
        with pytest.raises(OSError, match="nowhere"):
            writer._create(target, b"packed")
        assert list(target.parent.iterdir()) == [target]


BASE: dict[str, bytes | None] = {"a": b"1", "a.b": b"2", "a-c": b"3", "d/e/f": b"4", "d/e.g": b"5"}


def test_a_git_that_ends_before_it_answers(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That there is no such branch, nobody has said."""
    shim = tmp_path / "bin/git"
    shim.parent.mkdir()
    real = shutil.which("git")
    shim.write_text(f'#!/bin/sh\ncase "$*" in *cat-file*) read asked; exit 0;; esac\nexec {real} "$@"\n')
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", f"{shim.parent}:{os.environ['PATH']}")
    with Repository.open(repo) as repository, pytest.raises(Unavailable, match="git ended before"):
        repository.tip("main")


class TestTrees:
    @pytest.mark.parametrize(
        ("changes", "left"),
        [
            ({"a0": b"x"}, {"a0"}),
            ({"d/e/new": b"x"}, {"d/e/new"}),
            ({"d/e/f": None, "d/e.g": None}, set()),
            ({"d/e/f": None}, set()),
            ({"none": None}, set()),
            ({"none/of/these": None}, set()),
            ({"z/y/x/w": b"x", "z/y/v": b"x"}, {"z/y/x/w", "z/y/v"}),
            ({"d/e0": b"x", "d/e-": b"x", "d/e/": b"x"}, None),
            (dict.fromkeys(BASE), set()),
        ],
    )
    def test_put_and_remove(
        self, repo: Path, git: Git, changes: dict[str, bytes | None], left: set[str] | None
    ) -> None:
        if left is None:
            changes, left = {"d/e0": b"x", "d/e-": b"x"}, {"d/e0", "d/e-"}
        with Repository.open(repo) as repository:
            tree = splice_tree(repository.reader, repository.writer, "", BASE)
            assert tree is not None
            result = splice_tree(repository.reader, repository.writer, tree, changes)
        wanted = (BASE.keys() - changes.keys()) | left
        assert (result is None) == (not wanted)
        if result:
            assert set(git("ls-tree", "-r", "--name-only", result).split()) == wanted
            git("update-ref", "refs/heads/check", git("commit-tree", "-m", "x", result).strip())
            assert git("fsck", "--strict", "--no-dangling") == ""

    @pytest.mark.parametrize("changes", [{"d": b"x"}, {"d/e": b"x"}, {"a/b": b"x"}, {"a/b": None}, {"d": None}])
    def test_files_and_folders_do_not_take_each_others_place(
        self, repo: Path, changes: dict[str, bytes | None]
    ) -> None:
        with Repository.open(repo) as repository:
            tree = splice_tree(repository.reader, repository.writer, "", BASE)
            assert tree is not None
            with pytest.raises(Conflict):
                splice_tree(repository.reader, repository.writer, tree, changes)

    def test_modes_of_files_stay_and_links_become_files(self, repo: Path, git: Git) -> None:
        (repo / "run").write_text("1")
        (repo / "run").chmod(0o755)
        (repo / "link").symlink_to("run")
        git("add", "."), git("commit", "-qm", "modes")
        with Repository.open(repo) as repository:
            tree = repository.tree_of(head(repo))
            result = splice_tree(repository.reader, repository.writer, tree, {"run": b"2", "link": b"2"})
        lines = git("ls-tree", str(result), "run", "link").splitlines()
        assert [line.split()[0] for line in lines] == ["100644", "100755"]

    def test_entries_are_gits_own(self, repo: Path, git: Git) -> None:
        with Repository.open(repo) as repository:
            tree = repository.tree_of(head(repo))
            found = [
                f"{item.mode:0>6} {item.id} {item.name.decode()}" for item in entries(repository.reader.read(tree), 20)
            ]
            assert found == git("ls-tree", "--format=%(objectmode) %(objectname) %(path)", tree).splitlines()
            assert file_entry(repository.reader, head(repo), "policy.yaml/x") is None
            assert file_entry(repository.reader, head(repo), "nowhere/x") is None
            assert repository.file(head(repo), "bots") is None
