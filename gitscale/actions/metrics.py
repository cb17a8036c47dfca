"""gitscale metrics: the state of every bot of the deployed branch in Prometheus' text format."""

from collections.abc import Iterator
from typing import get_args

from gitscale.actions.condition import Condition, Sync, fleet_conditions
from gitscale.actions.deploy import Destination, destination
from gitscale.actions.workspace import Workspace
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure, loss_at_stop
from gitscale.model.fleet import Fleet
from gitscale.runtime.state import Phase

Sample = tuple[dict[str, str], float]


def metrics(workspace: Workspace) -> str:
    """One family after another, the bots by name.

    Raises:
        InvalidConfig: the deployed tip is not valid.
    """
    place = destination(workspace)
    fleet = workspace.loaded(place.tip).valid()
    states = fleet_conditions(workspace, sorted(fleet.bots))
    return "".join(_families(place, fleet, states))


def _families(place: Destination, fleet: Fleet, states: dict[str, Condition]) -> Iterator[str]:
    yield _family("revision_info", "The tip of the deployed branch.", [({"revision": place.tip}, 1)])
    yield _family("bots", "Bots in git.", [({}, len(fleet.bots))])
    yield _family("bot_enabled", "Whether git enables the bot.", _each(fleet, "enabled"))
    for axis, words in (("sync", get_args(Sync)), ("run", get_args(Phase))):
        samples: list[Sample] = [
            ({"bot": name, "state": word}, float(getattr(state, axis) == word))
            for name, state in states.items()
            for word in words
        ]
        yield _family(f"bot_{axis}_state", f"1 for the state of the {axis} axis that the bot is in.", samples)
    yield _family(
        "bot_exposure_ratio", "Notional of one side with every level filled, of equity.", _each(fleet, "exposure")
    )
    yield _family("bot_loss_at_stop_ratio", "What one stop costs, of equity.", _each(fleet, "loss"))


def _each(fleet: Fleet, what: str) -> list[Sample]:
    found: list[Sample] = []
    for name in sorted(fleet.bots):
        bot = fleet.bots[name].bot
        labels = {"bot": name, "exchange": bot.exchange, "account": bot.account}
        if what == "enabled":
            found.append((labels, float(bot.enabled)))
        elif isinstance(bot, PerpMMBot):
            percent = exposure(bot.settings) if what == "exposure" else loss_at_stop(bot, fleet.policy)
            found.append((labels, round(percent / 100, 9)))
    return found


def _family(name: str, text: str, samples: list[Sample]) -> str:
    head = f"# HELP gitscale_{name} {text}\n# TYPE gitscale_{name} gauge\n"
    return head + "".join(f"gitscale_{name}{_labels(labels)} {value:.12g}\n" for labels, value in samples)


def _labels(labels: dict[str, str]) -> str:
    pairs = (f'{key}="{_escaped(value)}"' for key, value in labels.items())
    return f"{{{','.join(pairs)}}}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
