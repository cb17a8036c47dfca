"""What the gate and the door would say of a bot's settings that nobody has written yet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from gitscale.model.bot import AcceptedRisk, PerpMMBot
from gitscale.model.danger import dangers, unaccepted
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.parameters import Settings
from gitscale.risk import linter, measure
from gitscale.risk.finding import Direction, Finding, Measure, Place
from gitscale.risk.gate import Judge, findings, known_figures
from gitscale.risk.rule import Comparison, Pair, Scene


@dataclass(frozen=True, slots=True)
class Trial:
    """Figures before and after, which way they go, what is newly found, and whether a write would ask first."""

    before: Measure
    after: Measure
    direction: Direction
    found: tuple[Finding, ...]
    waits: bool

    @property
    def passes(self) -> bool:
        """Whether the change would be let in: no new error, nothing to confirm."""
        return not self.refused

    @property
    def refused(self) -> str:
        """Why it would not be let in; empty: it would."""
        errors = [f"{item.code} {item.message}" for item in self.found if item.severity == "error"]
        return errors[0] if errors else "it has to be confirmed" if self.waits else ""


class Trials:
    """Judges one bot of a fleet with other settings; what is known of it as it stands is asked once."""

    def __init__(self, fleet: Fleet, entry: FleetBot, today: date) -> None:
        self._fleet, self._entry, self._today = fleet, entry, today
        self._account = linter.account_of(entry)
        # no rule of bots or accounts looks beyond the account
        self._near = linter.accounts(fleet, {entry.venue})[self._account]
        self._told = linter.judge(self._account, self._near, today).told
        self._tried: dict[Settings, Trial] = {}

    def __call__(self, bot: PerpMMBot) -> Trial:
        """Judge `bot`, which is the one that stands there with other settings."""
        if bot.settings not in self._tried:
            self._tried[bot.settings] = self._trial(bot)
        return self._tried[bot.settings]

    def _trial(self, bot: PerpMMBot) -> Trial:
        changed = FleetBot(self._entry.path, "", bot)
        near = replace(self._near, bots={**self._near.bots, bot.name: changed})
        before, after = measure.of_bot(self._near, self._entry), measure.of_bot(near, changed)
        assert before is not None
        assert after is not None
        pair = Pair(bot.name, self._entry, changed, measure.direction(self._entry, changed, (before, after)))
        return Trial(before, after, pair.direction, self._found(near, pair), self._waits(near, bot))

    def _found(self, near: Fleet, pair: Pair) -> tuple[Finding, ...]:
        """What is new, leaving out what is said of findings themselves."""
        assert pair.new is not None
        whole = replace(self._fleet, bots={**self._fleet.bots, pair.name: pair.new})
        told = [
            *linter.judge(self._account, near, self._today).told,
            *linter.compare(Scene(near, self._today), Comparison(self._fleet, whole, {pair.name: pair}, self._fleet)),
        ]
        known = known_figures(self._told, self._near, near)
        judge = Judge(near, self._today, self._accepted, lambda spot: Place(spot.path), {pair.name: pair}, known)
        return tuple(item for item in findings(judge, told) if item.state == "new" and not item.code.startswith("GS9"))

    def _accepted(self, name: str) -> Sequence[AcceptedRisk]:
        return self._near.bots[name].bot.accepted_risks if name in self._near.bots else ()

    def _waits(self, near: Fleet, bot: PerpMMBot) -> bool:
        standing = self._entry.bot
        assert isinstance(standing, PerpMMBot)
        before, after = dangers(self._near, standing), dangers(near, bot)
        return bool(unaccepted(before, after, standing.accepted_risks, self._today))
