"""/advise GOAL: commands that help, none of which the gate would refuse or a write would ask about."""

from collections.abc import Mapping
from dataclasses import dataclass

from gitscale.actions.check import refuse_unjudged
from gitscale.actions.workspace import Scope, Workspace, choose, perp_mm
from gitscale.documents.words import suggestion
from gitscale.errors import Refused
from gitscale.model.numbers import Scalar
from gitscale.risk.ideas import GOALS, Idea, Sight, changed
from gitscale.risk.trial import Trial, Trials


@dataclass(frozen=True, slots=True)
class Offer:
    """An idea that passes, with its figures before and after."""

    idea: Idea
    trial: Trial


@dataclass(frozen=True, slots=True)
class Advice:
    """What helps a bot towards a goal; no offers is the honest no, and `refused` says what stood against the ideas."""

    bot: str
    revision: str
    goal: str
    offers: tuple[Offer, ...]
    refused: tuple[str, ...]
    only: bool


def advise(workspace: Workspace, scope: Scope, goal: str) -> Advice:
    """Try every idea for the goal on the bot as it stands.

    Raises:
        Refused: there is no such goal.
        InvalidConfig: the policy is broken, so that nothing says what is too much.
    """
    goal = goal.lower()
    if goal not in GOALS:
        raise Refused(f"there is no advice about {goal[:40]!r}", suggestion(goal, list(GOALS)) or _known())
    tip = workspace.tip(scope)
    loaded = workspace.loaded(tip)
    entry = choose(loaded, scope.bot)
    refuse_unjudged(loaded)
    bot, fleet = perp_mm(entry), loaded.fleet
    trials = Trials(fleet, entry, workspace.today())

    def tried(settings: Mapping[str, Scalar]) -> Trial | None:
        found = changed(bot, settings)
        return trials(found) if found and found.settings != bot.settings else None

    offers: list[Offer] = []
    refused: list[str] = []
    for idea in GOALS[goal](Sight(fleet, bot, tried)):
        found = tried(idea.settings)
        if found is not None and found.passes:
            offers.append(Offer(idea, found))
        elif found is not None:
            refused.append(f"{idea.command}: {found.refused}")
    only = sum(1 for _ in fleet.perp_mm()) == 1
    return Advice(bot.name, tip, goal, tuple(offers), tuple(refused), only)


def _known() -> str:
    return f"known: {', '.join(GOALS)}"
