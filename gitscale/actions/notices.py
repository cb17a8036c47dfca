"""What of a sync, a look of the controller or a plan is worth telling people, in words that any service may show.

A message names bots, rules, revisions and places, and no value of a configuration.
"""

import re
from collections.abc import Iterable

from gitscale.actions.follow import Followed
from gitscale.actions.live import live
from gitscale.actions.plan import Plan, plan
from gitscale.actions.workspace import Workspace
from gitscale.documents.secrets import looks_secret, secret_key
from gitscale.errors import GitscaleError, InvalidConfig, known
from gitscale.model.plain import line
from gitscale.notify.notice import Notice

_LONGEST, _REASONS = 300, 5
_HIDDEN = "***"
_USER = re.compile(r"://[^\s/@]+@")
_PAIR = re.compile(r"(?<![\w-])([\w-]+)(?=\s*[=:]\s*([^\s,;]+))")
_WORD = re.compile(r"\S+")
# what services read people, rooms, links and their own commands into
_CALLING = re.compile(r"[@<]|\]\(|://")


def place_of(workspace: Workspace) -> str:
    """Whose notices these are: the folder of the repository, and the host."""
    folder = workspace.repository.root or workspace.repository.directory
    return harmless(f"{folder.name} on {workspace.host.name}")


def of_failure(error: Exception) -> Notice:
    """A sync that failed. What nobody foresaw may quote anything, so that only the log says more."""
    expected = known(error)
    if expected is None:
        return Notice("failed", ("sync",), f"a bug: {type(error).__name__}", "the log says more; please report it")
    return Notice("failed", ("sync",), harmless(_reason(expected)), harmless(expected.remedy))


def of_look(found: Followed) -> list[Notice]:
    """A look of the controller that failed in nothing."""
    return [of_success(found.revision, found.branch), _refused(found), _parted(found)]


def of_success(revision: str, branch: str) -> Notice:
    """A sync that failed in nothing."""
    return Notice("failed", said=harmless(f"it works again: {branch} at {revision[:10]}"))


def of_plan(made: Plan) -> Notice:
    """What was changed behind gitscale's back."""
    drifted = [step.name for step in made.look.steps if step.drifted]
    drifted += [item.path for item in made.exports if item.drifted]
    said = "files or rows of bots were changed behind gitscale's back"
    return Notice("drift", _harmless(drifted), said, "gitscale drift shows how, gitscale sync --heal repairs")


def of_processes(workspace: Workspace) -> Notice:
    """Bots that run with other settings than are delivered."""
    running = live(workspace).running()
    waiting = tuple(name for name, standing in running.items() if standing.phase == "RestartRequired")
    said = "bots run with other settings than are delivered"
    return Notice("restart", _harmless(waiting), said, "restart them: a bot reads its settings when it starts")


def of_targets(workspace: Workspace) -> list[Notice]:
    """Drift, and restarts that are required; every file, row and run file is read.

    Raises:
        GitscaleError: the targets cannot be read.
    """
    return [of_plan(plan(workspace)), of_processes(workspace)]


def harmless(text: str) -> str:
    """One short line in which nothing looks like a credential, calls anybody or is a link."""
    text = _USER.sub(f"://{_HIDDEN}@", line(" ".join(text.split())))
    for pair in reversed([pair for pair in _PAIR.finditer(text) if secret_key(pair[1])]):
        text = f"{text[: pair.start(2)]}{_HIDDEN}{text[pair.end(2) :]}"
    text = _WORD.sub(lambda word: _HIDDEN if looks_secret("", word[0]) else word[0], text)
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
    # a sign of no width behind the first one: it looks the same, and is none of theirs
    return _CALLING.sub(lambda found: f"{found[0][0]}\u200b{found[0][1:]}", text)


def _harmless(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(harmless(name) for name in names)


def _reason(error: GitscaleError) -> str:
    """An error without what it quotes of a configuration."""
    if isinstance(error, InvalidConfig):
        return f"the configuration is not valid: {_listed(f'{item.code} {item.path}' for item in error.problems)}"
    return error.message


def _refused(found: Followed) -> Notice:
    if found.state != "skipped":
        return Notice("refused")
    said = f"{found.revision[:10]} of {found.branch} is not delivered: {_listed(found.codes)}; the last good one serves"
    return Notice("refused", (found.revision,), harmless(said), f"gitscale lint --head {found.revision[:10]}")


def _parted(found: Followed) -> Notice:
    if found.state != "parted":
        return Notice("parted")
    return Notice("parted", (found.revision,), harmless("; ".join(found.reasons)), "git log shows both sides")


def _listed(items: Iterable[str]) -> str:
    told = list(dict.fromkeys(items))
    more = len(told) - _REASONS
    return ", ".join(told[:_REASONS]) + (f" and {more} more" if more > 0 else "")
