"""An open console: the chosen bot, the confirmation that waits, and one line after the other carried out."""

import traceback
from collections.abc import Callable
from dataclasses import replace

from gitscale.actions.workspace import Scope, Workspace, named
from gitscale.agent.blocks import Line
from gitscale.agent.commands import BY_NAME, COMMANDS, CONSOLE
from gitscale.agent.complete import Vocabulary, vocabulary
from gitscale.agent.handlers import answer
from gitscale.agent.reads import help_reply
from gitscale.agent.replies import Reply, failure
from gitscale.agent.slash import Request, request, words_of
from gitscale.agent.slash import named as by_place
from gitscale.agent.talk import respond
from gitscale.agent.toolbar import bar
from gitscale.cli.console.front import Front, View
from gitscale.cli.console.new import ask
from gitscale.cli.host import wants_traceback
from gitscale.errors import GitscaleError, Interrupted, NotConfirmed, bug, interrupted, known
from gitscale.store.commit import settle

_LEAVE = ("/quit", "/exit")
_ROWS = (*COMMANDS, *CONSOLE)


class Session:
    """State of one console; whatever a line does, the next one can be typed."""

    def __init__(self, workspace: Workspace, scope: Scope, front: Front) -> None:
        self._workspace = workspace
        self._scope = scope
        self._front = front
        self._waiting = ""
        self._own: dict[str, Callable[[list[str]], Reply]] = {"/use": self._use, "/help": _help, "/new": self._new}

    def step(self) -> bool:
        """Ask for a line and carry it out; False when it was the last."""
        try:
            text = self._front.line(self._view())
        except EOFError:
            return False
        except KeyboardInterrupt:
            self._front.say(Line("Ctrl-D or /quit leaves"))
            return True
        for line in text.splitlines():  # several when they were pasted: as in a pipe, the first that fails is the last
            if line.strip().lower() in _LEAVE:
                return False
            if line.strip() and self.run(line):
                break
        return True

    def run(self, line: str) -> int:
        """Carry a line out and show its reply; the exit code it would have had."""
        reply = self._reply(line)
        self._front.say(*reply.blocks)
        if reply.proposal:
            return self._proposed(reply.proposal, reply.data["bot"])
        if reply.exit_code == NotConfirmed.exit_code:
            self._waiting = reply.data["confirm"]
        elif "commit" in reply.data or line.lstrip().startswith("/confirm"):
            self._waiting = ""
        return reply.exit_code

    def _proposed(self, command: str, bot: str) -> int:
        """Carry a proposal about a bot out after a yes, and after nothing else."""
        try:
            agreed = self._front.question("Apply? [y/N] ").strip().lower() in ("y", "yes")
        except (EOFError, KeyboardInterrupt):
            agreed = False
        if not agreed:
            self._front.say(Line("nothing changed"))
            return 0
        chosen, self._scope = self._scope, replace(self._scope, bot=bot)
        try:
            return self.run(command)
        finally:
            self._scope = chosen

    def _view(self) -> View:
        """What the newest commit shows; a repository that cannot be read still has a prompt."""
        workspace, scope = self._workspace, self._scope
        try:
            names = vocabulary(workspace, scope, self._waiting)
            return View(scope.bot or "gitscale", bar(workspace, scope), names)
        except Exception as error:
            return View(scope.bot or "gitscale", self._failed(error).message, Vocabulary(waiting=self._waiting))

    def _reply(self, line: str) -> Reply:
        before = self._tip()
        try:
            settle(self._workspace.repository)
            return self._answer(line)
        except KeyboardInterrupt:
            return failure(self._cut_short(before))
        except Exception as error:
            return failure(self._cut_short(before) if interrupted(error) else self._failed(error))

    def _answer(self, line: str) -> Reply:
        own = self._own.get(line.split(maxsplit=1)[0].lower())
        if own is not None:
            return own(words_of(line)[1:])
        with self._front.working():
            return respond(self._workspace, self._scope, line)

    def _use(self, words: list[str]) -> Reply:
        name = request(CONSOLE[0], words).words["bot"]
        entry = named(self._workspace.loaded(self._workspace.tip(self._scope)), name)
        self._scope, self._waiting = replace(self._scope, bot=entry.bot.name), ""
        return Reply((Line(f"commands are about {entry.bot.name} now"),))

    def _new(self, words: list[str]) -> Reply:
        row = BY_NAME["new"]
        fleet = self._workspace.loaded(self._workspace.tip(self._scope)).fleet
        try:
            given = ask(self._front, by_place(row, words), fleet)
        except (EOFError, KeyboardInterrupt):
            return Reply((Line("nothing changed"),), exit_code=Interrupted.exit_code)
        with self._front.working():
            return answer(self._workspace, self._scope, Request(row, given))

    def _tip(self) -> str | None:
        try:
            return self._workspace.tip(self._scope)
        except GitscaleError:
            return None

    def _cut_short(self, before: str | None) -> Interrupted:
        """What Ctrl-C left, by the branch itself: an interrupt may come between a commit and our knowing of it."""
        self._workspace.repository.reader.close()  # it may be amid an answer
        after = self._tip()
        if after is None or after == before:
            return Interrupted("interrupted: nothing was committed")
        return Interrupted(f"interrupted behind the commit {after[:10]}", "/history says what landed")

    def _failed(self, error: Exception) -> GitscaleError:
        self._workspace.repository.reader.close()
        found = known(error)
        if found is None and wants_traceback():
            traceback.print_exception(error)
        return found or bug(error)


def _help(words: list[str]) -> Reply:
    return help_reply(" ".join(words), _ROWS)
