"""Everyday English by kind of word; what parameters, profiles, bots and exchanges are called is elsewhere."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    # what a wish to change something may be decorated with
    "filler": (
        "lol, haha, lmao, feature, option, thing, stuff, called, named, over, out, in to, it is, here is the "
        "thing, quick question, one more thing, do me a favour and, do me a favor and, a notch, for now, good "
        "afternoon, yolo, full, be so kind as to, kind, i would like you to please, great, man, welcome, bye, "
        "please, pls, plz, kindly, the, a, an, that, of, at, in, on my, for, me, us, now, right now, just, "
        "again, hey, hi, hello, yo, ok, okay, alright, thanks, thank you, thx, cheers, cool, good morning, "
        "good evening, mate, buddy, bro, sir, dear, friend of mine, can you, could you, would you, will you, "
        "can u, could u, go ahead and, i want you to, i would like you to, i need you to, you, value, "
        "parameter, param, setting, account, per cycle, each cycle, cycle, side, each side, per side, a side, "
        "overall, equal, be, it, its, them, with, today, so, well, then please, immediately, asap, quickly, "
        "quick, number, amount, from now on, up, down, back, here, we, bot, my bot, grid bot, exactly, new, "
        "like, some, yes, yeah, yep, sure, fine, really, would, only, also please, by the way, btw, sorry, "
        "excuse me, per grid cycle, there, quick one, one question, one thing, one more, this one, that one, "
        "be so kind and, so kind and, tonight please, i beg you, beg, funding, if you do not mind, if you "
        "would not mind, when you have a moment, when you have time, when you get a chance, whenever you can, "
        "if possible, if you can, if you please, would you kindly, could you kindly, something, this, kind "
        "and, kind as to, hello friend, hi friend, hey friend, dear friend, no wait, wait, oh, um, hmm, hm, "
        "uh, guys, team, folks, dude, pal, chief, boss, captain, ty, tysm, appreciate, appreciated, much "
        "appreciated, i would appreciate it if you, i would appreciate it if you could, i would be grateful "
        "if you could, it would be great if you could, grateful, favour, favor, when you can, straight away, "
        "right away, at once, once more, once again, real quick, main, in my config, in the config, in my "
        "settings, on my account, on this account, on this one, market maker, market making bot, trading bot, "
        "perp, time to, it is time to, all right, very, quite, truly, simply, finally, actually, basically, "
        "literally, first of all, anyway, hope you are well, tonight now, everything please, quick favor, "
        "quick favour, gracias, morning, evening, afternoon, night, day, week, ahead, lot, kindly please, "
        "robot, config please, final answer, final, decision, decided, i have decided, i decided, moment, "
        "sec, second please, one sec, guy, girl, nice, perfect, awesome, excellent, correct, precisely, "
        "around here, anyways, for sure, definitely, must, needs, would be great, would be nice, that would "
        "be great, that would be nice, no rush, no worries, thank you very much, thank you so much, many "
        "thanks, thanks a lot, in advance, hope you are doing well, how are you, no problem, agent, "
        "assistant, setting of, value of, level of, from here, these, those, would you mind, do you mind, i "
        "would love to, i would love, if you would, your, me please, my dear, market making, strategy, side "
        "please, got it, on it, see you, take care, good, welcome back, have a nice day, have a good day, "
        "have a great day, cheers mate, cya, kk, k, pretty please, big thanks, hope all is well, hope this "
        "finds you well, what is up, sup, howdy, greetings, hola, hallo, as, equals, could i have, can i "
        "have, may i ask you to, could i ask you to, can i ask you to, can i get, could i get you to, is it "
        "possible to please, let me, helpful, get paid, when you get a sec, when you get a second, when you "
        "get a moment, when you get time, when you have a sec, when you have a second, when you are free, "
        "mind setting, would you mind setting, can we, could we, can we please, could we please, evening all, "
        "hi all, hello all, hey all, morning all, good morning all, right, then, first, damn, freaking, "
        "bloody, hell, heck, fucking, shit, goddamn, darn, for the love of god, for gods sake, for heavens "
        "sake, for fucks sake, wtf, omg, ffs, what the heck, what the hell, my first command, one moment, "
        "hold my beer, come on, go on, off you go, do it, make it so, same thing, as usual, as always, once "
        "and for all"
    ),
    "to": "to, back to, over to, down to, up to, onto, into, towards, =",
    "my": "my, mine, i, i am, am, our, own, do i, am i, i have, currently, current, using, i use",
    "runs": "running, runs, live, active, run now, alive",
    # changing
    "set": (
        "set, change, make, put, adjust, update, switch, move, use, apply, go, go with, bring, choose, pick, "
        "configure, modify, edit, i want, i need, i would like, i would like to, want, need, let us, run "
        "with, take, pin, fix, turn, swap, flip, i want to, i need to, want to, need to, shift, start using, "
        "would like, let us go, let us do, put me, i would prefer, prefer, i prefer, run, trade with, quote, "
        "load, goto, move me, make that, set it, switch me, reset, limit, cap, assign, restrict, hold, "
        "program, enter, key in, input, establish, lock, dial in, punch in, stick, slap, plug in, correct it, "
        "revise, amend, alter, convert, tweak, replace, needs to be, need to be, needs to go, has to be, have "
        "to be, must be, must go, get it to, make sure, select, return to, dial, swap to, let us have, i want "
        "to have, i want to run, i want to use, i would like to use, i would like to have, i would like to "
        "run, have, feel like, go for, let, lets do, equal to, let it be"
    ),
    "scale": "scale, scale it, rescale, scale me",
    "give": "give, give me, get, let me have, let me get, get me",
    "up": (
        "raise, increase, bump, crank, lift, widen, grow, push, higher, bigger, larger, wider, hike, up it, "
        "jack, jack up, elevate, ramp, ramp up, step up, boost, expand, extend, enlarge, loosen, relax, rise, "
        "pump up, turn up, turn it up, bump up, crank up, push up, go up"
    ),
    "down": (
        "lower, reduce, cut, drop, decrease, tighten, narrow, shrink, smaller, tighter, trim, bring down, "
        "narrower, slash, shorten, ease, pull in, pull down, knock down, take down, scale back, dial back, "
        "diminish, lessen, compress, tone down, step down, bring in, turn down, cut down, lower down, drop "
        "down, go down, come down"
    ),
    "on": (
        "on, enable, activate, enabled, true, switch on, turn on, turn it on, switch it on, reactivate, "
        "engage, turn back on, re enable, reenable, switch back on, to on, be on"
    ),
    "off": (
        "off, disable, deactivate, disabled, false, switch off, turn off, turn it off, switch it off, get rid "
        "of, stop using, inactive, to off"
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
        "non, untouched, alone, touch, prevent, disregard, nvm, never mind, undo not, refrain, hardly, "
        "barely, nobody, nowhere, fail, failed, reject, deny, skip, abort, halt, neglect, oppose, forbid, "
        "forbidden, prohibited, mistake, mistakenly, wrong, wrongly, instead, other than, rather than, "
        "anymore, last thing, dare, warn, warning, beware, stop it, hold on, ne, não, nao, niet, ikke, inte, "
        "не, нет, ei, veto, ban, banned, exclude, excluding, lest, stay away, quit, fake, pretending, "
        "example, for example, test, testing, quote unquote, story"
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
        "started, tried, before that, originally, would have, could have, should have, might have, i would "
        "have, i could have, i should have, had to"
    ),
    "other": (
        "friend, someone, somebody, everyone, people, he, she, they, his, her, their, him, who, whoever, "
        "colleague, brother"
    ),
    "or": "or, between, either, versus, vs, range, and or, anywhere",
    "and": "and, also, plus, as well, as well as, both, second, after that, followed by, next, &",
    # asking
    "ask": (
        "how much, what, which, how, where, is, are, does, whether, any, anything, kind of, what is, what "
        "are, how is, how are, how do, do, when should, when do, when does, when is, when are, when would, "
        "when can"
    ),
    "show": (
        "i would like to know, i want to know, i want to see, i need to see, i need to know, i would like to "
        "see, let me know about, where can i see, where do i see, pull up, remind me, show, show me, list, "
        "tell me, give me a list of, display, see, print, view, let me see, check, look, looking, look at, "
        "read"
    ),
    "count": "how many",
    "explain": (
        "primer, intro, introduction, basics, walk me through, effect, effects, affect, affects, point of, "
        "explained, know about, get it, is for, explain, mean, means, meaning, understand, teach, teach me, "
        "learn, define, definition, tell me about, what does, how does, work, works, why, difference, "
        "describe, description, what is a, what is an, purpose, matter, matters, idea, clarify, explanation, "
        "stand for, stands for, tutorial, eli5, more about, educate me, concept, confused, compare, compared, "
        "dangerous, about, use of, the use of, the point, the deal with, deal with, the purpose, the reason, "
        "reason, do not get, not get, do not know what, no idea what, not know what, have no idea what, "
        "elaborate, info on, information on, information about, details on, details about, detail, details, "
        "fill me in on, story with, story behind, intuition, logic, theory, behind, lowdown, rundown, gist, "
        "background on, say about, read about, curious about, curious, wondering what, wonder what, wondering "
        "how, wonder how, interested in, thoughts on, your take on, significance, important, importance, role "
        "of, role, benefit, benefits, advantage, advantages, downside, downsides, pros and cons, pros, cons, "
        "risks of, risk of, the risk of, the risks of, implications, impact, impact of, consequences, "
        "relationship, relation, related, interact, calculate, calculated, computed, formula, explaining, "
        "what the, get about, teach me what, show me how, tell me how, tell me why, tell me what, how come, "
        "whys, whats up with, what is up with, what is with, clear up, make sense of, makes sense, sense, "
        "charged, charge"
    ),
    "best": (
        "best, better, improve, optimize, optimise, optimal, ideal, recommend, recommended, recommendation, "
        "suggest, suggestion, suggestions, advice, advise me, tips, help me, help with, need help, tune, fix "
        "my, should i use, guide, guidance, enough, how should i set, how should i, what should i, which "
        "should i, what would you, advise, advice on, suggestions for, any tips, any advice"
    ),
    # what reading commands are about
    "status": (
        "how is everything, how is everything going, going on, how is my bot, how is it going, current "
        "settings, my settings, my config, setups, status, settings, setup, config, configuration, "
        "configured, state, setting up, parameters, set to, doing, set up, configs, where do i stand, the "
        "numbers, my numbers, are we good, are we ok, is everything ok, is everything fine, everything ok, "
        "all good, what is up with my bot, current state, current setup, current config, current "
        "configuration, where am i at, how do things look, how are things"
    ),
    "risk": (
        "my risk level, survive, lose everything, risk analysis, risk reports, leveraged, close to, "
        "exposures, damage, riskiness, risk, risk level, my risk, risky, risks, danger, exposure, exposed, "
        "worst case, lose, loss, losses, drawdown, risk check, go wrong, dangerous is, am i safe, safe, how "
        "safe, blow up, blown up, wipe out, wiped out, at stake, risk report, problems, problem, worry about, "
        "worry, wrong with, issues, issue, concerns, cost me, cost, costs, hurt, crash hurt"
    ),
    "safety": (
        "safest, tone it down, dial it down, calm it down, turn it down, take it easy, avoid liquidation, get "
        "rekt, not get rekt, losing sleep, risk averse, low risk, lowest risk, safer, safety, protect, "
        "protection, conserve, secure, scared, afraid, worried, nervous, calm, calmer, cautious, careful, too "
        "risky, less risky, too dangerous, less dangerous, defensive, derisk, de risk, sleep, chill, reduce "
        "risk, lower risk, less risk, too much risk, carefully, safely, play it safe, anxious, overexposed, "
        "over exposed, overleveraged, over leveraged, too exposed, too much leverage, too much exposure, less "
        "aggressive, more conservative, safer settings, defensively, less leverage please, too close, losing "
        "too much, losing money"
    ),
    "profit": (
        "profit, profits, money, returns, return, earnings, gains, income, earn, make money, profitable, "
        "cash, profitability, yield, pnl, gain, make more, make more out of, bigger profits, more aggressive "
        "returns"
    ),
    "estimate": (
        "estimate, expected, expect, per day, daily, projected, projection, forecast, going to be, will it "
        "make, does it make, am i going to make, a day, per month, monthly, weekly, expectation, should i "
        "make, how much will i make, how much can i make, how much would i make, how much do i make, how much "
        "could i make, how much money, how much does it make, how much can i earn, how much will i earn, how "
        "much do i earn, how much would i earn, how much am i making"
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
        "trade, alts, altcoins"
    ),
    "history": (
        "previous configs, previous settings, old settings, earlier settings, past settings, versions, "
        "backups, backup, log of changes, edits, history, changes, commits, commit, log, audit, audit trail, "
        "recent changes, past changes, who changed, change log, changelog, when was, who set, who did, "
        "timeline"
    ),
    "diff": (
        "what changed, diff, different, changed, last change, latest change, previous change, overnight, "
        "since, most recent change, modified, altered, what is different, what has changed, what got changed, "
        "what did change, recent change, previous version, compare to before, compared to before, before and "
        "after, i just made, i just did, what i just did, what i did, what i have done, what you just did, "
        "that change"
    ),
    "undo": (
        "undo, revert, take that back, take it back, undo that, undo it, undo the last change, undo last "
        "change, undo my last change, revert that, revert it, revert the last change, revert my last change, "
        "revert last change, reverse that, undo the change, undo this, roll that back, roll it back, undo "
        "what i did, reverse the last change, take back the last change, take back my last change, take back, "
        "take back last change, undo my change, undo my latest change, revert my latest change, undo whatever "
        "i did, undo that one, undo the previous change, undo previous change, revert the previous change, "
        "undo the latest change, undo latest, undo last, revert last, scrap the last change, scrap that, take "
        "that change back, put it back, put it back how it was, go back one step, one step back, step back, "
        "undo it all please, undo my last, revert to the previous settings, back out the last change, back "
        "out"
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
        "dollars, confirmation, confirm, position"
    ),
    "extent": "high, low, highest, lowest, max, maximum, min, minimum, as high as, as low as, sky high",
    "from": "from",
    "every": "everything, all, each, across, every, all accounts, all of them",
    "topic:leverage": "effective exposure",
    "topic:high": "risk level mean, exposure levels",
}
