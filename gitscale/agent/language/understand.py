"""A sentence to its meaning: rules say what is a wish, the learned model what answers everything else."""

from collections.abc import Sequence
from itertools import groupby

from gitscale.agent.language.answers import answer
from gitscale.agent.language.changes import concerns_change, stopped, wish
from gitscale.agent.language.clauses import kinds, named, plea, without_chatter
from gitscale.agent.language.lexicon import kind
from gitscale.agent.language.meaning import Known, Meaning
from gitscale.agent.language.tokens import Token, tokens

# what to ask or to say where no command is meant
_ADVICE = Meaning(ask="advice on what? say: /advise profit, safety, grid, or spread")
_LOST = Meaning(why="that is not understood: /help lists what can be asked and done")
_BEYOND = Meaning(
    why="that is nothing gitscale does: it sets, explains and checks the settings of market-maker bots (/help)"
)
_LONG = Meaning(ask="that is too much at once: one short sentence, please")
_ONE = Meaning(ask="one thing at a time, please")
_WHEN = Meaning(ask="to which commit? /history lists them, then: /rollback REV")


# what a request to be told something begins with, and what in it is not yet a thing to be told
_HEADS = frozenset({"ask", "show", "explain"})
_BLAND = _HEADS | {"filler", "my", "to", "", "best"}


def understand(sentence: str, known: Known) -> Meaning:
    """What a sentence means, the same for the same words: a command, a question back, or nothing."""
    said = tokens(sentence, known)
    if not said:
        return _LONG if said is None else _LOST
    found = proposal(said, known)
    return found if found.command else _answered(said, found.ask, known)


def proposal(said: Sequence[Token], known: Known) -> Meaning:
    """The change that a sentence wishes for, or what to ask back where it only speaks of one."""
    heard = without_chatter(stopped(said))
    return wish(plea(heard), known) if concerns_change(heard) else Meaning()


def _answered(said: Sequence[Token], doubt: str, known: Known) -> Meaning:
    """What answers a sentence that is no wish; `doubt` is the question that a wish of its kind would take."""
    line = "ask" if _asks_twice(said, known) else answer(said, known)
    if line == "unknown":
        return _BEYOND if "out" in kinds(said) else _LOST
    if line == "ask":
        return Meaning(ask=doubt) if doubt else _asked_back(said)
    return Meaning(line, bot=next(iter(named(said, "bot")), ""))


def _asks_twice(said: Sequence[Token], known: Known) -> bool:
    """Whether two clauses ask for different things: `explain leverage and show my status`."""
    asked = set()
    for _, clause in groupby(said, lambda token: token.clause):
        part = [token for token in clause if token.tag != "and"]
        heads = [kind(token.tag) for token in part if token.tag != "filler"][:1]
        if set(heads) & _HEADS and kinds(part) - _BLAND and not any(token.text == "it" for token in part):
            asked.add(answer(part, known))
    return len(asked - {"ask", "unknown"}) > 1


def _asked_back(said: Sequence[Token]) -> Meaning:
    has = kinds(said)
    if "rollback" in has:
        return _WHEN
    return _ADVICE if "best" in has else _ONE
