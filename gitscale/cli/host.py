"""The outside world, met once a process: environment, clock, working directory, standard streams."""

import os
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Callable

    from gitscale.actions.github import PullRequest
    from gitscale.actions.workspace import Workspace
    from gitscale.store.repository import Repository


def clean_environment() -> None:
    """Drop inherited GIT_* variables (all but who commits): a hook's or a shell's must not steer our git."""
    from gitscale.store.process import strip_environment

    kept = strip_environment(os.environ)
    for name in os.environ.keys() - kept.keys():
        del os.environ[name]
    os.environ.update(kept)


def today() -> date:
    """The day in UTC."""
    return datetime.now(UTC).date()


def colour(stream: TextIO | None) -> bool:
    """Colours are for people: not for files, pipes, dumb terminals, or whoever asked for none (no-color.org)."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return wanted and stream is not None and stream.isatty()


def notify_urls(*, needed: bool = True) -> str:
    """Where people are told what they should know: Apprise URLs, separated by blanks.

    Raises:
        Usage: they are needed, and the environment has none.
    """
    from gitscale.errors import Usage

    found = os.environ.get("GITSCALE_NOTIFY", "").strip()
    if needed and not found:
        raise Usage("GITSCALE_NOTIFY is not set", "set it to Apprise URLs, separated by blanks")
    return found


def wants_traceback() -> bool:
    """Whether whoever runs this wants to see where a bug is."""
    return os.environ.get("GITSCALE_TRACEBACK") == "1"


def edits_lines() -> bool:
    """Whether people at a terminal are at both ends, and it can move its cursor."""
    dumb = os.environ.get("TERM", "dumb") in ("", "dumb", "unknown")
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb


def state_file(name: str) -> Path | None:
    """Where this user's state of that name lies (XDG base directories); None without a home."""
    given = os.environ.get("XDG_STATE_HOME", "")
    try:
        folder = Path(given) if Path(given).is_absolute() else Path.home() / ".local/state"
    except RuntimeError:
        return None
    return folder / "gitscale" / name


def open_repository(directory: str | None) -> "Repository":
    """The repository around a directory; what a killed command left behind is finished."""
    from gitscale.store.commit import settle
    from gitscale.store.repository import Repository

    clean_environment()
    repository = Repository.open(Path(directory or "."))
    settle(repository)
    return repository


def workspace_of(repository: "Repository") -> "Workspace":
    """An open repository as a workspace, with the host's settings."""
    from gitscale.actions.workspace import Host, Workspace

    signers = os.environ.get("GITSCALE_ALLOWED_SIGNERS")
    host = Host(
        lambda: datetime.now(UTC),
        os.environ.get("GITSCALE_DATABASE_URL") or None,
        name=os.uname().nodename,
        market_url=os.environ.get("GITSCALE_MARKET_URL") or "",
        progress=_progress(),
        signers=Path(signers) if signers else None,
    )
    return Workspace(repository, host)


def _progress() -> "Callable[[int, int], None] | None":
    """A bar, where somebody would see it."""
    if sys.stderr is None or not sys.stderr.isatty():
        return None
    from gitscale.cli.progress import Bar

    return Bar(sys.stderr).show


def open_workspace(directory: str | None) -> "Workspace":
    """The workspace around a directory, with the host's settings."""
    return workspace_of(open_repository(directory))


def pull_request() -> "PullRequest":
    """The pull request that this run of GitHub Actions is about.

    Raises:
        Usage: the environment names none.
    """
    from gitscale.actions.github import PullRequest
    from gitscale.errors import Usage

    names = ("GITHUB_API_URL", "GITHUB_REPOSITORY", "GITHUB_REF", "GITHUB_TOKEN")
    if missing := [name for name in names if not os.environ.get(name)]:
        raise Usage(f"not set: {', '.join(missing)}", "run this in GitHub Actions, with the token as GITHUB_TOKEN")
    api, repository, ref, token = (os.environ[name] for name in names)
    if (number := re.fullmatch(r"refs/pull/([0-9]+)/merge", ref)) is None:
        raise Usage(f"GITHUB_REF is no pull request: {ref}", "run this on: pull_request")
    return PullRequest(api, repository, int(number[1]), token)
