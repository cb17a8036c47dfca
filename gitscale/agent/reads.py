"""What the commands do that answer and change nothing: call the action, put the result into a reply."""

from collections.abc import Callable, Sequence

from gitscale.actions import read
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.blocks import Block, Facts, Heading, Line, Table
from gitscale.agent.commands import COMMANDS, Command
from gitscale.agent.replies import Reply
from gitscale.agent.slash import Request
from gitscale.errors import GitscaleError, Refused, Usage
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure, level
from gitscale.model.numbers import spell
from gitscale.store.history import UNSHALLOW


def _status(workspace: Workspace, scope: Scope, _: Request) -> Reply:
    from gitscale.agent import status as said

    if scope.bot is None:
        found = read.bots(workspace, scope)
        if sum(isinstance(bot, PerpMMBot) for bot in found.bots) > 1:
            from gitscale.actions.condition import fleet_conditions

            levels = workspace.loaded(found.revision).fleet.policy.levels
            return said.several(found, levels, fleet_conditions(workspace, [bot.name for bot in found.bots]))
    from gitscale.actions.status import status

    return said.one(status(workspace, scope))


def _risk_check(workspace: Workspace, scope: Scope, _: Request) -> Reply:
    from gitscale.actions.check import check
    from gitscale.agent.check import reply

    return reply(check(workspace, scope))


def _overview(workspace: Workspace, scope: Scope, _: Request) -> Reply:
    from gitscale.actions.overview import overview
    from gitscale.agent.overview import reply

    return reply(overview(workspace, scope))


def _profit_estimate(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.agent.profit import answer

    return answer(workspace, scope, request)


def _symbols(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.agent.symbols import answer

    return answer(workspace, scope, request)


def _advise(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    from gitscale.actions.advise import advise
    from gitscale.agent.advice import reply

    return reply(advise(workspace, scope, request.words["goal"]))


def _explain(workspace: Workspace | GitscaleError, scope: Scope, request: Request) -> Reply:
    from gitscale.actions.explain import explain, sight_of, sight_without
    from gitscale.agent.explains.reply import listed, reply

    sight = sight_of(workspace, scope) if isinstance(workspace, Workspace) else sight_without(workspace.message)
    word = request.words.get("topic", "")
    return reply(explain(sight, word)) if word else listed(sight)


def _profiles(workspace: Workspace, scope: Scope, _: Request) -> Reply:
    found, fleet = read.profiles(workspace, scope)
    if not found:
        raise Refused("there are no profiles", "write profiles.yaml; gitscale init DIR makes an example")
    head = ("profile", "level", "exposure", "settings", "the documentation claims", "for")
    rows, data = [], {}
    for name, profile in found.items():
        size = exposure(profile.settings)
        settings = " ".join(f"{key}={spell(value)}" for key, value in profile.settings.given().items())
        risk = level(size, fleet.policy.levels).value
        rows.append((name, risk, f"{spell(size)}%", settings, profile.expected, profile.summary))
        data[name] = {
            "level": risk,
            "exposure": size,
            "settings": profile.settings.given(),
            "confirm": profile.confirm,
            "expected": profile.expected,
            "summary": profile.summary,
        }
    return Reply((Table(head, rows, right=(2,)), Line("apply one: /scale PROFILE")), {"profiles": data})


def _presets(workspace: Workspace, scope: Scope, _: Request) -> Reply:
    found = read.presets(workspace, scope)
    if not found:
        raise Refused("there are no presets", "write them in profiles.yaml; gitscale init DIR makes an example")
    rows, data = [], {}
    for name, preset in found.items():
        size = exposure(preset.settings)
        rows.append((name, preset.exchange, f"{spell(size)}%", ", ".join(preset.symbols), preset.summary))
        data[name] = {
            "exchange": preset.exchange,
            "exposure": size,
            "symbols": preset.symbols,
            "settings": preset.settings.given(),
            "summary": preset.summary,
        }
    shown = Table(("preset", "exchange", "exposure", "symbols", "for"), rows, right=(2,))
    return Reply((shown, Line('start a bot: /new NAME --preset "..."')), {"presets": data})


def _history(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    text = request.words.get("limit", "20")
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 10_000:
        raise Usage(f"--limit takes a whole number, 1 to 10000, not {text[:20]!r}", request.command.usage)
    bot, entries = read.history(workspace, scope, int(text))
    rows = [(item.id[:10], f"{item.when:%Y-%m-%d %H:%M}", item.author, item.subject) for item in entries]
    data = [
        {
            "commit": item.id,
            "when": item.when.isoformat(),
            "author": item.author,
            "subject": item.subject,
            "command": item.command or None,
            "reverts": item.reverts or None,
        }
        for item in entries
    ]
    cut = any(item.cut for item in entries)
    more = [Line(f"the history is cut off here: {UNSHALLOW}", 1)] * cut
    blocks: tuple[Block, ...] = (Heading(bot), Table(("commit", "when", "author", "subject"), rows), *more)
    return Reply(blocks, {"bot": bot, "commits": data, "cut_off": cut})


def _diff(workspace: Workspace, scope: Scope, request: Request) -> Reply:
    found = read.diff(workspace, scope, request.words.get("rev"))
    changed = [(what, f"{old} -> {new}") for what, old, new in found.rows]
    blocks: tuple[Block, ...] = (
        Heading(f"{found.bot}: {found.old[:10]} -> {found.new[:10]}"),
        Facts(changed) if changed else Line("no difference", 1),
    )
    changes = [{"what": what, "before": old, "after": new} for what, old, new in found.rows]
    return Reply(blocks, {"bot": found.bot, "from": found.old, "to": found.new, "changes": changes})


def _help(_: Workspace | GitscaleError, __: Scope, request: Request) -> Reply:
    return help_reply(request.words.get("command", ""))


def help_reply(name: str, rows: Sequence[Command] = COMMANDS) -> Reply:
    """The commands, or one of them; needs no repository.

    Raises:
        Refused: there is no such command.
    """
    name = name.removeprefix("/")
    chosen = [row for row in rows if name in ("", row.name)]
    if not chosen:
        raise Refused(f"there is no command {name!r}", "/help lists them")
    shown = [(row.usage if name else row.brief, row.summary) for row in chosen]
    data = [{"usage": command.usage, "summary": command.summary, "writes": command.writes} for command in chosen]
    return Reply((Table((), shown),), {"commands": data})


HANDLERS: dict[str, Callable[[Workspace, Scope, Request], Reply]] = {
    "status": _status,
    "risk check": _risk_check,
    "overview": _overview,
    "profit estimate": _profit_estimate,
    "symbols": _symbols,
    "advise": _advise,
    "explain": _explain,
    "profiles": _profiles,
    "presets": _presets,
    "history": _history,
    "diff": _diff,
    "help": _help,
}

# what answers outside a repository too, where it is told why there is none
ANYWHERE: dict[str, Callable[[Workspace | GitscaleError, Scope, Request], Reply]] = {"explain": _explain, "help": _help}
