"""Everyday English by kind of word; what parameters, profiles, bots and exchanges are called is elsewhere."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "to": "to, over to, onto, into, towards, =",
    "my": "my, mine, i, am, our, own, we, ours",
    "runs": "running, runs, live, active, run now, alive",
    # changing
    "set": (
        "i want, i need, i would like, i would like to, want, need, i want to, i need to, want to, need to, would "
        "like, let us go, let us do, i would prefer, prefer, i prefer, goto, needs to be, needs to go, has to be, "
        "have to be, must be, get it to, let us have, i want to have, i want to run, i want to use, i would like to "
        "use, i would like to have, i would like to run, feel like, let, lets do, equal to, i have to, i have got to, "
        "gotta, we have to, we need to, we want, we want to, we would like, we would like to, i must, we must, should "
        "be, ought to be, should sit at, ought to go, ought to sit at, is where i want to be, is where i want it, is "
        "what i want, is what i need, is what i would like, is the one i want, is the profile i want, is the one, "
        "what i want is, what i need is, all i want is, all i need is, what i would like is, what we need is, i would "
        "like to see, i want to see it at, i would like to go, i want to go, i am after, i would love, let us try, "
        "let us use, let us run, let us make, let us put, let us set, time for, in favour of, in favor of, i opt for, "
        "opt, settle on, settle for, settle at, back to"
    ),
    "scale": (
        "scale, rescale, scale to, scale it to, scale down to, scale up to, scale back to, scale everything to"
    ),
    "give": "give, get, let me have",
    "up": "higher, bigger, larger, wider",
    "down": "smaller, tighter, narrower",
    "on": "on, enabled, true, to on",
    "off": "off, disabled, false, inactive, to off",
    # what keeps a wish from being one
    "no": (
        "not, no, never, none, nothing, nope, nah, neither, nor, do not, does not, did not, cannot, can not, will "
        "not, should not, dont, dnt, doesnt, didnt, cant, wont, wouldnt, shouldnt, is not, are not, isnt, without, "
        "avoid, refuse, leave, keep, stay, remain, rather, cancel, forget, ignore, anything but, except, unless, hold "
        "off, stop changing, under no circumstances, hate, against, nicht, kein, keine, nein, nie, pas, jamais, "
        "nunca, non, untouched, alone, touch, prevent, disregard, undo not, refrain, hardly, barely, nobody, nowhere, "
        "fail, failed, reject, deny, skip, abort, halt, neglect, oppose, forbid, forbidden, prohibited, instead, "
        "other than, rather than, anymore, dare, warn, beware, stop it, hold on, ne, não, nao, niet, ikke, inte, не, "
        "нет, ei, veto, ban, banned, exclude, excluding, lest, stay away, quit, out of, get off, get out of, get me "
        "out of, get me off, take me off, off of, away from, switch away from, stop using the, exit, quit using, stay "
        "off, steer clear of, no longer, hell no, no way, no chance, not yet, noone, no one, less than, no more than, "
        "no less than, anything other than, regret"
    ),
    "if": (
        "if, what if, suppose, supposing, imagine, assume, assuming, hypothetically, maybe, perhaps, might, should, "
        "would it, would that, would be, could i, can i, may i, shall i, shall we, should i, should we, when, once, "
        "whenever, until, while, after, before, in case, provided, later, tomorrow, tonight, soon, eventually, "
        "someday, next week, next month, hour, hours, minute, minutes, am thinking, thinking, considering, wondering, "
        "i think, i guess, wonder, consider, wish, hope, plan, planning, was going to, going to, tempted, wise, "
        "smart, advisable, pretend, theoretically, could, possible, possibly, probably, weekend, will, happen, "
        "happens, about to, i might, i may, i could, let me know, ever, above, below, exceeds, reaches, drops below, "
        "goes above, crashes, crash, ok to, okay to, allowed, i would, i will, we would, we will, would you like, "
        "would you like to, would you like me to, do you want, do you want me to, you want, you want me to, over, "
        "fine with, ok with, okay with, good with, happy with, should be fine, should be ok, should be okay, should "
        "be good, should be enough, would be enough, as long as, during, for a day, for a week, for the night, "
        "depending, depends, next time, from tomorrow, overnight please, you can, you may, one day, sometime, intend, "
        "intend to, intending, tend to, afraid to, scared to, ready to, ready for, safe to, good idea to, bad idea "
        "to, stupid to, permission to, way to, i should, we should, they should, he should, she should, one should, "
        "guess"
    ),
    "past": (
        "did, used to, i set, i changed, i put, i made, i moved, i switched, i scaled, i raised, i lowered, i used, i "
        "turned, i went, went, have you, did i, have i, did we, yet, raised, lowered, reduced, increased, doubled, "
        "set yesterday, switched, scaled, started, tried, would have, could have, should have, might have, i would "
        "have, i could have, i should have, had to, wanted, we set, you set, they set, bot set, agent set, we put, "
        "you put, i cut, we cut, you cut, i run into, we made, i rolled back, we rolled back, you rolled back, i "
        "took, we took, got set, been set, was set, been using, noticed, saw"
    ),
    "other": (
        "friend, someone, somebody, everyone, people, he, she, they, his, her, their, him, who, whoever, colleague, "
        "brother"
    ),
    "or": "or, between, either, versus, vs, range, and or, anywhere",
    "and": "and, also, plus, as well, both, second, after that, followed by, &",
    # asking
    "ask": (
        "how much, what, which, how, where, is, are, does, whether, any, anything, kind of, what is, what are, how "
        "is, how are, how do, when should, when do, when does, when is, when are, when would, when can"
    ),
    "show": (
        "i would like to know, i want to know, i want to see, i need to see, i need to know, let me know about, where "
        "can i see, where do i see, pull up, remind me, show, list, tell me, give me a list of, display, see, view, "
        "check, look, looking, read, print, let us see, let us look at, let us check, let us have a look, let us take "
        "a look, let me have a look, let me take a look, dump my, dump the, have a look at, take a look at, wanted to "
        "see, want to see, wanted to check, wanted to know, checking"
    ),
    "count": "how many",
    "explain": (
        "primer, intro, introduction, basics, walk me through, effect, effects, affect, affects, point of, explained, "
        "know about, get it, is for, explain, mean, means, meaning, define, definition, tell me about, what does, how "
        "does, work, works, why, difference, describe, description, what is a, what is an, purpose, matter, matters, "
        "idea, clarify, explanation, stands for, tutorial, eli5, more about, concept, confused, compare, compared, "
        "dangerous, about, use of, the point, deal with, reason, do not get, not get, do not know what, no idea what, "
        "not know what, have no idea what, elaborate, info on, information on, information about, details on, details "
        "about, detail, details, fill me in on, story with, story behind, intuition, logic, theory, behind, gist, "
        "background on, say about, read about, curious about, curious, wondering what, wonder what, wondering how, "
        "wonder how, interested in, thoughts on, your take on, significance, important, importance, role, benefit, "
        "benefits, advantage, advantages, downside, downsides, pros and cons, pros, cons, risks of, risk of, "
        "implications, impact, consequences, relationship, relation, related, interact, calculate, calculated, "
        "computed, formula, explaining, what the, get about, teach me what, show me how, tell me how, tell me why, "
        "tell me what, how come, whys, whats up with, what is up with, what is with, clear up, make sense of, makes "
        "sense, sense, charged, charge, eli 5, eli, explain like i am five, explain like i am 5, like i am five, like "
        "i am 5, break down, break it down, walk through, run me through, talk me through, talk to me about, what "
        "happens, what happens to, effective, go live, good for, worth, catch, stand, represent, signify, indicate, "
        "denote, refer to, refers to, describes, used for, what is the use, point in, tell us about, enlighten me, "
        "school me on, brief me on, catch me up on, crash course, crash course on, 101, lesson, lesson on, beginner "
        "guide, dummy, for dummies, for beginners, in simple terms, plain english, in simple words, layman, when "
        "should i, when would i"
    ),
    "best": (
        "best, better, improve, optimize, optimise, optimal, ideal, recommend, recommended, recommendation, suggest, "
        "suggestion, suggestions, advice, tips, help me, help with, tune, fix my, should i use, guide, guidance, "
        "enough, how should i set, how should i, what should i, which should i, what would you, advise, advice on, "
        "any tips, any advice, need help with, i need help with, need some help with, too small, too little, too "
        "tiny, terrible, poor"
    ),
    # what reading commands are about
    "status": (
        "going on, how is my bot, current settings, my settings, my config, setups, status, settings, setup, config, "
        "configuration, configured, state, setting up, parameters, set to, doing, set up, configs, where do i stand, "
        "the numbers, my numbers, are we good, are we ok, is everything ok, is everything fine, everything ok, all "
        "good, what is up with my bot, current state, current setup, current config, current configuration, where am "
        "i at, how do things look, what i have got, what i have, how is my setup, how are my settings, how is it set, "
        "my current settings, configured settings, stats, my stats, dashboard, summary, summarize, recap, where are "
        "we, what am i working with, what am i on, how do i look, how are we doing, how are we looking, how am i "
        "doing, what is going on, what is happening, what is up with the bot, how is the bot, how is the bot doing, "
        "is it working, is my bot working, is the bot working, is my bot ok, is the bot ok, is everything alright, "
        "everything alright, everything fine, all ok, all fine, all well, how things are, how things are going, how "
        "things look, how things stand, how it is going, how my bot is doing, how it is doing, how the bot is doing, "
        "status update, update me, give me an update, an update on, an update, rundown, lowdown, run down"
    ),
    "risk": (
        "my risk level, survive, lose everything, risk analysis, risk reports, leveraged, close to, exposures, "
        "damage, riskiness, risk, risk level, my risk, risky, risks, danger, exposure, exposed, worst case, lose, "
        "loss, losses, drawdown, risk check, go wrong, dangerous is, am i safe, safe, how safe, blow up, blown up, "
        "wipe out, at stake, risk report, problems, problem, worry about, worry, wrong with, issues, issue, concerns, "
        "cost, costs, hurt, crash hurt, unsafe, unsafe settings, warnings, warning, red flags, red flag, anything "
        "dangerous, dangerous settings, loose, my losses, max loss, maximum loss, biggest loss, worst loss, max "
        "drawdown, maximum drawdown, how bad, kill me, bleed, bleeding, ruin, ruined, bankrupt, broke, go bust, bust, "
        "zero out, lose it all, lose my money, lose money, lose all my money, lose my account, blow my account, blow "
        "up my account, go to zero, going to zero, wiped, nuked, liquidation risk, risk gate, gate, pass the gate, "
        "pass the risk gate, pass lint, stress test, vulnerable, red, risk score, risk rating, risk status, risk "
        "summary, risk overview, risk assessment, risk numbers, risk figures, assess my risk, rate my risk, how much "
        "risk, wipe me, blow me, findings, finding, violations, violate, fail the rules, fails the rules, fail a "
        "rule, errors"
    ),
    "safety": (
        "safest, tone it down, take it easy, avoid liquidation, not get rekt, losing sleep, risk averse, low risk, "
        "lowest risk, safer, safety, protect, protection, conserve, secure, scared, afraid, worried, nervous, calm, "
        "calmer, cautious, careful, too risky, less risky, too dangerous, less dangerous, defensive, derisk, de risk, "
        "sleep, chill, reduce risk, lower risk, less risk, too much risk, carefully, safely, play it safe, anxious, "
        "overexposed, over exposed, overleveraged, over leveraged, too exposed, too much leverage, too much exposure, "
        "less aggressive, more conservative, safer settings, defensively, less leverage please, too close, losing too "
        "much, losing money, not comfortable, not feeling good about, not feeling great about, not feeling safe, not "
        "feel safe, not feel comfortable, can not sleep, not sleep, not sleeping, uncomfortable, uneasy, stressed, "
        "stressing, stressful, too hot, tame, lower my exposure, reduce my exposure, reduce exposure, lower exposure, "
        "cut risk, cut my risk, cut my exposure, minimize risk, minimise risk, minimize my risk, limit my risk, limit "
        "risk, limit my losses, cut losses, cut my losses, stop the bleeding, bring the risk down, take less risk, "
        "take some risk off, dial down the risk, reduce the risk, lower the risk, lower my risk, reduce my risk, "
        "smaller risk, risk less, on the safe side, to be safe, be safe, stay safe, keep me safe, keep it safe, make "
        "me safe, preserve, preservation, preserve capital, less stress, fewer risks, gentler, milder, softer, less "
        "wild, less crazy, panic, panicking, terrified, freaking out, freaked out"
    ),
    "profit": (
        "profit, profits, money, returns, return, earnings, gains, income, earn, make money, profitable, cash, "
        "profitability, yield, pnl, gain, make more, make more out of, bigger profits, more aggressive returns, "
        "revenue, money out of, squeeze more, squeeze, juice, more juice, upside, bigger gains, higher yield, better "
        "returns, better profits, more gains, more income, more bang for my buck, earn more, make bank, print money, "
        "printing money, richer, rich, get rich, lambo, underperforming, performance, perform better, too little "
        "money, earn me more, out of this bot, more out of"
    ),
    "estimate": (
        "estimate, expected, expect, per day, daily, projected, projection, forecast, going to be, will it make, does "
        "it make, am i going to make, a day, per month, monthly, weekly, expectation, should i make, how much will i "
        "make, how much can i make, how much would i make, how much do i make, how much could i make, how much money, "
        "how much does it make, how much can i earn, how much will i earn, how much do i earn, how much would i earn, "
        "how much am i making, earning, earn per day, make in a day, make in a week, make in a month, per week, per "
        "year, a week, a month, a year, yearly, annually, apr, apy, roi, bring in per day, how much profit, how much "
        "will it make, how much will this make, how much would it make, how much would this make, how much can it "
        "make, how much is it going to make, how much will my bot make, how much can my bot make, how much should i "
        "expect, what will i make, what will i earn, what would i make, what would i earn, what could i earn, what "
        "can i earn, what can i make, what could i make, what am i making, what do i make, what do i earn, what can i "
        "expect, profit forecast, profit projection, potential profit, potential earnings, potential, is it "
        "profitable, projected income, will i make money, will it make money, will this make money, does it make "
        "money, returns am i looking at, kind of returns, kind of profit, kind of money"
    ),
    "fills": (
        "fills, more fills, fill rate, filled, filling, executions, quote tighter, quote wider, quoting tighter, "
        "quoting wider, tighter quotes, wider quotes, quotes tighter, quotes wider, get filled, not filling, no "
        "fills, not getting filled, not getting fills, never filled"
    ),
    "bots": (
        "bots, all bots, my bots, all my bots, overview, portfolio, fleet, across exchanges, exchanges, everything "
        "running, total exposure, every bot, all of my bots, total, combined, all exchanges, all of the bots, every "
        "single bot, each bot, bot list, list of bots, entire portfolio, entire fleet, all accounts, all my accounts, "
        "across all accounts, big picture, across the board, across everything, across all, everything i have "
        "running, everything i am running, all exchanges together, altogether, all together, combined exposure, "
        "aggregate, aggregated, all in all exposure, overall exposure, global exposure, fleet overview, bird's eye "
        "view, birds eye view, how many bots do i have"
    ),
    "symbols": (
        "what should i trade, which should i trade, should i trade, what to run, symbols, symbol, coins, coin, pairs, "
        "pair, markets, market tokens, tickers, instruments, top symbols, mm score, what to trade, alts, altcoins, "
        "ranking, rank, ranked, liquid, hot coins, hottest coins, trending, which coin, best coin, shitcoins, "
        "memecoins, tokens, token, listings, assets, asset, what to quote, which to quote, what to market make, what "
        "should i quote, what should i market make, what do i trade, best markets, contracts, perps, most volatile, "
        "volatile coins, tradable, tradeable"
    ),
    "history": (
        "previous configs, previous settings, old settings, earlier settings, past settings, versions, log of "
        "changes, edits, history, changes, commits, commit, log, audit, audit trail, recent changes, past changes, "
        "who changed, change log, changelog, when was, who set, who did, timeline, track record of changes, track "
        "changes, revision history, revisions, past versions, old versions, old configs, old config, previous config, "
        "older settings, who touched, who edited, who raised, who lowered, who turned, who switched, who messed with, "
        "who moved, who made, who altered, who modified, when did i change, when did i set, when did i touch, when "
        "did i last, when did, list of changes, everything that changed, all changes, all the changes, change "
        "history, agent do, what did you do, what have you done, what have i done, what did i do, what have i "
        "changed, what did i change, have i changed, activity, activity log, commit log, git log, logbook, journal, "
        "past commits, saved somewhere, what happened, what has happened, things i changed, edit, action, changed "
        "things, revision"
    ),
    "diff": (
        "what changed, diff, changed, last change, latest change, previous change, overnight, since, most recent "
        "change, modified, altered, what is different, what has changed, what got changed, what did change, recent "
        "change, previous version, compare to before, compared to before, before and after, i just made, i just did, "
        "what i just did, what i did, what i have done, what you just did, that change, what did you change, what has "
        "the agent changed, since last time, since yesterday, compare with, compare to, last commit change, last "
        "commit, latest commit, previous commit, last version, the difference to, difference to the previous, changes "
        "since, what is new, anything change, anything changed, did anything change, has anything changed, anything "
        "new, what just changed, what did that change, modifications, how it was, the way it was, the way they were, "
        "as it was, what it was, like it was, like before, last command, last action, latest, last, the latest one, "
        "previous one, most recent one, mistake i made, i just sent"
    ),
    "undo": (
        "undo, undu, revert, reverse, take back, back out, scrap that, scrap the last change, scratch that, scratch "
        "the last change, strike that, backtrack, rewind, step back, ctrl z, control z, put it back, put that back, "
        "put things back, put everything back, change it back, change that back, set it back, switch it back, switch "
        "that back, take that back, take it back, take that one back, take that change back, roll that back, roll it "
        "back, roll that one back, go back one step, one step back, one step backwards, go back one change, go back "
        "one, roll back one, roll back one step, roll back the last, rollback the last, roll back my last, back to "
        "how it was, back to what it was, my old settings back, the old settings back, bring back the old settings, "
        "bring back my old settings, go back to how it was, go back to what it was, go back to the previous version, "
        "go back to the previous settings, go back to my previous settings, undo it all please, make it how it was, "
        "make it like before"
    ),
    "rollback": (
        "roll back, rollback, rollbacks, rolling back, restore, go back to, take me back to, rolled back, roll back "
        "to, go back, roll me back, take me back, bring me back, put me back, reset to commit, revert to commit"
    ),
    "profiles": (
        "profiles, risk profiles, which profiles, profile list, available profiles, all profiles, profiles there are, "
        "different profiles, risk modes, modes, profile options, profile overview, which profile suits, which profile "
        "fits, which profile is best, what profile is best, which profile should, what profile should, match a "
        "profile please"
    ),
    "profile": "profile, mode, risk profile, preset profile",
    "presets": (
        "presets, preset, templates, template, starting points, starter configs, starter config, ready made configs, "
        "ready made settings"
    ),
    "help": (
        "what can this thing do, what can this do, what can this bot do, what can i do, what can i ask, what can i "
        "say, capabilities, features, how does this thing work, help, commands, command, what can you do, how do i "
        "use this, how does this work, how do i use you, what do you do, menu, options, usage, how do i start, get "
        "started, getting started, halp, what can you help me with, what can you help with, what else can you do, "
        "what else can i do, what else can i ask, how do i use the agent, how does one use this, how to use, what do "
        "i do, where do i start, where to start, where do i begin, how do i begin, how to start, first steps, manual, "
        "instructions please, cheat sheet, cheatsheet, user guide, handbook, list of commands, available commands, "
        "what are you able to do, what are you capable of, what are you for, what is gitscale, what does this do, "
        "what does this thing do, abilities, functions, what can this agent do, what can the agent do, what can "
        "gitscale do, what can it do, need help, help me out, can i type, can i write, can i tell you, i need help, "
        "some help, i need some help, i need assistance, sos"
    ),
    # what there are pages about
    "topic:liquidation": (
        "liquidation, liquidated, liquidate, liquidations, liq, liq price, liquidation price, margin call, "
        "liquidates, rekt, liquidation distance, distance to liquidation, liquidation level, maintenance margin, "
        "maintenance, margin calls, cross margin, isolated margin, margin, bankruptcy price, get rekt"
    ),
    "topic:grid": "grid, grids, ladder",
    "topic:fees": (
        "fees, fee, commission, commissions, maker fee, taker fee, maker, taker, trading fees, charges, trading "
        "costs, trading cost, cost of trading, fee tier, rebate, rebates, exchange fees, exchange fee, pay per trade, "
        "trading fee"
    ),
    "topic:sync": (
        "sync, syncing, synced, synchronise, synchronize, delivery, deliver, delivered, restart required, new "
        "settings take, pick up, picks up, picked up, pick up my changes, propagate, propagated, push changes, pushed "
        "to the bot, reach the bot, reaches the bot, get to the bot, get to my bot, arrive at the bot, applied to the "
        "bot, out of sync, deployed, deploy, deployment, rolled out, roll out, take effect, take affect, come into "
        "effect, new settings, new config, old config still, pick up my, changes apply, change apply, apply "
        "immediately, after i change, after changing, after a change, when i change, changes live, change live, "
        "changes active, settings live, changes take, go through, gone through"
    ),
    "topic:extreme": "extreme",
    # what nothing here is about
    "out": (
        "buy, sell, order, orders, long, short, withdraw, deposit, transfer, send, wallet, password, key, keys, api, "
        "install, start, start my, stop my bot, stop the bot, stop bot, stop trading, stop everything, kill, shut, "
        "pause, resume, delete, remove, create, add, who are you, time, date, telegram, email, positions, close, "
        "open, login, sign, everything now, code, python, rm, sudo, admin, instructions, upload, download, hack, "
        "balance, funds, usdt, usd, dollars, confirmation, confirm, position, trailing, trailing stop, limit order, "
        "market order, place an order, order book, orderbook, dca, copy trade, copy trading, backtest, backtesting, "
        "indicator, indicators, airdrop, staking, stake my, unstake, referral, subscription, billing, invoice, "
        "refund, support ticket, customer support, talk to a human, human, real person, open interest, two factor, "
        "2fa, authentication, notify, notification, notifications, alert me, alerts, alarm, timer, thermostat, "
        "lights, light, temperature, volume, brightness, theme, color, colour, dark mode, font, language, rename, "
        "clone, export, import, connect, disconnect, link my, unlink, subscribe, unsubscribe, logs, logfile, "
        "screenshot, upgrade, downgrade, margin mode, isolated mode, cross mode, hedge mode, position mode, swap "
        "coins, convert my, bridge, wire, bank, pay, payment, credit card, deposit address, seed phrase, private key, "
        "credentials, secret, secrets, system prompt, prompt, passwd, shell, script, program that, translate, "
        "translation, poem, essay, recipe, cook, bake, bread, president, prime minister, capital of, population, who "
        "won, who invented, who discovered, how tall, how old, how big is, meaning of life, love you, marry me, your "
        "name, are you real, are you a robot, are you a bot, are you human, stupid, idiot, dumb, suck, sucks, moron, "
        "flight, flights, hotel, restaurant, table for, taxi, uber, shopping, groceries, pizzas, play, video, photo, "
        "picture, image, draw, sing, dance, cry, story about, once upon a time, homework, equation, solve, square "
        "root, prime numbers, chatgpt, gpt, openai, google, youtube, twitter, facebook, instagram, whatsapp, discord, "
        "slack, calendar, meeting, appointment, schedule, call me, text me, phone, sms, savings, loan, borrow, lend, "
        "invest, investment, investing, portfolio manager, nft, nfts, ico, presale, wallet address, kyc, verify my, "
        "my balance, usdc, how much usdt, how much money do i have, trade history, my trades, open trades, open "
        "positions, close my, close all, flatten, liquidate my, market buy, market sell, scalp, arbitrage, futures "
        "contract, options contract, expiry, leverage token, ftx, fix my car, lawn, garden, fertiliser, restart my "
        "computer, reboot, shutdown, log in, log out, log me in"
    ),
    "extent": (
        "high, low, highest, lowest, max, maximum, min, minimum, sky high, lowest possible, highest possible, largest "
        "possible, smallest possible, minimal, maximal, tiny, huge, massive, insane amount, to the moon, sky, "
        "infinity, infinite, unlimited, endless, nothing at all, as possible, as much as possible, as little as "
        "possible, as tight as possible"
    ),
    "from": "from",
    "every": "everything, all, each, across, every",
    "topic:leverage": "effective exposure",
    "topic:high": "exposure levels, risk levels, levels of risk, risk level mean, risk level means",
    # what tells how it is, and is no wish
    "my:now": (
        "i am, currently, current, using, i use, i run, we run, we use, i am using, we are using, we are, i have, we "
        "have, i have got, we have got, i am running, we are running, i am on, we are on, still, stuck at, stuck on, "
        "sitting at, sits at, running at, running on, at the moment, am i, do i, i see, am setting, are setting, is "
        "setting, it is at, it is on, it is now, it is set, it is set to, it is running, now at, now on, we now use, "
        "i now use, we now run, i now run, we now have, i now have, now runs, now uses, this is, that is"
    ),
    "no:jest": (
        "kidding, joking, jk, fake, pretending, example, test, testing, quote unquote, story, e g, eg, i e, such as, "
        "note, note to self, remember, opposite, contrary, simulate, simulation, dry run, preview, hypothetical, "
        "sarcasm, joke, nvm, never mind, nevermind, forget it, cancel that, scrap it, mistake, mistakenly, wrong, "
        "wrongly, quote"
    ),
    "past:then": (
        "was, were, had, has, been, yesterday, ago, already, earlier, previously, last night, last week, last month, "
        "last time, before that, originally, the other day, lately, recently, this morning, so far"
    ),
    # what tells why somebody wants it, at the head of a clause; `so` and `with` may also head the wish
    "why": (
        "because, now that, given, due to, seeing as, seeing that, considering that, in view of, on account of, "
        "seeing how, being that"
    ),
    "why:so": "so that, in order to, in order not to",
    # nor about these, but people tell of them while they ask for something
    "out:news": (
        "price, prices, weather, news, bitcoin, btc, eth, ethereum, sol, solana, xrp, doge, dogecoin, moon, pump, "
        "pumping, dump, dumping, stock, stocks, tax, taxes, fed, fomc, cpi, election, inflation, economy, tesla, "
        "gold, oil, nasdaq, spx, whales, bulls, bears, bull, bear, rally, rallying, candle, candles, chart, charts, "
        "rsi, macd, funding rate, funding rates, movie, movies, music, song, football, game, dinner, lunch, "
        "breakfast, pizza, coffee, beer, dog, cat, airport, doctor, car, house"
    ),
    "topic:rollback": "backup, backups",
    "out:restart": "restart, restarting, reload, restarts, restarted",
    # by how much: the first two are a change of their own
    "relative:by": (
        "by, double, halve, half, twice, triple, quadruple, twice as much, half as much, by half, times more, plus "
        "minus"
    ),
    "relative:more": (
        "more, less, fewer, max out, minimize, maximize, another, extra, additional, further, most, least, different, "
        "some more, around, roughly, approximately, approx, nearly, almost, circa, or so, ish, under, beyond, per "
        "cent more, way more, way less, way up, way down, a little more, a little less, a bit more, a bit less, much "
        "more, much less, denser, finer, sparser, coarser, and up, and above, and over, and below, and under, and "
        "back, or above, or below, or higher, or lower, or over, or under, and beyond"
    ),
    "relative:some": (
        "bit, little, slightly, somewhat, a lot, much, tad, few, crazy, dozen, couple, several, about to be, "
        "somewhere around, somewhere near, smidge, a touch, a hair, a notch up, a notch down, one notch, give or "
        "take, marginally, significantly, considerably, substantially, drastically, as well as possible, all the way, "
        "gradually, step by step"
    ),
    "status:hello": (
        "how is it going, how is everything, how are things, how is everything going, how are you doing, how do you "
        "do, how are you today, what is up, what is good, what is cooking, how goes it"
    ),
    # what somebody said is no wish
    "past:told": (
        "i said, said, told, says, say, write, writes, wrote, asked, claims, claimed, swears, reckons, recommends, "
        "heard, hear, hearing, read that, reads"
    ),
    "ask:how": (
        "how do i, how can i, how to, how would i, how could i, how do we, how can we, how does one, what is the way "
        "to, what can i do to, what do i do to"
    ),
    "explain:learn": "understand, learn, teach, educate me, understanding",
}
