"""What people are told: the kinds of notices, and the few lines each becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, NamedTuple

Kind = Literal["failed", "recovered", "refused", "parted", "drift", "restart", "more"]
Tone = Literal["failure", "warning", "success"]

_NAMED = 10


@dataclass(frozen=True, slots=True)
class Notice:
    """How things are in one regard: what it is `about` (bots, a revision), nothing where all is well.

    `said` and `remedy` are harmless already: whoever makes a notice sees to that.
    """

    kind: Kind
    about: tuple[str, ...] = ()
    said: str = ""
    remedy: str = ""


class Message(NamedTuple):
    """What a service is given."""

    title: str
    body: str
    tone: Tone


class _Shape(NamedTuple):
    """A kind's headline and weight; `named`: what it is about are bots, and the message names them."""

    title: str
    tone: Tone
    named: bool = False


_SHAPES: Mapping[Kind, _Shape] = MappingProxyType(
    {
        "failed": _Shape("sync failed", "failure"),
        "recovered": _Shape("sync recovered", "success"),
        "refused": _Shape("gate refused", "failure"),
        "parted": _Shape("branch parted", "failure"),
        "drift": _Shape("drift found", "warning", named=True),
        "restart": _Shape("restart required", "warning", named=True),
        "more": _Shape("more than can be told", "warning"),
    }
)


def title(kind: Kind) -> str:
    """A kind in words."""
    return _SHAPES[kind].title


def message(place: str, notice: Notice) -> Message:
    """A notice in a few lines; `place` says whose it is."""
    shape = _SHAPES[notice.kind]
    lines = [notice.said, _names(notice.about) if shape.named else "", notice.remedy]
    return Message(f"gitscale {place}: {shape.title}", "\n".join(filter(None, lines)), shape.tone)


def _names(about: tuple[str, ...]) -> str:
    more = len(about) - _NAMED
    return ", ".join(about[:_NAMED]) + (f" and {more} more" if more > 0 else "")
