"""The git program: one door, hardened, bytes in and bytes out.

Only hexadecimal ids, checked branch names and repository paths behind `--` ever reach its arguments.
"""

import os
import re
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from gitscale.errors import Unavailable

# what an inherited environment may say about git: who commits; everything else would steer it elsewhere
KEPT_VARIABLES = tuple(f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL", "DATE"))
KEPT_VARIABLES += ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")

_HARDENED = (
    "--no-replace-objects",
    "-c", "core.hooksPath=/dev/null",
    "-c", "core.fsmonitor=false",
    "-c", "core.quotePath=false",
    "-c", "core.safecrlf=false",
    "-c", "core.filesRefLockTimeout=2000",  # others hold a ref for milliseconds; only a dead lock outlasts this
    "-c", "i18n.commitEncoding=utf-8",
    "-c", "log.showSignature=false",
    "-c", "submodule.recurse=false",
    "-c", "diff.external=",
    "-c", "protocol.ext.allow=never",
)  # fmt: skip
_UNWRITABLE = re.compile(
    "No space left|Out of diskspace|quota|too large|Read-only|Permission denied|unable to write|couldn't write"
)


class GitFailed(Unavailable):
    """git ended with an error; `stderr` is the line that says which."""

    def __init__(self, verb: str, code: int, stderr: str) -> None:
        lines = stderr.strip().splitlines() or [f"ended by signal {-code}" if code < 0 else f"exit code {code}"]
        self.stderr = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0])
        remedy = "try again" if code < 0 else ""
        if _UNWRITABLE.search(stderr):
            remedy = "free space or mend permissions, then try again"
        super().__init__(f"git {verb}: {self.stderr.split(': ', 1)[-1]}", remedy)
        self.code = code


def strip_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which git finds the repository by directory alone, asks nothing and takes no needless lock."""
    kept = {key: value for key, value in environment.items() if not key.startswith("GIT_") or key in KEPT_VARIABLES}
    # and in English: what it says decides what we say
    return kept | {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}


def command(directory: Path, arguments: Sequence[str], *, globs: bool = False) -> list[str]:
    """The whole command line of a hardened git call; with `globs` on, `**/` and `*` in paths have their meaning."""
    paths = "--glob-pathspecs" if globs else "--literal-pathspecs"
    return ["git", "-C", str(directory), *_HARDENED, paths, *arguments]


def git(
    directory: Path,
    *arguments: str,
    data: bytes = b"",
    index: Path | None = None,
    globs: bool = False,
    patience: float | None = None,
) -> bytes:
    """What git prints, within `patience` seconds where it talks to others.

    It inherits what is inheritable, which is the writers' lock: should we be killed, the lock outlives us until git
    has ended too, so that nobody takes a step back that a git of ours is still about to make.

    Raises:
        GitFailed: it ended with an error.
        Unavailable: there is no git, or no answer in time.
    """
    environment = ["env", f"GIT_INDEX_FILE={index}"] if index else []
    try:
        done = subprocess.run(
            [*environment, *command(directory, arguments, globs=globs)],
            input=data,
            capture_output=True,
            check=False,
            close_fds=False,
            timeout=patience,
        )
    except FileNotFoundError:
        raise _no_git() from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"git {arguments[0]}: no answer within {patience} seconds") from None
    if done.returncode:
        raise GitFailed(arguments[0], done.returncode, done.stderr.decode("utf-8", "replace"))
    return done.stdout


def start_git(directory: Path, *arguments: str) -> Callable[[], bytes]:
    """Git at work while we do something else; calling what this gives waits for it, and is as `git` from then on.

    Raises:
        Unavailable: there is no git.
    """
    printed, said = _nameless(), _nameless()  # a pipe would fill, and git wait for us
    try:
        process = subprocess.Popen(command(directory, arguments), stdin=subprocess.DEVNULL, stdout=printed, stderr=said)
    except FileNotFoundError:
        raise _no_git() from None

    def wait() -> bytes:
        code = process.wait()
        with printed, said:
            for file in (printed, said):
                file.seek(0)
            if code:
                raise GitFailed(arguments[0], code, said.read().decode("utf-8", "replace"))
            return printed.read()

    return wait


def _nameless() -> IO[bytes]:
    """A file without a name; in memory where the system has such."""
    if hasattr(os, "memfd_create"):  # tempfile takes a while to import
        return os.fdopen(os.memfd_create("git"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def _no_git() -> Unavailable:
    return Unavailable("the git program was not found", "install git 2.31 or newer")
