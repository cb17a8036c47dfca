"""What words stand for. Parameters, profiles, exchanges and bots bring their own; the tables hold everyday English.

A word or phrase has one tag. Those of `_WORDS` are said in the order of the tables; the longest phrase wins.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from gitscale.agent.language.meaning import Known
from gitscale.model.exchanges import FEES
from gitscale.model.parameters import PARAMETERS, SWITCH, Parameter

_WORDS: Mapping[str, str] = {
    # what a wish to change something may be decorated with
    "filler": (
        "lol, haha, lmao, feature, option, thing, stuff, called, named, over, out, in to, it is, here is the "
        "thing, quick question, one more thing, do me a favour and, do me a favor and, a notch, for now, good "
        "afternoon, yolo, full, be so kind as to, kind, i would like you to please, great, man, welcome, bye, "
        "please, pls, plz, kindly, the, a, an, this, that, of, at, in, on my, for, me, us, now, right now, "
        "just, again, hey, hi, hello, yo, ok, okay, alright, thanks, thank you, thx, cheers, cool, good "
        "morning, good evening, mate, buddy, bro, sir, dear, friend of mine, can you, could you, would you, "
        "will you, can u, could u, go ahead and, i want you to, i would like you to, i need you to, you, "
        "value, parameter, param, setting, account, per cycle, each cycle, cycle, side, each side, per side, "
        "a side, overall, equal, equals, as, be, it, its, them, with, today, so, well, then please, "
        "immediately, asap, quickly, quick, number, amount, from now on, up, down, back, here, we, bot, my "
        "bot, grid bot, exactly, new, like, some, yes, yeah, yep, sure, fine, really, would, only, also "
        "please, by the way, btw, sorry, excuse me, per grid cycle, there, quick one, one question, one "
        "thing, one more, this one, that one, be so kind and, so kind and, tonight please, i beg you, beg, "
        "funding"
    ),
    "to": "to, back to, over to, down to, up to, onto, into, towards, =",
    "my": "my, mine, i, i am, am, our, have, own, do i, am i, i have, currently, current, using, i use",
    "runs": "running, runs, live, active, run now, alive",
    # changing
    "set": (
        "set, change, make, put, adjust, update, switch, move, use, apply, go, go with, bring, choose, pick, "
        "select, configure, modify, edit, i want, i need, i would like, i would like to, want, need, let us, "
        "run with, take, pin, fix, turn, swap, flip, i want to, i need to, want to, need to, shift, start "
        "using, would like, let us go, let us do, put me, i would prefer, prefer, i prefer, run, trade with, "
        "quote, load, goto, move me, make that, set it, switch me, reset, limit, cap, assign, restrict, hold"
    ),
    "scale": "scale, scale it, rescale, scale me",
    "give": "give, give me",
    "up": (
        "raise, increase, bump, crank, lift, widen, grow, push, higher, bigger, larger, wider, hike, up it, "
        "jack, jack up"
    ),
    "down": (
        "lower, reduce, cut, drop, decrease, tighten, narrow, shrink, smaller, tighter, dial, trim, bring "
        "down, narrower"
    ),
    "on": ("on, enable, activate, enabled, true, switch on, turn on, turn it on, switch it on, reactivate, engage"),
    "off": (
        "off, disable, deactivate, disabled, false, switch off, turn off, turn it off, switch it off, get rid "
        "of, stop using"
    ),
    "relative": (
        "by, double, halve, half, twice, triple, quadruple, a bit, bit, little, a little, slightly, somewhat, "
        "a lot, much, more, less, fewer, max out, minimize, maximize, another, extra, additional, further, "
        "tad, a tad, few, a few, most, least, crazy, dozen, a dozen"
    ),
    # what keeps a wish from being one
    "no": (
        "not, no, never, none, nothing, nope, nah, neither, nor, do not, does not, did not, cannot, can not, "
        "will not, would not, should not, must not, dont, dnt, doesnt, didnt, cant, wont, wouldnt, shouldnt, "
        "is not, are not, isnt, without, avoid, refuse, leave, keep, stay, remain, rather, cancel, forget, "
        "ignore, anything but, except, instead of, unless, hold off, kidding, just kidding, joking, jk, stop "
        "changing, under no circumstances, hate, against, nicht, kein, keine, nein, nie, pas, jamais, nunca, "
        "non, untouched, alone, touch, prevent, disregard, nvm, never mind, undo not"
    ),
    "if": (
        "if, what if, suppose, supposing, imagine, assume, assuming, hypothetically, hypothetical, maybe, "
        "perhaps, might, should, would it, would that, would be, could i, can i, may i, shall i, shall we, "
        "should i, should we, when, once, whenever, until, while, after, before, in case, provided, later, "
        "tomorrow, tonight, soon, eventually, someday, next week, next month, hour, hours, minute, minutes, "
        "am thinking, thinking, considering, wondering, i think, i guess, wonder, consider, wish, hope, plan, "
        "planning, was going to, going to, tempted, wise, smart, advisable, pretend, theoretically, could, "
        "possible, possibly, probably, weekend, will, happen, happens, about to, i might, i may, i could, let "
        "me know, ever, above, below, exceeds, reaches, drops below, goes above, crashes, crash, ok to, okay "
        "to, allowed"
    ),
    "past": (
        "was, were, had, did, has, been, yesterday, ago, already, earlier, previously, used to, last night, "
        "last week, last month, last time, i set, i changed, i put, i made, i moved, i switched, i scaled, i "
        "raised, i lowered, i used, i turned, i went, i said, said, told, went, did you, have you, did i, "
        "have i, did we, yet, raised, lowered, reduced, increased, doubled, set yesterday, switched, scaled, "
        "started, tried, before that, originally"
    ),
    "other": (
        "friend, someone, somebody, everyone, people, he, she, they, his, her, their, him, who, whoever, "
        "colleague, brother"
    ),
    "or": "or, between, either, versus, vs, range, and or, anywhere",
    "and": "and, then, also, plus, as well, as well as, both, first, second, after that, followed by, next, &",
    # asking
    "ask": (
        "how much, what, which, how, where, is, are, do, does, whether, any, anything, kind of, what is, what "
        "are, how is, how are, how do"
    ),
    "show": (
        "i would like to know, i want to know, i want to see, i need to see, i need to know, i would like to "
        "see, let me know about, where can i see, where do i see, pull up, remind me, show, show me, list, "
        "tell me, give me a list of, display, see, print, view, let me see, check, get, look, looking, look "
        "at, read"
    ),
    "count": "how many",
    "explain": (
        "primer, intro, introduction, basics, walk me through, effect, effects, affect, affects, point of, "
        "explained, know about, get it, is for, explain, mean, means, meaning, understand, teach, teach me, "
        "learn, define, definition, tell me about, what does, how does, work, works, why, difference, "
        "describe, description, what is a, what is an, purpose, matter, matters, idea, clarify, explanation, "
        "stand for, stands for, tutorial, eli5, more about, educate me, concept, confused, how come, compare, "
        "compared, dangerous, about, use of, the use of, the point, the deal with, deal with, the purpose, "
        "the reason, reason"
    ),
    "best": (
        "best, better, improve, optimize, optimise, optimal, ideal, recommend, recommended, recommendation, "
        "suggest, suggestion, suggestions, advise, advice, advise me, tips, help me, help with, need help, "
        "tune, fix my, good, should i use, guide, guidance, enough"
    ),
    # what reading commands are about
    "status": (
        "how is everything, how is everything going, going on, how is my bot, how is it going, current "
        "settings, my settings, my config, setups, status, settings, setup, config, configuration, "
        "configured, state, setting up, parameters, set to, doing, set up, configs"
    ),
    "risk": (
        "my risk level, survive, lose everything, risk analysis, risk reports, leveraged, close to, "
        "exposures, damage, riskiness, risk, risk level, my risk, risky, risks, danger, exposure, exposed, "
        "worst case, lose, loss, losses, drawdown, risk check, go wrong, dangerous is, am i safe, safe, how "
        "safe, blow up, blown up, wipe out, wiped out, at stake, risk report"
    ),
    "safety": (
        "safest, tone it down, dial it down, calm it down, turn it down, take it easy, avoid liquidation, get "
        "rekt, not get rekt, losing sleep, risk averse, low risk, lowest risk, safer, safety, protect, "
        "protection, conserve, secure, scared, afraid, worried, nervous, calm, calmer, cautious, careful, too "
        "risky, less risky, too dangerous, less dangerous, defensive, derisk, de risk, sleep, chill, reduce "
        "risk, lower risk, less risk, too much risk, carefully, safely, play it safe, anxious, overexposed, "
        "over exposed, overleveraged, over leveraged, too exposed, too much leverage, too much exposure"
    ),
    "profit": (
        "profit, profits, money, returns, return, earnings, gains, income, earn, make money, profitable, "
        "cash, profitability, yield, pnl, gain, make more, make more out of, bigger profits"
    ),
    "estimate": (
        "estimate, expected, expect, will i make, will i earn, would i make, can i make, could i make, can i "
        "earn, per day, daily, projected, projection, forecast, going to be, will it make, does it make, am i "
        "going to make, a day, per month, monthly, weekly, expectation, should i make"
    ),
    "fills": "fills, more fills, fill rate, filled, filling, executions",
    "bots": (
        "bots, all bots, my bots, all my bots, overview, portfolio, fleet, across exchanges, exchanges, "
        "everything running, total exposure, every bot, all of my bots, total, combined, whole fleet, all "
        "exchanges"
    ),
    "symbols": (
        "what should i trade, which should i trade, should i trade, what to run, symbols, symbol, coins, "
        "coin, pairs, pair, markets, market tokens, tickers, instruments, top symbols, mm score, what to "
        "trade"
    ),
    "history": (
        "previous configs, previous settings, old settings, earlier settings, past settings, versions, "
        "backups, backup, log of changes, edits, history, changes, commits, commit, log, audit, audit trail, "
        "recent changes, past changes, who changed, change log, changelog, when was, who set, who did, "
        "timeline"
    ),
    "diff": (
        "what changed, diff, different, changed, last change, latest change, previous change, overnight, "
        "since, most recent change, modified, altered"
    ),
    "undo": (
        "undo, revert, take that back, take it back, undo that, undo it, undo the last change, undo last "
        "change, undo my last change, revert that, revert it, revert the last change, revert my last change, "
        "revert last change, reverse that, undo the change, undo this, roll that back, roll it back, undo "
        "what i did, reverse the last change"
    ),
    "rollback": (
        "roll back, rollback, rollbacks, rolling back, restore, go back to, take me back to, rolled back, "
        "roll back to, go back"
    ),
    "profiles": "profiles, risk profiles, which profiles, profile list, available profiles, all profiles",
    "profile": "profile, mode, risk profile, preset profile",
    "presets": "presets, preset, templates, template, starting points",
    "help": (
        "what can this thing do, what can this do, what can this bot do, what can i do, what can i ask, what "
        "can i say, capabilities, features, how does this thing work, help, commands, command, what can you "
        "do, how do i use this, how does this work, how do i use you, what do you do, menu, options, usage, "
        "how do i start, get started, getting started"
    ),
    # what there are pages about
    "topic:liquidation": (
        "liquidation, liquidated, liquidate, liquidations, liq, liq price, liquidation price, margin call, "
        "liquidates, rekt"
    ),
    "topic:grid": "grid, grids, ladder",
    "topic:fees": "fees, fee, commission, commissions, maker fee, taker fee, maker, taker, trading fees",
    "topic:sync": "sync, syncing, synced, synchronise, synchronize, delivery, deliver, delivered",
    "topic:extreme": "extreme",
    # what nothing here is about
    "out": (
        "buy, sell, order, orders, long, short, price, prices, weather, joke, news, withdraw, deposit, "
        "transfer, send, wallet, password, key, keys, api, install, restart, start, start my, stop my bot, "
        "stop the bot, stop bot, stop trading, stop everything, kill, shut, pause, resume, delete, remove, "
        "create, add, who are you, time, date, telegram, email, positions, position now, close, open, login, "
        "sign, everything now, bitcoin, btc, eth, ethereum, moon, pump, dump, stock, stocks, tax, taxes, "
        "code, python, rm, sudo, admin, instructions, upload, download, hack, balance, funds, usdt, usd, "
        "dollars, confirmation, confirm"
    ),
    "extent": "high, low, highest, lowest, max, maximum, min, minimum, as high as, as low as, sky high",
}

# words of a parameter's name that nobody says, since they are its unit or its kind
_SILENT = {"bps", "pct", "num", "enabled"}
# tags that a bot's or a profile's name must not take the place of
_GUARDED = frozenset({"no", "if", "past", "other", "or", "and", "ask", "relative", "out", "explain"})
# a slip is never taken for one of these: they are short, and what they are near is often a word of its own
_SMALL = frozenset({"", "filler", "if", "past", "other", "or", "and", "ask", "my", "to"})
# words that are near to others of the tables and mean nothing here
_PLAIN = (
    "bother market markets still look looks made make thing things great story reading world friend kids sleep while "
    "their these those every other bring brought where there here lately keep money month sort short shows steps "
    "scare really hearing figure learned leave lever live lives love loves lower many maybe mine more most move must"
)


class Lexicon(NamedTuple):
    """Every phrase, as its words, with its tag; all words that occur in one; and those that a slip may have meant."""

    phrases: Mapping[tuple[str, ...], str]
    words: frozenset[str]
    meant: tuple[str, ...]


def lexicon(known: Known) -> Lexicon:
    """The words of a repository: what it names wins over everyday English, but for words that hold a change back."""
    return _lexicon(known.bots, known.profiles)


@lru_cache(maxsize=4)
def _lexicon(bots: tuple[str, ...], profiles: tuple[str, ...]) -> Lexicon:
    found: dict[tuple[str, ...], str] = {}
    for tag, phrases in _WORDS.items():
        for phrase in phrases.split(", "):
            found.setdefault(tuple(phrase.split()), tag)
    for parameter in PARAMETERS.values():
        found |= dict.fromkeys(spoken(parameter), f"param:{parameter.name}")
    for tag, names in (("exchange", tuple(FEES)), ("bot", bots), ("name", profiles)):
        for name in names:
            words = tuple(name.replace("-", " ").replace("_", " ").split())
            if found.get(words) not in _GUARDED:
                found[words] = f"{tag}:{name}"
    words_of = [(word, tag) for phrase, tag in found.items() for word in phrase]
    meant = {word for word, tag in words_of if tag not in _SMALL and len(word) > 2}
    return Lexicon(found, frozenset(word for word, _ in words_of) | set(_PLAIN.split()), tuple(sorted(meant)))


def spoken(parameter: Parameter) -> Iterator[tuple[str, ...]]:
    """The ways to say a parameter: its name, the words of it that are no unit, and what else people call it."""
    words = parameter.name.split("_")
    yield (parameter.name,)
    if parameter.unit is not SWITCH:  # `xgrid enabled` says more than the name
        yield tuple(words)
    yield tuple(word for word in words if word not in _SILENT)
    for phrase in parameter.also:
        yield tuple(phrase.split())
