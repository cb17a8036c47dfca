"""What a rule is, what it is shown, and what it answers.

A rule says what is wrong and where in the configuration; the linter finds the place in the text, applies the policy's
severities and people's acceptances, and compares with base.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from gitscale.model.change import Keys
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.risk.finding import Direction, Severity


class Spot(NamedTuple):
    """A value in a config file, by its keys; no keys are the whole file."""

    path: str
    keys: Keys = ()


class Breach(NamedTuple):
    """One breach of one rule.

    `about` is what it is about: a bot's name, `exchange/account`, or a file. Code and `about` make it the same breach
    in base and head; the larger `figure` is the worse one, and an acceptance covers figures up to its limit.
    """

    message: str
    about: str
    spot: Spot
    bots: tuple[str, ...] = ()
    figure: float = 1
    limit: float | None = None
    remedy: str = ""
    related: tuple[tuple[Spot, str], ...] = ()
    severity: Severity | None = None


class Skipped(NamedTuple):
    """What a rule could not judge, and why: it never passes in silence."""

    reason: str
    about: str
    spot: Spot


Outcome = Breach | Skipped


class Scene(NamedTuple):
    """A fleet as it is judged, with the policy and facts that are trusted, and the day in UTC."""

    fleet: Fleet
    today: date


class Account(NamedTuple):
    """The enabled bots of one exchange account; `name` is `exchange/account`, aliases resolved."""

    name: str
    bots: tuple[FleetBot, ...]


class Pair(NamedTuple):
    """One bot before and after, followed by name; None: it is not there."""

    name: str
    old: FleetBot | None
    new: FleetBot | None
    direction: Direction


class Comparison(NamedTuple):
    """A whole change: base and head with their own policies, profiles and facts, and the bots that differ.

    `fork` is where head left base: what base alone changed since then is no edit of this change.
    """

    base: Fleet
    head: Fleet
    pairs: Mapping[str, Pair]
    fork: Fleet


class Rule(NamedTuple):
    """A rule: `page` is its Markdown, the first line of which is its summary; it judges what it has a check for."""

    code: str
    name: str
    severity: Severity
    page: str | None
    bot: Callable[[Scene, FleetBot], Iterable[Outcome]] | None = None
    account: Callable[[Scene, Account], Iterable[Outcome]] | None = None
    pair: Callable[[Scene, Pair], Iterable[Outcome]] | None = None
    comparison: Callable[[Scene, Comparison], Iterable[Outcome]] | None = None

    @property
    def summary(self) -> str:
        """One sentence."""
        return (self.page or "").strip().split("\n", 1)[0]
