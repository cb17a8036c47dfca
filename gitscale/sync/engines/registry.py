"""The table of engines, and their YAML."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from gitscale.documents.scalars import write
from gitscale.model.bot import PerpMMBot
from gitscale.sync.engines import hummingbot_controller, hummingbot_v1
from gitscale.sync.engines.sizing import Market

Engine = Callable[[PerpMMBot, Market, str], Mapping[str, object]]

ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        "hummingbot-controller": hummingbot_controller.settings,
        "hummingbot-v1": hummingbot_v1.settings,
    }
)


def yaml(settings: Mapping[str, object]) -> str:
    """One key a line, in the engine's order."""
    return "".join(f"{key}: {write(value)}\n" for key, value in settings.items())
