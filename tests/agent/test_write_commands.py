"""The agent's write commands, as a user meets them: a table of lines and answers, then the finer points."""

import pytest

from gitscale.actions.workspace import Workspace
from tests.conftest import Clock, Git
from tests.helpers import bot_text, commit_file, head, say

# line, exit code, what the answer says
LINES = [
    ("/scale moderate", 0, "leverage  75 -> 50"),
    ("/scale conservative", 0, "exposure  375% -> 30% of equity (Low); a 1% adverse move costs 0.3%"),
    ("/scale aggressive", 0, "warning: GS104 one stop costs 73.44% of the equity (policy: 25%)"),
    ("/set leverage 50", 0, "375% -> 250% of equity (Moderate); a 1% adverse move costs 2.5%"),
    ("/set leverage 50x", 0, "leverage  75 -> 50"),
    ("/set equity_pct 10%", 0, "equity_pct  5 -> 10"),
    ("/set base_spread_bps 20bps", 0, "base_spread_bps  15 -> 20"),
    ("/set base_spread_bps 15    # Set spread to 15 basis points", 0, "already so"),
    ("/set xgrid_enabled false", 0, "xgrid_enabled  true -> false"),
    ("/SET leverage 60", 0, "leverage  75 -> 60"),
    ("/set leverage 75", 0, "already so, nothing to commit"),
    (
        "/set leverage 500",
        1,
        "leverage 500 is out of range; nothing changed\n  leverage takes a whole number, 1 to 125x",
    ),
    ("/set leverage 0", 1, "out of range"),
    ("/set leverage -5", 1, "leverage -5 is out of range"),
    ("/set leverage 7.5", 1, "leverage cannot be '7.5'"),
    ("/set leverage 1e2", 1, "leverage cannot be '1e2'"),
    ("/set leverage .inf", 1, "leverage takes a whole number, 1 to 125x"),
    ("/set leverage fifty", 1, "leverage cannot be 'fifty'"),
    ("/set leverage true", 1, "leverage cannot be 'true'"),
    ("/set equity_pct 50.0000000000000001", 1, "equity_pct: 50.0000000000000001 has more digits than readers keep"),
    ("/set xgrid_enabled 1", 1, "xgrid_enabled takes true or false"),
    ("/set xgrid_enabled yes", 1, "xgrid_enabled takes true or false"),
    ("/set levarage 5", 1, 'did you mean "leverage"?'),
    ("/set base_spread_bps 5", 1, "first: /set min_spread_bps 5"),
    ("/set min_spread_bps 20", 1, "first: /set base_spread_bps 20"),
    ("/scale modrate", 1, 'did you mean "moderate"?'),
    ("/scale degen", 5, "/confirm scale degen"),
    ("/set leverage", 2, "/set needs value"),
    ("/set leverage 5 6", 2, "/set does not take '6'"),
    ("/scale", 2, "/scale PROFILE"),
    ('/scale "moderate', 2, "a quote is not closed"),
    ("/scael moderate", 1, "did you mean /scale?"),
    ("make it safer", 1, "is not understood"),
    ("/confirm scale degen", 1, "/scale degen is not waiting for a confirmation; nothing changed"),
    ("/confirm", 2, "for example: /confirm scale degen"),
    ("/confirm status", 1, "not a command that waits"),
    ("/undo", 1, "no agent commit is left to undo"),
    ("/rollback nosuch", 1, "'nosuch' names no commit here"),
    ("/rollback --output=x", 2, "does not take"),
    ("/new UPPER --preset x", 1, "not a bot name"),
    ("/new second --preset nosuch", 1, "there is no preset 'nosuch'"),
    ("/new second", 2, "/new needs preset"),
]


@pytest.mark.parametrize(("line", "code", "said"), LINES, ids=[line for line, _, _ in LINES])
def test_line(opened: Workspace, git: Git, line: str, code: int, said: str) -> None:
    before = git("rev-parse", "HEAD")
    reply = say(opened, line)
    assert said in reply.text
    assert reply.exit_code == code
    commits = 1 if code == 0 and "already so" not in reply.text else 0
    assert git("rev-list", "--count", f"{before.strip()}..HEAD").strip() == str(commits)
    assert git("status", "--porcelain") == ""


def test_a_commit_says_who_what_and_by_which_command(opened: Workspace, git: Git) -> None:
    say(opened, "/scale moderate")
    assert git("log", "-1", "--format=%an%n%B") == (
        "Ada Test\nblofin-main: scale to moderate\n\nleverage: 75 -> 50\n\n"
        "Gitscale-Command: /scale moderate\nGitscale-Bot: blofin-main\n\n"
    )
    trailers = git("log", "-1", "--format=%(trailers:key=Gitscale-Bot,valueonly)")
    assert trailers.strip() == "blofin-main"


def test_only_the_value_changes_in_the_file(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 50")
    changed = [
        line for line in git("diff", "HEAD~1").splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert changed == ["-  leverage: 75", "+  leverage: 50"]


def test_a_setting_that_was_left_out_is_added(opened: Workspace, git: Git) -> None:
    commit_file(opened.repository.directory, "bots/small.yaml", bot_text("small"))
    assert say(opened, "/set num_levels 9", bot="small").exit_code == 0
    assert git("show", "HEAD:bots/small.yaml").endswith("  hard_stop_loss_bps: 500\n  num_levels: 9\n")


def test_setting_the_default_of_a_left_out_parameter_changes_nothing(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "bots/small.yaml", bot_text("small"))
    assert "already so" in say(opened, "/set num_levels 7", bot="small").text


class TestWhichBot:
    def test_several_bots_need_a_name(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "bots/second.yaml", bot_text("second"))
        reply = say(opened, "/set leverage 50")
        assert reply.exit_code == 2
        assert "there are 2 perp_mm bots: blofin-main, second" in reply.text
        assert say(opened, "/set leverage 40", bot="second").exit_code == 0

    def test_an_unknown_name(self, opened: Workspace) -> None:
        reply = say(opened, "/set leverage 50", bot="blofin-mian")
        assert (reply.exit_code, 'did you mean "blofin-main"?' in reply.text) == (1, True)

    def test_another_strategy_is_not_scaled(self, opened: Workspace) -> None:
        text = "name: vortex\nstrategy: vortex_dca\nexchange: okx\nsettings:\n  entries: 5\n"
        commit_file(opened.repository.directory, "bots/vortex.yaml", text)
        reply = say(opened, "/scale moderate", bot="vortex")
        assert reply.exit_code == 1
        assert "No perp_mm configs found" in reply.text
        assert "BloFin v7 Long Short Counterscalp" in reply.text

    def test_a_fleet_without_perp_mm(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "bots/blofin-main.yaml", None)
        reply = say(opened, "/scale moderate")
        assert reply.exit_code == 1
        assert "No perp_mm configs found" in reply.text

    def test_a_broken_file_is_named_with_its_place(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        text = (repo / "bots/blofin-main.yaml").read_text().replace("leverage: 75", "leverage: 750")
        commit_file(repo, "bots/blofin-main.yaml", text)
        reply = say(opened, "/set leverage 50", bot="blofin-main")
        assert reply.exit_code == 1
        assert "bots/blofin-main.yaml:12:13: GS002" in reply.text

    def test_somebody_elses_broken_file_does_not_stop_a_write(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "bots/broken.yaml", "name: [")
        assert say(opened, "/set leverage 50", bot="blofin-main").exit_code == 0


class TestConfirmation:
    def test_what_was_shown_is_applied_with_its_acceptances(self, opened: Workspace, git: Git) -> None:
        asked = say(opened, "/scale degen")
        assert asked.exit_code == 5
        for cost in (
            "GS101 exposure 2000% of equity is Extreme (from 1500%): a 1% adverse move costs 20%",
            "GS102 exposure 2000% is above the policy's 1000%",
            "GS103 the hard stop at 1500 bps can never fire: liquidation comes at 448 bps (cross)",
            "GS104 one stop costs 100% of the equity (policy: 75%)",
        ):
            assert cost in asked.text
        assert git("rev-list", "--count", "HEAD").strip() == "1"
        assert say(opened, "/confirm scale degen").exit_code == 0
        text = git("show", "HEAD:bots/blofin-main.yaml")
        assert "  leverage: 100\n" in text
        assert (
            "accepted_risks:\n  - rule: GS101\n    limit: 2000\n"
            '    reason: "confirmed: /scale degen"\n    by: "Ada Test <ada@example.org>"\n    until: 2026-12-23\n'
        ) in text
        assert git("rev-list", "--count", "HEAD").strip() == "2"

    def test_it_serves_once(self, opened: Workspace) -> None:
        say(opened, "/scale degen")
        say(opened, "/confirm scale degen")
        say(opened, "/scale moderate")
        assert say(opened, "/confirm scale degen").exit_code == 1

    def test_it_expires(self, opened: Workspace, clock: Clock) -> None:
        say(opened, "/scale degen")
        clock.forward(minutes=10)
        assert say(opened, "/confirm set leverage 5").exit_code == 1
        clock.forward(seconds=1)
        reply = say(opened, "/confirm scale degen")
        assert (reply.exit_code, "has expired" in reply.text) == (1, True)

    def test_what_is_expired_or_unfinished_goes_when_the_next_one_comes(self, opened: Workspace, clock: Clock) -> None:
        folder = opened.repository.state_dir / "pending"
        say(opened, "/scale degen")
        (folder / "killed.1.tmp").write_text("{")
        clock.forward(minutes=6)
        say(opened, "/set leverage 125"), say(opened, "/set equity_pct 50")
        assert len(list(folder.glob("*.json"))) == 2
        clock.forward(minutes=5)
        say(opened, "/set equity_pct 49")
        assert len(list(folder.iterdir())) == 2
        assert say(opened, "/confirm set equity_pct 50").exit_code == 0

    @pytest.mark.parametrize(
        ("path", "old", "new", "what"),
        [
            ("bots/blofin-main.yaml", "num_levels: 7", "num_levels: 9", "the bot's file"),
            ("policy.yaml", "max_exposure: 1000", "max_exposure: 900", "policy.yaml"),
            ("profiles.yaml", "leverage: 100", "leverage: 101", "profiles.yaml"),
        ],
    )
    def test_any_difference_voids_it(self, opened: Workspace, path: str, old: str, new: str, what: str) -> None:
        repo = opened.repository.directory
        say(opened, "/scale degen")
        commit_file(repo, path, (repo / path).read_text().replace(old, new))
        before = head(repo)
        reply = say(opened, "/confirm scale degen")
        assert reply.exit_code == 1
        assert what in reply.text
        assert "changed since it was shown; nothing changed" in reply.text
        assert head(repo) == before
        assert say(opened, "/confirm scale degen").exit_code == 1

    def test_another_bot_of_the_account_changes_what_it_costs(self, opened: Workspace) -> None:
        say(opened, "/scale degen")
        commit_file(opened.repository.directory, "bots/second.yaml", bot_text("second"))
        reply = say(opened, "/confirm scale degen", bot="blofin-main")
        assert (reply.exit_code, "what it would cost changed" in reply.text) == (1, True)

    def test_another_user_cannot_give_it(self, opened: Workspace, git: Git) -> None:
        say(opened, "/scale degen")
        git("config", "user.email", "eve@example.org")
        assert say(opened, "/confirm scale degen").exit_code == 1

    def test_it_survives_other_refused_commands(self, opened: Workspace) -> None:
        say(opened, "/scale degen")
        say(opened, "/set leverage 500")
        say(opened, "/confirm set leverage 100")
        assert say(opened, "/confirm scale degen").exit_code == 0

    def test_the_same_again_needs_none(self, opened: Workspace) -> None:
        say(opened, "/scale degen")
        say(opened, "/confirm scale degen")
        assert say(opened, "/set num_levels 8").exit_code == 0

    def test_worse_than_accepted_needs_one(self, opened: Workspace) -> None:
        say(opened, "/scale degen")
        say(opened, "/confirm scale degen")
        reply = say(opened, "/set equity_pct 25")
        assert (reply.exit_code, "GS101 exposure 2500%" in reply.text) == (5, True)

    def test_a_derisking_write_drops_what_it_made_needless(self, opened: Workspace, git: Git) -> None:
        say(opened, "/scale degen")
        say(opened, "/confirm scale degen")
        reply = say(opened, "/scale aggressive")
        assert reply.exit_code == 0
        assert "accepted GS101      up to 2000 until 2026-12-23 -> unset" in reply.text
        assert git("show", "HEAD:bots/blofin-main.yaml").endswith("accepted_risks: []\n")

    def test_an_undo_into_danger_is_confirmed_too(self, opened: Workspace, git: Git) -> None:
        for line in ("/scale degen", "/confirm scale degen", "/scale moderate"):
            say(opened, line)
        assert say(opened, "/undo").exit_code == 5
        assert say(opened, "/confirm undo").exit_code == 0
        assert "leverage: 100" in git("show", "HEAD:bots/blofin-main.yaml")

    def test_a_new_bot_into_danger_is_confirmed_too(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        text = (repo / "profiles.yaml").read_text().replace("      equity_pct: 4.0\n", "      equity_pct: 50\n")
        commit_file(repo, "profiles.yaml", text.replace("      leverage: 20\n", "      leverage: 100\n"))
        line = 'new second --preset "Bybit Majors Steady Grid"'
        assert say(opened, f"/{line}").exit_code == 5
        assert say(opened, f"/confirm {line}").exit_code == 0

    def test_a_way_back_to_a_dangerous_account_is_confirmed_too(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        commit_file(repo, "bots/moved.yaml", bot_text("moved", account="old", equity_pct=30))
        commit_file(repo, "bots/moved.yaml", bot_text("moved", account="new"))
        reply = say(opened, "/rollback HEAD~1", bot="moved")
        assert (reply.exit_code, reply.data["figures"]["account"]["name"]) == (5, "blofin/old")
        assert "exposure 250% -> 1500% of equity, Extreme" in reply.text
        assert say(opened, "/confirm rollback HEAD~1", bot="moved").exit_code == 0

    def test_two_bots_may_wait_for_the_same_words(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "bots/second.yaml", bot_text("second", account="other"))
        for bot in ("blofin-main", "second"):
            assert say(opened, "/scale degen", bot=bot).exit_code == 5
        reply = say(opened, "/confirm scale degen")
        assert (reply.exit_code, "waits for" in reply.text) == (2, True)
        assert say(opened, "/confirm scale degen", bot="second").exit_code == 0
        assert "blofin-main: scale to degen" in say(opened, "/confirm scale degen").text


class TestNew:
    def test_a_bot_from_a_preset_starts_disabled_and_complete(self, opened: Workspace, git: Git) -> None:
        reply = say(opened, '/new second --preset "OKX Counterscalp Light" --account sub1')
        assert reply.exit_code == 0
        text = git("show", "HEAD:bots/second.yaml")
        assert "enabled: false\n" in text
        assert "account: sub1\n" in text
        assert "exchange: okx\n" in text
        assert "  num_levels: 8\n" in text
        assert say(opened, "/status", bot="second").exit_code == 0

    def test_a_name_that_is_taken(self, opened: Workspace) -> None:
        reply = say(opened, '/new blofin-main --preset "OKX Counterscalp Light"')
        assert (reply.exit_code, "there is a bot blofin-main already" in reply.text) == (1, True)

    def test_a_name_taken_in_another_folder(self, opened: Workspace) -> None:
        commit_file(opened.repository.directory, "bots/okx/second.yaml", bot_text("second"))
        assert say(opened, '/new second --preset "OKX Counterscalp Light"').exit_code == 1

    def test_undo_takes_it_back(self, opened: Workspace, git: Git) -> None:
        say(opened, '/new second --preset "OKX Counterscalp Light"')
        assert say(opened, "/undo", bot="second").exit_code == 0
        assert git("ls-tree", "--name-only", "HEAD", "bots/").split() == ["bots/blofin-main.yaml"]
        assert git("status", "--porcelain") == ""
