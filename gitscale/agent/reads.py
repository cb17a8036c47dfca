"""What the commands do that answer and change nothing: call the action, put the result into a reply."""

from collections.abc import Callable
from math import isinf

from gitscale.actions import read
from gitscale.actions.workspace import Scope, Workspace
from gitscale.agent.blocks import Block, Facts, Heading, Line, Table
from gitscale.agent.commands import BY_NAME, COMMANDS
from gitscale.agent.plain import problem
from gitscale.agent.replies import Reply, finding, finding_line
from gitscale.agent.slash import Request
from gitscale.errors import Refused, Usage
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure, level
from gitscale.model.parameters import PARAMETERS, spell
from gitscale.store.history import UNSHALLOW


def _status(workspace: Workspace, scope: Scope, _: Request) -> Reply:
    if scope.bot is None:
        fleet = read.overview(workspace, scope)
        if sum(isinstance(bot, PerpMMBot) for bot in fleet.bots) > 1:
            return _fleet_status(workspace, scope, fleet)
    found = read.status(workspace, scope)
    bot = found.entry.bot
    assert isinstance(bot, PerpMMBot)
    figures = found.figures
    off = ", ".join(f"{key} {spell(mine)} instead of {spell(theirs)}" for key, mine, theirs in found.deviations)
    profile = (found.profile + (f", but for {off}" if off else "")) or "none"
    head = [
        ("strategy", bot.strategy),
        ("exchange", f"{bot.exchange}, account {bot.account}, {bot.margin_mode} margin"),
        ("symbols", ", ".join(bot.symbols)),
        ("enabled", spell(bot.enabled)),
        ("profile", profile),
        *((name, f"{spell(getattr(bot.settings, name))}{row.unit.short}") for name, row in PARAMETERS.items()),
        ("exposure", f"{spell(figures.exposure)}% of equity ({figures.level.value})"),
        ("loss at stop", f"{figures.loss_at_stop:.2f}% of equity"),
        ("liquidation", _distance(figures.liquidation_distance)),
    ]
    blocks: tuple[Block, ...] = (
        Heading(f"{bot.name} at {found.revision[:10]}"),
        Facts(head),
        *map(finding_line, found.findings),
    )
    data = {
        "bot": bot.name,
        "revision": found.revision,
        "path": found.entry.path,
        "exchange": bot.exchange,
        "account": bot.account,
        "margin_mode": bot.margin_mode,
        "enabled": bot.enabled,
        "symbols": bot.symbols,
        "settings": {name: getattr(bot.settings, name) for name in PARAMETERS},
        "profile": found.profile or None,
        "deviations": {key: {"bot": mine, "profile": theirs} for key, mine, theirs in found.deviations},
        "exposure": figures.exposure,
        "level": figures.level.value,
        "loss_at_stop": figures.loss_at_stop,
        "liquidation_distance": None if isinf(figures.liquidation_distance) else figures.liquidation_distance,
        "findings": [finding(item) for item in found.findings],
    }
    return Reply(blocks, data)


def _distance(fraction: float) -> str:
    if isinf(fraction):
        return "cannot happen: there is no exposure"
    return f"{fraction * 10_000:.0f} bps from the average entry"


def _fleet_status(workspace: Workspace, scope: Scope, found: read.Overview) -> Reply:
    bounds = workspace.loaded(workspace.tip(scope)).fleet.policy.levels
    rows, data = [], []
    for bot in found.bots:
        size = exposure(bot.settings) if isinstance(bot, PerpMMBot) else None
        name = "" if size is None else level(size, bounds).value
        shown = "" if size is None else f"{spell(size)}%"
        rows.append((bot.name, bot.strategy, bot.exchange, bot.account, spell(bot.enabled), shown, name))
        data.append({"bot": bot.name, "strategy": bot.strategy, "enabled": bot.enabled, "exposure": size})
    blocks: tuple[Block, ...] = (
        Heading(f"{len(found.bots)} bots at {found.revision[:10]}"),
        Table(("bot", "strategy", "exchange", "account", "enabled", "exposure", "level"), rows, right=(5,)),
        Line("one in full: status --bot NAME"),
        *(Line(str(item), 1) for item in found.problems),
    )
    return Reply(
        blocks,
        {"revision": found.revision, "bots": data, "problems": [problem(item) for item in found.problems]},
    )


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


def _help(_: Workspace, __: Scope, request: Request) -> Reply:
    return help_reply(request.words.get("command", ""))


def help_reply(name: str) -> Reply:
    """The commands, or one of them; needs no repository.

    Raises:
        Refused: there is no such command.
    """
    name = name.removeprefix("/")
    if name and name not in BY_NAME:
        raise Refused(f"there is no command {name!r}", "/help lists them")
    chosen = [BY_NAME[name]] if name else list(COMMANDS)
    blocks: tuple[Block, ...] = (Table((), [(command.usage, command.summary) for command in chosen]),)
    data = [{"usage": command.usage, "summary": command.summary, "writes": command.writes} for command in chosen]
    return Reply(blocks, {"commands": data})


HANDLERS: dict[str, Callable[[Workspace, Scope, Request], Reply]] = {
    "status": _status,
    "profiles": _profiles,
    "presets": _presets,
    "history": _history,
    "diff": _diff,
    "help": _help,
}
