"""A sentence as tokens: each word or phrase with its tag, each number with its unit, whatever the spelling."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from gitscale.agent.language.lexicon import Lexicon, lexicon
from gitscale.agent.language.meaning import Known
from gitscale.agent.language.numbers import Number, is_numeral, number
from gitscale.agent.language.spelling import SLANG, plain, spelled

_WORD = re.compile(
    r"\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b|\bx\d+\b|[-+]?\$?\d[\d.,]*[a-z%$]*"
    r"|[^\W\d_][\w']*(?:[-_][\w']+)*|\$+|[=&%]|--?\w+|[^\w\s]",
    re.UNICODE,
)
_BREAK = re.compile(
    r"[,.;:!?\n]|--(?!\w)|(?<=\s)-(?=\s+\D)|—|…|(?<!thing )\b(?=but\b)"
    r"|\b(?=so\b)|\b(?=(?:be)?cause\b|cuz\b|coz\b|cos\b|bcs?\b)"
)
# a question that is one: not `could you set it?`
_ASKED = "whether"
_REQUEST = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|u|we)|mind|how about|any chance|(?:can|could|may) i (?:have|get))\b"
)
# a question without its mark: `is xgrid on`, but not `do it` and not `have it at 20`
_INVERTED = re.compile(
    r"\b(?:am i|are (?:we|you|they)|(?:do|did|have) (?:i|we|you|they)|do (?:my|people)"
    r"|(?:did|does|has) (?:my|the|he|she|it)|does)\b"
    r"|(?:^|\band\b)\W*(?:(?:hey|hi|hello|yo|ok|okay|so|and|btw|please|pls|well|also|now)\W+)*(?:is|are|was|were|has|did"
    r"|(?:will|would|could|should|can|must|might) (?!you|u|we|i|be|it be))\b"
)
_MINDS = re.compile(r"\bdo (?:you|u) mind\b")
_CODE = re.compile(r"gs\d{3}")
_REVISION = re.compile(r"(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}")
# emoji, quotes and brackets say nothing; any other sign does
_SILENT = ("So", "Sk", "Mn", "Cf", "Pi", "Pf", "Ps", "Pe")
_LONGEST = 7
_SENTENCE_MOST = 60


class Token(NamedTuple):
    """A word or phrase; an empty tag is a word that stands for nothing here. `clause` counts the sentence's parts."""

    text: str
    tag: str
    clause: int = 0
    number: Number | None = None


def tokens(sentence: str, known: Known) -> list[Token] | None:
    """The tokens of a sentence; None where it is too long to be one."""
    text = plain(sentence)
    clauses = [words for part in _parts(text, asks=not _REQUEST.search(text)) if (words := _words(part))]
    if sum(map(len, clauses)) > _SENTENCE_MOST:
        return None
    speech = lexicon(known)
    said = [token for place, words in enumerate(clauses) for token in _tagged(words, speech, place)]
    return list(_joined(_ordered(said)))


def _ordered(said: Sequence[Token]) -> Iterator[Token]:
    """The tokens, where `do moderate` sets something and `how do` does not."""
    for place, token in enumerate(said):
        ahead = next((other.tag for other in said[place + 1 :] if other.tag != "filler"), "")
        yield token._replace(tag="set") if token.text == "do" and ahead.startswith(("name:", "num")) else token


def _joined(said: Iterable[Token]) -> Iterator[Token]:
    """The tokens, where an `and` begins a clause as well."""
    joined = 0
    for token in said:
        joined += token.tag == "and"
        yield token._replace(clause=token.clause + joined)


def _parts(text: str, *, asks: bool) -> Iterator[str]:
    """Clauses, those that end in a question mark with a word that says so; a point inside a number parts nothing."""
    start = 0
    for found in _BREAK.finditer(text):
        inside = text[found.start() - 1 : found.start()].isdigit() and text[found.end() : found.end() + 1].isdigit()
        if not inside:
            yield _marked(text[start : found.start()], asks=asks and found[0] == "?")
            start = found.end()
    yield _marked(text[start:], asks=False)


def _marked(part: str, *, asks: bool) -> str:
    """A clause, with a word that says so where it is a question."""
    asks = asks or bool(_INVERTED.search(_MINDS.sub("", part)))
    return f"{part} {_ASKED}" if asks else part


def _words(part: str) -> list[str]:
    found: list[str] = []
    for word in _WORD.findall(part):
        if len(word) > 1 or word.isalnum() or unicodedata.category(word) not in _SILENT:
            found += _numerals(word) or SLANG.get(word, word).split()
    return found


def _numerals(word: str) -> list[str]:
    """`twenty-five` as two words."""
    parts = word.split("-")
    return parts if len(parts) > 1 and all(map(is_numeral, parts)) else []


def _tagged(given: Sequence[str], speech: Lexicon, clause: int) -> Iterator[Token]:
    words = [spelled(word, speech) for word in given]
    start = 0
    while start < len(words):
        length, tag = _longest(words[start : start + _LONGEST], speech.phrases)
        taken, value = number(words[start:])
        if value is not None and (length < 2 or not tag) and not tag.startswith("rev:"):  # `one question` is no number
            length, tag = taken, "num"
        else:
            value = None
        text = " ".join(words[start : start + length])
        if text == "about" and number(words[start + 1 :])[1]:  # `about 20` is no value
            tag = "relative"
        yield Token(text, tag, clause, value)
        start += length


def _longest(words: Sequence[str], phrases: Mapping[tuple[str, ...], str]) -> tuple[int, str]:
    for length in range(len(words), 0, -1):
        if (tag := phrases.get(tuple(words[:length]))) is not None:
            return length, tag
    if _CODE.fullmatch(words[0]):
        return 1, f"code:{words[0].upper()}"
    if _REVISION.fullmatch(words[0]):
        return 1, f"rev:{words[0]}"
    return 1, phrases.get(tuple(re.split("[-_]", words[0])), "" if words[0][:1].isalpha() else "odd")
