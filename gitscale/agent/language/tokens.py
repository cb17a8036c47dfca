"""A sentence as tokens: each word or phrase with its tag, each number with its unit, whatever the spelling."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import commonprefix
from typing import NamedTuple

from gitscale.agent.language.lexicon import Lexicon, lexicon
from gitscale.agent.language.meaning import Known
from gitscale.agent.language.numbers import Number, is_numeral, number

_SHORT: Mapping[str, str] = {
    "n't": " not",
    "'re": " are",
    "'m": " am",
    "'d": " would",
    "'ll": " will",
    "'ve": " have",
}
_SLANG: Mapping[str, str] = {
    "whats": "what is", "wats": "what is", "wat": "what", "wut": "what", "hows": "how is", "im": "i am",
    "id": "i would", "lets": "let us", "gonna": "going to", "wanna": "want to", "gimme": "give me", "lemme": "let me",
    "u": "you", "ur": "your", "r": "are", "moar": "more", "thats": "that is", "ive": "i have", "wont": "will not",
    "cant": "can not", "cannot": "can not", "dont": "do not", "dnt": "do not", "donot": "do not",
    "doesnt": "does not", "didnt": "did not", "shouldnt": "should not", "wouldnt": "would not", "isnt": "is not",
    "arent": "are not", "your": "my", "y": "why", "n": "and", "wdym": "what does mean",
    "idk": "not know", "teh": "the", "ot": "to", "fro": "for", "si": "is", "waht": "what", "hwo": "how",
    "taht": "that", "yuo": "you", "ym": "my", "het": "the", "hte": "the", "adn": "and", "thier": "their", "b": "be",
    "gib": "give", "profitz": "profits", "lvl": "level", "lvls": "levels", "yr": "my", "spred": "spread",
    "hv": "have", "tho": "", "abt": "about", "rn": "now", "dis": "this", "shud": "should", "cuz": "because",
    "cause": "because", "coz": "because", "cos": "because", "bcs": "because", "bc": "because", "los": "loss", "wil": "will", "al": "all", "fes": "fees",
    "loose": "lose", "stp": "stop", "est": "estimate",
    "cud": "could", "plox": "please", "wen": "when", "explan": "explain", "$$$": "money", "$$": "money", "$": "money",
}  # fmt: skip
# `lev20x`, and `8-level`; a rule's code stays whole
_GLUED = re.compile(r"\b(?!gs\d)([a-z]{2,})(\d+(?:\.\d+)?(?:x|%|bps)?)\b")
_COUNTED = re.compile(r"\b(\d+)-([a-z]{3,})\b")
# `!= 20`, `!20`
_UNLIKE = re.compile(r"!=|(?<!\w)!(?=\w)")
# else it says whose
_IS = re.compile(r"\b(what|that|it|how|where|who|here|there|he|she|when|why|which)'s\b")
_IRREGULAR = {"can't": "can not", "won't": "will not", "shan't": "will not", "let's": "let us"}
_WORD = re.compile(
    r"\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}\b|\bx\d+\b|[-+]?\$?\d[\d.,]*[a-z%$]*|[^\W\d_][\w']*(?:[-_][\w']+)*|\$+|[=&%]|--?\w+|[^\w\s]",
    re.UNICODE,
)
_BREAK = re.compile(r"[,.;:!?\n]|--(?!\w)|—|…|(?<!thing )\bbut\b|\b(?=so\b)|\b(?=(?:be)?cause\b|cuz\b|coz\b|cos\b|bcs?\b)")
# a question that is one: not `could you set it?`
_ASKED = "whether"
_REQUEST = re.compile(
    r"\b(?:(?:can|could|would|will) (?:you|u|we)|mind|how about|any chance|(?:can|could|may) i (?:have|get))\b"
)
# a question without its mark: `is xgrid on`, but not `do it` and not `have it at 20`
_INVERTED = re.compile(
    r"\b(?:am i|are (?:we|you|they)|(?:do|did|have) (?:i|we|you|they)|do (?:my|people)|(?:did|does|has) (?:my|the|he|she|it)|does)\b"
    r"|^\W*(?:(?:hey|hi|hello|yo|ok|okay|so|and|btw|please|pls|well|also|now)\W+)*(?:is|are|was|were|has|did"
    r"|(?:will|would|could|should|can|must|might) (?!you|u|we|i|be|it be))\b"
)
_SURE = re.compile(r"\b(?:make sure|ensure|see to it)(?: that)? (.{1,40}?) (?:is|are)\b")
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
    plain = _plain(sentence)
    clauses = [words for part in _parts(plain, asks=not _REQUEST.search(plain)) if (words := _words(part))]
    if sum(map(len, clauses)) > _SENTENCE_MOST:
        return None
    speech = lexicon(known)
    said = [token for place, words in enumerate(clauses) for token in _tagged(words, speech, place)]
    return list(_joined(_done(said)))


def _done(said: Sequence[Token]) -> Iterator[Token]:
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


def _plain(sentence: str) -> str:
    text = unicodedata.normalize("NFKC", sentence).casefold().translate({0x2019: "'", 0x2018: "'", 0x60: "'"})
    for long, short in _IRREGULAR.items():
        text = re.sub(rf"\b{long}\b", short, text)
    text = _SURE.sub(r"set \1", text.replace("e.g.", "example"))
    text = text.replace("per cent", "percent")
    text = _COUNTED.sub(r"\1 \2", _UNLIKE.sub(" not ", text))
    text = _GLUED.sub(r"\1 \2", text.replace("->", " to ").replace("=>", " to "))
    text = _IS.sub(r"\1 is", text).replace("'s ", " ")
    for ending, words in _SHORT.items():
        text = re.sub(rf"(?<=\w){ending}\b", words, text)
    return text


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
            found += _numerals(word) or _SLANG.get(word, word).split()
    return found


def _numerals(word: str) -> list[str]:
    """`twenty-five` as two words."""
    parts = word.split("-")
    return parts if len(parts) > 1 and all(map(is_numeral, parts)) else []


def _tagged(given: Sequence[str], speech: Lexicon, clause: int) -> Iterator[Token]:
    words = [_spelled(word, speech) for word in given]
    start = 0
    while start < len(words):
        length, tag = _longest(words[start : start + _LONGEST], speech.phrases)
        taken, value = number(words[start:])
        if value is not None and (length < 2 or not tag):  # `one question` is no number
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


def _spelled(word: str, speech: Lexicon) -> str:
    """The word that a longer one is a slip of; short words, numbers and what is a word already are left as they are."""
    if word in speech.words or len(word) < 3 or not word.isalpha() or is_numeral(word):
        return word
    if (swapped := speech.shuffled.get("".join(sorted(word)))) and swapped[0] == word[0]:
        return swapped
    if (full := speech.skeletons.get(word)) is not None:
        return full
    if len(word) < 4:
        return word
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    most = 1 if len(word) < 7 else 2
    found = process.extract(word, speech.meant, scorer=OSA.distance, score_cutoff=most, limit=8)
    # nobody mistakes the first letter, but it may be missing or one too many
    near = sorted(
        (distance, sorted(other) != sorted(word), -len(commonprefix([word, other])), -len(other), other)
        for other, distance, _ in found
        if other[0] == word[0] or len(other) != len(word)
    )
    # one letter of four is too much to have been a slip, unless two changed places or one is too many or missing
    best = next((row for row in near if len(word) > 4 or not row[1] or len(row[-1]) != 4), None)
    return best[-1] if best else word
