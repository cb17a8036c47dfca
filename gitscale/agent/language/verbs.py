"""Verbs that change something, by what they do, and the forms that English makes of them by rule."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

VERBS: Mapping[str, str] = {
    "set": (
        "set, step, wind, rein, change, make, put, adjust, update, switch, move, use, apply, go, go with, go for, "
        "bring, choose, pick, configure, modify, edit, run, run with, take, pin, fix, turn, swap, flip, shift, start "
        "using, trade with, trade in, trade at, quote, load, reset, limit, cap, assign, restrict, program, enter, key "
        "in, input, establish, lock, dial, dial in, punch in, stick, slap, plug in, revise, amend, alter, convert, "
        "tweak, replace, select, return to, swap to, set it, correct it, pop, place, park, peg, clamp, throw, whack, "
        "bang, chuck, drop in, pull, nudge, aim for, shoot for, try, slide, make me, switch me, move me, put me, take "
        "me, drop me, bring me, push me, knock me, kick me, bump me, turn me, lower me, raise me, change me, set me, "
        "have, switch it, change it, make it, put it, bring it, turn it, move it, take it, stick it, try it, pull it, "
        "pop it, fix it, reset it, adjust it, tweak it"
    ),
    "up": (
        "raise, increase, bump, crank, lift, widen, grow, push, hike, up it, jack, jack up, elevate, ramp, ramp up, "
        "step up, boost, expand, extend, enlarge, loosen, relax, rise, pump up, turn up, turn it up, bump up, crank "
        "up, push up, go up, bump it, bump it up, crank it, crank it up, raise it, push it, push it up, widen it, "
        "dial up, dial it up, kick up, notch up, nudge up, bring up, move up, ratchet up, beef up"
    ),
    "down": (
        "lower, reduce, cut, drop, decrease, tighten, narrow, shrink, trim, bring down, slash, shorten, ease, pull "
        "in, pull down, knock down, knock, take down, scale back, dial back, dial down, diminish, lessen, compress, "
        "tone down, step down, bring in, turn down, cut down, lower down, drop down, go down, come down, ease off, "
        "ease down, ease back, knock back, trim back, cut back, pare, pare back, pare down, tone back, wind down, "
        "wind back, bring it down, bring back, lower it, drop it, cut it, tighten it, ratchet down, shave, squeeze, "
        "throttle, throttle back, throttle down, nudge down, move down, pull back, trim down, deleverage, crank down, "
        "push down, take it down, knock it down, tone it down, calm it down, dial it down"
    ),
    "on": (
        "enable, activate, switch on, turn on, turn it on, switch it on, reactivate, engage, turn back on, re enable, "
        "reenable, switch back on, fire up, power on, flip on"
    ),
    "off": (
        "disable, deactivate, switch off, turn off, turn it off, switch it off, get rid of, stop using, power off, "
        "flip off, ditch"
    ),
}

# what makes a request of a verb in its -ing form
_POLITE = (("mind",), ("would", "you", "mind"), ("do", "you", "mind"), ("how", "about"))
_IRREGULAR = {
    "set": "set", "put": "put", "cut": "cut", "run": "run", "get": "got", "make": "made", "take": "taken", "go": "gone",
    "bring": "brought", "choose": "chosen", "shrink": "shrunk", "stick": "stuck", "rise": "risen",
    "throw": "thrown", "grow": "grown", "wind": "wound", "shoot": "shot",
}  # fmt: skip
# one syllable with one vowel before its last letter: `trim`, `drop`
_CLIPPED = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def phrases() -> Iterator[tuple[tuple[str, ...], str]]:
    """Every verb with its tag."""
    for tag, verbs in VERBS.items():
        for phrase in verbs.split(", "):
            yield tuple(phrase.split()), tag


def forms() -> Iterator[tuple[tuple[str, ...], str]]:
    """Every form of every verb with its tag: a report of something done is past, unless it is to be."""
    for (verb, *rest), tag in phrases():
        yield ("be", done(verb), *rest), tag
        for frame in _POLITE:
            yield (*frame, doing(verb), *rest), tag
        if done(verb) != verb:
            yield (done(verb), *rest), f"past:{tag}" if tag in ("on", "off") else "past:done"
        yield (does(verb), *rest), "does"


@cache
def doing(verb: str) -> str:
    """`raising`, `trimming`."""
    return f"{_stem(verb)}ing"


@cache
def done(verb: str) -> str:
    """`raised`, `trimmed`, `made`."""
    if verb.endswith(("fy", "ly")):
        return f"{verb[:-1]}ied"
    return _IRREGULAR.get(verb) or f"{_stem(verb)}ed"


@cache
def does(verb: str) -> str:
    """`raises`, `pushes`, `modifies`."""
    if verb.endswith(("fy", "ly")):
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "go")) else f"{verb}s"


@cache
def _stem(verb: str) -> str:
    if verb.endswith("e"):
        return verb[:-1]
    return verb + verb[-1] if _CLIPPED.fullmatch(verb) else verb
