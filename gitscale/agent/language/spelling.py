"""What somebody typed as plain words: short forms and slang written out, slips mended."""

import re
import unicodedata
from collections.abc import Mapping

from gitscale.agent.language.lexicon import Lexicon
from gitscale.agent.language.numbers import is_numeral

_SHORT: Mapping[str, str] = {
    "n't": " not",
    "'re": " are",
    "'m": " am",
    "'d": " would",
    "'ll": " will",
    "'ve": " have",
}
SLANG: Mapping[str, str] = {
    "whats": "what is", "wats": "what is", "wat": "what", "wut": "what", "hows": "how is", "im": "i am",
    "id": "i would", "lets": "let us", "gonna": "going to", "wanna": "want to", "gimme": "give me", "lemme": "let me",
    "u": "you", "ur": "your", "r": "are", "moar": "more", "thats": "that is", "ive": "i have", "wont": "will not",
    "cant": "can not", "cannot": "can not", "dont": "do not", "dnt": "do not", "donot": "do not", "doesnt": "does not",
    "didnt": "did not", "shouldnt": "should not", "wouldnt": "would not", "isnt": "is not", "arent": "are not",
    "your": "my", "y": "why", "n": "and", "wdym": "what does mean", "idk": "not know", "teh": "the", "ot": "to",
    "fro": "for", "si": "is", "waht": "what", "hwo": "how", "taht": "that", "yuo": "you", "ym": "my", "hte": "the",
    "adn": "and", "thier": "their", "b": "be", "gib": "give", "profitz": "profits", "lvl": "level", "lvls": "levels",
    "yr": "my", "spred": "spread", "hv": "have", "tho": "", "abt": "about", "rn": "now", "dis": "this",
    "shud": "should", "cuz": "because", "cause": "because", "coz": "because", "cos": "because", "bcs": "because",
    "bc": "because", "los": "loss", "wil": "will", "al": "all", "fes": "fees", "loose": "lose", "stp": "stop",
    "hlp": "help", "wym": "what mean", "wassup": "what is up", "whassup": "what is up",
    "cud": "could", "plox": "please", "wen": "when", "$$$": "money", "$$": "money", "$": "money", "youre": "you are",
    "theres": "there is", "wheres": "where is", "whos": "who is", "hes": "he is", "shes": "she is", "itll": "it will",
    "youll": "you will", "theyre": "they are", "werent": "were not", "wasnt": "was not", "hasnt": "has not",
    "havent": "have not", "hadnt": "had not", "couldnt": "could not", "aint": "is not", "mustnt": "must not",
    "dunno": "not know", "gotta": "i have to", "outta": "out of", "kinda": "kind of", "sorta": "kind of",
    "wot": "what", "wht": "what", "hw": "how", "shld": "should", "wld": "would", "cld": "could", "cn": "can",
    "da": "the", "dem": "them", "dat": "that", "tht": "that", "diz": "this", "em": "them", "pl": "please",
    "ples": "please", "tmrw": "tomorrow", "tmr": "tomorrow", "tomoz": "tomorrow", "yday": "yesterday",
    "prolly": "probably", "mebbe": "maybe", "def": "definitely", "defo": "definitely", "rly": "really",
    "srsly": "seriously", "duz": "does", "iz": "is", "ya": "you", "ye": "you", "av": "have", "bin": "been",
    "gud": "good", "gr8": "great", "bout": "about", "nd": "and", "wth": "what the hell", "tf": "what the hell",
    "wtf": "what the hell",
}  # fmt: skip
# `lev20x`, and `8-level`; a rule's code stays whole
_GLUED = re.compile(r"\b(?!gs\d)([a-z]{2,})(\d+(?:\.\d+)?(?:x|%|bps)?)\b")
_COUNTED = re.compile(r"\b(\d+)-([a-z]{3,})\b")
# `!= 20`, `!20`
_UNLIKE = re.compile(r"!=|(?<!\w)!(?=\w)")
# else it says whose
_IS = re.compile(r"\b(what|that|it|how|where|who|here|there|he|she|when|why|which)'s\b")
_IRREGULAR = {"can't": "can not", "won't": "will not", "shan't": "will not", "let's": "let us"}
_SURE = re.compile(r"\b(?:make sure|ensure|see to it)(?: that)? (.{1,40}?) (?:is|are)\b")


def plain(sentence: str) -> str:
    """A sentence in lower case, without short forms and signs that stand for words."""
    text = unicodedata.normalize("NFKC", sentence).casefold().translate({0x2019: "'", 0x2018: "'", 0x60: "'"})
    text = re.sub(r"([a-z])\1{2,}", r"\1\1", re.sub(r"[^\S\n]+", " ", text))
    for long, short in _IRREGULAR.items():
        text = re.sub(rf"\b{long}\b", short, text)
    text = _SURE.sub(r"set \1", text.replace("e.g.", "example").replace("@", " at "))
    text = text.replace("per cent", "percent")
    text = _COUNTED.sub(r"\1 \2", _UNLIKE.sub(" not ", text))
    text = _GLUED.sub(r"\1 \2", text.replace("->", " to ").replace("=>", " to "))
    text = _IS.sub(r"\1 is", text).replace("'s ", " ")
    for ending, words in _SHORT.items():
        text = re.sub(rf"(?<=\w){ending}\b", words, text)
    return text


def spelled(word: str, speech: Lexicon) -> str:
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
    from rapidfuzz.distance import OSA, Prefix

    most = 1 if len(word) < 7 else 2
    found = process.extract(word, speech.meant, scorer=OSA.distance, score_cutoff=most, limit=8)
    # nobody mistakes the first letter, but it may be missing or one too many
    near = sorted(
        (distance, sorted(other) != sorted(word), -Prefix.similarity(word, other), -len(other), other)
        for other, distance, _ in found
        if other[0] == word[0] or len(other) != len(word)
    )
    # one letter of four is too much to have been a slip, unless two changed places or one is too many or missing
    best = next((row for row in near if len(word) > 4 or not row[1] or len(row[-1]) != 4), None)
    return best[-1] if best else word
