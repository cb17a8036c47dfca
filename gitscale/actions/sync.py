"""From the tip of the deployed branch to the targets: only what changed, repaired after any interruption.

Order: a row in `syncs` says what is about to happen, files follow, then all rows and the finish in one
transaction. A sync that was cut short left an unfinished row; the next one looks again at everything that one
could have touched.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from gitscale.actions.deliver import (
    Amounts,
    Delivery,
    Guard,
    SyncReport,
    carry_out,
    refuse_foreign,
    reported,
)
from gitscale.actions.deploy import Destination, deployed_branch, destination, renderer, renewed
from gitscale.actions.engines import with_engines
from gitscale.actions.in_two import meanwhile
from gitscale.actions.workspace import Workspace
from gitscale.documents import admission
from gitscale.errors import Conflict, Refused
from gitscale.model.snapshot import BOTS_FOLDER, CONFIG_PATHS, DEPLOY_FILE, POLICY_FILE
from gitscale.store.lock import exclusive
from gitscale.store.repository import Changed
from gitscale.sync import render
from gitscale.sync.plan import plan
from gitscale.sync.runs import Mark, Run

if TYPE_CHECKING:
    from gitscale.model.policy import Policy

PATIENCE = 120.0


class Terms(NamedTuple):
    """What a sync insists on: the tip that was judged, signatures, and how long another sync is waited for."""

    expected: str | None = None
    allow_older: bool = False
    signed: bool = False
    patience: float = PATIENCE


USUAL = Terms()


@dataclass(frozen=True, slots=True)
class _Work:
    """The bots to compare with the targets, and the names git no longer has."""

    records: tuple[render.Record, ...]
    gone: tuple[str, ...]
    policy: "Policy"


def sync_after(workspace: Workspace, branch: str) -> tuple[SyncReport | None, str]:
    """The sync that follows a write to `branch`, or why there is none."""
    if workspace.repository.root is None:
        return None, "a bare repository has no place for the rendered files"
    if branch != deployed_branch(workspace):
        return None, "not the deployed branch"
    return sync(workspace, branch=branch), ""


def sync(
    workspace: Workspace,
    *,
    branch: str | None = None,
    prune: bool = False,
    full: bool = False,
    terms: Terms = USUAL,
) -> SyncReport:
    """Deliver the tip of the deployed branch; a caller that knows which one that is may say so.

    Another sync, of this repository or of another host into the same rows, is waited for.

    Raises:
        Conflict: the branch moved on from the expected tip, another sync went on all the time, or another host
            delivered what the branch here does not contain; or what is not gitscale's is in the way.
        InvalidConfig: the tip is not valid; nothing was written.
        Refused: the tip is older than what was delivered or not signed, too much would change, or there is no place.
        Unavailable: a target failed; the next sync repairs.
    """
    with delivering(workspace, branch, terms) as delivery:
        place, last, cut_short = delivery.place, delivery.last, delivery.cut_short
        if delivery.fresh and not (full or prune or _missing(place, place.files.count())):
            return with_engines(workspace, place, reported(delivery, Amounts()))
        known, files = None, 0
        if last is not None and not (full or prune or delivery.half_removed):
            counted = meanwhile(place.files.count)  # while git looks for what changed
            known = _changed_since(workspace, [last, *cut_short], delivery.mark)
            files = counted()
        if known is None or cut_short:
            place.files.sweep()
        work = _everything(workspace, place) if known is None else _some(workspace, place, known, files)
        report = _deliver(workspace, delivery, work, prune=prune, full=full)
        return with_engines(workspace, place, report, prune=prune, heal=full)


@contextmanager
def delivering(workspace: Workspace, branch: str | None = None, terms: Terms = USUAL) -> Iterator[Delivery]:
    """The one sync at a time that there is, with a revision that may be delivered.

    Raises:
        Conflict: the branch moved on from the expected tip, another sync went on all the time, or another host
            delivered what the branch here does not contain.
        Refused: the tip is older than what was delivered, or not signed.
    """
    lock = exclusive(workspace.repository.state_dir / "sync.lock", patience=terms.patience)
    with lock, ExitStack() as held:
        place = destination(workspace, branch)
        held.enter_context(place.rows.writing(terms.patience))
        place = renewed(workspace, place)
        if terms.expected not in (None, place.tip):
            raise Conflict(f"{place.branch} moved on to {place.tip[:10]}", "try again")
        mark = Mark(place.tip, place.branch, renderer(place), workspace.host.now(), workspace.host.name)
        place.rows.ready()
        last, cut_short = place.rows.runs()
        if last and not terms.allow_older:
            _refuse_older(workspace, last, mark)
        if terms.signed:
            from gitscale.store.signatures import refuse_unsigned

            refuse_unsigned(
                workspace.repository, last.revision if last else None, mark.revision, workspace.host.signers
            )
        yield Delivery(place, mark, last, tuple(cut_short))


def _refuse_older(workspace: Workspace, last: Run, mark: Mark) -> None:
    repository = workspace.repository
    if last.revision == mark.revision:
        return
    known = repository.has(last.revision)
    if last.elsewhere and not (known and repository.is_ancestor(last.revision, mark.revision)):
        raise Conflict(
            f"{last.elsewhere} delivered {last.revision[:10]}, which {mark.branch} here does not contain",
            "git pull --ff-only; or deliver this one all the same: gitscale sync --allow-older",
        )
    if known and repository.is_ancestor(mark.revision, last.revision):
        raise Refused(
            f"{mark.branch} went back: {last.revision[:10]} was delivered, the tip {mark.revision[:10]} is older",
            "revert instead, or deliver the older one: gitscale sync --allow-older",
        )


def _changed_since(workspace: Workspace, runs: list[Run], mark: Mark) -> list[Changed] | None:
    """What differs between the tip and any of the runs; None where only a look at everything will do."""
    found: dict[str, Changed] = {}
    for run in runs:
        if run.renderer != mark.renderer or not workspace.repository.has(run.revision):
            return None
        rows = workspace.repository.changed(run.revision, mark.revision, *CONFIG_PATHS)
        found |= {row.path: row for row in rows if admission.is_config(row.path)}
    return None if POLICY_FILE in found or DEPLOY_FILE in found else list(found.values())


def _everything(workspace: Workspace, place: Destination) -> _Work:
    fleet = workspace.loaded(place.tip).valid()
    stated = place.files.held(place.files.names())
    own = place.rows.held().keys() - set(place.rows.foreign())
    delivered = own | {name for name, sha256 in stated.items() if sha256}
    gone = tuple(sorted(delivered - fleet.bots.keys()))
    return _Work(tuple(render.render(fleet.bots.values())), gone, fleet.policy)


def _some(workspace: Workspace, place: Destination, changed: list[Changed], files: int) -> _Work:
    """The changed bots and those whose file is missing; all of them valid, none under a name that is taken."""
    from gitscale.documents import load

    repository, tip = workspace.repository, place.tip
    wanted = {row.path: row.file for row in changed if row.file is not None}
    for path in _missing(place, files).values():
        wanted |= {file.path: file for file in repository.listing(tip, path)}
    reader = load.FleetReader()
    policy = workspace.source(tip, POLICY_FILE) if wanted else None
    if policy:
        reader.read_common(policy)
    for file in repository.read(wanted.values()):
        (reader.read_bot if admission.is_bot(file.path) else reader.read_common)(file)
    fleet = reader.done().valid()
    gone: set[str] = set()
    if any(row.status != "M" for row in changed):
        present = [file.path for file in repository.listing(tip, BOTS_FOLDER) if admission.is_config(file.path)]
        _refuse_twice(present)
        removed = {admission.name_of(row.path) for row in changed if row.file is None and admission.is_bot(row.path)}
        gone = removed - {admission.name_of(path) for path in present}
    return _Work(tuple(render.render(fleet.bots.values())), tuple(sorted(gone)), fleet.policy)


def _missing(place: Destination, files: int) -> dict[str, str]:
    """Repository paths of delivered bots whose file somebody removed, by name; `files` is how many there are."""
    if files >= place.rows.count():
        return {}
    return place.rows.paths(place.rows.held().keys() - place.files.names() - set(place.rows.foreign()))


def _refuse_twice(paths: Iterable[str]) -> None:
    from gitscale.documents import load

    reader = load.FleetReader()
    for path in paths:
        reader.admission.take(path)
    reader.done().valid()


def _deliver(workspace: Workspace, delivery: Delivery, work: _Work, *, prune: bool, full: bool) -> SyncReport:
    """What is needed, where nothing speaks against it."""
    place = delivery.place
    names = [record.name for record in work.records]
    doomed = work.gone if prune or delivery.half_removed else ()
    rows_held, held = (target.held([*names, *doomed]) for target in (place.rows, place.files))
    if not prune:  # what was removed by half is removed
        doomed = tuple(name for name in doomed if (name in rows_held) != (name in held))
    if full:  # not what a file states about itself, but what it holds
        held |= dict.fromkeys(place.files.differing(work.records), "")
    foreign = set(place.files.foreign(name for name, stated in held.items() if not stated))
    for_rows = plan(work.records, rows_held, doomed)
    for_files = plan(work.records, held, [name for name in doomed if name not in foreign])
    taken = {record.name for record in for_files.updates} & foreign
    taken.update(place.rows.foreign([record.name for record in for_rows.updates]))
    refuse_foreign(place, taken)
    amounts = Amounts.of(for_files, for_rows)
    Guard(workspace, delivery, work.policy, prune=prune).check(
        amounts if prune else amounts._replace(deleted=frozenset()),
        emptied=bool(work.gone and not work.records and _is_empty(workspace, place)),
    )
    report = carry_out(delivery, for_files, for_rows)
    return replace(report, left=() if prune else tuple(name for name in work.gone if name not in doomed))


def _is_empty(workspace: Workspace, place: Destination) -> bool:
    return not any(admission.is_bot(file.path) for file in workspace.repository.listing(place.tip, BOTS_FOLDER))
