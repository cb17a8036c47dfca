"""A whole fleet at one revision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gitscale.model.bot import Bot, PerpMMBot
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles
from gitscale.model.snapshot import BOTS_FOLDER, DEPLOY_FILE, FACTS_FILE, POLICY_FILE, PROFILES_FILE, SourceFile

if TYPE_CHECKING:
    from gitscale.model.facts import Facts

# the snapshot's names belong to the vocabulary of a fleet; those who need no more import them from there
__all__ = [
    "BOTS_FOLDER",
    "DEPLOY_FILE",
    "FACTS_FILE",
    "POLICY_FILE",
    "PROFILES_FILE",
    "Fleet",
    "FleetBot",
    "SourceFile",
]


@dataclass(frozen=True, slots=True)
class FleetBot:
    """A bot and where it came from."""

    path: str
    blob: str
    bot: Bot


@dataclass(frozen=True, slots=True)
class Fleet:
    """Valid configuration: bots by name, profiles, presets and policy; exchange facts where the repository has some."""

    bots: Mapping[str, FleetBot]
    profiles: Profiles = field(default_factory=Profiles)
    policy: Policy = field(default_factory=Policy)
    facts: "Facts | None" = None

    def perp_mm(self) -> Iterator[FleetBot]:
        """The bots the agent scales, by name."""
        return (self.bots[name] for name in sorted(self.bots) if isinstance(self.bots[name].bot, PerpMMBot))

    def sharing(self, bot: PerpMMBot) -> Iterator[PerpMMBot]:
        """The other enabled perp_mm bots whose cross margin is this bot's."""
        venue = bot.venue
        for entry in self.bots.values():
            other = entry.bot
            # the account differs for most of a large fleet, so it is asked first
            if other.account != bot.account or not isinstance(other, PerpMMBot) or other.name == bot.name:
                continue
            if other.enabled and other.margin_mode == "cross" and other.venue == venue:
                yield other
