"""The action's own shell steps, run with bash: what they judge, what they leave, what they never execute."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from gitscale.risk.reporters.markdown import COMMENT_LIMIT, MARKER
from tests.ci.conftest import PullRequestOf
from tests.ci.stand_in import TOKEN, Server
from tests.ci.steps import ACTION, COMMENT, ROOT, Ran, Runner, read
from tests.conftest import Git
from tests.helpers import bot_text, commit_file
from tests.risk.hostile import BREAKS
from tests.risk.runner import commands

BOT = "bots/blofin-main.yaml"
HOSTILE = (
    "$(touch executed)",
    "`touch executed`",
    "; touch executed",
    "'; touch executed; '",
    '"; touch executed; "',
    "--output=executed",
    "main --format text --output executed",
    "origin/main --format text --output executed",
    "-",
    "x\n::error::forged",
    "x\r##[error]forged",
    "::stop-commands::x",
    "a b*",
    *BREAKS,
)
MODULE = "open(__import__('os').environ['RUNNER_TEMP'] + '/executed', 'w')\n"


def judge(runner: Runner, *, base: str = "main", **inputs: str) -> Ran:
    return runner.step(ACTION, "Judge", inputs, GITHUB_BASE_REF=base, GITHUB_HEAD_REF="$(touch executed)")


def executed(folder: Path) -> list[Path]:
    return [*folder.rglob("executed*")]


def changed(**values: object) -> str:
    return bot_text("blofin-main", **({"leverage": 10, "equity_pct": 5} | values))


@pytest.mark.parametrize(("leverage", "code"), [(10, 0), (120, 1)])
def test_the_verdict_is_the_steps(pull_request_of: PullRequestOf, leverage: int, code: int) -> None:
    ran = judge(pull_request_of(**{BOT: changed(leverage=leverage, equity_pct=20, stop=100)}))
    assert ran.code == code
    assert ran.summary.startswith(MARKER)
    report, sarif = Path(ran.outputs["report"]), Path(ran.outputs["sarif"])
    assert len(report.read_text()) <= COMMENT_LIMIT
    rules = {found["ruleId"] for found in json.loads(sarif.read_text())["runs"][0]["results"]}
    assert ({"GS101"} <= rules, bool(commands(ran.said))) == (code == 1, bool(rules))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["base", "head", "branch"])
def test_no_name_of_a_revision_is_obeyed(pull_request_of: PullRequestOf, tmp_path: Path, text: str, place: str) -> None:
    runner = pull_request_of(**{BOT: changed()})
    ran = judge(runner, base=text) if place == "branch" else judge(runner, **{place: text})
    assert ran.code in {1, 2}
    assert (commands(ran.said), ran.outputs, ran.summary) == ([], {}, "")
    assert executed(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["$(touch${IFS}executed)", "`touch${IFS}executed`", "a;touch${IFS}executed", "-x", '"']
)
def test_a_branch_may_have_any_name_git_allows(
    pull_request_of: PullRequestOf, git: Git, tmp_path: Path, name: str
) -> None:
    git("update-ref", f"refs/heads/{name}", "HEAD")
    git("symbolic-ref", "HEAD", f"refs/heads/{name}")
    ran = judge(pull_request_of("main", **{BOT: changed()}), base=name)
    assert (ran.code, executed(tmp_path)) == (0, [])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_file_of_the_change_is_obeyed(pull_request_of: PullRequestOf, tmp_path: Path, text: str) -> None:
    path = f"bots/{text.replace('/', '')}.yaml"
    bad = f"name: {json.dumps(text)}\n{json.dumps(text)}: 1\n# {text}\n"
    ran = judge(pull_request_of(**{path: bad, "json.py": MODULE, "gitscale/__init__.py": MODULE}))
    assert ran.code == 1
    assert {found.properties["title"][:2] for found in commands(ran.said)} == {"GS"}
    assert executed(tmp_path) == []


def test_acceptance_first_then_the_change(pull_request_of: PullRequestOf, repo: Path, git: Git) -> None:
    """The two steps that docs/ci.md describes."""
    before, after = (changed(leverage=leverage, equity_pct=20, stop=100) for leverage in (25, 60))
    accepted = "accepted_risks:\n  - {rule: GS102, limit: 1200, reason: agreed, by: Ada, until: 2999-12-31}\n"
    commit_file(repo, BOT, before)
    runner = pull_request_of(**{BOT: after + accepted})
    assert judge(runner).code == 1, "an acceptance in the change itself does not count"
    git("switch", "-q", "-c", "acceptance", "main")
    commit_file(repo, BOT, before + accepted)
    git("fetch", "-q", "origin", cwd=runner.work)
    first = judge(runner, head="origin/acceptance")
    assert (first.code, [found.name for found in commands(first.said) if "GS205" in str(found)]) == (0, ["warning"])
    git("branch", "-q", "-f", "main", "acceptance")
    git("fetch", "-q", "origin", cwd=runner.work)
    assert judge(runner).code == 0


def test_without_a_pull_request_the_whole_fleet_is_judged(pull_request_of: PullRequestOf) -> None:
    runner = pull_request_of(**{BOT: changed(leverage=120, equity_pct=20, stop=100)})
    assert judge(runner, base="").code == 1
    assert judge(runner, base="", head="origin/main").code == 0


def test_a_shallow_checkout_is_explained(pull_request_of: PullRequestOf, repo: Path, tmp_path: Path, git: Git) -> None:
    runner = pull_request_of(**{BOT: changed()})
    commit_file(repo, "README.md", "more")
    shutil.rmtree(runner.work)
    git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo}", str(runner.work))
    ran = judge(runner)
    assert (ran.code, "fetch-depth: 0" in ran.said, ran.outputs, ran.summary) == (4, True, {}, "")


def test_the_install_step_takes_the_actions_own_checkout(tmp_path: Path, repo: Path) -> None:
    for name in ("venv", "ensurepip", "pip", "sitecustomize", "argparse", "subprocess"):
        (repo / f"{name}.py").write_text(MODULE)
    runner = Runner(repo, tmp_path / "runner")
    ran = runner.step(ACTION, "Install gitscale")
    assert ran.code == 0, ran.said
    assert judge(runner, base="").code == 0
    installed = [str(runner.temp / "gitscale/bin/python"), "-I", "-c", "import gitscale; print(gitscale.__file__)"]
    assert str(runner.temp) in subprocess.run(installed, capture_output=True, text=True, check=True).stdout
    assert executed(tmp_path) == []


@pytest.mark.parametrize("name", ["report.md", "$(touch executed)", "-", "x\n::error::forged"])
def test_the_comment_step_hands_its_inputs_on(
    pull_request_of: PullRequestOf, server: Server, tmp_path: Path, name: str
) -> None:
    runner = pull_request_of()
    (runner.work / name).write_text(f"{MARKER}\nhello")
    where = {"GITHUB_API_URL": server.url, "GITHUB_REPOSITORY": "desk/fleet", "GITHUB_REF": "refs/pull/7/merge"}
    ran = runner.step(COMMENT, "Comment", {"report": name, "token": TOKEN}, **where)
    assert (ran.code, commands(ran.said)) == (0, [])
    assert [found["body"] for found in server.state.comments] == [f"{MARKER}\nhello"]


@pytest.mark.parametrize("path", [ACTION, COMMENT, *(f".github/workflows/{name}.yml" for name in ("ci", "risk-gate"))])
def test_no_expression_stands_in_a_shell(path: str) -> None:
    found = read(path)
    steps = [step for job in found.get("jobs", {"": found.get("runs")}).values() for step in job["steps"]]
    assert [step for step in steps if "${{" in step.get("run", "")] == []


def test_the_guide_pins_what_our_own_workflow_pins() -> None:
    pins = re.compile(r"uses: (\S+@[0-9a-f]{40} # v[0-9.]+)$", re.MULTILINE)
    own, guide = (
        set(pins.findall((ROOT / path).read_text())) for path in (".github/workflows/risk-gate.yml", "docs/ci.md")
    )
    assert guide
    assert guide <= own
