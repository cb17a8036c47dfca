"""How settings reach a bot, and how they are turned back."""

from dataclasses import asdict

from gitscale.actions.explain import CONCEPTS, Sight
from gitscale.actions.live import Rendered
from gitscale.agent.blocks import Block, Facts, Item, Line
from gitscale.agent.explains.page import Page
from gitscale.agent.status import delivered, running, standing_data
from gitscale.runtime.state import Standing


def sync(sight: Sight) -> Page:
    """From the commit to the bot, and how far the bot's own settings have come."""
    found = sight.state() if sight.state else None
    return Page(
        CONCEPTS["sync"].summary,
        (
            Item("A change is a commit: git is the only source of truth."),
            Item(f"sync renders the deployed branch: bots/{sight.bot.name}.json in the output folder, and a row."),
            Item("It writes only what changed, never a torn file; one that was killed is mended by the next."),
            Item("A bot reads its file when it starts: restart it to apply new settings."),
            Line("The agent syncs after each of its commits on the deployed branch; after your own: gitscale sync."),
            *(_state(*found) if found else ()),
        ),
        {"delivered": asdict(found[0]), "running": standing_data(found[1])} if found else {},
    )


def _state(rendered: Rendered, standing: Standing) -> tuple[Block, ...]:
    return Line(), Facts([("delivered", delivered(rendered)), ("running", running(standing))])


def rollback(sight: Sight) -> Page:
    """The commands that turn back, and what they leave alone."""
    which = f" --bot {sight.bot.name}" if sight.mine else ""
    return Page(
        CONCEPTS["rollback"].summary,
        (
            Facts(
                [
                    ("/history", "the bot's commits, newest first"),
                    ("/diff REV", "what changed since"),
                    ("/undo", "reverts the newest agent commit; again walks further back"),
                    ("/rollback REV", "brings the bot to its state at REV, byte for byte"),
                ]
            ),
            Line(
                "Only this bot is touched. Both are commits themselves: history stays, and they can be turned back too."
            ),
            Line("/undo leaves what came later: where that changed the same value it is a conflict; nothing changes."),
            Line("/rollback takes back whatever came after REV, by the agent or by hand."),
            Line("Back into danger is confirmed like any dangerous change; then the bot has to be restarted."),
            Line(f"On the command line: gitscale history{which}, then gitscale rollback REV{which}."),
        ),
        {},
    )
