"""The pre-commit hooks and the GitLab template, run for real."""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from gitscale.model.snapshot import COMMON_FILES
from tests.ci.conftest import PullRequestOf
from tests.ci.steps import read
from tests.conftest import Git
from tests.helpers import bot_text

BOT = "bots/blofin-main.yaml"
DANGEROUS = bot_text("blofin-main", leverage=120, equity_pct=20, stop=100)
HARMLESS = bot_text("blofin-main", leverage=10)
HOOKS: dict[str, Any] = {hook["id"]: hook for hook in read(".pre-commit-hooks.yaml")}
GITLAB = read("ci/gitlab/risk-gate.yml")["risk-gate"]


@pytest.mark.parametrize(
    ("hook", "text", "passes"),
    [
        ("gitscale-valid", HARMLESS, True),
        ("gitscale-valid", DANGEROUS, True),
        ("gitscale-valid", "name: [", False),
        ("gitscale-gate", HARMLESS, True),
        ("gitscale-gate", DANGEROUS, False),
        ("gitscale-gate", "name: [", False),
    ],
)
@pytest.mark.parametrize("how", [["-a"], ["--", BOT]], ids=["all", "only"])
def test_a_hook_decides_over_a_commit(repo: Path, git: Git, hook: str, text: str, passes: bool, how: list[str]) -> None:
    """From within git commit, which holds the index and hands its own down in GIT_INDEX_FILE."""
    words = [*shlex.split(HOOKS[hook]["entry"]), *HOOKS[hook].get("args", [])]
    program = shlex.join([str(Path(sys.executable).with_name(words[0])), *words[1:]])
    script = repo / ".git/hooks/pre-commit"
    script.write_text(f"#!/bin/sh\n{program} >&2 || exit 1\n")
    script.chmod(0o755)
    (repo / BOT).write_text(text)
    ran = subprocess.run(["git", "commit", "-qm", "try", *how], cwd=repo, check=False, capture_output=True)
    assert (ran.returncode == 0) == passes
    assert git("status", "--porcelain") == ("" if passes else f" M {BOT}\n")


def test_hooks_look_at_every_config_and_at_nothing_else() -> None:
    (pattern,) = {hook["files"] for hook in HOOKS.values()}
    for path in (*COMMON_FILES, BOT, "bots/deep/er.yaml"):
        assert re.search(pattern, path)
    for path in ("README.md", "x/policy.yaml", "policy.yaml.md", "schemas/bot.schema.json"):
        assert not re.search(pattern, path)


@pytest.mark.parametrize(("text", "code"), [(HARMLESS, 0), (DANGEROUS, 1)])
@pytest.mark.parametrize("target", ["main", "$(touch${IFS}executed)"])
def test_the_gitlab_job(pull_request_of: PullRequestOf, git: Git, text: str, code: int, target: str) -> None:
    git("update-ref", f"refs/heads/{target}", "main")
    runner = pull_request_of(**{BOT: text})
    fetch = next(line for line in GITLAB["before_script"] if line.startswith("git fetch"))
    environment = {"GITSCALE_VENV": str(runner.temp / "gitscale"), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": target}
    ran = runner.bash("\n".join([fetch, *GITLAB["script"]]), **environment)
    assert ran.code == code, ran.said
    reports = GITLAB["artifacts"]["reports"]
    found = {issue["check_name"] for issue in json.loads((runner.work / reports["codequality"]).read_text())}
    assert any(name.startswith("GS101") for name in found) == bool(code)
    assert (runner.work / reports["junit"]).exists()
    assert not (runner.work / "executed").exists()


def test_the_gitlab_job_says_when_there_is_no_such_branch(pull_request_of: PullRequestOf) -> None:
    runner = pull_request_of(**{BOT: HARMLESS})
    ran = runner.bash("\n".join(GITLAB["script"]), GITSCALE_VENV=str(runner.temp / "gitscale"))
    assert (ran.code, "refs/remotes/origin/target" in ran.said) == (1, True)
