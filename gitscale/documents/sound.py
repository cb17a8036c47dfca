"""Bot files that are plainly good, told without loading a model: the everyday case of a large fleet.

What a line says is judged once and remembered. Whatever else a file holds, right or wrong, is left to `load`; so
finding a file good here means that `load` does too.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from gitscale.documents import fast
from gitscale.documents.admission import name_of
from gitscale.documents.limits import MAX_BYTES
from gitscale.model.exchanges import ALIASES, KNOWN
from gitscale.model.forms import LONGEST_LINE, MARGIN_MODES, NAME, PERP_MM, SYMBOL
from gitscale.model.ranges import RANGES

_REMEMBERED = 20_000
_PAIR, _HEAD, _SETTING, _OTHER = range(4)
_SECTIONS = {"settings": _SETTING, "advanced": _OTHER}


class _Said(NamedTuple):
    """A line: a pair of the bot, the head of a section, or a pair that belongs into a section."""

    kind: int
    key: str
    value: Any


def venue(path: str, data: bytes) -> tuple[str, str] | None:
    """The account that a plainly good perp_mm bot draws on, as `Bot.venue` has it; else nothing."""
    if len(data) > MAX_BYTES:
        return None
    try:
        bot = _pairs(fast.lines(data.decode("utf-8")))
    except (fast.Declined, UnicodeDecodeError):
        return None
    if bot.get("name") != name_of(path) or not bot.keys() >= _NEEDED or {} in (bot.get(name) for name in _SECTIONS):
        return None
    settings = bot.get("settings") or {}
    if settings.get("min_spread_bps", _FLOOR) > settings.get("base_spread_bps", _BASE):
        return None
    return ALIASES.get(bot["exchange"], bot["exchange"]), bot.get("account", "main")


def _pairs(lines: list[str]) -> dict[str, Any]:
    """The pairs of a bot; a section that is written `{}` is None.

    Raises:
        fast.Declined: it is not plainly good.
    """
    bot: dict[str, Any] = {}
    section, pairs = _PAIR, bot
    for raw in lines:
        said = _known.get(raw, _UNSEEN)
        if said is _UNSEEN:
            said = _remember(raw)
        if said is None:
            continue
        kind, key, value = said
        if kind != section:
            if kind > _HEAD:
                raise fast.Declined
            section, pairs = _PAIR, bot
        if key in pairs:
            raise fast.Declined
        if kind == _HEAD:
            section, bot[key] = value, (pairs := {})
        else:
            pairs[key] = value
    return bot


def _remember(raw: str) -> _Said | None:
    if fast.is_prose(raw):
        return None
    if own := fast.OWN.fullmatch(raw):
        return _Said(_PAIR, own[1], own[2])
    if own := fast.TRADED.fullmatch(raw):
        return _Said(_PAIR, "symbols", _unique(own[1].split(", ")))
    said = _judged(fast.scan(raw))
    if len(_known) < _REMEMBERED:
        _known[raw] = said
    return said


def _judged(line: fast.Line | None) -> _Said | None:
    """What a line says, if it is plainly good wherever it may stand.

    Raises:
        fast.Declined: it is not.
    """
    if line is None:
        return None
    indent, item, key, value = line
    if not item and key is not None:
        if indent == 0 and value is None and key in _SECTIONS:
            return _Said(_HEAD, key, _SECTIONS[key])
        if indent == 0 and value == {} and key in _SECTIONS:
            return _Said(_PAIR, key, None)
        if indent == 0 and key in _CHECKS and _CHECKS[key](value):
            return _Said(_PAIR, key, value)
        if indent == 2 and value is not None:
            if key not in RANGES:
                return _Said(_OTHER, key, value)
            if _is_in_range(key, value):
                return _Said(_SETTING, key, value)
    raise fast.Declined


def _is_in_range(key: str, value: Any) -> bool:
    kinds, least, most, _ = RANGES[key]
    return type(value) in kinds and least <= value <= most


def _is_line(value: Any) -> bool:
    return type(value) is str and 0 < len(value) <= LONGEST_LINE and value.isprintable()


def _are_symbols(value: Any) -> bool:
    names = value if type(value) is list else []
    return bool(names) and all(type(name) is str and SYMBOL.fullmatch(name) for name in names) and bool(_unique(names))


def _unique(names: list[str]) -> list[str]:
    if len(set(names)) < len(names):
        raise fast.Declined
    return names


_CHECKS: dict[str, Callable[[Any], bool]] = {
    "name": lambda value: type(value) is str and NAME.fullmatch(value) is not None,
    "strategy": lambda value: value == PERP_MM,
    "exchange": lambda value: type(value) is str and value in KNOWN,
    "account": _is_line,
    "preset": _is_line,
    "enabled": lambda value: type(value) is bool,
    "margin_mode": lambda value: value in MARGIN_MODES,
    "symbols": _are_symbols,
    "accepted_risks": lambda value: value == [],
}
_NEEDED = {"strategy", "exchange", "symbols"}
_BASE, _FLOOR = (RANGES[name].default for name in ("base_spread_bps", "min_spread_bps"))
_UNSEEN = _Said(-1, "", None)
_known: dict[str, _Said | None] = {}
