"""Which answer a sentence most likely asks for: a linear model, learned from the sentences of tests/utterances/dev.

It is asked only where nothing would change: what is a wish is for the rules of `changes.py` to say.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from gitscale.agent.language.features import features
from gitscale.agent.language.tokens import Token

# written by scripts/generate_learned.py
WEIGHTS = Path(__file__).with_suffix(".json")


class _Model(NamedTuple):
    """The answers there are, and for each feature its weight for them, by their places."""

    answers: Sequence[str]
    weights: Mapping[str, Mapping[str, int]]


def ranked(tokens: Sequence[Token]) -> list[str]:
    """All answers, the likeliest first: commands with a capital word for each blank, `CHANGE`, `ask`, `unknown`."""
    model = _model()
    scores = [0] * len(model.answers)
    for feature in features(tokens):
        for place, weight in model.weights.get(feature, {}).items():
            scores[int(place)] += weight
    return [model.answers[place] for place in sorted(range(len(scores)), key=lambda place: -scores[place])]


@cache
def _model() -> _Model:
    return _Model(**json.loads(WEIGHTS.read_text("utf-8")))
