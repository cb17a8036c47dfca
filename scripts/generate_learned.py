"""Learns which answer a sentence asks for: an averaged perceptron over tests/utterances/dev, but for its wishes.

All arithmetic is of whole numbers, so that every machine learns the same. Source: M. Collins, Discriminative Training
Methods for Hidden Markov Models (2002), section 2; a sentence may have several right answers, the best of which counts.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from gitscale.agent.language.answers import filled
from gitscale.agent.language.features import features
from gitscale.agent.language.learned import WEIGHTS as TARGET
from gitscale.agent.language.tokens import Token, tokens
from gitscale.agent.language.understand import proposal
from tests.utterances.scoring import KNOWN, PROFILES, cases

__all__ = ["TARGET", "render"]

# rounds over all sentences, and by how much the right answer has to win, in steps
_ROUNDS, _MARGIN = 10, 40
# weights are in hundredths of a step; less than half a step decides nothing
_SCALE, _LEAST = 100, 50
_TOPIC = "/explain TOPIC"
# what people describe instead of naming it, unless hardly anybody does; profiles are not everywhere the same
_UNNAMED = frozenset(f"/explain {topic}" for topic in KNOWN.topics.difference(PROFILES))
_ASKED = 8
_CHANGES = ("/set", "/scale", "/undo", "/rollback", "/confirm")
_BLANKS = (
    (re.compile(r"/explain GS\d+"), "/explain CODE"),
    (re.compile(r"/explain .*"), _TOPIC),
    (re.compile(r"/symbols .*"), "/symbols EXCHANGE"),
    (re.compile(r"/(history|help) .*"), r"/\1"),
)

_Weights = dict[str, list[int]]


class _Sample(NamedTuple):
    """A sentence: what is seen of it, and the places of its right answers."""

    say: str
    features: Sequence[str]
    right: Sequence[int]


def render() -> str:
    """The file of weights, a feature a line."""
    heard = [(case, said) for case in cases("dev") if (said := tokens(case.say, KNOWN))]
    asking = [(case, said) for case, said in heard if not proposal(said, KNOWN).command]
    samples = [(case.say, features(said), _kinds(case.want, said)) for case, said in asking]
    asked = Counter(kind for *_, kinds in samples for kind in kinds)
    answers = sorted(kind for kind in asked if asked[kind] >= _ASKED or kind not in _UNNAMED)
    weights = _learned(
        [
            _Sample(say, sorted(found), sorted({answers.index(kind if kind in answers else _TOPIC) for kind in kinds}))
            for say, found, kinds in samples
        ],
        len(answers),
    )
    rows = (f"  {json.dumps(feature)}: {json.dumps(row)}" for feature, row in sorted(_sparse(weights).items()))
    return f'{{\n "answers": {json.dumps(answers)},\n "weights": {{\n' + ",\n".join(rows) + "\n }\n}\n"


def _kinds(wants: Sequence[str], said: Sequence[Token]) -> set[str]:
    """What a sentence may come to; a page that it asks for without its name is an answer of its own."""
    named = filled(_TOPIC, said, KNOWN) in wants
    return {want if want in _UNNAMED and not named else _kind(want) for want in wants}


def _kind(want: str) -> str:
    """A command with its blanks; all that would change something is one."""
    if want.startswith(_CHANGES):
        return "CHANGE"
    return next((form.sub(kind, want) for form, kind in _BLANKS if form.fullmatch(want)), want)


def _learned(samples: Sequence[_Sample], answers: int) -> Mapping[str, Sequence[int]]:
    """The weights, averaged over all steps."""
    weights: _Weights = defaultdict(lambda: [0] * answers)
    sums: _Weights = defaultdict(lambda: [0] * answers)
    step = 0
    for turn in range(_ROUNDS):
        for sample in sorted(samples, key=lambda sample: sha256(f"{turn} {sample.say}".encode()).digest()):
            step += 1
            right, wrong = _contest(weights, sample, answers)
            for feature in sample.features if right != wrong else ():
                for place, sign in ((right, 1), (wrong, -1)):
                    weights[feature][place] += sign
                    sums[feature][place] += sign * step
    return {
        feature: [round(_SCALE * (now - total / step)) for now, total in zip(row, sums[feature], strict=True)]
        for feature, row in weights.items()
    }


def _contest(weights: _Weights, sample: _Sample, answers: int) -> tuple[int, int]:
    """The best right answer and the best wrong one; the same where the right one wins clearly."""
    scores = [0] * answers
    for feature in sample.features:
        if row := weights.get(feature):
            scores = [score + weight for score, weight in zip(scores, row, strict=True)]
    right = max(sample.right, key=scores.__getitem__)
    wrong = max((place for place in range(answers) if place not in sample.right), key=scores.__getitem__)
    return right, wrong if scores[right] <= scores[wrong] + _MARGIN else right


def _sparse(weights: Mapping[str, Sequence[int]]) -> dict[str, dict[int, int]]:
    """The weights that decide something, by place."""
    found = {
        feature: {place: weight for place, weight in enumerate(row) if abs(weight) >= _LEAST}
        for feature, row in weights.items()
    }
    return {feature: row for feature, row in found.items() if row}
