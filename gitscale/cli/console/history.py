"""The lines typed in earlier sessions: a file of the user's own, without which the console works too."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from prompt_toolkit.history import FileHistory, History, InMemoryHistory

from gitscale.model.plain import line


def history(path: Path | None) -> History:
    """The history in a file that only its user reads; in memory where there can be no such file."""
    if path is None:
        return InMemoryHistory()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle):
            os.fchmod(handle, 0o600)
    except OSError:
        return InMemoryHistory()
    return _Kept(path)


class _Kept(FileHistory):
    """What is loaded cannot steer a terminal; what cannot be stored is forgotten at the end."""

    def load_history_strings(self) -> Iterable[str]:
        try:
            yield from map(line, super().load_history_strings())
        except OSError:
            return

    def store_string(self, string: str) -> None:
        with suppress(OSError):
            super().store_string(string)
