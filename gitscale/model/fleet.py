"""A whole fleet at one revision, and the snapshot of files it was read from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gitscale.model.bot import Bot, PerpMMBot
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles

PROFILES_FILE = "profiles.yaml"
POLICY_FILE = "policy.yaml"
DEPLOY_FILE = "gitscale.yaml"
BOTS_FOLDER = "bots"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a snapshot: repository path, git mode, blob id and, once read, its bytes."""

    path: str
    mode: str
    blob: str
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class FleetBot:
    """A bot and where it came from."""

    path: str
    blob: str
    bot: Bot


@dataclass(frozen=True, slots=True)
class Fleet:
    """Valid configuration: bots by name, profiles, presets and policy."""

    bots: Mapping[str, FleetBot]
    profiles: Profiles = field(default_factory=Profiles)
    policy: Policy = field(default_factory=Policy)

    def perp_mm(self) -> Iterator[FleetBot]:
        """The bots the agent scales, by name."""
        return (self.bots[name] for name in sorted(self.bots) if isinstance(self.bots[name].bot, PerpMMBot))

    def sharing(self, bot: PerpMMBot) -> Iterator[PerpMMBot]:
        """The other enabled perp_mm bots whose cross margin is this bot's."""
        for entry in self.bots.values():
            other = entry.bot
            if not isinstance(other, PerpMMBot) or other.name == bot.name:
                continue
            if other.enabled and other.margin_mode == "cross" and other.venue == bot.venue:
                yield other
