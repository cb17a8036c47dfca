"""What a bot's file and row hold: a pure function of its configuration."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gitscale.model.fleet import FleetBot

# counts up whenever the same configuration renders differently, so that every target is brought up to date
VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """One bot as it is delivered. `sha256` is over the canonical JSON without path, blob and itself."""

    name: str
    strategy: str
    exchange: str
    account: str
    enabled: bool
    path: str
    blob: str
    sha256: str
    document: dict[str, Any]

    def text(self) -> bytes:
        """The JSON file's bytes."""
        from pydantic_core import to_json

        return to_json(self.document, indent=2) + b"\n"

    def row_text(self) -> str:
        """The row's JSON."""
        from pydantic_core import to_json

        return to_json(self.document).decode()


def render(entries: Iterable["FleetBot"]) -> Iterator[Record]:
    """The records of the given bots, in their order."""
    return (record(entry) for entry in entries)


def record(entry: "FleetBot") -> Record:
    """One bot's record: all eight settings filled in, acceptances left out, keys in a fixed order."""
    from gitscale.model.bot import PerpMMBot

    bot = entry.bot
    document = {
        "name": bot.name,
        "strategy": bot.strategy,
        "exchange": bot.exchange,
        "account": bot.account,
        "preset": bot.preset,
        "enabled": bot.enabled,
        "margin_mode": bot.margin_mode,
        "symbols": bot.symbols,
        "settings": _settings(bot.settings) if isinstance(bot, PerpMMBot) else canonical(bot.settings),
        "advanced": canonical(bot.advanced),
    }
    if bot.preset is None:
        del document["preset"]
    sha256 = digest(document)
    document["gitscale"] = {"path": entry.path, "blob": entry.blob, "sha256": sha256}
    return Record(
        bot.name,
        bot.strategy,
        bot.exchange,
        bot.account,
        bot.enabled,
        entry.path,
        entry.blob,
        sha256,
        document,
    )


def digest(document: dict[str, Any]) -> str:
    """The sha256 over the canonical JSON of a document without its `gitscale` block."""
    from pydantic_core import to_json

    return hashlib.sha256(to_json(_sorted(document))).hexdigest()


def canonical(value: Any) -> Any:
    """A value whose whole floats are integers: 5.0 and 5 are one number."""
    if isinstance(value, float):
        return int(value) if abs(value) < 2**53 and value == int(value) else value
    if isinstance(value, dict):
        return {key: canonical(item) for key, item in value.items()}
    return [canonical(item) for item in value] if isinstance(value, list) else value


def _settings(settings: Any) -> dict[str, Any]:
    from gitscale.model.parameters import PARAMETERS

    return {name: canonical(getattr(settings, name)) for name in PARAMETERS}


def _sorted(value: Any) -> Any:
    """Every mapping in the order of its keys; a scalar is asked no more than what it is, as most values are scalars."""
    if isinstance(value, dict):
        return {key: _sorted(item) if isinstance(item := value[key], (dict, list)) else item for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value
