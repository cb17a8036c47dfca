"""No change loosens its own gate: whatever it edits besides its bots, these are judged as without that edit.

Over real repositories: every change of bots with every attempt at the gate, and attempts in any combination.
"""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.workspace import Workspace
from gitscale.risk.finding import Report
from tests.conftest import Git
from tests.helpers import bot_text

CALM, BUSY, WILD = "bots/calm.yaml", "bots/busy.yaml", "bots/eu/wild.yaml"
POLICY, PROFILES, FACTS, DEPLOY = "policy.yaml", "profiles.yaml", "market/facts.yaml", "gitscale.yaml"
STRICT = """\
max_exposure: 800
max_account_exposure: 1200
loss_at_stop: {warn: 20, max: 60}
levels: {moderate: 50, high: 300, extreme: 1000}
growth_factor: 2
mass_change: {share: 10, bots: 1}
maintenance_margin: 1
slippage_bps: 15
acceptance_days: 7
fees:
  blofin: {maker: 3, taker: 7}
severity: {GS110: error, GS202: error, GS206: error}
accounts: {blofin/main: 1000, blofin/wild: 1000}
facts_max_age_days: 14
"""
LOOSE = """\
max_exposure: 100000
max_account_exposure: 100000
loss_at_stop: {warn: 100, max: 100}
levels: {moderate: 50000, high: 60000, extreme: 70000}
growth_factor: 1000
mass_change: {share: 100, bots: 1000}
maintenance_margin: 0
slippage_bps: 0
acceptance_days: 366
fees:
  blofin: {maker: -50, taker: -50}
accounts: {blofin/main: 100000000}
facts_max_age_days: 9999
"""
CODES = [f"GS{number}" for number in (*range(101, 111), *range(201, 207))]
OFF = STRICT + "severity: {" + ", ".join(f"{code}: 'off'" for code in [*CODES, "GS903"]) + "}\n"
GRANTED = "exchanges:\n  blofin:\n    as_of: 2026-11-20\n    markets:\n      SOL/USDT:USDT: {{max_leverage: {}}}\n"
SIGNED = "accepted_risks:\n" + "".join(
    f"  - {{rule: {code}, limit: 99999, reason: trust me, by: Mallory, until: 2027-06-30}}\n" for code in CODES
)
AGREED = "accepted_risks:\n  - {rule: GS102, limit: 900, reason: agreed, by: Ada, until: 2026-12-31}\n"
WILD_TEXT = bot_text("wild", account="wild", equity_pct=10, leverage=90, stop=100)
Files = Mapping[str, str | None]
START: Files = {
    POLICY: STRICT,
    FACTS: GRANTED.format(100),
    DEPLOY: "branch: main\n",
    "bots/blofin-main.yaml": None,
    CALM: bot_text("calm", equity_pct=5, leverage=20, stop=200),
    BUSY: bot_text("busy", equity_pct=10, leverage=70, stop=300),
    WILD: WILD_TEXT + AGREED,
}
# what is changed about bots, and what the gate fails for
CHANGES: dict[str, tuple[Files, set[str]]] = {
    "nothing": ({}, set()),
    "a little more": ({CALM: bot_text("calm", leverage=25, stop=200)}, set()),
    "calmer": ({BUSY: bot_text("busy", equity_pct=10, leverage=50, stop=300)}, set()),
    "too large": ({CALM: bot_text("calm", equity_pct=12, leverage=75, stop=100)}, {"GS102", "GS107", "GS201"}),
    "degen": (
        {CALM: bot_text("calm", equity_pct=20, leverage=100, stop=1500)},
        {"GS101", "GS102", "GS103", "GS104", "GS107", "GS201", "GS202"},
    ),
    "more than was accepted": ({WILD: WILD_TEXT.replace("90", "91") + AGREED}, {"GS102"}),
    "a wider stop": ({BUSY: bot_text("busy", equity_pct=10, leverage=70, stop=350)}, {"GS202"}),
    "more than is granted": (
        {"bots/new.yaml": bot_text("new", equity_pct=1, leverage=101, stop=50, account="own")},
        {"GS106"},
    ),
    "no longer worth it": ({CALM: bot_text("calm", leverage=20, stop=200).replace("_bps: 8", "_bps: 3")}, {"GS105"}),
    "gone": ({CALM: None}, {"GS204"}),
    "elsewhere": ({CALM: bot_text("calm", leverage=20, stop=200, account="other")}, {"GS206"}),
    "several at once": (
        {
            CALM: bot_text("calm", leverage=21, stop=200),
            BUSY: bot_text("busy", equity_pct=10, leverage=71, stop=300),
        },
        {"GS203"},
    ),
    "a secret": ({"bots/key.yaml": bot_text("key") + "advanced: {api_secret: 9f8a7c6b5d4e3f2a1b0c}\n"}, {"GS006"}),
}
NEUTRAL = ("nothing", "a secret")  # the gate sees no bot that differs


class Attempt(NamedTuple):
    """Edits of files as they would be after the change, the commit's message, and whether something gets looser."""

    edit: Callable[[dict[str, str | None]], Files]
    loosens: bool = True
    message: str = "a change"


def file(path: str, text: str | None) -> Callable[[dict[str, str | None]], Files]:
    return lambda _: {path: text}


def signed(files: dict[str, str | None]) -> Files:
    bots = {path: text.partition("accepted_risks")[0] for path, text in files.items() if text and "bots/" in path}
    return {path: text + SIGNED for path, text in bots.items()}


def profiles(old: str, new: str) -> Callable[[dict[str, str | None]], Files]:
    return lambda files: {PROFILES: str(files[PROFILES]).replace(old, new)}


FORGED = """calm: confirm scale degen

Gitscale-Command: /confirm scale degen
Gitscale-Bot: calm
Gitscale-Accepted: GS101 GS102 GS103 GS104
"""
ATTEMPTS: dict[str, Attempt] = {
    "limits": Attempt(file(POLICY, LOOSE)),
    "severities": Attempt(file(POLICY, OFF.replace("severity: {GS110: error, GS202: error, GS206: error}\n", ""))),
    "no policy": Attempt(file(POLICY, None)),
    "no secrets": Attempt(file(POLICY, f"{STRICT}not_secrets: [advanced.api_secret]\n")),
    "confirm": Attempt(profiles("    confirm: true\n", "")),
    "profile": Attempt(profiles("leverage: 50", "leverage: 51")),
    "facts": Attempt(file(FACTS, GRANTED.format(125))),
    "no facts": Attempt(file(FACTS, None)),
    "acceptances": Attempt(signed),
    "branch": Attempt(file(DEPLOY, "branch: pr\n")),
    "output": Attempt(file(DEPLOY, "branch: main\noutput: elsewhere\n")),
    "schema": Attempt(file("schemas/bot.schema.json", "{}\n"), loosens=False),
    "trailer": Attempt(file("README.md", "/confirm scale degen\n"), loosens=False, message=FORGED),
}
BRANCHES = count()
# each example is some commits: what fails is told as it was found
NO_SHRINKING = (Phase.explicit, Phase.generate)


class Judged(NamedTuple):
    """What the gate says of a change."""

    report: Report

    def of_bots(self) -> list[tuple[object, ...]]:
        """All it says of bots, but for where the lines are and what is said of the acceptances themselves."""
        return [
            (item.code, item.severity, item.state, item.message, item.remedy, item.bots, item.figure, item.limit)
            for item in self.report.worst_first()
            if item.place.path.startswith("bots/") and item.code not in ("GS205", "GS902")
        ]

    def failing(self) -> set[str]:
        return {item.code for item in self.report.failing if item.place.path.startswith("bots/")} - {"GS205"}

    def loosened(self) -> set[tuple[str, str]]:
        return {(item.severity, item.state) for item in self.report.findings if item.code == "GS205"}


class Bench(NamedTuple):
    """A repository in which changes are proposed, each on a branch of its own."""

    repo: Path
    git: Git
    workspace: Workspace

    def write(self, files: Files) -> None:
        for path, text in files.items():
            place = self.repo / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text) if text is not None else place.unlink(missing_ok=True)

    def judged(self, change: Files, attempts: tuple[str, ...] = ()) -> Judged:
        branch = f"pr-{next(BRANCHES)}"
        self.git("switch", "-qc", branch, "main")
        files: dict[str, str | None] = {**START, PROFILES: (self.repo / PROFILES).read_text(), **change}
        self.write(change)
        for name in attempts:
            edit = ATTEMPTS[name].edit(files)
            files |= edit
            self.write(edit)
        self.git("add", "-A")
        message = "\n\n".join(ATTEMPTS[name].message for name in attempts) or "a change"
        self.git("commit", "-q", "--allow-empty", "-m", message)
        report = gate(self.workspace, Ask(base="main", head=branch))
        self.git("switch", "-q", "main")
        return Judged(report)


@pytest.fixture
def bench(repo: Path, git: Git, opened: Workspace) -> Bench:
    made = Bench(repo, git, opened)
    made.write(START)
    git("add", "-A"), git("commit", "-qm", "a strict policy")
    return made


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_judged_as_without_the_attempt(bench: Bench, change: str) -> None:
    files, fails = CHANGES[change]
    plain = bench.judged(files)
    assert (plain.failing(), plain.loosened()) == (fails, set())
    for name, attempt in ATTEMPTS.items():
        found = bench.judged(files, (name,))
        assert found.of_bots() == plain.of_bots(), name
        assert found.report.deltas == plain.report.deltas, name
        severity = "warning" if change in NEUTRAL else "error"
        assert found.loosened() == ({(severity, "new")} if attempt.loosens else set()), name


@given(
    st.sampled_from(sorted(CHANGES)), st.lists(st.sampled_from(sorted(ATTEMPTS)), min_size=2, max_size=5, unique=True)
)
@settings(
    max_examples=15, deadline=None, phases=NO_SHRINKING, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_attempts_together_get_no_further(bench: Bench, change: str, attempts: list[str]) -> None:
    files, fails = CHANGES[change]
    plain, found = bench.judged(files), bench.judged(files, tuple(attempts))
    assert found.of_bots() == plain.of_bots()
    assert found.failing() == fails
    assert bool(found.loosened()) is any(ATTEMPTS[name].loosens for name in attempts)


def test_the_place_of_what_leads_elsewhere(bench: Bench) -> None:
    found = bench.judged({CALM: None}, ("output",)).report.findings
    assert [(str(item.place), item.message) for item in found if item.code == "GS205"] == [
        ("gitscale.yaml:2:9", "output leads elsewhere: build -> elsewhere")
    ]


@pytest.mark.parametrize("keep", [True, False])
def test_what_base_tightened_meanwhile_is_no_edit_of_the_branch(bench: Bench, keep: bool) -> None:
    """Merged, base's policy stands, and it judges already; a branch that writes the looser value does edit."""
    bench.git("branch", "older")
    bench.write({POLICY: STRICT.replace("max_exposure: 800", "max_exposure: 700"), DEPLOY: "output: out\n"})
    bench.git("commit", "-qam", "tighter, and delivered to out")
    bench.git("switch", "-q", "older")
    bench.write({CALM: bot_text("calm", equity_pct=10, leverage=75, stop=100, account="own")})
    if not keep:
        bench.write({POLICY: STRICT.replace("max_exposure: 800", "max_exposure: 801")})
    bench.git("commit", "-qam", "larger")
    found = {item.code: item.message for item in gate(bench.workspace, Ask(base="main", head="older")).failing}
    assert found["GS102"] == "exposure 750% is above the policy's 700%"
    assert found.get("GS205") == (None if keep else "max_exposure is looser: 700 -> 801")
