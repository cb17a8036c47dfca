"""What the learned model sees of a sentence: its words, what they stand for, and which of that is said together."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from gitscale.agent.language.lexicon import kind
from gitscale.agent.language.tokens import Token

# one bot is as another, and so on: what they are called says nothing about what is asked
_ALIKE = frozenset({"bot", "name", "exchange", "code", "rev", "num"})
# so many words without a meaning here are as good as any more: the sentence is about something else
_MANY = 4


def features(tokens: Sequence[Token]) -> frozenset[str]:
    """The features of a sentence, each of which counts once."""
    return frozenset(_features(tokens))


def _features(tokens: Sequence[Token]) -> Iterator[str]:
    yield "any"
    for token in tokens:
        yield f"is {_tag(token)}"
        if kind(token.tag) not in _ALIKE:
            yield from (f"says {said}" for said in (token.text, *token.text.split()))
    yield f"strangers {min(_MANY, sum(not token.tag for token in tokens))}"
    kinds = sorted({kind(token.tag) for token in tokens} - {"filler"})
    yield from (f"both {one}, {other}" for one, other in combinations(kinds, 2))
    if first := next((token for token in tokens if token.tag != "filler"), None):
        yield f"first {_tag(first)}"


def _tag(token: Token) -> str:
    """What a word stands for; nothing where it is not known."""
    return kind(token.tag) if kind(token.tag) in _ALIKE else token.tag
