"""One comment a pull request: found among others, updated in place, given up where the token may not write."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gitscale.actions import comment as module
from gitscale.actions.comment import NO_VERDICT, comment
from gitscale.actions.github import Faltered, PullRequest
from gitscale.errors import Refused, Unavailable
from gitscale.risk.reporters.markdown import COMMENT_LIMIT, MARKER
from tests.ci.stand_in import BOT, PERSON, TOKEN, Server, State

OLD = f"{MARKER}\nold"
NEW = f"{MARKER}\nnew ▲ `$(touch x)`"
OTHER_BOT = {"login": "quoter[bot]", "type": "Bot"}


@pytest.fixture
def github(server: Server) -> State:
    return server.state


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAUSE", 0)


@pytest.fixture
def pull(server: Server) -> PullRequest:
    return PullRequest(server.url, "desk/fleet", 7, TOKEN, timeout=5)


def bodies(github: State) -> list[str]:
    return [found["body"] for found in github.comments]


def test_the_first_report_makes_a_comment_and_the_next_changes_it(pull: PullRequest, github: State) -> None:
    first = comment(pull, OLD)
    assert comment(pull, NEW) == first == "https://git.example/c/1"
    assert bodies(github) == [NEW]


@pytest.mark.parametrize(
    ("body", "user", "login", "ours"),
    [
        (OLD, BOT, None, True),
        (f"{MARKER}\r\nold", BOT, None, True),
        (OLD, PERSON, None, False),
        (OLD, None, None, False),
        (None, BOT, None, False),
        (f"> {OLD}", OTHER_BOT, None, False),
        ("no marker", BOT, None, False),
        (OLD, PERSON, "mallory", True),
        (OLD, PERSON, "ada", False),
        (OLD, BOT, "ada", False),
    ],
)
def test_only_our_own_comment_is_changed(
    pull: PullRequest, github: State, body: str, user: dict[str, str] | None, login: str | None, ours: bool
) -> None:
    github.login = login
    github.add(body, user)
    comment(pull, NEW)
    assert bodies(github) == ([NEW] if ours else [body, NEW])


@pytest.mark.parametrize("before", [0, 99, 100, 250])
def test_it_is_found_on_any_page(pull: PullRequest, github: State, before: int) -> None:
    for at in range(before):
        github.add(f"talk {at}", PERSON)
    github.add(OLD, BOT)
    comment(pull, NEW)
    assert bodies(github)[before:] == [NEW]
    assert sum(asked.startswith("GET /repos") for asked in github.asked) == before // 100 + 1


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("status", [403, 404])
def test_a_token_without_the_right_is_no_fault(pull: PullRequest, github: State, method: str, status: int) -> None:
    if method == "PATCH":
        github.add(OLD, BOT)
    github.faults[method] = [status] * 2
    assert comment(pull, NEW) is None
    assert NEW not in bodies(github)


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("faults", [1, 2])
def test_one_fault_of_the_server_is_forgiven(pull: PullRequest, github: State, method: str, faults: int) -> None:
    if method == "PATCH":
        github.add(OLD, BOT)
    github.faults[method] = [502] * faults
    if faults == 1:
        comment(pull, NEW)
        assert bodies(github) == [NEW]
    else:
        with pytest.raises(Faltered):
            comment(pull, NEW)


def test_an_answer_that_was_lost_makes_no_second_comment(pull: PullRequest, github: State) -> None:
    github.lost_answers = 1
    comment(pull, NEW)
    assert bodies(github) == [NEW]


def test_a_server_that_says_nothing_is_left(server: Server, github: State) -> None:
    github.faults["GET"] = [0.5, 0.5]
    with pytest.raises(Faltered, match="no answer"):
        comment(PullRequest(server.url, "desk/fleet", 7, TOKEN, timeout=0.05), NEW)


def test_a_redirect_is_not_followed(pull: PullRequest, github: State) -> None:
    github.faults["GET"] = [301]
    with pytest.raises(Unavailable, match="301"):
        comment(pull, NEW)
    assert github.asked == ["GET /user"]


@pytest.mark.parametrize("body", ["no report", f" {MARKER}", NEW + "x" * COMMENT_LIMIT])
def test_only_a_report_that_fits_is_sent(pull: PullRequest, github: State, body: str) -> None:
    with pytest.raises(Refused):
        comment(pull, body)
    assert github.asked == []


def said(server: Server, report: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Exit code and all output of the command, in a run of GitHub Actions."""
    given = {"GITHUB_API_URL": server.url, "GITHUB_REPOSITORY": "desk/fleet", "GITHUB_REF": "refs/pull/7/merge"}
    command = [sys.executable, "-m", "gitscale", "comment", "--file", str(report), *words]
    ran = subprocess.run(
        command,
        check=False,
        env=os.environ | given | {"GITHUB_TOKEN": TOKEN} | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    return ran.returncode, ran.stdout


class TestCommand:
    """The command in its process."""

    @pytest.fixture
    def report(self, tmp_path: Path) -> Path:
        path = tmp_path / "report.md"
        path.write_text(NEW)
        return path

    def test_says_where_the_comment_is(self, server: Server, report: Path) -> None:
        assert said(server, report) == (0, "https://git.example/c/1\n")
        assert bodies(server.state) == [NEW]

    def test_answers_in_json(self, server: Server, report: Path) -> None:
        found = json.loads(said(server, report, "--json")[1])
        assert found == {"ok": True, "exit_code": 0, "comment": "https://git.example/c/1"}

    def test_without_a_report_there_is_no_verdict(self, server: Server, report: Path) -> None:
        server.state.add(OLD, BOT)
        assert said(server, report.with_name("none"))[0] == 0
        assert bodies(server.state) == [NO_VERDICT]

    def test_on_a_fork_the_summary_has_to_do(self, server: Server, report: Path) -> None:
        server.state.faults["POST"] = [403]
        code, text = said(server, report)
        assert (code, "step summary" in text, "forged" in text) == (0, True, False)

    @pytest.mark.parametrize(
        ("environment", "code"),
        [
            ({"GITHUB_TOKEN": ""}, 2),
            ({"GITHUB_REF": "refs/heads/refs/pull/7/merge"}, 2),
            ({"GITHUB_REF": "refs/pull/../7/merge"}, 2),
            ({"GITHUB_API_URL": "http://127.0.0.1:9"}, 4),
            ({"GITHUB_API_URL": "nonsense"}, 4),
            ({"GITHUB_REPOSITORY": "desk/ fleet\n"}, 4),
            ({"GITHUB_TOKEN": f"{TOKEN}wrong"}, 4),
            ({"GITHUB_TOKEN": f"{TOKEN}\nHost: x"}, 4),
        ],
    )
    def test_the_token_is_never_said(
        self, server: Server, report: Path, environment: dict[str, str], code: int
    ) -> None:
        found, text = said(server, report, **environment)
        assert (found, TOKEN in text) == (code, False)
        assert "a bug" not in text
