"""One line that says where one stands: bot, profile, exposure, level, what is delivered."""

from gitscale.actions.read import bots
from gitscale.actions.status import Status, status
from gitscale.actions.workspace import Scope, Workspace, perp_mm
from gitscale.agent.plain import counted
from gitscale.errors import GitscaleError
from gitscale.model.bot import PerpMMBot
from gitscale.model.numbers import spell
from gitscale.model.plain import line

_BETWEEN = " | "


def bar(workspace: Workspace, scope: Scope) -> str:
    """The line for the newest commit; what stops an answer stands in its place."""
    try:
        if scope.bot is None:
            found = sum(isinstance(bot, PerpMMBot) for bot in bots(workspace, scope).bots)
            if found > 1:
                return f"{counted(found, 'perp_mm bot')}{_BETWEEN}/use BOT chooses one"
        return line(_one(status(workspace, scope)))
    except GitscaleError as error:
        return line(error.message)


def _one(found: Status) -> str:
    bot, figures, rendered = perp_mm(found.entry), found.figures, found.rendered
    profile = found.profile and found.profile + "*" * bool(found.deviations)
    delivered = {rendered.file, rendered.row}
    synced = "synced" if delivered == {"fresh"} else "sync not known" if "unknown" in delivered else "not synced"
    restart = ["restart required"] if found.standing.restart_required else []
    return _BETWEEN.join(
        [bot.name, profile or "no profile", f"{spell(figures.exposure)}%", figures.level.value, synced, *restart]
    )
