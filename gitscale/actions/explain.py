"""gitscale explain: the page of a rule, by its code or its name."""

from gitscale.documents.words import suggestion
from gitscale.errors import Refused
from gitscale.risk.rule import Rule
from gitscale.risk.rules import RULES


def explain(topic: str) -> Rule:
    """The rule of that code or name.

    Raises:
        Refused: there is none.
    """
    word = topic.strip().lower()
    named = {name.lower(): rule for rule in RULES for name in (rule.code, rule.name)}
    if word in named:
        return named[word]
    known = [name for rule in RULES for name in (rule.code, rule.name)]
    near = suggestion(topic[:100], known)
    raise Refused(f"there is no rule {topic[:100]!r}", near or f"rules are {known[0]} to {known[-2]}, or their names")
