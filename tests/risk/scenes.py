"""A whole little fleet in one text, read by the real loader and judged by the rules.

A text is sections, each a config file behind a comment with its path: `# bots/a.yaml`; `# base: bots/a.yaml` and
`# head: bots/a.yaml` are before and after a change. `# today: 2026-11-23` is the day, `# link: PATH` a symbolic link,
`# expect: CODE ABOUT FIGURE` and `# skip: CODE ABOUT` say what the rules find. A bot gets the lines it does not write.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from gitscale.documents import admission, exact, load
from gitscale.documents.load import Loaded
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.fleet import Fleet, FleetBot, SourceFile
from gitscale.risk.finding import Direction
from gitscale.risk.rule import Account, Breach, Comparison, Outcome, Pair, Rule, Scene, Skipped, Spot

TODAY = date(2026, 11, 23)
_MARK = re.compile(r"# (?:(base|head|link|today|expect|skip): )?(.*)")
_USUAL = {"strategy": "perp_mm", "exchange": "blofin", "symbols": "[SOL/USDT:USDT]"}


@dataclass
class Example:
    """The files of base and head, and what is expected; `compares` where the two differ."""

    base: dict[str, str] = field(default_factory=dict)
    head: dict[str, str] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)
    today: date = TODAY
    expected: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    @property
    def compares(self) -> bool:
        return self.base != self.head

    def loaded(self, files: Mapping[str, str]) -> Loaded:
        return load.fleet(
            SourceFile(path, "120000" if path in self.links else "100644", "", text.encode())
            for path, text in files.items()
        )

    def judged(self, rule: Rule) -> list[Outcome]:
        """What a rule says, with the policy and facts of base."""
        base, head = (self.loaded(files).valid() for files in (self.base, self.head))
        scene = Scene(replace(head, policy=base.policy, facts=base.facts), self.today)
        return list(_run(rule, scene, Comparison(base, head, _pairs(base, head), base)))

    def holds(self, spot: Spot) -> bool:
        """Whether there is something at a spot, after the change or before it."""
        return any(
            exact.compose(spot.path, files[spot.path]).find(spot.keys) is not None
            for files in (self.head, self.base)
            if spot.path in files
        )


def read(text: str) -> Example:
    """The example in a text."""
    example, sections = Example(), list(_sections(text))
    for kind, subject, body in sections:
        if kind in ("expect", "skip"):
            (example.expected if kind == "expect" else example.skipped).append(subject)
        elif kind == "today":
            example.today = date.fromisoformat(subject)
        else:
            example.links |= {subject} if kind == "link" else set()
            for files in (example.base, example.head):
                if kind not in ("base", "head") or files is getattr(example, kind):
                    files[subject] = _whole(subject, body)
    return example


def _sections(text: str) -> Iterator[tuple[str, str, str]]:
    mark = None
    for is_mark, lines in groupby(text.splitlines(), lambda line: bool(_MARK.fullmatch(line))):
        if not is_mark:
            assert mark
            yield (*mark, "\n".join(lines) + "\n")
            mark = None
            continue
        for line in lines:
            if mark:
                yield (*mark, "")
            found = _MARK.fullmatch(line)
            assert found
            mark = (found[1] or "", found[2])
    if mark:
        yield (*mark, "")


def _whole(path: str, body: str) -> str:
    if not admission.is_bot(path):
        return body or "{}\n"
    usual = {"name": path.rpartition("/")[2].removesuffix(".yaml")} | _USUAL
    return "".join(f"{key}: {value}\n" for key, value in usual.items() if not re.search(rf"^{key}:", body, re.M)) + body


def _run(rule: Rule, scene: Scene, change: Comparison) -> Iterator[Outcome]:
    for entry in scene.fleet.bots.values() if rule.bot else ():
        yield from rule.bot(scene, entry)  # type: ignore[misc]
    for account in accounts(scene.fleet) if rule.account else ():
        yield from rule.account(scene, account)  # type: ignore[misc]
    for pair in change.pairs.values() if rule.pair else ():
        yield from rule.pair(scene, pair)  # type: ignore[misc]
    if rule.comparison:
        yield from rule.comparison(scene, change)


def accounts(fleet: Fleet) -> list[Account]:
    found: dict[str, list[FleetBot]] = {}
    for entry in fleet.bots.values():
        if entry.bot.enabled:
            found.setdefault("/".join(entry.bot.venue), []).append(entry)
    return [Account(name, tuple(bots)) for name, bots in found.items()]


def _pairs(base: Fleet, head: Fleet) -> dict[str, Pair]:
    return {
        name: Pair(name, old, new, _direction(old, new))
        for name in sorted(base.bots.keys() | head.bots.keys())
        if (old := base.bots.get(name)) != (new := head.bots.get(name))
    }


def _direction(old: FleetBot | None, new: FleetBot | None) -> Direction:
    before, after = (
        exposure(entry.bot.settings) if entry and entry.bot.enabled and isinstance(entry.bot, PerpMMBot) else 0
        for entry in (old, new)
    )
    return "risk-adding" if after > before else "neutral" if after == before else "de-risking"


def breaches(outcomes: list[Outcome]) -> list[Breach]:
    return [item for item in outcomes if isinstance(item, Breach)]


def skips(outcomes: list[Outcome]) -> list[Skipped]:
    return [item for item in outcomes if isinstance(item, Skipped)]
