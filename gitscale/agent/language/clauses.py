"""The clauses of a sentence: which say what to do or to answer, and which are only said along with it."""

from collections.abc import Sequence

from gitscale.agent.language.lexicon import kind
from gitscale.agent.language.tokens import Token

VERBS = frozenset({"set", "scale", "give", "up", "down", "on", "off"})
_BARE = frozenset({"filler", "my", "to"})
_IDLE = _BARE | {"", "ask"}
# why somebody wants it: `too risky for me, ...`
_MOOD = _IDLE | {"risk", "safety", "profit", "relative", "extent", "runs", "symbols", "topic", "past", "out", "bots"}
_MOOD |= {"and", "help", "status", "every"}
# and what of these is more than mood
_MEANT = frozenset({"past", "past:done", "past:told", "out", "status", "relative:by", "relative:more"})
# what is never said in passing
_THINGS = frozenset({"param", "num", "name", "undo", "rev", "other"})
_HEADS = frozenset({"as", "since", "with"})
# what can be told
_TOLD = frozenset({"status", "risk", "bots", "profiles", "presets", "estimate", "symbols", "help", "topic", "diff"})
# what somebody is after, which may speak against what they ask for
_AIMS = frozenset({"safety", "risk", "profit"})


def kinds(tokens: Sequence[Token]) -> set[str]:
    """The tags, without what they name."""
    return {kind(token.tag) for token in tokens}


def named(tokens: Sequence[Token], what: str) -> list[str]:
    """What the tags of a kind name, each once."""
    return list(dict.fromkeys(token.tag.partition(":")[2] for token in tokens if token.tag.startswith(f"{what}:")))


def without_chatter(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but for clauses in which nothing is said that matters."""
    kept = [token for token in tokens if _asks_of_wish(tokens, token.clause) or not _is_idle(_of(tokens, token.clause))]
    return kept or list(tokens)


def _is_idle(said: Sequence[Token]) -> bool:
    has, tags = kinds(said), {token.tag for token in said}
    then = {"past", "out"} if tags & {"my:now", "past:then"} else set()
    news = then | ({"out"} if "out" not in tags else set())
    # `what is that` asks of what the other clause names
    return has <= _IDLE | news and ("ask" not in has or not has <= _BARE | {"ask"})


def plea(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but for clauses that only tell why, or how things are: `it was a bad day, so ...`."""
    kept = [token for token in tokens if not (_is_beside(tokens, token.clause) or _regrets(tokens, token.clause))]
    if not kinds(kept) & _THINGS:
        return list(tokens)
    return kept[1:] if kept[0].text in ("and", "but", "also") else kept


def _is_beside(tokens: Sequence[Token], clause: int) -> bool:
    said, then = _of(tokens, clause), _of(tokens, clause + 1)
    has, tags = kinds(said), {token.tag for token in said}
    if has & _THINGS or "no:jest" in tags or (has & _AIMS and _contrasts(tokens, clause)):
        return False
    before = kinds([token for token in tokens if token.clause < clause])
    purpose = said[0].text == "so" and before & _THINGS
    reason = said[0].text != "so" and then and then[0].text == "so" and not before & _THINGS
    if (purpose or reason or said[0].text in _HEADS or "why" in has) and "if" not in has:
        return True
    if has <= _BARE | {"show"}:  # `let me see`
        return True
    joined = "and" in has or bool(then and then[0].tag == "and")
    more = has & {"extent", "relative"} or ("out" in has and said[0].tag == "and")  # `... and sol`
    if joined and (more or ("" in has and not _tells(said))):  # `bypass the gate and ...`
        return False
    if _asks(said) and (has <= _BARE | {"ask"} or not has <= _IDLE | {"status"} or _asks_of_wish(tokens, clause)):
        return False
    told = frozenset() if _orders(said) else _told(has, tags)
    return has <= _MOOD | told and not tags & _MEANT


def _contrasts(tokens: Sequence[Token], clause: int) -> bool:
    """Whether a but parts a clause from what stands beside it: `degen but safe`."""
    after = next((token.text for token in tokens if token.clause > clause), "")
    return "but" in (_of(tokens, clause)[0].text, after)


def _asks(said: Sequence[Token]) -> bool:
    head = next((token for token in said if token.tag != "and"), said[0])
    return kind(head.tag) == "ask" or said[-1].text == "whether"


def _asks_of_wish(tokens: Sequence[Token], clause: int) -> bool:
    """Whether a clause asks about what was said before it: `set leverage to 20, what do you think?`."""
    before = kinds([token for token in tokens if token.clause < clause])
    return _asks(_of(tokens, clause)) and bool(before & _THINGS)


def _tells(said: Sequence[Token]) -> bool:
    """Whether a clause has a subject, so that it orders nothing: `i thought about it`."""
    return kind(_head(said).tag) == "my" or any(token.text.startswith("it ") for token in said)


def _orders(said: Sequence[Token]) -> bool:
    """Whether a clause is an order of its own: `make it safer`, but not `i want it safer`."""
    return _head(said).text.startswith("make")


def _head(said: Sequence[Token]) -> Token:
    """What a clause begins with, after manners."""
    return next((token for token in said if token.tag not in ("filler", "and")), said[0])


def _told(has: set[str], tags: set[str]) -> frozenset[str]:
    """What else may be in a clause that tells how it is, or what somebody hopes for: `i want to be safe`."""
    if "my:now" in tags:
        return VERBS | {"if", "explain"}
    return VERBS if has & {"safety", "profit"} else frozenset()


def _regrets(tokens: Sequence[Token], clause: int) -> bool:
    """Whether a clause tells why something is undone later in the sentence: `that did not work, undo it`."""
    later = kinds([token for token in tokens if token.clause > clause])
    said = _of(tokens, clause)
    if _wants_to_know(said) or kinds(said) & (_THINGS | {"if"}):
        return False
    return "undo" in later and not later & {"param", "num", "name"}


def _wants_to_know(said: Sequence[Token]) -> bool:
    """Whether a clause asks to be told something: `show me the status`, but not `what was i thinking`."""
    head = _head(said)
    told = kind(head.tag) in ("show", "explain", "give") or head.text.endswith((" see", " know"))
    return told or (_asks(said) and bool(kinds(said) & _TOLD))


def _of(tokens: Sequence[Token], clause: int) -> list[Token]:
    return [token for token in tokens if token.clause == clause]
