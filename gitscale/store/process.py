"""The git program: one door, hardened, bytes in and bytes out.

Only hexadecimal ids, checked branch names and repository paths behind `--` ever reach its arguments.
"""

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from gitscale.errors import Unavailable

# what an inherited environment may say about git: who commits; everything else would steer it elsewhere
KEPT_VARIABLES = tuple(f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE"))
KEPT_VARIABLES += ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")

_HARDENED = (
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "core.quotePath=false",
    "-c", "diff.external=",
    "-c", "protocol.ext.allow=never",
)  # fmt: skip


class GitFailed(Exception):
    """git ended with an error; `stderr` is its first line."""

    def __init__(self, code: int, stderr: str) -> None:
        super().__init__(stderr)
        self.code = code
        self.stderr = stderr


def strip_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git finds the repository by directory alone, asks nothing and takes no needless lock."""
    kept = {key: value for key, value in environment.items() if not key.startswith("GIT_") or key in KEPT_VARIABLES}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


def command(directory: Path, arguments: Sequence[str]) -> list[str]:
    """The whole command line of a hardened git call."""
    return ["git", "-C", str(directory), *_HARDENED, *arguments]


def git(directory: Path, *arguments: str, data: bytes = b"", index: Path | None = None) -> bytes:
    """What git prints.

    Raises:
        GitFailed: it ended with an error.
        Unavailable: there is no git.
    """
    arguments = ("-c", "core.safecrlf=false", *arguments)
    environment = ["env", f"GIT_INDEX_FILE={index}"] if index else []
    try:
        done = subprocess.run(
            [*environment, *command(directory, arguments)], input=data, capture_output=True, check=False
        )
    except FileNotFoundError:
        raise Unavailable("the git program was not found", "install git 2.31 or newer") from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines() or [f"git {arguments[2]} failed"]
        raise GitFailed(done.returncode, lines[0])
    return done.stdout
