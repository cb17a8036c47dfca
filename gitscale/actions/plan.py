"""gitscale plan: what a sync of a revision would do to the targets as they really are, as a value that can be kept.

The checksum is over the whole content, with what each differing file and row holds: the same checksum later means
that neither branch nor targets nor program moved, so a kept plan is applied by making it again and comparing.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from gitscale import __version__
from gitscale.actions.deploy import Destination, destination, renderer
from gitscale.actions.engines import engine_files
from gitscale.actions.targets import Look, Step, look, written
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, Refused
from gitscale.sync.compare import Difference

if TYPE_CHECKING:
    from gitscale.sync.targets.exports import Export

FORMAT_VERSION = 1
KINDS = ("create", "update", "delete")


@dataclass(frozen=True)
class Plan:
    """What differs at a revision, and where it goes."""

    look: Look
    branch: str
    renderer: str
    folder: str
    database: str
    prune: bool
    exports: tuple["Export", ...] = ()

    @property
    def pending(self) -> bool:
        """Whether git moved since the last sync."""
        return any(step.pending for step in self.look.steps) or any(item.pending for item in self.exports)

    @property
    def drifted(self) -> bool:
        """Whether a target was changed behind gitscale's back."""
        return any(step.drifted for step in self.look.steps) or any(item.drifted for item in self.exports)

    @property
    def state_code(self) -> int:
        """What `--exit-code` ends with."""
        return {(False, False): 0, (True, False): 10, (False, True): 11, (True, True): 12}[self.pending, self.drifted]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many bots are created, updated and deleted; how many have drifted, and how many are right."""
        kinds = [kind(step) for step in written(self.look.steps)]
        steps = {step.name for step in self.look.steps}
        found = {name: kinds.count(name) for name in KINDS}
        return found | {
            "drifted": sum(step.drifted for step in self.look.steps),
            "unchanged": len(self.look.fleet.bots.keys() - steps),
        }

    @cached_property
    def content(self) -> dict[str, Any]:
        """The plan as JSON, without its checksum."""
        return {
            "format_version": FORMAT_VERSION,
            "gitscale": __version__,
            "renderer": self.renderer,
            "revision": self.look.revision,
            "branch": self.branch,
            "folder": self.folder,
            "database": self.database,
            "prune": self.prune,
            "counts": self.counts,
            "bots": [_step(step) for step in self.look.steps],
            "engines": [item._asdict() for item in self.exports],
        }

    @cached_property
    def checksum(self) -> str:
        """Over the content."""
        return checksum(self.content)

    @property
    def saved(self) -> str:
        """The file that `sync --plan` takes."""
        return json.dumps(self.content | {"checksum": self.checksum}, indent=2) + "\n"


def plan(workspace: Workspace, revision: str | None = None, *, prune: bool = False) -> Plan:
    """What a sync of `revision` would do; without one, of the tip of the deployed branch."""
    place = destination(workspace)
    commit = workspace.commit_named(revision) if revision else place.tip
    return plan_at(workspace, place, commit, prune=prune)


def plan_at(workspace: Workspace, place: Destination, commit: str, *, prune: bool = False) -> Plan:
    """What a sync of a commit to a place would do."""
    found = look(workspace, place, commit, prune=prune)
    differing = engine_files(place, found.fleet, prune=prune)
    return Plan(found, place.branch, renderer(place), str(place.files.folder), place.rows.shown, prune, differing)


def kind(step: Step) -> str:
    """What becomes of a bot: one that exists anywhere is updated."""
    whats = {item.what for item in step.differences}
    if "delete" in whats:
        return "delete"
    return "create" if whats == {"create"} and len(step.differences) == 2 else "update"


def checksum(content: Mapping[str, Any]) -> str:
    """A sha256 over the content of a plan, however its JSON is laid out."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def parse(text: str) -> dict[str, Any]:
    """The content of a kept plan, with its checksum.

    Raises:
        Refused: it is no plan.
        Conflict: it was altered, or another version of gitscale made it.
    """
    try:
        content = json.loads(text)
        stated = content.pop("checksum")
        version, made_by = content["format_version"], content["gitscale"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused("the file is no plan", "make one: gitscale plan --out FILE") from None
    if (version, made_by) != (FORMAT_VERSION, __version__):
        raise Conflict(f"gitscale {made_by} made the plan, this is {__version__}", "plan again")
    if checksum(content) != stated or not isinstance(content.get("bots"), list):
        raise Conflict("the plan was altered: its checksum does not fit its content", "plan again")
    return dict(content) | {"checksum": stated}


def refuse_moved(kept: Mapping[str, Any], now: Plan) -> None:
    """Refuse a kept plan that is not what would be planned now.

    Raises:
        Conflict: what moved is named.
    """
    if kept["checksum"] == now.checksum:
        return
    for key, what in (("branch", "the deployed branch"), ("revision", "the branch")):
        if kept[key] != now.content[key]:
            raise Conflict(f"{what} moved: the plan is of {kept[key][:40]}, now it is {now.content[key]}", "plan again")
    then, here = ({item["bot"]: item for item in content["bots"]} for content in (kept, now.content))
    moved = sorted(name for name in then.keys() | here.keys() if then.get(name) != here.get(name))
    if not moved and kept["engines"] != now.content["engines"]:
        moved = ["engine files"]
    shown = ", ".join(moved[:5]) + (", ..." if len(moved) > 5 else "")
    raise Conflict(f"the targets moved since the plan was made: {shown or 'their place'}", "plan again")


def _step(step: Step) -> dict[str, Any]:
    return {
        "bot": step.name,
        "kind": kind(step) if step.writes else "left",
        "pending": step.pending,
        "drifted": step.drifted,
        "direction": step.direction,
        "takes": step.takes if step.writes else None,
        "sha256": step.record.sha256 if step.record else None,
        "targets": [_difference(item) for item in step.differences],
    }


def _difference(item: Difference) -> dict[str, Any]:
    return {
        "target": item.target,
        "what": item.what,
        "pending": item.pending,
        "drifted": item.drifted,
        "held": item.held.mark if item.held else None,
        "changes": [{"what": what, "before": old, "after": new} for what, old, new in item.changes],
        "edits": [{"what": what, "before": old, "after": new} for what, old, new in item.edits],
    }
