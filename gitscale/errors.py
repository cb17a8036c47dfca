"""The exception tree and the exit code of each branch.

    GitscaleError
    ├── Refused          1   invalid, refused, unknown name, not understood
    │   ├── InvalidConfig    … with the problems that were found
    │   └── NoPerpMM         … with the presets that a first bot can start from
    ├── Usage            2   the command itself is malformed
    ├── Conflict         3   somebody's change or unsaved edits are in the way
    ├── Unavailable      4   something needed is out of reach
    ├── NotConfirmed     5   waiting for confirmation, nothing changed
    ├── Interrupted    130   Ctrl-C, when something was done already
    └── Bug             70   anything that was not foreseen

Catch the branch, raise it with one line and, where there is one, a remedy.
An interrupt before anything was done stays a KeyboardInterrupt; it is 130 too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from gitscale import __version__

INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """One breach in one file: rule code, place (1-based line and column, 0 for the whole file), remedy."""

    code: str
    message: str
    path: str
    line: int = 0
    column: int = 0
    remedy: str = ""

    def __str__(self) -> str:
        """`path:line:column: CODE message`."""
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.code} {self.message}"


class GitscaleError(Exception):
    """Root of everything a user may be told; `remedy` is the one thing to do next."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


class Refused(GitscaleError):
    """The request is understood and cannot be granted."""


class InvalidConfig(Refused):
    """A configuration breaks the rules; `problems` hold place and remedy of each breach."""

    def __init__(self, message: str, problems: Sequence[Problem], remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.problems = tuple(problems)


class NoPerpMM(Refused):
    """There is no bot that the agent can scale; `presets` are what one can start from, with what each is for."""

    def __init__(self, message: str, presets: Mapping[str, str] | None = None) -> None:
        start = "start one from a preset: gitscale presets"
        super().__init__(message, start if presets else "gitscale init DIR makes a repository with presets and a bot")
        self.presets = dict(presets or {})


class Usage(GitscaleError):
    """The command is malformed."""

    exit_code = 2


class Conflict(GitscaleError):
    """Somebody else's work is in the way; trying again, or saving it first, helps."""

    exit_code = 3


class Unavailable(GitscaleError):
    """A repository, file, database or program that is needed cannot be reached."""

    exit_code = 4


class NotConfirmed(GitscaleError):
    """A dangerous change to `bot` waits until `confirm` is typed; nothing was written.

    `costs` are the findings it raises, `stakes` say what it can cost in this account, and `figures` say so in numbers.
    """

    exit_code = 5

    def __init__(
        self,
        message: str,
        remedy: str,
        *,
        bot: str,
        confirm: str,
        costs: Sequence[str],
        stakes: Sequence[str] = (),
        figures: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, remedy)
        self.bot = bot
        self.confirm = confirm
        self.costs = tuple(costs)
        self.stakes = tuple(stakes)
        self.figures = dict(figures or {})


class Interrupted(GitscaleError):
    """Ctrl-C came too late to change nothing: the message says what was done."""

    exit_code = INTERRUPTED


class Bug(GitscaleError):
    """What no branch of the tree foresees."""

    exit_code = 70


def interrupted(error: BaseException) -> bool:
    """Whether Ctrl-C is behind it; pydantic wraps one that comes while a model is built."""
    return isinstance(error, KeyboardInterrupt) or "KeyboardInterrupt" in str(error)


def bug(error: Exception) -> Bug:
    """What nobody foresaw, as the one line that is told of it."""
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Bug(f"a bug in gitscale {__version__}: {what}", "GITSCALE_TRACEBACK=1 shows where; please report it")


def known(error: Exception) -> GitscaleError | None:
    """The error as one of ours: a file that cannot be used is something unavailable; None is a bug."""
    if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
        where = f"{error.filename}: " if error.filename else ""
        return Unavailable(f"{where}{error.strerror or error}", "free space or mend permissions, then try again")
    return error if isinstance(error, GitscaleError) else None
