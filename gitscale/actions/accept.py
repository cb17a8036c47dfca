"""gitscale lint --accept: somebody's name under one risk of one bot, as a commit."""

from dataclasses import dataclass
from datetime import timedelta

from pydantic import ValidationError

from gitscale.actions.workspace import Scope, Workspace, choose, named
from gitscale.actions.write import Proposal, Scene, Wish, Written, write
from gitscale.documents.edit import edit
from gitscale.documents.words import suggestion
from gitscale.errors import Refused
from gitscale.model.bot import AcceptedRisk
from gitscale.model.change import Append, Change, Drop
from gitscale.model.numbers import spell
from gitscale.risk.rules import BY_CODE


@dataclass(frozen=True, slots=True)
class Signature:
    """What is accepted: a rule up to a figure, why, and until which day (none: as long as policy has it)."""

    rule: str
    limit: float
    reason: str
    until: str | None = None


def accept(workspace: Workspace, scope: Scope, wanted: Signature) -> Written:
    """Commit the entry, in place of an earlier one of the same rule.

    Raises:
        Refused: it is no rule of risk, or the entry would not be valid.
    """
    if not wanted.rule.startswith(("GS1", "GS2")) or wanted.rule not in BY_CODE:
        codes = [code for code in BY_CODE if code.startswith(("GS1", "GS2"))]
        remedy = suggestion(wanted.rule, codes) or f"known: {codes[0]} to {codes[-1]}"
        raise Refused(f"{wanted.rule[:40]!r} is no rule that can be accepted", remedy)

    def propose(scene: Scene) -> Proposal:
        entry = named(scene.loaded, scope.bot) if scope.bot else choose(scene.loaded, None)
        days = timedelta(days=scene.fleet.policy.acceptance_days)
        signed = _entry(wanted, workspace.user(), wanted.until or (workspace.today() + days).isoformat())
        known = [index for index, other in enumerate(entry.bot.accepted_risks) if other.rule == wanted.rule]
        changes: list[Change] = [Drop(("accepted_risks", index)) for index in reversed(known)]
        changes.append(Append(("accepted_risks",), signed.model_dump()))
        source = workspace.source(scene.commit, entry.path)
        assert source is not None
        text = edit(entry.path, source.data.decode("utf-8"), changes).encode("utf-8")
        subject = f"{entry.bot.name}: accept {wanted.rule} up to {spell(wanted.limit)} until {signed.until}"
        return Proposal(entry.bot.name, entry.path, source.data, text, subject, (f"reason: {wanted.reason}",))

    return write(workspace, scope, Wish(f"lint --accept {wanted.rule} --limit {spell(wanted.limit)}", propose))


def _entry(wanted: Signature, by: str, until: str) -> AcceptedRisk:
    try:
        return AcceptedRisk(rule=wanted.rule, limit=wanted.limit, reason=wanted.reason, by=by, until=until)
    except ValidationError as error:
        first = error.errors()[0]
        raise Refused(f"{first['loc'][0]}: {first['msg']}; nothing changed", "mend it, then try again") from None
