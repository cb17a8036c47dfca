"""gitscale init: a repository that works at once."""

from pathlib import Path

import pytest

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.init import init
from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Refused, Unavailable
from tests.conftest import Clock, Git
from tests.helpers import say


def test_what_it_makes(repo: Path, git: Git) -> None:
    assert git("ls-files").split() == [
        ".gitignore",
        "README.md",
        "bots/blofin-main.yaml",
        "policy.yaml",
        "profiles.yaml",
        "schemas/bot.schema.json",
        "schemas/facts.schema.json",
        "schemas/policy.schema.json",
        "schemas/profiles.schema.json",
    ]
    assert git("status", "--porcelain") == ""
    assert git("log", "--format=%s").strip() == "Start a fleet with gitscale init"


def test_it_works_at_once(repo: Path, clock: Clock) -> None:
    with Workspace.open(repo, Host(clock)) as workspace:
        assert not gate(workspace, Ask(strict=True)).failing
        assert say(workspace, "/scale moderate", sync=True).exit_code == 0


def test_only_the_environment_says_who_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Env")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "env@example.org")
    assert init(tmp_path / "fleet").commit


def test_nobody_to_commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    with pytest.raises(Unavailable, match="does not know who you are"):
        init(tmp_path / "fleet")
    assert not (tmp_path / "fleet").exists()


@pytest.mark.parametrize("kind", ["file", "full"])
def test_a_place_that_is_taken(tmp_path: Path, kind: str) -> None:
    if kind == "file":
        (tmp_path / "fleet").write_text("")
    else:
        (tmp_path / "fleet").mkdir()
        (tmp_path / "fleet/mine").write_text("mine")
    with pytest.raises(Refused, match="is not an empty folder; nothing changed"):
        init(tmp_path / "fleet")


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "fleet").mkdir()
    assert init(tmp_path / "fleet").files
