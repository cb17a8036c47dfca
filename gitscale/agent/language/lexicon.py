"""What words stand for. Parameters, profiles, exchanges and bots bring their own; the tables hold everyday English.

A word or phrase has one tag; the longest phrase wins.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gitscale.agent.language import verbs
from gitscale.agent.language.chatter import CHATTER
from gitscale.agent.language.meaning import Known
from gitscale.agent.language.plain import PLAIN
from gitscale.agent.language.subjects import SUBJECTS
from gitscale.agent.language.words import WORDS
from gitscale.model.exchanges import FEES
from gitscale.model.parameters import PARAMETERS, SWITCH, Parameter

# words of a parameter's name that nobody says, since they are its unit or its kind
_SILENT = {"bps", "pct", "num", "enabled"}
# tags that a bot's or a profile's name must not take the place of
_GUARDED = frozenset(
    {"no", "if", "past", "why", "other", "or", "and", "ask", "does", "relative", "out", "explain", "my:now"}
)
# a slip is never taken for one of these: they are short, and what they are near is often a word of its own
_SMALL = frozenset({"filler", "out", "no", "if", "past", "other", "or", "and", "ask", "does", "my", "to"})
# the only chatter that a slip may be meant for: a word that nobody knows must not pass for nothing
_POLITE = "please thanks thank kindly account setting value could would should"
# everyday words are meant as they stand
_NO_SLIPS = frozenset(PLAIN.split())


class Lexicon(NamedTuple):
    """Every phrase, as its words, with its tag; all words that occur in one; and those that a slip may have meant.

    `shuffled` has words by their letters in order: letters that changed places are the surest slip.
    `skeletons` has them without their vowels: `sprd`.
    """

    phrases: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    meant: tuple[str, ...]
    shuffled: Mapping[str, str]
    skeletons: Mapping[str, str]


def lexicon(known: Known) -> Lexicon:
    """The words of a repository: what it names wins over everyday English, but for words that hold a change back."""
    return _lexicon(known.bots, known.profiles)


@lru_cache(maxsize=4)
def _lexicon(bots: tuple[str, ...], profiles: tuple[str, ...]) -> Lexicon:
    found = _phrases(bots, profiles)
    words = {word for phrase in found for word in phrase}
    heavy = {word for phrase, tag in found.items() if kind(tag) not in _SMALL for word in phrase}
    meant = {word for word in heavy if len(word) > 2 and found.get((word,)) != "filler"} | set(_POLITE.split())
    shuffled = {"".join(sorted(word)): word for word in sorted(words, reverse=True) if len(word) > 2}
    for form, tag in verbs.forms():
        found.setdefault(form, tag)
    every = frozenset(word for phrase in found for word in phrase)
    return Lexicon(found, every | _NO_SLIPS, tuple(sorted(meant)), shuffled, _skeletons(meant - _NO_SLIPS))


def _phrases(bots: tuple[str, ...], profiles: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for tag, phrases in {"filler": CHATTER, **WORDS, **SUBJECTS}.items():
        for phrase in phrases.split(", "):
            found.setdefault(tuple(phrase.split()), tag)
    for words, tag in verbs.phrases():
        found.setdefault(words, tag)
    for parameter in PARAMETERS.values():
        for words in spoken(parameter):
            start, last = words[:-1], words[-1].removesuffix("s")
            found |= dict.fromkeys([words, (*start, last), (*start, f"{last}s")], f"param:{parameter.name}")
    for tag, names in (("exchange", tuple(FEES)), ("bot", bots), ("name", profiles)):
        for name in names:
            words = tuple(name.replace("-", " ").replace("_", " ").split())
            taken = found.get(words, "")
            if not {taken, kind(taken)} & _GUARDED:
                found[words] = f"{tag}:{name}"
                found |= dict.fromkeys([("on", name), ("on", *words)] if tag == "bot" else [], f"{tag}:{name}")
                # `moderate risk` is the profile
                found |= {(*words, "risk"): f"{tag}:{name}"} if tag == "name" else {}
    return found


def _skeletons(words: Iterable[str]) -> Mapping[str, str]:
    """The words that no other one of the tables is like once its vowels are gone."""
    found: dict[str, list[str]] = {}
    for word in words:
        bare = word[0] + re.sub("[aeiouy]", "", word[1:])
        if len(bare) > 2 and bare != word:
            found.setdefault(bare, []).append(word)
    first = {bare: min(meant, key=len) for bare, meant in found.items()}
    return {bare: word for bare, word in first.items() if all(other.startswith(word) for other in found[bare])}


def kind(tag: str) -> str:
    """A tag without what it names: `param` of `param:leverage`."""
    return tag.partition(":")[0]


def spoken(parameter: Parameter) -> Iterator[tuple[str, ...]]:
    """The ways to say a parameter: its name, the words of it that are no unit, and what else people call it."""
    words = parameter.name.split("_")
    yield (parameter.name,)
    if parameter.unit is not SWITCH:  # `xgrid enabled` says more than the name
        yield tuple(words)
    yield tuple(word for word in words if word not in _SILENT)
    for phrase in parameter.also:
        yield tuple(phrase.split())
