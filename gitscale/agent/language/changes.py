"""A wish to change something: only a sentence that is all but wholly understood, with no word against it, is one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from gitscale.agent.language.clauses import VERBS, kinds, named
from gitscale.agent.language.lexicon import kind
from gitscale.agent.language.meaning import Known, Meaning
from gitscale.agent.language.numbers import Number
from gitscale.agent.language.tokens import Token
from gitscale.model.parameters import BPS, COUNT, PARAMETERS, PERCENT, SWITCH, TIMES, Parameter, Unit

# what a wish is made of, and nothing else may be in it
_ALLOWED = VERBS | {"filler", "to", "my", "num", "param", "name", "profile", "bot", "undo"}
_AGAINST = ("no", "if", "why", "past", "does", "other", "or", "ask", "and", "relative", "extent", "out", "odd", "")

_WHICH = "which parameter, and to what value? for example: /set leverage 20"
_WHICH_PROFILE = "which profile? there are: {}"
# what turns a switch on without saying so
_USE = frozenset({"use", "run", "with", "using", "want", "need", "like"})
# a profile is wished for, not only named
_PLEASE = frozenset({"please", "pls", "plz", "kindly"})
# what may as well tell how it is
_STATES = frozenset({"on", "to on", "true", "enabled", "active"})
_MOVES = frozenset({"up", "down", "move", "shift", "nudge", "step", "slide"})
# what wants something to be done: `i want it lowered`
_WANTED = frozenset({"want", "like", "need", "prefer", "see", "have", "get", "be"})
_SWITCHES = frozenset(f"param:{name}" for name, item in PARAMETERS.items() if item.unit is SWITCH)
# the units in which a parameter's values may be said, and what one of them is in its own
_FACTORS: Mapping[Unit, Mapping[str, Decimal]] = {
    BPS: {"": Decimal(1), "bps": Decimal(1), "%": Decimal(100)},
    PERCENT: {"": Decimal(1), "%": Decimal(1), "bps": Decimal("0.01")},
    TIMES: {"": Decimal(1), "x": Decimal(1)},
    COUNT: {"": Decimal(1)},
    SWITCH: {},
}


def concerns_change(tokens: Sequence[Token]) -> bool:
    """Whether a sentence speaks of changing something, for or against."""
    has = kinds(tokens)
    thing = has & {"param", "name", "num", "profile"}
    return bool(
        has & {"undo", "scale", "rev"}
        or ("name" in has and any(token.text in _PLEASE for token in tokens))
        or (thing and has & (VERBS | {"relative", "extent", "rollback"}))
        or {"param", "num"} <= has
    )


def wish(tokens: Sequence[Token], known: Known) -> Meaning:
    """A proposal where everything speaks for it, else a question that changes nothing."""
    tokens = _to_be_done(_without_old(tokens))
    has = kinds(tokens)
    found = _wanted(tokens, known)
    against = _against(tokens)
    if against is None and has <= _allowed(tokens):
        bots = named(tokens, "bot")
        return found if len(bots) < 2 else Meaning(ask="one bot at a time, please")
    if has & {"relative", "extent"} and found.ask:
        return found
    return Meaning(ask=_doubt(against, found))


def stopped(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, `stop` as a verb where a sentence begins with it and a switch follows: `please stop the hedging`."""
    begun = [token for token in tokens if token.tag not in ("filler", "give")]
    then = next((token for token in begun[1:] if token.tag != "my"), None)
    if then is None or then.tag not in _SWITCHES or (begun[0].text, begun[0].clause) != ("stop", then.clause):
        return list(tokens)
    return [token._replace(tag="off") if token is begun[0] else token for token in tokens]


def _against(tokens: Sequence[Token]) -> str | None:
    """The first kind of word that keeps a sentence from being a wish."""
    if any(token.tag == "my:now" for token in tokens):
        return "does"
    has = kinds(tokens)
    return next((kind for kind in _AGAINST if kind in has), None)


def _to_be_done(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but for `lowered` in `i want it lowered to 10`: it is no report, and `turned on` is an on."""
    if not any(token.tag in ("set", "give") and token.text.split()[-1] in _WANTED for token in tokens):
        return list(tokens)
    tokens = [
        token._replace(tag=token.tag.partition(":")[2]) if token.tag in ("past:on", "past:off") else token
        for token in tokens
    ]
    return [token for token in tokens if token.tag != "past:done" and token.text != "changed"]


def _without_old(tokens: Sequence[Token]) -> list[Token]:
    """The tokens but for `from 75`, where a `to` tells the new value."""
    old = [
        at for at, token in enumerate(tokens) if token.tag == "from" and [*kinds(tokens[at + 1 : at + 2])] == ["num"]
    ]
    skipped = {place for at in old for place in (at, at + 1)} if "to" in kinds(tokens) else set()
    return [token for at, token in enumerate(tokens) if at not in skipped]


def _allowed(tokens: Sequence[Token]) -> frozenset[str]:
    """The kinds that may be in a wish: some words go only with what they are about."""
    has = kinds(tokens)
    if "rev" in has:
        return _ALLOWED | {"rev", "rollback", "history", "diff", "from"}
    if "name" in has:  # `go back to moderate`
        return _ALLOWED | {"rollback"} | ({"status"} if _names_settings(tokens) else set())
    if "undo" in has:  # `my last change, undo it`
        return _ALLOWED | {"diff"}
    if named(tokens, "topic") == ["grid"] and named(tokens, "param") == ["num_levels"]:
        return _ALLOWED | {"topic"}
    # `give me the lowdown on xgrid` asks to be told
    return _ALLOWED if {"give", "status"} <= has and "num" not in has else _ALLOWED | {"status"}


def _names_settings(tokens: Sequence[Token]) -> bool:
    """`moderate settings` and `settings to moderate`, but not `settings of moderate` or `give me settings on it`."""
    at = {kind(token.tag): place for place, token in enumerate(tokens)}
    between = tokens[at.get("status", 0) : at["name"]]
    asked = "give" in at
    return not between or any(token.tag == "to" or (token.text == "on" and not asked) for token in between)


_DOUBTS = {
    "no": "nothing is changed by a sentence that says what not to do",
    "why": "a reason is no wish",
    "if": "nothing is changed by a sentence with an if, a maybe or a later in it",
    "past": "that sounds like something that was, not like something to do",
    "does": "that sounds like how it is, not like something to do",
    "other": "that sounds like somebody else's bot",
    "or": "which of them? one value, please",
    "ask": "that sounds like a question, and nothing is changed by one",
    "and": "one thing at a time, please",
}


def _doubt(against: str | None, found: Meaning) -> str:
    what = _DOUBTS.get(against or "", "that is not quite clear, and nothing is changed by a guess")
    return f"{what}; to do it, say: {found.command}" if found.command and against != "no" else what


def _wanted(tokens: Sequence[Token], known: Known) -> Meaning:
    """What the sentence would come to if nothing spoke against it."""
    has, params = kinds(tokens), named(tokens, "param")
    names, revisions = named(tokens, "name"), named(tokens, "rev")
    # `the aggressive one` counts nothing
    numbers = [token.number for token in tokens if token.number and not (names and token.text == "one")]
    things = len(params) + len(names) + len(revisions) + ("undo" in has and not revisions)
    if things > 1 or len(numbers) > 1 or {"on", "off"} <= has:
        return Meaning(ask="one thing at a time, please: which is first?")
    if not things and [one.unit for one in numbers] == ["x"]:
        params = [name for name, item in PARAMETERS.items() if item.unit is TIMES]
    if len(params) == 1:
        return _setting(PARAMETERS[params[0]], tokens, known)
    sure, line = False, ""
    if revisions:
        back = any(token.text == "back to" for token in tokens)
        sure, line = back or "rollback" in has or {"undo", "to"} <= has, f"/rollback {revisions[0]}"
    elif "undo" in has:
        sure, line = not numbers, "/undo"
    elif names:
        sure, line = _sure(tokens) and not numbers, f"/scale {names[0]}"
    if line:
        return _change(line, tokens) if sure else Meaning(ask=f"to do that, say: {line}")
    return Meaning(ask=_WHICH_PROFILE.format(", ".join(known.profiles)) if has & {"profile", "scale"} else _WHICH)


def _sure(tokens: Sequence[Token]) -> bool:
    """Whether a profile is wished for, not only named; `off` takes one away, and a bare `on` may say where one is."""
    meant = kinds([token for token in tokens if token.text not in _STATES and not token.text.endswith(" see")])
    polite = any(token.text in _PLEASE for token in tokens)
    ways = meant & (VERBS | {"rollback", "profile"})
    # `bring it up to aggressive` is a way to it, `bring up aggressive` shows it
    return "off" not in meant and bool(polite or (ways and ("to" in meant or not ways & {"up", "down"})))


def _change(line: str, tokens: Sequence[Token]) -> Meaning:
    return Meaning(line, changes=True, bot=next(iter(named(tokens, "bot")), ""))


def _setting(parameter: Parameter, tokens: Sequence[Token], known: Known) -> Meaning:
    has, name = kinds(tokens), parameter.name
    numbers = [token.number for token in tokens if token.number]
    if parameter.unit is SWITCH:
        on = "on" in has or ("off" not in has and any(token.text.split()[-1] in _USE for token in tokens))
        if numbers or not (on or "off" in has):
            return Meaning(ask=f"on or off? say: /set {name} true, or false")
        return _change(f"/set {name} {'true' if on else 'false'}", tokens)
    now = getattr(known.settings, name) if known.settings else None
    is_now = f" (now {now:g})" if now is not None else ""
    which = f"which value for {name}{is_now}? {parameter.range}, for example: /set {name} {parameter.default:g}"
    switched = "off" in has or ("on" in has and "set" not in has)
    if not numbers or has & {"relative", "extent"} or switched or _is_aimless(tokens):
        return Meaning(ask=which)
    value, problem = _value(parameter, numbers[0])
    if value is None:
        return Meaning(ask=f"{problem}; {which}")
    line = f"/set {name} {value:f}"
    if now is not None and (("up" in has and value < now) or ("down" in has and value > now)):
        return Meaning(ask=f"{name} is {now:g} now, so {value:f} goes the other way; if so: {line}")
    return _change(line, tokens)


def _is_aimless(tokens: Sequence[Token]) -> bool:
    """`raise leverage 10`, `move the stop 50` and `2x the leverage` may mean to, and may mean by."""
    if any(token.tag == "to" or token.text in ("at", "back to") for token in tokens):
        return False
    moved = kinds(tokens) & {"up", "down", "scale"} or any(token.text.split()[0] in _MOVES for token in tokens)
    times = any(
        one.number and one.number.unit == "x" and other.text.startswith(("the", "my", "this"))
        for one, other in pairwise(tokens)
    )
    return bool(moved or times)


def _value(parameter: Parameter, said: Number) -> tuple[Decimal | None, str]:
    """The value in the parameter's own unit, or what is wrong with it."""
    if said.value is None:
        return None, "that number can be read in two ways"
    factor = _FACTORS[parameter.unit].get(said.unit)
    if factor is None:
        unit = {"$": "money", "?": "that unit", "x": "times"}.get(said.unit, said.unit)
        return None, f"{parameter.name} is in {parameter.unit.long}, not in {unit}"
    value = said.value * factor
    value = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    assert parameter.minimum is not None
    assert parameter.maximum is not None
    if parameter.kind is int and value != value.to_integral_value():
        return None, f"{parameter.name} is a whole number"
    if not Decimal(str(parameter.minimum)) <= value <= Decimal(str(parameter.maximum)):
        return None, f"{parameter.name} {value:f} is out of range"
    return value, ""
