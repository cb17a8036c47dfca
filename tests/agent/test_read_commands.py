"""The commands that answer and change nothing."""

import pytest

from gitscale.actions.workspace import Workspace
from tests.conftest import Git
from tests.helpers import bot_text, commit_file, say


def test_status_names_the_profile_it_matches_or_is_near_to(opened: Workspace) -> None:
    assert "profile             moderate, but for leverage 75 instead of 50" in say(opened, "/status").text
    say(opened, "/scale conservative")
    assert "profile             conservative\n" in say(opened, "/status").text


def test_status_gives_the_figures(opened: Workspace) -> None:
    text = say(opened, "/status").text
    assert "exposure            375% of equity (Moderate)" in text
    assert "loss at stop        19.35% of equity" in text
    assert "liquidation         2604 bps from the average entry" in text


def test_status_without_exposure_or_profile(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "profiles.yaml", "profiles: {}\n")
    say(opened, "/set equity_pct 0")
    reply = say(opened, "/status")
    assert "liquidation         cannot happen: there is no exposure" in reply.text
    assert reply.data["liquidation_distance"] is None
    assert reply.data["profile"] is None


def test_status_of_several_lists_them_and_what_is_broken(opened: Workspace) -> None:
    repo = opened.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second", equity_pct=20))
    commit_file(repo, "bots/vortex.yaml", "name: vortex\nstrategy: vortex_dca\nexchange: okx\n")
    commit_file(repo, "bots/broken.yaml", "name: [")
    text = say(opened, "/status").text
    assert "blofin-main  perp_mm     blofin    main     true         375%  Moderate" in text
    assert "second       perp_mm     blofin    main     true        1000%  High" in text
    assert "vortex       vortex_dca  okx       main     true" in text
    assert "bots/broken.yaml:1:8: GS001" in text


def test_a_bot_that_there_is_not(opened: Workspace) -> None:
    repo = opened.repository.directory
    assert say(opened, "/status", bot="nobody").text.endswith("no bot 'nobody'\n  known: blofin-main")
    for number in range(9):
        commit_file(repo, f"bots/b{number}.yaml", bot_text(f"b{number}"))
    assert say(opened, "/status", bot="nobody").text.endswith("known: b0, b1, b2, b3, b4, b5, b6, b7, ...")
    for path in list((repo / "bots").iterdir()):
        commit_file(repo, str(path.relative_to(repo)), None)
    assert (
        "there is no bot 'nobody', nor any other\nTo start your first bot:" in say(opened, "/status", bot="nobody").text
    )


def test_profiles_show_level_and_claim(opened: Workspace) -> None:
    reply = say(opened, "/profiles")
    assert [reply.data["profiles"][name]["level"] for name in ("conservative", "moderate", "aggressive", "degen")] == [
        "Low",
        "Moderate",
        "High",
        "Extreme",
    ]
    assert "the documentation claims" in reply.text


@pytest.mark.parametrize(
    ("line", "said"), [("/profiles", "there are no profiles"), ("/presets", "there are no presets")]
)
def test_without_profiles(opened: Workspace, line: str, said: str) -> None:
    commit_file(opened.repository.directory, "profiles.yaml", None)
    reply = say(opened, line)
    assert (reply.exit_code, said in reply.text) == (1, True)
    assert say(opened, "/scale moderate").exit_code == 1


def test_presets(opened: Workspace) -> None:
    assert list(say(opened, "/presets").data["presets"]) == [
        "BloFin v7 Long Short Counterscalp",
        "Bybit Majors Steady Grid",
        "OKX Counterscalp Light",
    ]


def test_history_names_commands_and_reverts(opened: Workspace) -> None:
    say(opened, "/set leverage 50")
    say(opened, "/undo")
    commits = say(opened, "/history --limit 2").data["commits"]
    assert [commit["command"] for commit in commits] == ["/undo", "/set leverage 50"]
    assert commits[0]["reverts"] == commits[1]["commit"]
    assert commits[0]["author"] == "Ada Test"


def test_diff_since_the_last_commit_and_since_a_revision(opened: Workspace) -> None:
    say(opened, "/set leverage 50")
    say(opened, "/set num_levels 9")
    assert "num_levels  7 -> 9" in say(opened, "/diff").text
    assert "leverage" not in say(opened, "/diff").text
    assert "leverage    75 -> 50" in say(opened, "/diff HEAD~2").text
    assert "no difference" in say(opened, "/diff HEAD").text


def test_diff_before_the_bot_was(opened: Workspace) -> None:
    repo = opened.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    assert "leverage" in say(opened, "/diff HEAD~1", bot="second").text
    assert "exchange" in say(opened, "/diff", bot="second").text


def test_a_bot_of_the_first_commit_has_no_earlier_state(opened: Workspace) -> None:
    reply = say(opened, "/diff")
    assert (reply.exit_code, "has no earlier state" in reply.text) == (1, True)


def test_help_lists_every_command_or_explains_one(opened: Workspace) -> None:
    assert "/set PARAM VALUE" in say(opened, "/help").text
    assert say(opened, "/help undo").text.startswith("/undo  Revert the bot's newest agent commit")


def test_reading_another_branch(opened: Workspace, git: Git) -> None:
    git("branch", "try")
    say(opened, "/set leverage 20", branch="try")
    assert say(opened, "/status", branch="try").data["settings"]["leverage"] == 20
    assert say(opened, "/status").data["settings"]["leverage"] == 75


def test_an_open_workspace_follows_every_kind_of_change(opened: Workspace, git: Git) -> None:
    """The kept fleet is brought forward by edits, and read anew for everything else."""
    repo = opened.repository.directory
    assert say(opened, "/status").data["settings"]["leverage"] == 75
    path = "bots/blofin-main.yaml"
    text = (repo / path).read_text()
    commit_file(repo, path, text.replace("leverage: 75", "leverage: 60"))
    assert say(opened, "/status").data["settings"]["leverage"] == 60
    commit_file(repo, path, text.replace("leverage: 75", "leverage: 750"))
    assert say(opened, "/status").exit_code == 1
    commit_file(repo, path, text)
    assert say(opened, "/status").data["settings"]["leverage"] == 75
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    assert len(say(opened, "/status").data["bots"]) == 2
    commit_file(repo, "bots/second.yaml", None)
    policy = (repo / "policy.yaml").read_text()
    commit_file(repo, "policy.yaml", policy.replace("moderate: 100", "moderate: 400"))
    assert say(opened, "/status").data["level"] == "Low"
    git("reset", "-q", "--hard", "HEAD~3")
    assert say(opened, "/status").data["level"] == "Moderate"
