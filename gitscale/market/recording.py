"""Answers kept in files: what was known when an exchange is down, asked too often, or not to be asked at all."""

import json
import os
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from gitscale.errors import Unavailable
from gitscale.market.feed import Answer, Ask

_PAGE = re.compile(r"([0-9]+[mhd])-([0-9]+)-([0-9]+)\.json")


class Recording(NamedTuple):
    """A folder with one file an answer. It is a feed too: one that knows nothing newer."""

    folder: Path
    exchange: str

    def ask(self, question: Ask) -> Answer:
        """The answer that was kept last, however old.

        Raises:
            Unavailable: there is none.
        """
        found = self.find(question)
        if found is None:
            what = f"{question.kind} of {question.symbol or self.exchange}"
            raise Unavailable(f"nothing is stored: {what}", f"ask without --offline: /symbols {self.exchange}")
        return found

    def find(self, question: Ask) -> Answer | None:
        """The answer that was kept last; a file that cannot be read is none."""
        try:
            kept = json.loads(self._file(question).read_bytes())
            return Answer(kept["data"], datetime.fromisoformat(kept["at"]).astimezone(UTC))
        except (OSError, ValueError, LookupError, TypeError):
            return None

    def known(self, symbol: str) -> list[Ask]:
        """The pages of candles that are kept of a symbol."""
        start = f"candles-{quote(symbol, safe='')}-"
        try:
            names = [file.name for file in self.folder.joinpath(self.exchange).iterdir()]
        except OSError:
            return []
        found = (_PAGE.fullmatch(name.removeprefix(start)) for name in names if name.startswith(start))
        return [Ask("candles", symbol, page[1], int(page[2]), int(page[3])) for page in found if page]

    def keep(self, question: Ask, answer: Answer) -> None:
        """Write an answer down; without room or permission it is not kept, and nothing is lost but time."""
        file = self._file(question)
        beside = file.with_name(f"{file.name}.{os.getpid()}")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps({"at": answer.at.isoformat(), "data": answer.data}))
            beside.replace(file)

    def _file(self, question: Ask) -> Path:
        words = [quote(str(word), safe="") for word in question if word]
        return self.folder / self.exchange / f"{'-'.join(words)}.json"
