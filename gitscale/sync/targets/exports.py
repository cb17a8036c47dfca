"""Engine files that sync delivers beside the bots' own: what a folder holds of them, and bringing it there."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from gitscale.sync.engines.folder import MANIFEST, digest, held, put, written

What = Literal["create", "update", "missing", "changed", "foreign", "delete", "left"]


class Export(NamedTuple):
    """One engine file that is not as it should be: as `sync.compare.Difference`, with no values to compare.

    `bot` is whose it is, empty where it is of the whole fleet or of a bot that is gone.
    """

    engine: str
    file: str
    what: What
    pending: bool
    drifted: bool
    held: str
    bot: str = ""

    @property
    def path(self) -> str:
        """The file below the output folder."""
        return f"{self.engine}/{self.file}"


class ExportTarget(NamedTuple):
    """An engine's folder. A file in it is ours while it holds what we wrote, by the manifest beside it."""

    engine: str
    folder: Path

    def differences(self, wanted: Mapping[str, str], *, prune: bool = False) -> Iterator[Export]:
        """What is not as wanted, file by file."""
        known = written(self.folder)
        for name in sorted({*wanted, *known} - {MANIFEST}):
            there, ours = held(self.folder / name), known.get(name, [])
            right = digest(wanted[name].encode()) if name in wanted else ""
            if there != right:
                yield Export(self.engine, name, *_judged(there, right, ours, prune=prune), there)

    def apply(self, wanted: Mapping[str, str], names: Collection[str]) -> None:
        """Bring the named files to what is wanted; one that is not wanted is removed.

        Raises:
            Refused: no file can stand in that place.
            Unavailable: the folder cannot be written.
        """
        files = {name: wanted[name] for name in names if name in wanted}
        put(self.folder, files, force=True, gone=[name for name in names if name not in wanted])


def _judged(there: str, right: str, ours: Collection[str], *, prune: bool) -> tuple[What, bool, bool]:
    """What differs, whether git moved since it was written, and whether it was changed behind gitscale's back."""
    if not right:
        edited = there not in ours
        return ("delete", True, False) if prune and not edited else ("left", False, edited)
    if not there:
        return ("missing" if ours else "create"), right not in ours, bool(ours)
    if there in ours:
        return "update", True, False
    return ("changed" if ours else "foreign"), right not in ours, bool(ours)
