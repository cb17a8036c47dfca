"""/explain TOPIC: what a word names, and the bot that its explanation is worked out with.

A word may name several things: `leverage` is a parameter and a concept, `moderate` a profile and a level.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from gitscale.actions.workspace import Scope, Workspace, choose, perp_mm
from gitscale.documents.words import suggestion
from gitscale.errors import GitscaleError, Refused, Usage
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import Level
from gitscale.model.fleet import POLICY_FILE, Fleet
from gitscale.model.forms import PERP_MM
from gitscale.model.parameters import PARAMETERS
from gitscale.risk.rule import Rule
from gitscale.risk.rules import RULES

if TYPE_CHECKING:
    from gitscale.actions.live import Rendered
    from gitscale.runtime.state import Standing

    State = tuple[Rendered, Standing]

Kind = Literal["parameter", "concept", "profile", "level", "rule"]


class Concept(NamedTuple):
    """Something to understand: in a sentence, the parameters that it is about, and what to read next."""

    summary: str
    about: tuple[str, ...] = ()
    see: tuple[str, ...] = ()


CONCEPTS: Mapping[str, Concept] = {
    "equity_pct": Concept(
        "The growth engine: the share of the account that each grid cycle uses.",
        ("equity_pct",),
        ("leverage", "stop", "liquidation"),
    ),
    "leverage": Concept(
        "Leverage multiplies what every price move costs, and brings liquidation nearer.",
        ("leverage",),
        ("liquidation", "equity_pct"),
    ),
    "liquidation": Concept(
        "Where the exchange closes the position by itself, because the collateral behind it is used up.",
        see=("leverage", "stop", "GS103"),
    ),
    "stop": Concept(
        "The hard stop closes the whole position by taker orders, at a distance from its average entry.",
        ("hard_stop_loss_bps",),
        ("liquidation", "GS103", "GS104"),
    ),
    "spread": Concept(
        "How far from mid the bot quotes: what a fill earns before fees, and how rare it is.",
        ("base_spread_bps", "min_spread_bps", "target_net_bps"),
        ("fees", "grid"),
    ),
    "fees": Concept(
        "What the exchange takes of every fill: makers wait in the book, takers do not.", see=("spread", "GS105")
    ),
    "grid": Concept(
        "The orders that wait on both sides of mid, level above level.", ("num_levels",), ("spread", "stop")
    ),
    "xgrid": Concept(
        "Counter-scalp hedging: when the market moves against the bot, it opens a position the other way.",
        ("xgrid_enabled",),
        ("grid", "GS109"),
    ),
    "sync": Concept("How a commit reaches a bot: through its JSON file and its database row.", see=("rollback",)),
    "rollback": Concept("The way back: every change is a commit, and any of them can be turned back.", see=("sync",)),
}
RULE_NAMED: Mapping[str, Rule] = {name: rule for rule in RULES for name in (rule.code, rule.name)}
_EXAMPLE: dict[str, Any] = {
    "name": "example",
    "strategy": PERP_MM,
    "exchange": "blofin",
    "symbols": ["BTC/USDT:USDT"],
}


@dataclass(frozen=True, slots=True)
class Sight:
    """A bot among its fleet; where it is not the user's own, `without` says why, and it is the defaults' bot.

    `state` looks how far the bot's settings have come: only one topic is about that.
    """

    fleet: Fleet
    bot: PerpMMBot
    revision: str = ""
    without: str = ""
    notes: tuple[str, ...] = ()
    state: "Callable[[], State] | None" = None

    @property
    def mine(self) -> bool:
        """Whether the bot is the user's own."""
        return not self.without

    @property
    def equity(self) -> float | None:
        """What the bot's account holds, where policy knows it."""
        return self.fleet.policy.equity_of("/".join(self.bot.venue)) if self.mine else None

    @property
    def currency(self) -> str:
        """What the account is kept in."""
        return self.bot.symbols[0].rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class Explained:
    """A topic by its canonical name, everything it names, the concept it is or belongs to, and whom to work it with."""

    topic: str
    kinds: tuple[Kind, ...]
    concept: str
    sight: Sight


def explain(sight: Sight, word: str) -> Explained:
    """What a word names.

    Raises:
        Refused: it names nothing.
    """
    topic = _named(word, sight.fleet)
    concept = topic if topic in CONCEPTS else next((name for name, item in CONCEPTS.items() if topic in item.about), "")
    return Explained(topic, topics(sight.fleet)[topic], concept, sight)


def topics(fleet: Fleet) -> dict[str, tuple[Kind, ...]]:
    """Every word that can be explained, and what it names; a rule by its code and by its name."""
    found: dict[str, tuple[Kind, ...]] = {}
    for kind, names in _sources(fleet):
        for name in names:
            found[name] = (*found.get(name, ()), kind)
    return found


def _sources(fleet: Fleet) -> tuple[tuple[Kind, Iterable[str]], ...]:
    return (
        ("parameter", PARAMETERS),
        ("concept", CONCEPTS),
        ("profile", fleet.profiles.profiles),
        ("level", [item.value.lower() for item in Level]),
        ("rule", RULE_NAMED),
    )


def _named(word: str, fleet: Fleet) -> str:
    """The topic that a word means, whatever its letter case and between its parts; a rule by its code."""
    known, wanted = topics(fleet), word.strip()
    alike = {_plain(name): name for name in reversed(known)}
    found = wanted if wanted in known else alike.get(_plain(wanted), "")
    if found:
        return found if known[found] != ("rule",) else RULE_NAMED[found].code
    near = suggestion(wanted[:100], list(known))
    others = ", ".join(name for name, kinds in known.items() if kinds != ("rule",))
    listed = f"topics: {others}, and every rule from {RULES[0].code} to {RULES[-1].code}"
    raise Refused(f"there is no topic {wanted[:100]!r}", f"{near} {listed}".strip())


def _plain(word: str) -> str:
    return "".join(sign for sign in word.lower() if sign not in " _-/")


def sight_of(workspace: Workspace, scope: Scope) -> Sight:
    """The bot a command means, or why there is none to work with.

    Raises:
        Refused: the bot or branch that was named outright does not exist.
    """
    try:
        tip = workspace.tip(scope)
    except Refused as error:
        if scope.branch is not None or scope.bot is not None:
            raise
        return sight_without(error.message)
    loaded = workspace.loaded(tip)
    try:
        entry = choose(loaded, scope.bot)
    except GitscaleError as error:
        if scope.bot is not None:
            raise
        reason = f"{error.message}; {error.remedy}" if isinstance(error, Usage) else error.message
        return _example(loaded.fleet, reason, tip)

    def state() -> "State":
        from gitscale.actions.live import live

        here = live(workspace)
        return here.rendered(entry), here.standing(entry.bot.name)

    broken = any(problem.path == POLICY_FILE for problem in loaded.problems)
    notes = ("policy.yaml is not valid: its defaults stand in for it",) if broken else ()
    return Sight(loaded.fleet, perp_mm(entry), tip, notes=notes, state=state)


def sight_without(reason: str) -> Sight:
    """What explanations are worked out with where there is no repository, and why there is none."""
    return _example(_packaged(), reason)


def _example(fleet: Fleet, reason: str, revision: str = "") -> Sight:
    """The defaults, alone on their account, judged by the fleet's policy."""
    return Sight(replace(fleet, bots={}), PerpMMBot.model_validate(_EXAMPLE), revision, reason)


def _packaged() -> Fleet:
    """The fleet that `gitscale init` begins with: where there is no repository, its profiles are explained."""
    from gitscale.actions.init import starter_files
    from gitscale.documents import load
    from gitscale.model.fleet import PROFILES_FILE

    return Fleet({}, load.profiles(PROFILES_FILE, starter_files()[PROFILES_FILE]))
