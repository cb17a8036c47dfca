"""Shell steps out of their YAML files, run as the runner runs them."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parent.parent.parent
ACTION = "action.yml"
COMMENT = "ci/github/comment/action.yml"
_EXPRESSION = re.compile(r"\$\{\{ inputs\.(\w+) \}\}")


def read(path: str) -> Any:
    """A YAML file of this repository."""
    return YAML(typ="safe", pure=True).load(ROOT / path)


@dataclass(frozen=True)
class Ran:
    """What a step did: exit code, what the runner saw of it, and its two files."""

    code: int
    said: str
    outputs: dict[str, str]
    summary: str


class Runner:
    """A runner that checked out `work`; `temp` is its RUNNER_TEMP."""

    def __init__(self, work: Path, temp: Path) -> None:
        self.work, self.temp = work, temp
        temp.mkdir()

    def provide(self) -> None:
        """This environment's gitscale where the install step puts one."""
        tools = self.temp / "gitscale/bin"
        tools.mkdir(parents=True)
        (tools / "gitscale").symlink_to(Path(sys.executable).with_name("gitscale"))

    def step(self, path: str, name: str, inputs: Mapping[str, str] | None = None, **environment: str) -> Ran:
        """Run one step of an action, its inputs handed in as `env:` says."""
        action = read(path)
        found = next(step for step in action["runs"]["steps"] if step["name"] == name)
        given = {key: value.get("default", "") for key, value in action["inputs"].items()} | dict(inputs or {})
        environment |= {"GITHUB_ACTION_PATH": str((ROOT / path).parent)}
        environment |= {
            key: _EXPRESSION.sub(lambda match: given[match[1]], text) for key, text in found.get("env", {}).items()
        }
        return self.bash(found["run"], **environment)

    def bash(self, script: str, **environment: str) -> Ran:
        """Run a script as `shell: bash` does."""
        files = {"GITHUB_OUTPUT": self.temp / "output", "GITHUB_STEP_SUMMARY": self.temp / "summary"}
        for file in files.values():
            file.write_text("")
        (self.temp / "script.sh").write_text(script)
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(self.temp / "script.sh")],
            cwd=self.work,
            check=False,
            env=os.environ
            | {"RUNNER_TEMP": str(self.temp)}
            | {name: str(file) for name, file in files.items()}
            | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        outputs = dict(line.split("=", 1) for line in files["GITHUB_OUTPUT"].read_text().splitlines())
        return Ran(ran.returncode, ran.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text())
