"""The engines that gitscale.yaml names, as targets: their files follow the fleet as the bots' own do.

They come last: what stops them stops neither files nor rows, and the next sync looks at all of them again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from gitscale.actions.deliver import SyncReport
from gitscale.actions.deploy import Destination
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict

if TYPE_CHECKING:
    from gitscale.actions.export import Fitting
    from gitscale.model.fleet import Fleet
    from gitscale.sync.targets.exports import Export


def engine_files(place: Destination, fleet: "Fleet", *, prune: bool = False) -> tuple["Export", ...]:
    """The engine files that are not as this fleet has them."""
    return tuple(_differing(place, _fitting(place, fleet), prune=prune))


def with_engines(
    workspace: Workspace, place: Destination, report: SyncReport, *, prune: bool = False, heal: bool = False
) -> SyncReport:
    """Bring the engines' files to what was delivered; edits that nothing moved since stay, unless they are healed.

    Raises:
        Conflict: a file that gitscale did not write is in the way; no file of any engine was written.
        Unavailable: a folder cannot be written.
    """
    if not place.engines:
        return report
    fleet = workspace.loaded(report.revision).valid()
    found = _fitting(place, fleet)
    differing = list(_differing(place, found, prune=prune))
    if foreign := [item.path for item in differing if item.what == "foreign"]:
        raise Conflict(
            f"bots and rows are delivered, engine files are not: {foreign[0]} is not gitscale's",
            f"move it out of {place.engines[0].folder.parent}, then: gitscale sync",
        )
    chosen = [item for item in differing if _is_due(item, heal=heal)]
    for target in place.engines:
        if names := [item.file for item in chosen if item.engine == target.engine]:
            target.apply(found[target.engine].files, names)
    return replace(
        report,
        exported=tuple(item.path for item in chosen),
        left_out=tuple(_left_out(found)),
        left=(*report.left, *(item.path for item in differing if item.what == "left" and not item.drifted)),
        kept=(*report.kept, *(item.path for item in differing if item.drifted and item not in chosen)),
    )


def _fitting(place: Destination, fleet: "Fleet") -> dict[str, "Fitting"]:
    if not place.engines:
        return {}
    from gitscale.actions.export import fitting

    return {target.engine: fitting(target.engine, fleet) for target in place.engines}


def _differing(place: Destination, found: Mapping[str, "Fitting"], *, prune: bool) -> Iterator["Export"]:
    for target in place.engines:
        fit = found[target.engine]
        for item in target.differences(fit.files, prune=prune):
            yield item._replace(bot=fit.owners.get(item.file, ""))


def _is_due(item: "Export", *, heal: bool) -> bool:
    return item.what != "left" and (heal or item.pending or item.what == "missing")


def _left_out(found: Mapping[str, "Fitting"]) -> Iterator[str]:
    for engine, fit in found.items():
        yield from (f"{engine}: {name}: {reason}" for name, reason in fit.left_out.items())
