"""The one door: a wish becomes a checked, confirmed commit, then a sync.

Nothing but an invalid result and a missing confirmation stops a write; other findings are told.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from gitscale.actions import pending
from gitscale.actions.workspace import Scope, Workspace, with_bot
from gitscale.documents import load
from gitscale.documents.edit import edit
from gitscale.errors import (
    GitscaleError,
    Interrupted,
    InvalidConfig,
    NotConfirmed,
    Refused,
    Unavailable,
    interrupted,
    known,
)
from gitscale.model.bot import AcceptedRisk, Bot, PerpMMBot
from gitscale.model.change import Append, Change, Drop, rows
from gitscale.model.danger import RULES, Danger, dangers, unaccepted
from gitscale.model.exposure import distance_in, exposure, loss_at_stop
from gitscale.model.fleet import POLICY_FILE, PROFILES_FILE, Fleet, FleetBot
from gitscale.store.commit import Committed, Draft, commit, look_again
from gitscale.store.message import message

if TYPE_CHECKING:
    from gitscale.actions.deliver import SyncReport
    from gitscale.actions.stakes import Stakes


class Scene(NamedTuple):
    """What a wish is decided on: the tip it is read from and the fleet there."""

    commit: str
    loaded: load.Loaded

    @property
    def fleet(self) -> Fleet:
        """The valid part of the fleet."""
        return self.loaded.fleet


class Proposal(NamedTuple):
    """A bot's file before and after (None: absent), and how the commit is to be described."""

    bot: str
    path: str
    old: bytes | None
    new: bytes | None
    subject: str
    body: tuple[str, ...] = ()
    must_confirm: bool = False


class Wish(NamedTuple):
    """A canonical command, and what it proposes on a given scene; the same bytes twice mean nothing to change."""

    command: str
    propose: Callable[[Scene], Proposal]


@dataclass(frozen=True, slots=True)
class Written:
    """What a write did: rows of (what, before, after), the commit, the sync or why there was none.

    `tried`: it would commit this, and has not.
    """

    command: str
    bot: str
    subject: str = ""
    rows: tuple[tuple[str, str, str], ...] = ()
    commit: Committed | None = None
    before: Bot | None = None
    after: Bot | None = None
    fleet: Fleet | None = None
    findings: tuple[Danger, ...] = ()
    sync: "SyncReport | None" = None
    not_synced: str = ""
    error: GitscaleError | None = None
    tried: bool = False


@dataclass(slots=True)
class _Attempt:
    """What the last decision saw; the commit it belongs to is the one that landed."""

    proposal: Proposal | None = None
    before: Bot | None = None
    after: Bot | None = None
    fleet: Fleet | None = None
    findings: tuple[Danger, ...] = ()
    rows: tuple[tuple[str, str, str], ...] = ()


def write(workspace: Workspace, scope: Scope, wish: Wish, *, confirmed: bool = False) -> Written:
    """Commit what the wish proposes, then sync; as a trial, only decide.

    Raises:
        InvalidConfig: the result would not be valid; nothing changed.
        NotConfirmed: the result is dangerous; what it costs is in the message, nothing changed.
        Refused: `confirmed`, and there is nothing to confirm, or not this any more.
    """
    branch = workspace.branch(scope)
    attempt = _Attempt()

    def decide(base: str) -> Draft | None:
        scene = Scene(base, workspace.loaded(base))
        attempt.proposal = proposal = wish.propose(scene)
        if proposal.new == proposal.old:
            return pending.nothing(workspace, wish.command, proposal.bot, branch) if confirmed else None
        _check(scene, proposal, attempt)
        _refuse_unjudged(scene, attempt)
        ticket = _ticket(workspace, scene, proposal, wish.command, branch=branch)
        new = _confirmed(workspace, proposal, attempt, ticket, given=confirmed)
        attempt.rows = _rows(proposal, new)
        body = proposal.body or [f"{what}: {before} -> {after}" for what, before, after in attempt.rows]
        text = message(proposal.subject, body, wish.command, proposal.bot)
        return Draft({proposal.path: new}, text)

    if scope.trial:
        draft = decide(workspace.tip(scope))
        return replace(_written(wish, None, attempt, (None, "", None)), rows=attempt.rows, tried=draft is not None)
    try:
        done = commit(workspace.repository, branch, decide)
    except Refused:
        workspace.refuse_empty()
        raise
    spent = (wish.command, attempt.proposal.bot) if confirmed and done and attempt.proposal else None
    synced = _synced(workspace, branch, scope, done, spent=spent)
    look_again(workspace.repository)
    return _written(wish, done, attempt, synced)


def _check(scene: Scene, proposal: Proposal, attempt: _Attempt) -> None:
    """Refuse new bytes that are not a valid bot; note before, after and what the result raises."""
    entry = scene.fleet.bots.get(proposal.bot)
    attempt.before = entry.bot if entry else None
    attempt.after, attempt.fleet, attempt.findings = None, scene.fleet, ()
    if proposal.new is None:
        return
    after = load.bot(proposal.path, proposal.new, frozenset(scene.fleet.policy.not_secrets))
    attempt.after = after
    attempt.fleet = with_bot(scene.fleet, FleetBot(proposal.path, "", after), after)
    if isinstance(after, PerpMMBot):
        attempt.findings = dangers(attempt.fleet, after)


def _refuse_unjudged(scene: Scene, attempt: _Attempt) -> None:
    """While policy.yaml is broken nothing says what a change may cost: only what lowers the risk passes."""
    broken = [problem for problem in scene.loaded.problems if problem.path == POLICY_FILE]
    after, before, fleet = attempt.after, attempt.before, attempt.fleet
    if not broken or fleet is None or not isinstance(after, PerpMMBot):
        return
    if not isinstance(before, PerpMMBot) or _riskier(fleet, before, after):
        raise InvalidConfig("policy.yaml is not valid: until it is, only de-risking passes; nothing changed", broken)


def _riskier(fleet: Fleet, before: PerpMMBot, after: PerpMMBot) -> bool:
    """Whether exposure, loss at the stop or closeness to liquidation got worse."""
    old = with_bot(fleet, FleetBot("", "", before), before)
    return (
        exposure(after.settings) > exposure(before.settings)
        or loss_at_stop(after, fleet.policy) > loss_at_stop(before, fleet.policy)
        or distance_in(fleet, after) < distance_in(old, before)
    )


def _confirmed(
    workspace: Workspace, proposal: Proposal, attempt: _Attempt, ticket: pending.Ticket, *, given: bool
) -> bytes | None:
    """The new bytes with the acceptances brought up to date, where no confirmation is missing."""
    after, before, fleet = attempt.after, attempt.before, attempt.fleet
    if proposal.new is None or fleet is None or not isinstance(after, PerpMMBot):
        return _unasked(workspace, ticket) if given else proposal.new
    old = dangers(with_bot(fleet, FleetBot("", "", before), before), before) if isinstance(before, PerpMMBot) else ()
    # only what was accepted before this write counts: an undo that brings an acceptance back has to be confirmed too
    standing = before.accepted_risks if isinstance(before, PerpMMBot) else ()
    raised = unaccepted(old, attempt.findings, standing, workspace.today())
    changes: list[Change]
    if raised or proposal.must_confirm:
        from gitscale.actions.stakes import stakes

        shown = stakes(fleet, before if isinstance(before, PerpMMBot) else None, after)
        raises = tuple((item.rule, item.figure) for item in raised)
        ticket = replace(ticket, figures=raises, stakes=shown.sentences)
        if not given:
            pending.record(workspace, ticket)
            raise _not_confirmed(ticket.command, proposal, raised, shown)
        pending.check(workspace, ticket)
        changes = [
            _acceptance(workspace, fleet, item, ticket.command)
            for item in raised
            if not any(entry.covers(item.rule, item.figure, workspace.today()) for entry in after.accepted_risks)
        ]
    elif given:
        _unasked(workspace, ticket)
    else:
        changes = _needless(old, attempt.findings, after)
    if not changes:
        return proposal.new
    text = edit(proposal.path, proposal.new.decode("utf-8"), changes).encode("utf-8")
    attempt.after = load.bot(proposal.path, text, frozenset(fleet.policy.not_secrets))
    return text


def _acceptance(workspace: Workspace, fleet: Fleet, item: Danger, command: str) -> Append:
    entry = AcceptedRisk(
        rule=item.rule,
        limit=item.figure,
        reason=f"confirmed: {command}",
        by=workspace.user(),
        until=(workspace.today() + timedelta(days=fleet.policy.acceptance_days)).isoformat(),
    )
    return Append(("accepted_risks",), entry.model_dump())


def _needless(before: tuple[Danger, ...], after: tuple[Danger, ...], bot: PerpMMBot) -> list[Change]:
    """Drops the entries whose finding this write made go away, last first so that positions stay right."""
    had = {item.rule for item in before if item.severity == "error"}
    has = {item.rule for item in after if item.severity == "error"}
    gone = [
        index
        for index, entry in enumerate(bot.accepted_risks)
        if entry.rule in RULES and entry.rule in had and entry.rule not in has
    ]
    return [Drop(("accepted_risks", index)) for index in reversed(gone)]


def _unasked(workspace: Workspace, ticket: pending.Ticket) -> NoReturn:
    """Say why a confirmation is of nothing."""
    pending.nothing(workspace, ticket.command, ticket.bot, ticket.branch)


def _not_confirmed(command: str, proposal: Proposal, raised: tuple[Danger, ...], shown: "Stakes") -> NotConfirmed:
    minutes = pending.minutes()
    answer = f"/confirm {command.removeprefix('/')}"
    return NotConfirmed(
        f"{proposal.bot}: {command} can cost the account; nothing has changed yet",
        f"to apply exactly this, within {minutes}: {answer}",
        bot=proposal.bot,
        confirm=answer,
        costs=[f"{item.rule} {item.message}" for item in raised] or ["the profile asks for a confirmation"],
        stakes=shown.sentences,
        figures=shown.figures,
    )


def _ticket(workspace: Workspace, scene: Scene, proposal: Proposal, command: str, *, branch: str) -> pending.Ticket:
    """What a confirmation of this proposal is bound to."""
    name = workspace.repository.writer.name
    return pending.Ticket(
        command,
        proposal.bot,
        branch,
        base="" if proposal.old is None else name("blob", proposal.old),
        result="" if proposal.new is None else name("blob", proposal.new),
        profiles=workspace.blob(scene.commit, PROFILES_FILE),
        policy=workspace.blob(scene.commit, POLICY_FILE),
    )


def _rows(proposal: Proposal, new: bytes | None) -> tuple[tuple[str, str, str], ...]:
    if proposal.old is None or new is None:
        return ()
    return rows(load.document(proposal.path, proposal.old), load.document(proposal.path, new))


_Synced = tuple["SyncReport | None", str, GitscaleError | None]


def _written(wish: Wish, done: Committed | None, attempt: _Attempt, synced: _Synced) -> Written:
    proposal, (report, reason, error) = attempt.proposal, synced
    assert proposal is not None
    return Written(
        wish.command,
        proposal.bot,
        proposal.subject,
        rows=attempt.rows if done else (),
        commit=done,
        before=attempt.before,
        after=attempt.after,
        fleet=attempt.fleet,
        findings=attempt.findings,
        sync=report,
        not_synced=reason,
        error=error,
    )


def _synced(
    workspace: Workspace, branch: str, scope: Scope, done: Committed | None, *, spent: tuple[str, str] | None
) -> _Synced:
    """The sync that follows, or the reason there is none, or what stopped it: a commit stands all the same.

    First the ticket that was `spent` for the commit goes.
    """
    if done is not None and done.interrupted:
        return None, "", Interrupted("interrupted: committed, but not synced", "gitscale sync")
    try:
        if spent:
            with suppress(OSError, GitscaleError):  # then it stays, and is void: the bot's file is another one now
                pending.consume(workspace, *spent, branch)
        if not scope.sync:
            return None, "--no-sync", None
        from gitscale.actions.sync import sync_after

        return *sync_after(workspace, branch), None
    except (Exception, KeyboardInterrupt) as error:
        return None, "", _stopped(error, committed=done is not None)


def _stopped(error: Exception | KeyboardInterrupt, *, committed: bool) -> GitscaleError:
    """What ended a sync, as it is told; raised again where nothing was done that must be told with it."""
    if committed and interrupted(error):
        return Interrupted("interrupted: committed, but not synced", "gitscale sync")
    failed = known(error) if isinstance(error, Exception) else None
    if failed is None:
        raise error
    if not committed:
        return failed
    problems = "; ".join(str(item) for item in getattr(failed, "problems", ())[:3])
    message = f"committed, but not synced: {failed.message}" + (f": {problems}" if problems else "")
    return Unavailable(message, failed.remedy)
