"""`gitscale lint` as people call it: paths, formats, files, and what it remembers."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gitscale.cli.main import main
from gitscale.errors import Usage
from tests.helpers import bot_text, commit_file

DANGER = bot_text("second", equity_pct=20, leverage=60, stop=100, account="own")


def lint(*words: str) -> Result:
    result = CliRunner().invoke(main, ["lint", *words], standalone_mode=False)
    if result.exception:
        raise result.exception
    return result


@pytest.fixture(autouse=True)
def _inside(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit_file(repo, "bots/eu/second.yaml", DANGER)
    monkeypatch.chdir(repo / "bots")


@pytest.mark.parametrize(
    ("paths", "fails"),
    [((), True), (("eu",), True), (("eu/second.yaml",), True), (("..",), True), (("blofin-main.yaml",), False)],
)
def test_paths_are_named_from_where_one_stands(paths: tuple[str, ...], fails: bool) -> None:
    assert lint(*paths).return_value == int(fails)


def test_a_path_outside_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(Usage, match="is not in"):
        lint(str(tmp_path))


def test_several_formats_to_several_files(tmp_path: Path) -> None:
    words = ["--format", "sarif", "--output", str(tmp_path / "a.sarif"), "--format", "text", "--output", "-"]
    done = lint(*words)
    assert done.return_value == 1
    assert "GS102 error" in done.output
    assert json.loads((tmp_path / "a.sarif").read_text())["version"] == "2.1.0"
    assert [path.name for path in tmp_path.glob("a.sarif*")] == ["a.sarif"]


def test_as_many_outputs_as_formats(tmp_path: Path) -> None:
    with pytest.raises(Usage, match="formats: 2, outputs: 1"):
        lint("--format", "text", "--format", "json", "--output", str(tmp_path / "x"))


@pytest.mark.parametrize("style", ["text", "json", "github", "sarif", "markdown", "gitlab", "junit"])
def test_the_format_never_changes_the_exit_code(style: str) -> None:
    assert lint("--format", style).return_value == 1
    assert lint("--format", style, "--valid").return_value == 0


def test_json_has_what_every_answer_has() -> None:
    found = json.loads(lint("--json").output)
    assert (found["ok"], found["exit_code"], found["passed"], found["version"]) == (False, 1, False, 1)


def test_asked_again_it_answers_the_same_and_sees_every_change(repo: Path) -> None:
    first = lint()
    assert (lint().output, lint().return_value) == (first.output, 1)
    assert lint("--strict").return_value == 1
    commit_file(repo, "bots/eu/second.yaml", DANGER.replace("leverage: 60", "leverage: 20"))
    assert lint().return_value == 0
    commit_file(repo, "policy.yaml", "max_exposure: 300\n")
    assert lint().return_value == 1
    commit_file(repo, "market/facts.yaml", "exchanges: {}\n")
    (repo / "bots/eu/second.yaml").write_text("name: [")
    assert "GS001" in lint().output


@pytest.mark.parametrize("words", [("--accept", "GS102"), ("--accept", "GS102", "--limit", "1")])
def test_signing_needs_a_figure_and_a_reason(words: tuple[str, ...]) -> None:
    with pytest.raises(Usage, match="needs --limit and --reason"):
        lint(*words)


def test_signing(repo: Path) -> None:
    done = lint("--accept", "GS102", "--limit", "1200", "--reason", "agreed", "--bot", "second")
    assert (done.return_value, "accept GS102 up to 1200" in done.output) == (0, True)
    assert lint().return_value == 0
