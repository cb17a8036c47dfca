"""A sentence to its meaning."""

from gitscale.agent.language.answers import answer
from gitscale.agent.language.changes import VERBS, concerns_change, kinds, named, wish, without_chatter
from gitscale.agent.language.meaning import Known, Meaning
from gitscale.agent.language.tokens import tokens

_LOST = "that is not understood: /help lists what can be asked and done"
_BEYOND = "that is nothing gitscale does: it sets, explains and checks the settings of market-maker bots (/help)"


def understand(sentence: str, known: Known) -> Meaning:
    """What a sentence means, the same for the same words: a command, a question back, or nothing."""
    said = tokens(sentence, known)
    if said is None:
        return Meaning(ask="that is too much at once: one short sentence, please")
    said = without_chatter(said)
    has = kinds(said)
    about_change = concerns_change(said)
    if "out" in has and not has & {"topic", "code"}:
        return Meaning(ask="one thing at a time, please") if about_change else Meaning(why=_BEYOND)
    if about_change:
        found = wish(said, known)
        if found.command or _stands(has):
            return found
    if line := answer(said, known):
        return Meaning(line, bot=next(iter(named(said, "bot")), ""))
    if about_change:
        return found
    if "rollback" in has:
        return Meaning(ask="to which commit? /history lists them, then: /rollback REV")
    if has & {"param", "name"} or (has & {"profile", "status"} and has & VERBS) or "num" in has:
        return wish(said, known) if "no" not in has else Meaning(ask="nothing is changed by that")
    return Meaning(why=_LOST)


def _stands(has: set[str]) -> bool:
    """Whether a wish that is none is answered as such, not by looking for a question in it."""
    thing = has & {"param", "name", "num"}
    if has & {"no", "and"} and thing:
        return True
    if "explain" in has:
        return False
    return bool(thing and has & VERBS and has & {"if", "past", "other"}) or bool(
        "name" in has and has & VERBS and "ask" not in has
    )
