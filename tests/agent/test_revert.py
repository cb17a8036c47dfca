"""/undo and /rollback: git's history is the backup."""

import pytest

from gitscale.actions.workspace import Workspace
from tests.conftest import Git
from tests.helpers import bot_text, commit_file, head, say


def content(git: Git, revision: str = "HEAD") -> str:
    return git("show", f"{revision}:bots/blofin-main.yaml")


def test_undo_walks_back_and_restores_every_byte(opened: Workspace, git: Git) -> None:
    states = [content(git)]
    for line in ("/scale moderate", "/set leverage 20", "/set num_levels 9"):
        say(opened, line)
        states.append(content(git))
    for state in reversed(states[:-1]):
        assert say(opened, "/undo").exit_code == 0
        assert content(git) == state
    assert say(opened, "/undo").exit_code == 1
    assert git("log", "-1", "--format=%s").strip() == 'Revert "blofin-main: scale to moderate"'


def test_undo_after_new_work_takes_the_newest(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 20")
    say(opened, "/undo")
    say(opened, "/set leverage 30")
    say(opened, "/undo")
    assert "leverage: 75" in content(git)
    assert say(opened, "/undo").exit_code == 1


def test_reverting_the_revert_by_hand_makes_it_stand_again(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 20")
    say(opened, "/undo")
    git("revert", "--no-edit", "HEAD")
    assert "leverage: 20" in content(git)
    assert say(opened, "/undo").exit_code == 0
    assert "leverage: 75" in content(git)


def test_git_revert_by_hand_counts(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 20")
    git("revert", "--no-edit", "HEAD")
    assert say(opened, "/undo").exit_code == 1


def test_work_by_hand_on_other_lines_stays(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 20")
    commit_file(
        opened.repository.directory,
        "bots/blofin-main.yaml",
        content(git).replace("  base_spread_bps: 15", "  base_spread_bps: 16  # wider").replace("5.0", "6.0"),
    )
    assert say(opened, "/undo").exit_code == 0
    assert "  equity_pct: 6.0\n  leverage: 75\n  base_spread_bps: 16  # wider\n" in content(git)


def test_a_value_changed_since_is_a_conflict_and_stays(opened: Workspace, git: Git) -> None:
    say(opened, "/scale conservative")
    repo = opened.repository.directory
    commit_file(repo, "bots/blofin-main.yaml", content(git).replace("leverage: 10", "leverage: 11"))
    before = head(repo)
    reply = say(opened, "/undo")
    assert reply.exit_code == 3
    assert "settings.leverage was changed again since; nothing changed" in reply.text
    assert head(repo) == before
    assert git("status", "--porcelain") == ""


def test_undo_follows_a_bot_that_moved(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 20")
    (opened.repository.directory / "bots/blofin").mkdir()
    git("mv", "bots/blofin-main.yaml", "bots/blofin/blofin-main.yaml")
    git("commit", "-qm", "sort by exchange")
    assert say(opened, "/undo").exit_code == 0
    assert "leverage: 75" in git("show", "HEAD:bots/blofin/blofin-main.yaml")
    assert "leverage  20 -> 75" in say(opened, "/diff").text


def test_undo_is_the_bots_own(opened: Workspace, git: Git) -> None:
    commit_file(opened.repository.directory, "bots/second.yaml", bot_text("second"))
    say(opened, "/set leverage 20", bot="blofin-main")
    say(opened, "/set leverage 30", bot="second")
    assert say(opened, "/undo", bot="blofin-main").exit_code == 0
    assert "leverage: 75" in content(git)
    assert "leverage: 30" in git("show", "HEAD:bots/second.yaml")


def test_rollback_restores_the_state_at_a_revision(opened: Workspace, git: Git) -> None:
    first = head(opened.repository.directory)
    before = content(git)
    for line in ("/scale conservative", "/set num_levels 9"):
        say(opened, line)
    reply = say(opened, f"/rollback {first[:8]}")
    assert reply.exit_code == 0
    assert content(git) == before
    assert git("log", "-1", "--format=%s").strip() == f'Revert "blofin-main" to {first[:10]}'
    assert say(opened, "/undo").exit_code == 0
    assert "num_levels: 9" in content(git)


def test_rollback_to_where_it_is_changes_nothing(opened: Workspace) -> None:
    assert "already so" in say(opened, "/rollback HEAD").text


def test_rollback_before_the_bot_was(opened: Workspace) -> None:
    first = head(opened.repository.directory)
    say(opened, '/new second --preset "OKX Counterscalp Light"')
    reply = say(opened, f"/rollback {first}", bot="second")
    assert (reply.exit_code, "did not exist" in reply.text) == (1, True)


def test_rollback_works_for_any_strategy(opened: Workspace, git: Git) -> None:
    repo = opened.repository.directory
    text = "name: vortex\nstrategy: vortex_dca\nexchange: okx\nsettings:\n  entries: {}\n"
    first = commit_file(repo, "bots/vortex.yaml", text.format(5))
    commit_file(repo, "bots/vortex.yaml", text.format(6))
    assert say(opened, f"/rollback {first}", bot="vortex").exit_code == 0
    assert "entries: 5" in git("show", "HEAD:bots/vortex.yaml")


def test_rollback_to_an_invalid_state_is_refused(opened: Workspace, git: Git) -> None:
    repo = opened.repository.directory
    good = content(git)
    bad = commit_file(repo, "bots/blofin-main.yaml", good.replace("leverage: 75", "leverage: 750"))
    commit_file(repo, "bots/blofin-main.yaml", good)
    reply = say(opened, f"/rollback {bad}")
    assert (reply.exit_code, "leverage 750 is out of range" in reply.text) == (1, True)


@pytest.mark.parametrize("crlf", [False, True], ids=["lf", "crlf"])
def test_undo_of_a_confirmed_scale_restores_every_byte(opened: Workspace, git: Git, crlf: bool) -> None:
    repo = opened.repository.directory
    text = bot_text("second", account="sub").replace("\n", "\r\n" if crlf else "\n")
    (repo / "bots/second.yaml").write_bytes(text.encode())
    git("add", "."), git("commit", "-qm", "second")
    say(opened, "/scale degen", bot="second")
    assert say(opened, "/confirm scale degen", bot="second").exit_code == 0
    assert say(opened, "/undo", bot="second").exit_code == 0
    assert (repo / "bots/second.yaml").read_bytes() == text.encode()


def test_a_value_that_was_removed_since_is_a_conflict(opened: Workspace, git: Git) -> None:
    say(opened, "/set leverage 20")
    commit_file(
        opened.repository.directory, "bots/blofin-main.yaml", content(git).replace("  leverage: 20\n", "  # gone\n")
    )
    reply = say(opened, "/undo")
    assert (reply.exit_code, "settings.leverage was changed again" in reply.text) == (3, True)


def test_a_bot_that_was_changed_since_it_was_made(opened: Workspace) -> None:
    repo = opened.repository.directory
    say(opened, '/new second --preset "OKX Counterscalp Light"')
    path = repo / "bots/second.yaml"
    commit_file(repo, "bots/second.yaml", path.read_text().replace("leverage: 40", "leverage: 41"))
    reply = say(opened, "/undo", bot="second")
    assert (reply.exit_code, "was changed after it was made" in reply.text) == (3, True)


def test_an_acceptance_goes_with_its_confirmation_beside_work_by_hand(opened: Workspace, git: Git) -> None:
    say(opened, "/scale degen"), say(opened, "/confirm scale degen")
    commit_file(
        opened.repository.directory, "bots/blofin-main.yaml", content(git).replace("num_levels: 7", "num_levels: 9")
    )
    assert say(opened, "/undo").exit_code == 0
    assert "num_levels: 9" in content(git)
    assert "GS101" not in content(git)
    assert "leverage: 75" in content(git)
