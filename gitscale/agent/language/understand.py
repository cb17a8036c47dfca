"""A sentence to its meaning."""

from collections.abc import Sequence

from gitscale.agent.language.answers import answer
from gitscale.agent.language.changes import concerns_change, wish
from gitscale.agent.language.clauses import ASIDE, VERBS, kinds, named, plea, without_chatter
from gitscale.agent.language.lexicon import kind
from gitscale.agent.language.meaning import Known, Meaning
from gitscale.agent.language.tokens import Token, tokens

# what to ask or to say where no command is meant
_ADVICE = Meaning(ask="advice on what? say: /advise profit, safety, grid, or spread")
_LOST = Meaning(why="that is not understood: /help lists what can be asked and done")
_BEYOND = Meaning(
    why="that is nothing gitscale does: it sets, explains and checks the settings of market-maker bots (/help)"
)
# what is asked about these is never beyond us, whatever else is in the sentence
_OURS = frozenset({"topic", "code", "explain", "presets", "profiles"})
# nor what news may mean for these
_TOUCHED = frozenset({"risk", "safety", "profit", "estimate", "status", "undo"})
_LONG = Meaning(ask="that is too much at once: one short sentence, please")
_ONE = Meaning(ask="one thing at a time, please")
_WHEN = Meaning(ask="to which commit? /history lists them, then: /rollback REV")
# a sentence with one of these is no order
_ASKING = frozenset({"ask", "show", "explain", "best", "count", "if"})
_MUCH = frozenset({"relative", "extent"})


def understand(sentence: str, known: Known) -> Meaning:
    """What a sentence means, the same for the same words: a command, a question back, or nothing."""
    said = tokens(sentence, known)
    if said is None:
        return _LONG
    said = without_chatter(said)
    about_change = concerns_change(said)
    said = plea(said) if about_change else said
    if _is_beyond(said):
        return _ONE if about_change else _BEYOND
    found = wish(said, known) if about_change else Meaning()
    if found.command or (about_change and _stands(said)):
        return found
    if _asks_twice(said, known):
        return _ONE
    if line := answer(without_chatter(said, ASIDE), known):
        return Meaning(line, bot=next(iter(named(said, "bot")), ""))
    return found if about_change else _last(said, known)


def _asks_twice(said: Sequence[Token], known: Known) -> bool:
    """Whether a second question follows an `and`: `explain leverage and show my status`."""
    at = next((place for place, token in enumerate(said) if token.text == "and"), len(said))
    parts = said[:at], said[at + 1 :]
    heads = [next((token.tag for token in part if token.tag != "filler"), "") for part in parts]
    asks = all(kind(head) in ("ask", "show", "explain") for head in heads)
    found = {answer(part, known) for part in parts} if asks else set()
    return len(found - {""}) > 1


def _is_beyond(said: Sequence[Token]) -> bool:
    """Whether it is about what gitscale has nothing to do with."""
    has, tags = kinds(said), {token.tag for token in said}
    if "out" not in has or has & _OURS or {"ask", "param"} <= has:
        return False
    if "out:restart" in tags and has & {"ask", "if"}:
        return False
    return "out" in tags or "out:restart" in tags or not has & _TOUCHED


def _stands(said: Sequence[Token]) -> bool:
    """Whether a wish that is none is answered as such, not by looking for a question in it."""
    has = kinds(said)
    thing, verb, value = has & {"param", "name", "num"}, has & VERBS, has & {"num", "name"}
    first = next((token.tag for token in said if token.tag not in ("filler", "my")), "")
    if (
        ("no" in has and thing and "explain" not in has)
        or ("and" in has and thing and ((verb and kind(first) != "ask") or "num" in has))
        or {"past", "param", "num"} <= has
        or ({"param", "num"} <= has and (first in VERBS or (verb and not has & _ASKING)))
        or ("undo" in has and not has & {"ask", "explain"})
    ):
        return True
    if has & {"explain", "best"} or not verb or {"or", "ask"} <= has:
        return False
    return bool((value and has & {"if", "past", "other"}) or ("name" in has and "ask" not in has))


def _last(said: Sequence[Token], known: Known) -> Meaning:
    """A question where at least something was understood."""
    has = kinds(said)
    if "rollback" in has:
        return _WHEN
    thing = has & {"param", "name"} or ("num" in has and "odd" not in has)
    if thing or (has & {"profile", "status"} and has & VERBS) or (has & VERBS and has <= ASIDE | VERBS | _MUCH):
        return wish(said, known)
    return _ADVICE if "best" in has and not has & {"out", ""} else _LOST
