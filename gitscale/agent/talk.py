"""A line is a command or a sentence: commands run, sentences are answered, or proposed where they change something."""

from dataclasses import replace

from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.blocks import Line
from gitscale.agent.handlers import answer, answer_line
from gitscale.agent.language.meaning import Known, Meaning
from gitscale.agent.replies import Reply, failure
from gitscale.agent.slash import parse
from gitscale.errors import GitscaleError, Refused
from gitscale.model.bot import PerpMMBot


def respond(workspace: Workspace, scope: Scope, line: str, *, yes: bool = False) -> Reply:
    """Carry out a command, answer a sentence; what a sentence would change waits, unless `yes` says it need not."""
    if line.lstrip().startswith("/"):
        return answer_line(workspace, scope, line)
    from gitscale.agent.language.understand import understand

    try:
        meaning = understand(line, _known(workspace, scope))
    except GitscaleError as error:
        return _with(failure(error), None)
    if not meaning.command:
        return _with(_open(meaning), None)
    try:
        wanted = parse(meaning.command)
    except GitscaleError as error:
        return _with(failure(error), meaning.command)
    if meaning.bot and scope.bot not in (None, meaning.bot):
        return _with(failure(Refused(f"that sentence is about {meaning.bot}, not {scope.bot}")), meaning.command)
    about = replace(scope, bot=meaning.bot or scope.bot, trial=meaning.changes and not yes)
    return _with(answer(workspace, about, wanted), meaning.command)


def _open(meaning: Meaning) -> Reply:
    """A question back, or that nothing was understood."""
    said = meaning.ask or meaning.why
    return Reply((Line(said),), {"question": meaning.ask or None, "error": said}, Refused.exit_code, error=True)


def _with(reply: Reply, command: str | None) -> Reply:
    """The reply with what the sentence was taken for, which JSON and the first line say."""
    told = (Line(f"({command})"), *reply.blocks) if command and not reply.proposal else reply.blocks
    return replace(reply, blocks=told, data={"interpretation": command} | reply.data)


def _known(workspace: Workspace, scope: Scope) -> Known:
    from gitscale.actions.explain import topics

    fleet = workspace.loaded(workspace.tip(scope)).fleet
    bots = tuple(fleet.bots)
    chosen = scope.bot or (bots[0] if len(bots) == 1 else None)
    entry = fleet.bots.get(chosen) if chosen else None
    settings = entry.bot.settings if entry and isinstance(entry.bot, PerpMMBot) else None
    return Known(tuple(fleet.profiles.profiles), bots, frozenset(topics(fleet)), settings)
