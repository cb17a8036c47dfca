"""A pull request as GitHub checks it out, on a runner."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest

from tests.ci.stand_in import Server
from tests.ci.steps import Runner
from tests.conftest import Git
from tests.helpers import commit_file

PullRequestOf = Callable[..., Runner]


@pytest.fixture
def pull_request_of(repo: Path, git: Git, tmp_path: Path) -> PullRequestOf:
    """A runner that checked out the merge of a branch with these files into `base`."""

    def make(base: str = "main", **files: str) -> Runner:
        git("switch", "-q", "-c", "change")
        for path, text in files.items():
            commit_file(repo, path, text)
        work = tmp_path / "work"
        git("clone", "-q", str(repo), str(work), "-b", base)
        git("merge", "-q", "--no-ff", "-m", "Merge ::error::x", "origin/change", cwd=work)
        git("checkout", "-q", "--detach", cwd=work)
        git("branch", "-q", "-D", base, cwd=work)
        runner = Runner(work, tmp_path / "runner")
        runner.provide()
        return runner

    return make


@pytest.fixture
def server() -> Iterator[Server]:
    """GitHub's stand-in, listening."""
    with Server() as running:
        Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield running
        running.shutdown()
