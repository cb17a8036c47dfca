"""One look of the controller: bring the deployed branch up to its remote, judge what is new, deliver what passes."""

from dataclasses import dataclass
from typing import Literal

from gitscale.actions.ask import Ask
from gitscale.actions.deliver import SyncReport
from gitscale.actions.deploy import deployed_branch, destination
from gitscale.actions.gate import gate
from gitscale.actions.sync import Terms, sync
from gitscale.actions.workspace import Workspace
from gitscale.risk.finding import Finding
from gitscale.store.commit import forward
from gitscale.store.remote import fetch

State = Literal["delivered", "unchanged", "skipped", "parted"]


@dataclass(frozen=True, slots=True)
class Followed:
    """What a look found and did.

    delivered: something was written, or a newer revision is in place. unchanged: nothing to do. skipped: the newest
    revision fails the gate, for `reasons`; what was delivered before keeps serving. parted: the remote's branch no
    longer holds what is here (it was rewritten, or both sides went on); nothing was moved. `codes` are the reasons
    without a word of the configuration: rule and bots, or file.
    """

    state: State
    branch: str
    revision: str
    reasons: tuple[str, ...] = ()
    report: SyncReport | None = None
    codes: tuple[str, ...] = ()


def follow(
    workspace: Workspace, remote: str | None = None, before: Followed | None = None, *, signed: bool = False
) -> Followed:
    """Look once; without a remote the deployed branch is followed as it is here.

    `before` is what the look before found: a revision that was skipped then is not judged again.

    Raises:
        Unavailable: the remote or a target cannot be reached.
        Conflict: unsaved edits are in the way, or the branch moved meanwhile.
        Refused: there is no such remote, branch, or place to write.
    """
    branch = deployed_branch(workspace)
    if remote is not None:
        theirs = fetch(workspace.repository, remote, branch)
        if not forward(workspace.repository, branch, theirs):
            ours = workspace.repository.tip(branch) or ""
            reason = f"{remote}/{branch} at {theirs[:10]} does not hold {ours[:10]}, which is here"
            return Followed("parted", branch, theirs, (reason,))
    place = destination(workspace, branch)
    place.rows.ready()
    last, _ = place.rows.runs()
    delivered = last.revision if last else None
    if before and before.state == "skipped" and before.revision == place.tip != delivered:
        return before
    if place.tip != delivered and (failing := _failing(workspace, delivered, place.tip)):
        reasons = tuple(f"{item.place}: {item.code} {item.message}" for item in failing)
        codes = tuple(f"{item.code} {' '.join(item.bots) or item.place.path}" for item in failing)
        return Followed("skipped", branch, place.tip, reasons, codes=codes)
    report = sync(workspace, branch=branch, terms=Terms(expected=place.tip, signed=signed))
    fresh = bool(report.changed or report.exported) or place.tip != delivered
    return Followed("delivered" if fresh else "unchanged", branch, place.tip, (), report)


def _failing(workspace: Workspace, delivered: str | None, tip: str) -> tuple[Finding, ...]:
    """Why a revision must not be delivered: what fails in it that did not in the one delivered last."""
    known = delivered if delivered and workspace.repository.has(delivered) else None
    return gate(workspace, Ask(base=known, head=tip, merged=True)).failing
