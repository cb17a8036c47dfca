"""A whole fleet at one revision."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gitscale.model.bot import Bot, PerpMMBot
from gitscale.model.policy import Policy
from gitscale.model.profiles import Profiles
from gitscale.model.snapshot import BOTS_FOLDER, DEPLOY_FILE, FACTS_FILE, POLICY_FILE, PROFILES_FILE, SourceFile

if TYPE_CHECKING:
    from gitscale.model.deployment import Deployment
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
    "Reads",
    "SourceFile",
]


class FleetBot:
    """A bot, where it came from, and the account it draws on.

    One whose file is known to be good may be given as what reads it: it is read when it is first asked for.
    """

    __slots__ = ("_bot", "blob", "path", "venue")

    def __init__(self, path: str, blob: str, bot: "Bot | Reads", venue: tuple[str, str] | None = None) -> None:
        self.path = path
        self.blob = blob
        self._bot = bot
        self.venue = self.bot.venue if venue is None else venue

    @property
    def bot(self) -> Bot:
        """What the file says."""
        found = self._bot
        if callable(found):  # no model is, and asking a model's class takes long
            self._bot = found = found(self)
        return found

    def has_text_of(self, other: "FleetBot | None") -> bool:
        """Whether both were read from the same content, as far as git can tell."""
        return self is other or (other is not None and self.blob == other.blob != "")

    def __hash__(self) -> int:
        return hash((self.path, self.blob))

    def __eq__(self, other: object) -> bool:
        """Whether it is the same bot from the same place."""
        if not isinstance(other, FleetBot):
            return NotImplemented
        return (self.path, self.blob, self.bot) == (other.path, other.blob, other.bot)


Reads = Callable[[FleetBot], Bot]


@dataclass(frozen=True, slots=True)
class Fleet:
    """Valid configuration: bots by name, profiles, presets and policy; facts and deployment where there are such."""

    bots: Mapping[str, FleetBot]
    profiles: Profiles = field(default_factory=Profiles)
    policy: Policy = field(default_factory=Policy)
    facts: "Facts | None" = None
    deployment: "Deployment | None" = None

    def perp_mm(self) -> Iterator[FleetBot]:
        """The bots the agent scales, by name."""
        return (self.bots[name] for name in sorted(self.bots) if isinstance(self.bots[name].bot, PerpMMBot))

    def sharing(self, bot: PerpMMBot) -> Iterator[PerpMMBot]:
        """The other enabled perp_mm bots whose cross margin is this bot's."""
        venue = bot.venue
        for entry in self.bots.values():
            if entry.venue != venue:
                continue
            other = entry.bot
            if not isinstance(other, PerpMMBot) or other.name == bot.name:
                continue
            if other.enabled and other.margin_mode == "cross":
                yield other
