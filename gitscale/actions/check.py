"""/risk check: what one bot can cost, and how it stands with every rule of bots and accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gitscale.actions.workspace import Scope, Workspace, choose, perp_mm
from gitscale.documents.load import Loaded
from gitscale.errors import InvalidConfig, Problem
from gitscale.model.bot import AcceptedRisk, PerpMMBot
from gitscale.model.exposure import Level, exposure, level
from gitscale.model.fleet import POLICY_FILE
from gitscale.model.numbers import spell
from gitscale.risk import deltas, linter
from gitscale.risk.finding import Delta
from gitscale.risk.margins import MARGINS
from gitscale.risk.rule import Breach, Scene, Skipped
from gitscale.risk.rules import BY_CODE

Verdict = Literal["PASS", "WARN", "FAIL", "NOT EVALUATED"]
_VERDICTS: dict[str, Verdict] = {"error": "FAIL", "warning": "WARN", "note": "WARN"}
_WORST_FIRST: tuple[Verdict, ...] = ("FAIL", "WARN")
_ASLEEP = "the bot is disabled: it does not count towards its account"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a rule says of the bot; `remedy` is what to change to pass, `accepted` who answers for a failure."""

    code: str
    name: str
    verdict: Verdict
    numbers: str
    message: str = ""
    remedy: str = ""
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A bot's figures and its account's, and every rule's word; `problems` are files that could not be counted in."""

    bot: PerpMMBot
    revision: str
    level: Level
    standing: tuple[Delta, Delta]
    judged: tuple[Judged, ...]
    problems: tuple[Problem, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of all rules that could judge."""
        found = {item.verdict for item in self.judged}
        return next((word for word in _WORST_FIRST if word in found), "PASS")

    @property
    def not_evaluated(self) -> int:
        """How many rules could not judge."""
        return sum(item.verdict == "NOT EVALUATED" for item in self.judged)


def check(workspace: Workspace, scope: Scope) -> Check:
    """Judge one bot where it stands.

    Raises:
        InvalidConfig: the policy is broken, so that nothing says what is too much.
    """
    tip = workspace.tip(scope)
    loaded = workspace.loaded(tip)
    entry = choose(loaded, scope.bot)
    refuse_unjudged(loaded)
    bot, account, today = perp_mm(entry), linter.account_of(entry), workspace.today()
    near = linter.accounts(loaded.fleet, {entry.venue})
    verdict = linter.judge(account, near[account], today)
    return Check(
        bot,
        tip,
        level(exposure(bot.settings), loaded.fleet.policy.levels),
        deltas.standing(deltas.Side(near[account], near, {account: verdict}), entry),
        tuple(_judged(Scene(near[account], today), bot, code, verdict.told) for code in MARGINS),
        loaded.problems,
    )


def refuse_unjudged(loaded: Loaded) -> None:
    """Refuse to judge by a policy that cannot be read.

    Raises:
        InvalidConfig: it is broken.
    """
    if broken := [problem for problem in loaded.problems if problem.path == POLICY_FILE]:
        raise InvalidConfig("policy.yaml is not valid: nothing says what is too much", broken, "mend it first")


def _judged(scene: Scene, bot: PerpMMBot, code: str, told: Sequence[linter.Told]) -> Judged:
    rule, numbers = BY_CODE[code], MARGINS[code](scene.fleet, bot)
    said = scene.fleet.policy.severity.get(code)
    if said == "off":
        return Judged(code, rule.name, "NOT EVALUATED", numbers, "switched off in policy.yaml")
    mine = [item.outcome for item in told if item.rule is rule]
    breaches = [item for item in mine if isinstance(item, Breach) and bot.name in item.bots]
    if not breaches:
        reasons = [item.reason for item in mine if isinstance(item, Skipped) and item.about == bot.name]
        asleep = _ASLEEP if rule.account and not bot.enabled else ""
        return Judged(code, rule.name, "NOT EVALUATED" if reasons else "PASS", numbers, "; ".join(reasons) or asleep)
    signed = [_acceptance(scene, code, item) for item in breaches]
    accepted = "; ".join(_signature(item) for item in signed if item)
    verdict = "WARN" if all(signed) else _VERDICTS[said or breaches[0].severity or rule.severity]
    messages, remedies = (dict.fromkeys(getattr(item, name) for item in breaches) for name in ("message", "remedy"))
    return Judged(code, rule.name, verdict, numbers, "; ".join(messages), "; ".join(filter(None, remedies)), accepted)


def _acceptance(scene: Scene, code: str, breach: Breach) -> AcceptedRisk | None:
    """Whoever answers for it: any of the bots that make it up may."""
    entries = (entry for name in breach.bots for entry in scene.fleet.bots[name].bot.accepted_risks)
    return next((entry for entry in entries if entry.covers(code, breach.figure, scene.today)), None)


def _signature(entry: AcceptedRisk) -> str:
    return f"up to {spell(entry.limit)} by {entry.by} until {entry.until}: {entry.reason}"
