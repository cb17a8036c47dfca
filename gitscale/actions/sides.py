"""One side of a comparison: a commit or the work tree, its config files, the fleet they make, and their texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from gitscale.actions.known import Files, Survey, assemble
from gitscale.actions.workspace import Workspace
from gitscale.documents import admission, load, places
from gitscale.documents.limits import MAX_BYTES
from gitscale.model.snapshot import CONFIG_PATHS, SourceFile
from gitscale.risk.finding import Place, lines_of
from gitscale.risk.rule import Spot
from gitscale.store.checkout import look, read_work_files, work_files


@dataclass(slots=True)
class Side:
    """Files by path, and the fleet; `commit` is empty for the work tree."""

    workspace: Workspace
    commit: str
    files: Mapping[str, SourceFile]
    loaded: load.Loaded
    _texts: dict[str, str | None] = field(default_factory=dict)

    def bots(self) -> list[str]:
        """Paths of the bot files, valid or not."""
        return [path for path in self.files if admission.is_bot(path)]

    def broken(self) -> set[str]:
        """Names of bots whose file is there and cannot be read."""
        if not self.loaded.problems:
            return set()
        return {admission.name_of(path) for path in self.bots()} - self.loaded.fleet.bots.keys()

    def text(self, path: str) -> str | None:
        """A file's text; nothing where there is no such file, or it is no text, or too much."""
        if path not in self._texts:
            self._texts[path] = self._read(path)
        return self._texts[path]

    def place(self, spot: Spot) -> Place:
        """Where a value stands; the whole file where that cannot be said."""
        text = self.text(spot.path)
        return Place(spot.path, *places.span(spot.path, text, spot.keys)) if text else Place(spot.path)

    def raw(self, path: str) -> bytes | None:
        """The bytes of any file, config or not; nothing where there is none, or a link."""
        repository = self.workspace.repository
        if self.commit:
            file = self.workspace.source(self.commit, path)
            return file.data if file and file.mode.startswith("100") else None
        return next((file.data for file in read_work_files(repository, [SourceFile(path, "100644", "")])), None)

    def lines(self, path: str) -> tuple[str, ...]:
        """A file's lines; none where there is no text."""
        return lines_of(self.text(path) or "")

    def _read(self, path: str) -> str | None:
        if path not in self.files:
            return None
        repository, wanted = self.workspace.repository, [self.files[path]]
        found = next(repository.read(wanted) if self.commit else read_work_files(repository, wanted), None)
        if found is None or len(found.data) > MAX_BYTES:  # what was not read has no places, and no lines to show
            return None
        try:
            return found.data.decode("utf-8")
        except UnicodeDecodeError:
            return None


def at_commit(workspace: Workspace, commit: str, spare: frozenset[str] | None = None) -> Side:
    """A commit's side; `spare` are the dotted keys that are no secrets, where not its own policy says so."""
    files, loaded = workspace.files(commit), workspace.loaded(commit)
    if spare is not None and spare != frozenset(loaded.fleet.policy.not_secrets):
        repository = workspace.repository
        loaded = assemble(repository.state_dir, Files(list(files.values()), repository.read), spare)
    return Side(workspace, commit, files, loaded)


def at_work_tree(
    workspace: Workspace, spare: frozenset[str] | None = None, seen: bytes | None = None, survey: Survey | None = None
) -> Side:
    """The work tree's side: tracked files as they lie there, and untracked ones that are not ignored."""
    repository = workspace.repository
    found = work_files(repository, seen or look(repository, *CONFIG_PATHS))
    files = {file.path: file for file in found if admission.concerns(file)}
    here = Files(list(files.values()), partial(read_work_files, repository), survey=survey)
    return Side(workspace, "", files, assemble(repository.state_dir, here, spare))
