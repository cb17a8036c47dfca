"""What sentences are about: the words for what commands answer, for pages, and for what is none of our business."""

from collections.abc import Mapping

SUBJECTS: Mapping[str, str] = {
    # what commands answer
    "status": (
        "going on, how is my bot, current settings, my settings, my config, setups, status, settings, setup, config, "
        "configuration, configured, state, setting up, parameters, set to, doing, set up, configs, where do i stand, "
        "the numbers, my numbers, are we good, are we ok, is everything ok, is everything fine, everything ok, all "
        "good, what is up with my bot, current state, current setup, current config, current configuration, where am "
        "i at, how do things look, what i have got, what i have, how is my setup, how are my settings, how is it "
        "set, my current settings, configured settings, stats, my stats, dashboard, summary, summarize, recap, where "
        "are we, what am i working with, what am i on, how do i look, how are we doing, how are we looking, how am i "
        "doing, what is going on, what is happening, what is up with the bot, how is the bot, how is the bot doing, "
        "is it working, is my bot working, is the bot working, is my bot ok, is the bot ok, is everything alright, "
        "everything alright, everything fine, all ok, all fine, all well, how things are, how things are going, how "
        "things look, how things stand, how it is going, how my bot is doing, how it is doing, how the bot is doing, "
        "status update, update me, give me an update, an update on, an update, rundown, lowdown, run down, "
        "everything about my bot, about my bot, all about my bot, what mode, which mode, what exchange, which "
        "exchange, what account, which account, quick look, look at the bot, look at my bot, a look at, where do "
        "things stand, where do we stand, how do we stand, where does the bot stand, where does my bot stand, where "
        "things stand, in sync, is in sync, up to date, current values, present settings, present values, values, "
        "check in, check in on, checking in, check on, check on my bot, check the bot, brief me, fill me in, catch "
        "me up, bring me up to speed, tell me about my bot, what have i got, what have we got, on now, the state of "
        "things, state of play, health, healthy, health check, doing ok, doing fine, doing alright, doing well"
    ),
    "status:hello": (
        "how is it going, how is everything, how are things, how is everything going, how are you doing, how do you "
        "do, how are you today, what is up, what is good, what is cooking, how goes it, you know what, guess what, "
        "know what"
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
        "up my account, go to zero, going to zero, wiped, liquidation risk, risk gate, gate, pass the gate, pass the "
        "risk gate, pass lint, stress test, vulnerable, red, risk score, risk rating, risk status, risk summary, risk "
        "overview, risk assessment, risk numbers, risk figures, assess my risk, rate my risk, how much risk, wipe me, "
        "blow me, findings, finding, violations, violate, fail the rules, fails the rules, fail a rule, errors, goes "
        "wrong, going wrong, went wrong, screwed, toast, safety check, safety report, stopped out, flash crash, can i "
        "survive, i survive, the worst, worst thing, worst that can happen, run the numbers, crunch the numbers, do "
        "the math, do the maths, the downside here, my downside, downside here, stand to lose, risking, risked, "
        "riskier, riskiest, overexposing"
    ),
    "safety": (
        "safest, take it easy, avoid liquidation, not get rekt, losing sleep, risk averse, low risk, lowest risk, "
        "safer, safety, protect, protection, conserve, secure, scared, afraid, worried, nervous, calm, calmer, "
        "cautious, careful, too risky, less risky, too dangerous, less dangerous, defensive, derisk, de risk, sleep, "
        "chill, reduce risk, lower risk, less risk, too much risk, carefully, safely, play it safe, anxious, "
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
        "money, earn me more, out of this bot, more out of, make enough, not make enough, pay enough, pays enough, "
        "earn enough, paying off, pay off"
    ),
    "estimate": (
        "estimate, expected, expect, per day, daily, projected, projection, forecast, going to be, will it make, "
        "does it make, am i going to make, a day, per month, monthly, weekly, expectation, should i make, how much "
        "will i make, how much can i make, how much would i make, how much do i make, how much could i make, how "
        "much money, how much does it make, how much can i earn, how much will i earn, how much do i earn, how much "
        "would i earn, how much am i making, earning, earn per day, make in a day, make in a week, make in a month, "
        "per week, per year, a week, a month, a year, yearly, annually, apr, apy, roi, bring in per day, how much "
        "profit, how much will it make, how much will this make, how much would it make, how much would this make, "
        "how much can it make, how much is it going to make, how much will my bot make, how much can my bot make, "
        "how much should i expect, what will i make, what will i earn, what would i make, what would i earn, what "
        "could i earn, what can i earn, what can i make, what could i make, what am i making, what do i make, what "
        "do i earn, what can i expect, profit forecast, profit projection, potential profit, potential earnings, "
        "potential, is it profitable, projected income, will i make money, will it make money, will this make money, "
        "does it make money, returns am i looking at, kind of returns, kind of profit, kind of money, est profit, "
        "est profits, est return, est returns, est daily, will i make, would i make, can i make, could i make, do i "
        "make, i could make, i could earn, i will earn, could i earn, i would make, will i earn, would i earn, i can "
        "make, i can earn, i will make, i might make, i might earn, project my, realistic profit, realistic daily, "
        "in a day, in a week, in a month, in a year, can this make, does this make, will this make, would this make, "
        "could this make, can it make, could it make, will it earn, can it earn, this bot make, this bot earn, my "
        "bot make, my bot earn, the bot make, the bot earn, bot bring in, earn me, make me money, typical day, "
        "average day, normal day, good day bring, day bring, going to bring, bring me, bring in, bring home, typical "
        "week, average week, typical month, average month, make me a day, take home, what should i expect, what to "
        "expect, what is it worth, each day, every day, in 24 hours, per 24h, in 24h, 24h, a night, overnight "
        "profit, outlook"
    ),
    "fills": (
        "fills, more fills, fill rate, filled, filling, executions, quote tighter, quote wider, quoting tighter, "
        "quoting wider, tighter quotes, wider quotes, quotes tighter, quotes wider, get filled, not filling, no "
        "fills, not getting filled, not getting fills, never filled, my orders filled, orders filled, orders fill, "
        "filled more, more trades, more volume, more executions, more action, too far apart, far apart, tightening "
        "the quotes, tightening quotes, tightening my quotes, widening the quotes, widening quotes, widening my "
        "quotes, tighten the quotes, tighten my quotes, widen the quotes, widen my quotes, tighter quoting, wider "
        "quoting, orders too far, orders too close, too far from mid, too close to mid, too far from the mid, too "
        "close to the mid, too far from the market, too close to the market, too far from price, too close to price, "
        "get hit, getting hit, getting picked off, picked off, adverse selection, run over, getting run over, too "
        "wide, too tight, orders sit, orders never, orders rarely, never get filled, rarely get filled, rarely "
        "filled, few fills, hardly any fills, quoting, my quotes, the quotes, quotes"
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
        "volatile coins, tradable, tradeable, to trade, worth trading, to market make, to quote, worth quoting, best "
        "market, which market, good market, what market, market for my bot, candidates, candidate"
    ),
    "history": (
        "previous configs, previous settings, old settings, earlier settings, past settings, versions, log of "
        "changes, edits, history, changes, commits, commit, log, audit, audit trail, recent changes, past changes, "
        "who changed, change log, changelog, when was, who set, who did, timeline, track record of changes, track "
        "changes, revision history, revisions, past versions, old versions, old configs, old config, previous "
        "config, older settings, who touched, who edited, who raised, who lowered, who turned, who switched, who "
        "messed with, who moved, who made, who altered, who modified, when did i change, when did i set, when did i "
        "touch, when did i last, when did, list of changes, everything that changed, all changes, all the changes, "
        "change history, agent do, what did you do, what have you done, what have i done, what did i do, what have i "
        "changed, what did i change, have i changed, activity, activity log, commit log, git log, logbook, journal, "
        "past commits, saved somewhere, what happened, what has happened, edit, changed things, revision, version, "
        "last touch, last touched, i last touch, last edit, last edited, who touched the config, touched the config, "
        "who touched it, who changed it, who changed the config, last five changes, last few changes, who was it, "
        "who broke, who messed, who edited the config, who last, by whom, when did the, since when, log of "
        "everything, paper trail, trail, audit log"
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
        "previous one, most recent one, mistake i made, i just sent, the one before, from before, previous command, "
        "latest command, previous action, what i changed, what i just changed, i just changed, thing i changed, "
        "things i changed, last thing i changed, what we changed, what you changed, what i have changed, last thing i "
        "did"
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
        "make it like before, cancel my last change, cancel the last change, cancel last change, cancel my last "
        "command"
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
    "profile": ("profile, mode, risk profile, preset profile, risk to, risk level to, risk mode to, risk appetite to"),
    "presets": (
        "presets, preset, templates, template, starting points, starter configs, starter config, ready made configs, "
        "ready made settings, start a bot from, start a new bot from, start from, ready made, ready made bots, ready "
        "made setups, ready made setup, prebuilt, prebuilt configs, prebuilt settings, stock configs, stock "
        "settings, default configs, premade, pre made, pre built, boilerplate, starting configs, starting config, "
        "sample configs, sample bots"
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
        "some help, i need some help, i need assistance, sos, how does this agent work, how does the agent work, how "
        "does this console work, how does gitscale work, what you can do, what you can, what you are able to do, what "
        "you do, things you can do"
    ),
    # what there are pages about
    "topic:liquidation": (
        "liquidation, liquidated, liquidate, liquidations, liq, liq price, liquidation price, margin call, "
        "liquidates, rekt, liquidation distance, distance to liquidation, liquidation level, maintenance margin, "
        "maintenance, margin calls, cross margin, isolated margin, margin, bankruptcy price, get rekt, isolated, "
        "cross"
    ),
    "topic:leverage": "effective exposure",
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
        "changes active, settings live, changes take, go through, gone through, not using the new, not using my new, "
        "using the new, been applied, not applied, not been applied, not picked up, not updated, not updating, still "
        "using the old, still on the old, using the old, using old, changes been, latest config, latest settings, "
        "newest config, newest settings, latest configuration, latest version running"
    ),
    "topic:rollback": "backup, backups",
    "topic:extreme": "extreme",
    "topic:high": "exposure levels, risk levels, levels of risk, risk level mean, risk level means",
    # what nothing here is about; people tell of `news` while they ask for something
    "out": (
        "buy, sell, order, orders, withdraw, deposit, transfer, send, wallet, password, key, keys, api, install, "
        "start, start my, stop my bot, stop the bot, stop bot, stop trading, stop everything, kill, shut, pause, "
        "resume, delete, remove, create, add, who are you, time, date, telegram, email, positions, close, open, "
        "login, sign, everything now, code, python, rm, sudo, admin, instructions, upload, download, hack, balance, "
        "funds, usdt, confirmation, confirm, position, trailing, trailing stop, limit order, market order, place an "
        "order, order book, orderbook, dca, copy trade, copy trading, backtest, backtesting, indicator, indicators, "
        "airdrop, staking, stake my, unstake, referral, subscription, billing, invoice, refund, support ticket, "
        "customer support, talk to a human, human, real person, open interest, two factor, 2fa, authentication, "
        "notify, notification, notifications, alert me, alerts, alarm, timer, thermostat, lights, light, temperature, "
        "brightness, theme, color, colour, dark mode, font, language, rename, clone, export, import, connect, "
        "disconnect, link my, unlink, subscribe, unsubscribe, logs, logfile, screenshot, upgrade, downgrade, margin "
        "mode, isolated mode, cross mode, hedge mode, position mode, swap coins, convert my, bridge, wire, bank, pay, "
        "payment, credit card, deposit address, seed phrase, private key, credentials, secret, secrets, system "
        "prompt, prompt, passwd, shell, script, program that, translate, translation, poem, essay, recipe, cook, "
        "bake, bread, president, prime minister, capital of, population, who won, who invented, who discovered, how "
        "tall, how old, how big is, meaning of life, love you, marry me, my name, are you real, are you a robot, are "
        "you a bot, are you human, stupid, idiot, dumb, suck, sucks, moron, flight, flights, hotel, restaurant, table "
        "for, taxi, uber, shopping, groceries, pizzas, play, video, photo, picture, image, draw, sing, dance, cry, "
        "story about, once upon a time, homework, equation, solve, square root, prime numbers, chatgpt, gpt, openai, "
        "google, youtube, twitter, facebook, instagram, whatsapp, discord, slack, calendar, meeting, appointment, "
        "schedule, call me, text me, phone, sms, savings, loan, borrow, lend, invest, investment, investing, "
        "portfolio manager, nft, nfts, ico, presale, wallet address, kyc, verify my, my balance, usdc, how much usdt, "
        "how much money do i have, trade history, my trades, open trades, open positions, close my, close all, "
        "flatten, liquidate my, market buy, market sell, scalp, arbitrage, futures contract, options contract, "
        "expiry, leverage token, ftx, fix my car, lawn, garden, fertiliser, restart my computer, reboot, shutdown, "
        "log in, log out, log me in, long, short"
    ),
    "out:restart": "restart, restarting, reload, restarts, restarted",
    "out:news": (
        "price, prices, weather, news, bitcoin, btc, eth, ethereum, sol, solana, xrp, doge, dogecoin, moon, pump, "
        "pumping, dump, dumping, stock, stocks, tax, taxes, fed, fomc, cpi, election, inflation, economy, tesla, "
        "gold, oil, nasdaq, spx, whales, bulls, bears, bull, bear, rally, rallying, candle, candles, chart, charts, "
        "rsi, macd, funding rate, funding rates, movie, movies, music, song, football, game, dinner, lunch, "
        "breakfast, pizza, coffee, beer, dog, cat, airport, doctor, car, house, a drop, big drop, price drop, market "
        "drop, drop of, drop in, dip, crash of, a crash, the crash, dollars, usd, bucks, crashed, dumped, pumped, "
        "tanked, mooned, tumbled, rallied, spiked, plunged, nuked, ripped, crashing, tanking, mooning, spiking, "
        "bleeding out"
    ),
}
