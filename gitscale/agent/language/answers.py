"""What answers a sentence in which nothing is changed: the likeliest reading command, its blanks filled in."""

from collections.abc import Sequence

from gitscale.agent.language.clauses import kinds, named
from gitscale.agent.language.learned import ranked
from gitscale.agent.language.meaning import Known
from gitscale.agent.language.tokens import Token

# more than these are not what anybody asks for in words
_MANY = 1000
# what a page is asked by, the surest first, and the pages of what is no topic by its own name
_PAGES = ("code", "name", "topic", "param", "rollback", "undo", "out:restart")
_ALSO = {"undo": "rollback", "rollback": "rollback", "out:restart": "sync"}


def answer(tokens: Sequence[Token], known: Known) -> str:
    """The likeliest reading command that can be filled in; `ask` where it takes a question back, else `unknown`."""
    return next(line for kind in ranked(tokens) if (line := filled(kind, tokens, known)))


def filled(kind: str, tokens: Sequence[Token], known: Known) -> str:
    """The command without blanks; empty where the sentence names nothing to fill one with."""
    name, _, blank = kind.rpartition(" ")
    match blank:
        case "EXCHANGE":
            return " ".join([name, *named(tokens, "exchange")[:1]])
        case "CODE" | "TOPIC":
            page = _page(tokens, known)
            return f"{name} {page}" if page else ""
        case "/history":
            return f"{kind}{_limit(tokens)}"
        case "CHANGE":
            return "ask"
    return kind


def _limit(tokens: Sequence[Token]) -> str:
    """How many commits are asked for."""
    count = next((token.number.value for token in tokens if token.number and not token.number.unit), None)
    asked = count is not None and "param" not in kinds(tokens) and count == int(count) and 0 < count <= _MANY
    return f" --limit {count}" if asked else ""


def _page(tokens: Sequence[Token], known: Known) -> str:
    """The page: a word that is one itself, else what it stands for."""
    token = next((token for kind in _PAGES for token in tokens if f"{token.tag}:".startswith(f"{kind}:")), None)
    if token is None:
        # the only thing of which there are `times`
        return "leverage" if any(token.number and token.number.unit == "x" for token in tokens) else ""
    said = token.text.removesuffix("s")
    return said if said in known.topics else _ALSO.get(token.tag, token.tag.partition(":")[2])
