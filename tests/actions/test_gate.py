"""The gate between two revisions: what is compared, what judges, what counts as known or accepted."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from gitscale.actions.accept import Signature, accept
from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.workspace import Scope, Workspace
from gitscale.actions.write import Written
from gitscale.errors import InvalidConfig, Refused, Unavailable
from gitscale.risk.finding import Report
from tests.conftest import Clock, Git
from tests.helpers import bot_text, commit_file

BOT = "bots/blofin-main.yaml"
ACCEPTED = """accepted_risks:
  - {rule: GS101, limit: 2000, reason: agreed, by: Ada, until: 2026-12-31}
  - {rule: GS102, limit: 2000, reason: agreed, by: Ada, until: 2026-12-31}
  - {rule: GS103, limit: 200, reason: agreed, by: Ada, until: 2026-12-31}
  - {rule: GS104, limit: 100, reason: agreed, by: Ada, until: 2026-12-31}
"""
Commit = Callable[..., None]


def text(leverage: int, more: str = "", **values: object) -> str:
    return bot_text("blofin-main", leverage=leverage, equity_pct=20, stop=100, **values) + more


@pytest.fixture(autouse=True, params=["read", "remembered"])
def _memory(request: pytest.FixtureRequest) -> None:
    """Whatever is remembered, the answer is the same: every question is asked with and without."""
    if request.param == "remembered":
        request.getfixturevalue("remembering")


@pytest.fixture
def on_branch(repo: Path, git: Git) -> Commit:
    """Commits files to the branch `pr`, made from main when first used."""

    def commit(**files: str | None) -> None:
        exists = "pr" in git("branch", "--format=%(refname:short)").split()
        git("switch", "-q", *([] if exists else ["-c"]), "pr")
        for path, content in files.items():
            commit_file(repo, path, content)

    return commit


def judged(workspace: Workspace, **asked: object) -> dict[str, str]:
    """State by code of what was found about the bot, from main to pr."""
    return states(gate(workspace, Ask(**({"base": "main", "head": "pr"} | asked))))  # type: ignore[arg-type]


def states(report: Report) -> dict[str, str]:
    return {item.code: item.state for item in report.findings if item.severity == "error"}


def failing(workspace: Workspace, **asked: object) -> set[str]:
    report = gate(workspace, Ask(**({"base": "main", "head": "pr"} | asked)))  # type: ignore[arg-type]
    return {item.code for item in report.failing}


class TestKnown:
    def test_what_is_new_fails(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25))
        on_branch(**{BOT: text(60)})
        assert judged(opened) == {"GS102": "new"}

    def test_what_was_there_is_shown(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(60))
        on_branch(**{BOT: text(60, account="other")})
        assert judged(opened) == {"GS102": "existing"}

    def test_what_gets_worse_fails(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(60))
        on_branch(**{BOT: text(61)})
        assert judged(opened) == {"GS102": "new"}

    def test_what_gets_better_passes(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(60))
        on_branch(**{BOT: text(55)})
        assert judged(opened) == {"GS102": "existing"}

    def test_an_untouched_bot_never_fails(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(60))
        on_branch(**{"bots/second.yaml": bot_text("second", account="own", equity_pct=1, leverage=1)})
        assert judged(opened) == {"GS102": "existing"}

    @pytest.mark.parametrize("path", ["bots/eu/blofin-main.yaml", BOT])
    def test_a_bot_is_followed_by_name(self, opened: Workspace, repo: Path, on_branch: Commit, path: str) -> None:
        commit_file(repo, BOT, text(60))
        on_branch(**{BOT: None})
        on_branch(**{path: text(60)})
        assert judged(opened) == {"GS102": "existing"}

    def test_danger_that_slept_is_not_known_when_it_wakes(
        self, opened: Workspace, repo: Path, on_branch: Commit
    ) -> None:
        commit_file(repo, BOT, text(60, enabled="false"))
        on_branch(**{BOT: text(60, enabled="true")})
        assert judged(opened) == {"GS102": "new"}

    def test_without_a_base_everything_is_new(self, opened: Workspace, repo: Path) -> None:
        commit_file(repo, BOT, text(60))
        assert states(gate(opened, Ask())) == {"GS102": "new"}


class TestWhoJudges:
    def test_not_the_policy_of_the_branch(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25))
        on_branch(**{BOT: text(60), "policy.yaml": "max_exposure: 100000\n"})
        assert "GS102" in failing(opened)

    def test_whose_limit_it_is_is_told(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, "policy.yaml", "max_exposure: 900\n")
        on_branch(**{BOT: text(50), "policy.yaml": "max_exposure: 3000\n"})
        report = gate(opened, Ask(base="main", head="pr"))
        found = next(item for item in report.findings if item.code == "GS102")
        assert "the policy says 900" in [item.message for item in found.related]

    def test_not_an_older_policy_it_was_cut_from(
        self, opened: Workspace, repo: Path, git: Git, on_branch: Commit
    ) -> None:
        commit_file(repo, BOT, text(25))
        commit_file(repo, "policy.yaml", "max_exposure: 100000\n")
        on_branch(**{BOT: text(60)})
        git("switch", "-q", "main")
        commit_file(repo, "policy.yaml", "max_exposure: 1000\n")
        assert "GS102" in failing(opened)

    def test_what_main_mended_meanwhile_is_no_excuse(
        self, opened: Workspace, repo: Path, git: Git, on_branch: Commit
    ) -> None:
        """Old values come from where the branch was cut, so main's own later changes are nobody's fault here."""
        commit_file(repo, BOT, text(60))
        on_branch(**{"bots/second.yaml": bot_text("second", account="own", equity_pct=1, leverage=1)})
        git("switch", "-q", "main")
        commit_file(repo, BOT, text(25))
        assert judged(opened) == {"GS102": "existing"}

    def test_a_broken_policy_at_base_is_no_pass(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        on_branch(**{BOT: text(60)})
        subprocess.run(["git", "switch", "-q", "main"], cwd=repo, check=True)
        commit_file(repo, "policy.yaml", "max_exposure: lots\n")
        with pytest.raises(InvalidConfig, match="policy at main is not valid"):
            judged(opened)

    def test_a_broken_policy_on_the_branch_fails(self, opened: Workspace, on_branch: Commit) -> None:
        on_branch(**{"policy.yaml": "max_exposure: lots\n"})
        assert failing(opened) == {"GS002"}


class TestAccepted:
    def test_at_base_counts(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25, ACCEPTED))
        on_branch(**{BOT: text(60, ACCEPTED)})
        assert judged(opened)["GS102"] == "accepted"

    def test_in_the_same_change_does_not(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25))
        on_branch(**{BOT: text(60, ACCEPTED)})
        assert judged(opened)["GS102"] == "new"

    def test_beyond_its_limit_does_not(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25, ACCEPTED))
        on_branch(**{BOT: text(101, ACCEPTED)})
        assert judged(opened)["GS102"] == "new"

    def test_after_its_last_day_does_not(self, opened: Workspace, repo: Path, on_branch: Commit, clock: Clock) -> None:
        commit_file(repo, BOT, text(25, ACCEPTED))
        on_branch(**{BOT: text(60, ACCEPTED)})
        clock.forward(days=38)
        assert judged(opened)["GS102"] == "accepted"
        clock.forward(days=1)
        assert judged(opened)["GS102"] == "new"

    def test_its_own_entries_count_without_a_base(self, opened: Workspace, repo: Path) -> None:
        commit_file(repo, BOT, text(60, ACCEPTED))
        assert states(gate(opened, Ask()))["GS102"] == "accepted"


class TestWhatIsJudged:
    def test_the_work_tree_with_what_is_not_committed(self, opened: Workspace, repo: Path) -> None:
        commit_file(repo, BOT, text(25))
        (repo / BOT).write_text(text(60))
        report = gate(opened, Ask(base="main"))
        assert states(report) == {"GS102": "new"}
        assert [str(item.place) for item in report.failing] == [f"{BOT}:11:13"]

    def test_paths_limit_what_is_shown(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25))
        on_branch(**{BOT: text(60)})
        assert failing(opened, paths=("bots/other",)) == set()
        assert failing(opened, paths=("bots",)) == failing(opened, paths=(BOT,)) == {"GS102"}

    def test_the_same_twice(self, opened: Workspace, repo: Path) -> None:
        report = gate(opened, Ask(base="HEAD", head="HEAD"))
        assert (report.findings, report.deltas) == (gate(opened, Ask()).findings, ())

    @pytest.mark.parametrize("head", [None, "HEAD"])
    def test_schemas_of_another_version(self, opened: Workspace, repo: Path, head: str | None) -> None:
        assert "GS904" not in {item.code for item in gate(opened, Ask(head=head)).findings}
        commit_file(repo, "schemas/bot.schema.json", "{}")
        found = [item for item in gate(opened, Ask(head=head)).findings if item.code == "GS904"]
        assert [(str(item.place), item.severity) for item in found] == [("schemas/bot.schema.json", "note")]
        commit_file(repo, "schemas/bot.schema.json", None)
        assert "GS904" not in {item.code for item in gate(opened, Ask(head=head)).findings}

    def test_unknown_revisions(self, opened: Workspace) -> None:
        for asked in (Ask(base="nowhere"), Ask(head="nowhere"), Ask(base="--output=x")):
            with pytest.raises(Refused, match="names no commit"):
                gate(opened, asked)

    def test_histories_without_a_common_commit(self, opened: Workspace, git: Git) -> None:
        git("checkout", "-q", "--orphan", "pr"), git("commit", "-qm", "another root")
        with pytest.raises(Unavailable, match="no commit in common"):
            gate(opened, Ask(base="main", head="pr"))

    def test_a_shallow_clone_says_so(self, opened: Workspace, repo: Path, on_branch: Commit, tmp_path: Path) -> None:
        commit_file(repo, BOT, text(25))
        on_branch(**{BOT: text(60)})
        clone = ["git", "clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo}", str(tmp_path / "cut")]
        subprocess.run(clone, check=True)
        with Workspace.open(tmp_path / "cut", opened.host) as cut, pytest.raises(Unavailable) as raised:
            gate(cut, Ask(base="origin/main", head="origin/pr"))
        assert "shallow" in raised.value.message
        assert "fetch-depth: 0" in raised.value.remedy


def test_the_risk_diff(opened: Workspace, repo: Path, on_branch: Commit) -> None:
    commit_file(repo, BOT, text(10))
    on_branch(**{BOT: text(40)})
    bot, account, fleet = gate(opened, Ask(base="main", head="pr")).deltas
    assert (bot.name, bot.direction, bot.changes) == ("blofin-main", "risk-adding", (("leverage", "10", "40"),))
    assert [item.before and item.before.exposure for item in (bot, account, fleet)] == [200, 200, 200]
    assert [item.after and item.after.exposure for item in (bot, account, fleet)] == [800, 800, 800]
    assert (account.kind, account.name, fleet.kind) == ("account", "blofin/main", "fleet")


# a (1000 USDT): 5% x 20 = 100%, then 200%; b (3000): 50%; c sleeps. Stops: 500 bps, 6 taker, 10 slippage: 5.16%
WEIGHED = [
    ("accounts: {blofin/a: 1000, okx/b: 3000}", ("equity", 4000, 62.5, 87.5)),
    ("accounts: {blofin/a: 1000, okx/b: 3000, blofin/c: 9}", ("equity", 4000, 62.5, 87.5)),
    ("accounts: {blofin/a: 1000}", ("sum", None, 150, 250)),
    ("accounts: {}", ("sum", None, 150, 250)),
]


class TestFleetTotals:
    @pytest.fixture(autouse=True)
    def _three_accounts(self, repo: Path) -> None:
        commit_file(repo, BOT, None)
        commit_file(repo, "bots/a.yaml", bot_text("a", account="a", leverage=20))
        commit_file(repo, "bots/b.yaml", bot_text("b", account="b", exchange="okx", leverage=10))
        commit_file(repo, "bots/c.yaml", bot_text("c", account="c", enabled="false"))

    @pytest.mark.parametrize(("policy", "expected"), WEIGHED)
    def test_by_equity_where_that_of_every_account_at_risk_is_known(
        self, opened: Workspace, repo: Path, on_branch: Commit, policy: str, expected: tuple[object, ...]
    ) -> None:
        commit_file(repo, "policy.yaml", policy + "\n")
        on_branch(**{"bots/a.yaml": bot_text("a", account="a", leverage=40)})
        fleet = gate(opened, Ask(base="main", head="pr")).deltas[-1]
        assert fleet.before
        assert fleet.after
        assert (fleet.basis, fleet.equity, fleet.before.exposure, fleet.after.exposure) == expected

    def test_losses_too_and_the_nearest_liquidation(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        """a: 200% x 5.16% = 10.32%; b: 50% x 5.15% (taker 5) = 2.575%; a quarter and three: 4.51125%."""
        commit_file(repo, "policy.yaml", WEIGHED[0][0] + "\n")
        on_branch(**{"bots/a.yaml": bot_text("a", account="a", leverage=40)})
        *_, account, fleet = gate(opened, Ask(base="main", head="pr")).deltas
        assert account.after
        assert fleet.after
        assert (account.equity, account.currency, fleet.currency) == (1000, "USDT", "USDT")
        assert fleet.after.loss_at_stop == pytest.approx(4.51125)
        assert fleet.after.liquidation == account.after.liquidation

    def test_an_account_that_appears_weighs_on_both_sides(
        self, opened: Workspace, repo: Path, on_branch: Commit
    ) -> None:
        """Else its equity alone would make the fleet look calmer: 150 of 5000 before, 150 and 20 after."""
        commit_file(repo, "policy.yaml", "accounts: {blofin/a: 1000, okx/b: 3000, bybit/new: 1000}\n")
        on_branch(**{"bots/new.yaml": bot_text("new", account="new", exchange="bybit", leverage=20)})
        fleet = gate(opened, Ask(base="main", head="pr")).deltas[-1]
        assert fleet.before
        assert fleet.after
        assert (fleet.equity, fleet.before.exposure, fleet.after.exposure) == (5000, 50, 70)

    def test_never_over_two_currencies(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, "policy.yaml", WEIGHED[0][0] + "\n")
        commit_file(repo, "bots/b.yaml", bot_text("b", account="b", exchange="okx").replace("USDT", "USDC"))
        on_branch(**{"bots/a.yaml": bot_text("a", account="a", leverage=40)})
        assert gate(opened, Ask(base="main", head="pr")).deltas[-1].basis == "sum"

    def test_a_removed_bot_is_still_told_in_money(self, opened: Workspace, repo: Path, on_branch: Commit) -> None:
        commit_file(repo, "policy.yaml", WEIGHED[0][0] + "\n")
        on_branch(**{"bots/a.yaml": None})
        found = gate(opened, Ask(base="main", head="pr")).deltas
        assert [(item.kind, item.equity) for item in found] == [("bot", 1000), ("account", 1000), ("fleet", 4000)]


class TestSigning:
    """`gitscale lint --accept`: the entry is a commit of its own; the dangerous change is a second step."""

    def sign(self, workspace: Workspace, limit: float = 1200, **given: str) -> Written:
        return accept(workspace, Scope(sync=False), Signature("GS102", limit, **({"reason": "agreed"} | given)))

    def test_two_steps(self, opened: Workspace, repo: Path, git: Git, on_branch: Commit) -> None:
        commit_file(repo, BOT, text(25))
        on_branch(**{BOT: text(60)})
        assert failing(opened) == {"GS102"}
        git("switch", "-qc", "sign", "main")
        done = self.sign(opened)
        assert gate(opened, Ask(base="main", head="sign")).failing == ()
        assert [item.code for item in gate(opened, Ask(base="main", head="sign")).findings].count("GS205") == 1
        git("switch", "-q", "main"), git("merge", "-q", "sign")
        assert (failing(opened), judged(opened)) == (set(), {"GS102": "accepted"})
        assert done.subject == "blofin-main: accept GS102 up to 1200 until 2026-12-23"
        git("switch", "-q", "pr"), git("rebase", "-q", "main")
        on_branch(**{BOT: (repo / BOT).read_text().replace("leverage: 60", "leverage: 61")})
        assert failing(opened) == {"GS102"}

    def test_an_earlier_entry_is_replaced(self, opened: Workspace, repo: Path) -> None:
        commit_file(repo, BOT, text(60, ACCEPTED))
        self.sign(opened, 1300)
        rules = re.findall(r"rule: (GS\d+), limit: (\d+)|rule: (GS\d+)\n +limit: (\d+)", (repo / BOT).read_text())
        assert ("GS102", "2000", "", "") not in rules
        assert "1300" in (repo / BOT).read_text()

    @pytest.mark.parametrize(
        ("wanted", "word"),
        [
            (Signature("GS001", 1, "x"), "no rule that can be accepted"),
            (Signature("GS999", 1, "x"), "no rule that can be accepted"),
            (Signature("GS102", 1, ""), "reason"),
            (Signature("GS102", 1, "x", "tomorrow"), "until"),
            (Signature("GS102", float("nan"), "x"), "limit"),
        ],
    )
    def test_refusals(self, opened: Workspace, git: Git, wanted: Signature, word: str) -> None:
        before = git("rev-parse", "HEAD")
        with pytest.raises(Refused, match=word):
            accept(opened, Scope(sync=False), wanted)
        assert git("rev-parse", "HEAD") == before
