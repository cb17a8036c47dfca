"""What a target really holds of one bot: parsed, checked against what it says about itself, and whose it is."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from gitscale.sync.render import canonical, digest

Rows = tuple[tuple[str, str, str], ...]
_COPIED = ("name", "strategy", "exchange", "account", "enabled")


class Held(NamedTuple):
    """A file or a row. `document` is None where it cannot be read; `mark` tells any two contents apart.

    `odd` are (what, as it should be, as it is) where it contradicts itself; `foreign`: gitscale did not write it.
    """

    mark: str
    document: dict[str, Any] | None
    sha256: str = ""
    stated: str = ""
    odd: Rows = ()
    foreign: bool = False


def of_file(raw: bytes) -> Held:
    """A file's bytes."""
    return _held(raw, hashlib.sha256(raw).hexdigest())


def of_row(columns: Mapping[str, Any]) -> Held:
    """A row by column; revision and updated_at say when it was written, not what it holds."""
    compared = {key: value for key, value in columns.items() if key not in ("revision", "updated_at")}
    mark = hashlib.sha256(repr(sorted(compared.items())).encode()).hexdigest()
    config = columns["config"]
    found = _held(config if isinstance(config, (str, bytes)) else b"", mark)
    if found.document is None or found.foreign:
        return found
    copied = {key: found.document.get(key) for key in _COPIED} | {"sha256": found.stated}
    wrong = tuple(
        (f"column {key}", str(copied[key]), str(columns[key])) for key in copied if copied[key] != columns[key]
    )
    return found._replace(odd=wrong + found.odd)


def _held(raw: str | bytes, mark: str) -> Held:
    try:
        document = json.loads(raw, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return Held(mark, None)
    block = document.pop("gitscale", None) if isinstance(document, dict) else None
    if not isinstance(block, dict) or not isinstance(block.get("sha256"), str):
        return Held(mark, document if isinstance(document, dict) else None, foreign=True)
    stated, document = block["sha256"], canonical(document)
    found = digest(document)
    odd = () if found == stated else (("gitscale.sha256", found, stated),)
    return Held(mark, document, found, stated, odd)


def _refuse(word: str) -> None:
    raise ValueError(word)
