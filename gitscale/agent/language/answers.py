"""A question, or a wish for advice: which command answers it. None of these changes anything."""

from collections.abc import Sequence
from typing import NamedTuple

from gitscale.agent.language.clauses import kinds, named
from gitscale.agent.language.meaning import Known
from gitscale.agent.language.tokens import Token

# more than these are not what anybody asks for in words
_MANY = 1000
# what is `set`, and what somebody `said`, is not of the past
_NO_PAST = frozenset({"past:done", "past:on", "past:off", "past:told"})


class _Rule(NamedTuple):
    """The first rule of which the sentence has all of `needs` (a `|` is an or) and none of `but` answers it."""

    command: str
    needs: str
    but: str = ""


# the order matters: what is special comes before what is general
_RULES = (
    _Rule("/explain CODE", "code"),
    _Rule("/explain sync", "topic:sync explain|ask|if|history|diff", "best status"),
    _Rule("/explain sync", "out:restart explain|ask|if"),
    _Rule("/history", "topic:rollback show"),
    _Rule("/explain rollback", "rollback explain|ask", "name"),
    _Rule("/explain rollback", "undo explain"),
    _Rule("/help", "help", "param name topic risk profit fills safety"),
    _Rule("/history", "WHO history|diff|past", "num name"),
    _Rule("/diff", "diff", "param other explain out num undo rollback"),
    _Rule("/profiles", "ask profile best|safety|risk|extent|param|num", "my name"),
    _Rule("/explain rollback", "undo ask:how"),
    _Rule("/history", "history|diff past|diff|history|ask|show", "explain out name no rollback"),
    _Rule("/history", "ask past param", "num set best explain symbols"),
    _Rule("/history", "other set|past", "explain out num name"),
    _Rule("/history", "ask past set", "num name safety profit risk"),
    _Rule("/history", "history", "explain out no rollback"),
    _Rule("/presets", "presets ask|show|if"),
    _Rule("/presets", "presets", "explain set"),
    _Rule("/symbols EXCHANGE", "symbols best|if"),
    _Rule("/symbols EXCHANGE", "symbols", "my"),
    _Rule("/overview", "EXCHANGES", "symbols best"),
    _Rule("/symbols EXCHANGE", "best|if|ask exchange", "my param topic name explain"),
    _Rule("/profiles", "profiles"),
    _Rule("/profiles", "ask profile best|safety"),
    _Rule("/profiles", "NAMES ask|or|best|explain|show"),
    _Rule("/overview", "bots", "best profit safety param topic name"),
    _Rule("/overview", "every runs|status|show|ask|give", "param name topic explain risk profit"),
    _Rule("/profit estimate", "estimate", "param name out topic best"),
    _Rule("/risk check", "explain:risk status|my", "param topic name"),
    _Rule("/risk check", "status risk", "best safety profit history param topic name num"),
    _Rule("/risk check", "risk param:hard_stop_loss_bps", "explain num"),
    _Rule("/risk check", "risk param:hard_stop_loss_bps my", "num"),
    _Rule("/risk check", "param:hard_stop_loss_bps topic:liquidation my", "explain"),
    _Rule("/risk check", "ask my param extent"),
    _Rule("/explain TOPIC", "explain:learn param|name|topic"),
    _Rule("/explain TOPIC", "ask|explain param topic:liquidation"),
    _Rule("/advise safety", "ask:how topic:liquidation", "explain"),
    _Rule("/advise grid", "LEVELS ask:how|help", "num explain"),
    _Rule("/advise spread", "SPREAD ask:how|help", "num explain"),
    _Rule("/explain TOPIC", "help param|name|topic", "num best"),
    _Rule("/profit estimate", "profit ask my|past", "relative up best ask:how explain no down param topic"),
    _Rule("/risk check", "my topic:leverage", "explain"),
    _Rule("/advise spread", "topic:fees safety|profit|risk|down|relative", "ask explain"),
    _Rule("/explain fees", "topic:fees explain|ask", "param name risk"),
    _Rule("/explain TOPIC", "explain param|name|topic|TIMES", "best"),
    _Rule("/explain leverage", "TIMES risk|extent", "my"),
    _Rule("/risk check", "ask num risk", "param name"),
    _Rule("/risk check", "ask|explain|if num down|does|out:news", "param name set best"),
    _Rule("/explain TOPIC", "ask if topic:liquidation"),
    _Rule("/advise safety", "no topic|risk", "explain show"),
    _Rule("/explain TOPIC", "ask param safety", "my"),
    _Rule("/advise safety", "safety", "name"),
    _Rule("/advise profit", "up risk", "explain ask name param"),
    _Rule("/risk check", "ask|if relative risk", "best safety down explain name ask:how"),
    _Rule("/advise safety", "relative|down risk", "explain name"),
    _Rule("/advise profit", "profit", "name explain out param"),
    _Rule("/explain TOPIC", "ask param risk", "my num"),
    _Rule("/explain TOPIC", "ask|explain topic:high", "my every bots"),
    _Rule("/status", "count my param", "num no if best"),
    _Rule("/advise grid", "LEVELS best|relative|if|give", "num past no relative:by"),
    _Rule("/advise spread", "SPREAD best|if", "num past no explain"),
    _Rule("/advise spread", "SPREAD relative|up|down", "num past no explain"),
    _Rule("/advise spread", "fills", "num"),
    _Rule("/explain TOPIC", "ask|count name|topic", "my past num set"),
    _Rule("/explain TOPIC", "risk name", "num"),
    _Rule("/explain TOPIC", "if ask param", "num past no LEVELS SPREAD"),
    _Rule("/explain TOPIC", "ask:how param up|down|set|give", "num past no show"),
    _Rule("/status", "ask|count|show my param", "num past no if"),
    _Rule("/status", "ask param status|NOW", "num past no if explain"),
    _Rule("/explain TOPIC", "show ask param|name|topic", "my num set past"),
    _Rule("/status", "show param", "num past no if"),
    _Rule("/status", "ask|show on|off|runs", "num past no if name ask:how"),
    _Rule("/status", "my runs", "num past no if name"),
    _Rule("/status", "ask|count|show my profile|name|exchange|symbols", "num past no if"),
    _Rule("/status", "ask profile my", "num past no"),
    _Rule("/explain TOPIC", "ask|show|count name", "past num no if"),
    _Rule("/status", "ask profile", "num past no set"),
    _Rule("/explain TOPIC", "best param|topic", "num past no set"),
    _Rule("/risk check", "risk", "out"),
    _Rule("/risk check", "topic:liquidation my|if"),
    _Rule("/explain TOPIC", "ask param|name|topic", "past num no set"),
    _Rule("/explain TOPIC", "ask num param", "past set my"),
    _Rule("/status", "status ask|show|my|give", "out no past set best explain num param name"),
    _Rule("/status", "status", "out no if past set best explain num param"),
    _Rule("/status", "ask my topic:sync"),
    _Rule("/status", "status explain", "param name topic set num past"),
    _Rule("/explain TOPIC", "topic", "out no past num set"),
    _Rule("/explain TOPIC", "ask param|name|topic", "past num no my"),
    _Rule("/risk check", "explain bot", "param topic name num"),
    _Rule("/status", "show|ask bot", "param topic name num out past if no"),
    _Rule("/profiles", "profile", "STRANGE param num name topic risk past no if set up down on off scale give"),
    _Rule("/help", "best:help", "param name num"),
    _Rule("/status", "show my", "STRANGE param topic name num out past if no explain best risk safety profit set"),
    _Rule("/status", "show|ask my:now", "STRANGE param topic name num out past if no explain best"),
)


def answer(tokens: Sequence[Token], known: Known) -> str:
    """The reading command that answers a sentence; empty where none does."""
    has = kinds([token for token in tokens if token.tag not in _NO_PAST])
    has |= {token.tag for token in tokens} | _wider(tokens)
    if not has & {"out:restart"} and not any(token.tag == "out" for token in tokens):
        has.discard("out")
    if "odd" in has:
        return ""
    for rule in _RULES:
        if all(set(need.split("|")) & has for need in rule.needs.split()) and not set(rule.but.split()) & has:
            return _filled(rule.command, tokens, known)
    return ""


def _wider(tokens: Sequence[Token]) -> set[str]:
    found = set()
    if any(token.tag in ("param:num_levels", "topic:grid") for token in tokens):
        found.add("LEVELS")
    if any(token.tag in ("param:base_spread_bps", "param:min_spread_bps") for token in tokens):
        found.add("SPREAD")
    if any(token.text in ("now", "right now") for token in tokens):
        found.add("NOW")
    if named(tokens, "bot") or any(token.text.endswith("my bot") for token in tokens):
        found.add("my")
    if any(not token.tag for token in tokens):
        found.add("STRANGE")
    if any(token.text.split()[0] == "who" for token in tokens):
        found.add("WHO")
    if len(named(tokens, "exchange")) > 1:
        found.add("EXCHANGES")
    if len(named(tokens, "name")) > 1:
        found.add("NAMES")
    if any(token.number and token.number.unit == "x" for token in tokens):
        found.add("TIMES")
    return found


def _filled(command: str, tokens: Sequence[Token], known: Known) -> str:
    name, _, blank = command.rpartition(" ")
    if blank == "EXCHANGE":
        return " ".join([name, *named(tokens, "exchange")[:1]])
    if command == "/history":
        count = next((token.number.value for token in tokens if token.number and not token.number.unit), None)
        return (
            f"{command} --limit {count}"
            if count and "param" not in kinds(tokens) and count == int(count) and 0 < count <= _MANY
            else command
        )
    if blank == "CODE":
        return f"{name} {named(tokens, 'code')[0]}"
    return f"{name} {_topic(tokens, known)}" if blank == "TOPIC" else command


def _topic(tokens: Sequence[Token], known: Known) -> str:
    """The page: a word that is one itself, else what it stands for."""
    kinds_of_page = ("name:", "topic:", "param:")
    token = next((token for kind in kinds_of_page for token in tokens if token.tag.startswith(kind)), None)
    if token is None:
        return "leverage"  # the only thing of which there are `times`
    said = token.text.removesuffix("s")
    return said if said in known.topics else token.tag.partition(":")[2]
