"""The small words of English, by what they do to a sentence: wish, forbid, doubt, tell, ask."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "to": "to, over to, onto, into, towards, =",
    "my": "my, mine, i, am, our, own, we, ours",
    "runs": "running, runs, live, active, run now, alive",
    # changing, besides verbs
    "set": (
        "i want, i need, i would like, i would like to, want, need, i want to, i need to, want to, need to, would "
        "like, let us go, let us do, i would prefer, prefer, i prefer, goto, needs to go, must be, get it to, let us "
        "have, i want to have, i want to run, i want to use, i would like to use, i would like to have, i would like "
        "to run, feel like, let, lets do, equal to, i have to, i have got to, gotta, we have to, we need to, we want, "
        "we want to, we would like, we would like to, i must, we must, should be, ought to be, should sit at, ought "
        "to go, ought to sit at, is where i want to be, is where i want it, is what i want, is what i need, is what i "
        "would like, is the one i want, is the profile i want, is the one, what i want is, what i need is, all i want "
        "is, all i need is, what i would like is, what we need is, i would like to see, i want to see it at, i would "
        "like to go, i want to go, i am after, i would love, let us try, let us use, let us run, let us make, let us "
        "put, let us set, time for, in favour of, in favor of, i opt for, opt, settle on, settle for, settle at, back "
        "to, has to, have to, needs to, should go, should come, should move, should drop, should rise"
    ),
    "scale": ("scale, rescale, scale to, scale it to, scale down to, scale up to, scale back to, scale everything to"),
    "give": "give, get, let me have",
    "up": "higher, bigger, larger, wider",
    "down": "smaller, tighter, narrower",
    "on": "on, enabled, true, to on",
    "off": "off, disabled, false, inactive, to off",
    "from": "from",
    "every": "everything, all, each, across, every",
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
        "take, marginally, significantly, considerably, substantially, drastically, as well as possible, all the "
        "way, gradually, step by step, too many, too few, too much, too little, not enough"
    ),
    "extent": (
        "high, low, highest, lowest, max, maximum, min, minimum, sky high, lowest possible, highest possible, largest "
        "possible, smallest possible, minimal, maximal, tiny, huge, massive, insane amount, to the moon, sky, "
        "infinity, infinite, unlimited, endless, nothing at all, as possible, as much as possible, as little as "
        "possible, as tight as possible"
    ),
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
        "no less than, anything other than, regret, bypass, override, overrule, circumvent, without asking, without "
        "confirmation, without confirming, no confirmation, no questions asked, force, forcibly, secretly, no wait, "
        "wait no, stick with, stick to, hold, hold it, hold steady, wait"
    ),
    "no:jest": (
        "kidding, joking, jk, fake, pretending, example, test, testing, quote unquote, story, e g, eg, i e, such as, "
        "note, note to self, remember, opposite, contrary, simulate, simulation, dry run, preview, hypothetical, "
        "sarcasm, joke, nvm, never mind, nevermind, forget it, cancel that, scrap it, mistake, mistakenly, wrong, "
        "wrongly, quote, todo, to do list, proposal, proposed, draft, memo, reminder, sample, placeholder"
    ),
    "if": (
        "if, what if, suppose, supposing, imagine, assume, assuming, hypothetically, maybe, perhaps, might, should, "
        "would it, would that, would be, could i, can i, may i, shall i, shall we, should i, should we, when, once, "
        "whenever, until, while, after, before, in case, provided, later, tomorrow, tonight, soon, eventually, "
        "someday, next week, next month, hour, hours, minute, minutes, am thinking, thinking, considering, wondering, "
        "i think, i guess, wonder, consider, wish, plan, planning, was going to, going to, tempted, wise, smart, "
        "advisable, pretend, theoretically, could, possible, possibly, probably, weekend, will, happen, happens, "
        "about to, i might, i may, i could, let me know, ever, above, below, exceeds, reaches, drops below, goes "
        "above, crashes, crash, ok to, okay to, allowed, i would, i will, we would, we will, would you like, would "
        "you like to, would you like me to, do you want, do you want me to, you want, you want me to, over, fine "
        "with, ok with, okay with, good with, happy with, should be fine, should be ok, should be okay, should be "
        "good, should be enough, would be enough, as long as, during, for a day, for a week, for the night, "
        "depending, depends, next time, from tomorrow, overnight please, you can, you may, one day, sometime, intend, "
        "intend to, intending, tend to, afraid to, scared to, ready to, ready for, safe to, good idea to, bad idea "
        "to, stupid to, permission to, way to, i should, we should, they should, he should, she should, one should, "
        "guess, in the morning, in the evening, in the afternoon, this evening, this afternoon, at night, this week, "
        "this month, at noon, at midnight, in an hour, in a minute, in a second, in a sec"
    ),
    "past": (
        "used to, i set, i changed, i put, i made, i moved, i switched, i scaled, i raised, i lowered, i used, i "
        "turned, i went, went, have you, did i, did we, yet, doubled, set yesterday, started, tried, would have, "
        "could have, should have, might have, i would have, i could have, i should have, had to, wanted, we set, you "
        "set, they set, bot set, agent set, you put, i cut, we cut, you cut, i run into, we made, i rolled back, we "
        "rolled back, you rolled back, i took, we took, got set, been set, was set, been using, noticed, saw"
    ),
    "past:then": (
        "was, were, had, has, been, yesterday, ago, already, earlier, previously, last night, last week, last month, "
        "last time, before that, originally, the other day, lately, recently, this morning, so far, last year, years "
        "ago, days ago, weeks ago, thanks for, thank you for, thanks for setting, thank you for setting, sorry for "
        "setting, sorry for, sorry about, did"
    ),
    "past:told": (
        "i said, said, told, says, say, write, writes, wrote, asked, claims, claimed, swears, reckons, recommends, "
        "heard, hear, hearing, read that, reads"
    ),
    "other": (
        "friend, someone, somebody, everyone, people, he, she, they, his, her, their, him, who, whoever, colleague, "
        "brother"
    ),
    "or": "or, between, either, versus, vs, and or, anywhere",
    "and": "and, but, also, plus, as well, both, second, after that, followed by, &",
    # how it is, which is no wish either
    "my:now": (
        "i am, currently, current, using, i use, i run, we run, we use, i am using, we are using, we are, i have, we "
        "have, i have got, we have got, i am running, we are running, i am on, we are on, still, stuck at, stuck on, "
        "sitting at, sits at, running at, running on, at the moment, am i, do i, i see, am setting, are setting, is "
        "setting, it is at, it is on, it is now, it is set, it is set to, it is running, now at, now on, we now use, "
        "i now use, we now run, i now run, we now have, i now have, now runs, now uses, this is, that is, have i got, "
        "have i, have we got, have we, is the bot on, is my bot on, i love, i like, i hate, i loved, i liked, we "
        "love, we like, is set, are set, is set to, are set to, set at, hope, hoping, we allocate, i allocate, we "
        "put, i risk, we risk, i put in, we put in"
    ),
    # why somebody wants it, at the head of a clause
    "why": (
        "because, now that, given, due to, seeing as, seeing that, considering that, in view of, on account of, "
        "seeing how, being that"
    ),
    "why:so": "so that, in order to, in order not to",
    # asking
    "ask": (
        "how much, what, which, how, where, is, are, does, whether, any, anything, kind of, what is, what are, how "
        "is, how are, how do, when should, when do, when does, when is, when are, when would, when can, how high, "
        "how low, not sure which, not sure if, not sure whether, unsure which, unsure whether, unsure if, do not "
        "remember, can not remember, cannot remember, do not recall, can not recall, i forgot, forgot, do not know "
        "which, do not know how much, do not know how many, do not know if, do not know whether, no idea which, no "
        "idea how much, no idea how many, no idea if, no idea whether, wondering if, wondering whether, wonder if, "
        "wonder whether, wonder which, wonder how much, i wonder, curious if, curious whether, would you mind "
        "telling me, mind telling me, tell me if, tell me whether, tell me which, tell me how much, tell me how "
        "many, let me know if, let me know whether, let me know which, want to know if, want to know whether, need "
        "to know if, need to know whether, like to know if, like to know whether"
    ),
    "ask:how": (
        "how do i, how can i, how to, how would i, how could i, how do we, how can we, how does one, what is the way "
        "to, what can i do to, what do i do to"
    ),
    "show": (
        "i would like to know, i want to know, i want to see, i need to see, i need to know, let me know about, "
        "where can i see, where do i see, pull up, remind me, show, list, tell me, give me a list of, display, see, "
        "view, check, look, looking, read, print, let us see, let us look at, let us check, let us have a look, let "
        "us take a look, let me have a look, let me take a look, dump my, dump the, have a look at, take a look at, "
        "wanted to see, want to see, wanted to check, wanted to know, checking, let me know my, let me know the, let "
        "me know how my, check on, check up on, look up, find out, telling, showing, displaying, printing, viewing, "
        "sharing, providing, share, provide, fetch, may i see, can i see, could i see, would like to know, need to "
        "know, like to know"
    ),
    "count": "how many",
    "explain": (
        "primer, intro, introduction, basics, walk me through, effect, effects, affect, affects, point of, explained, "
        "know about, get it, is for, explain, mean, means, meaning, define, definition, tell me about, what does, how "
        "does, work, works, why, difference, describe, description, what is a, what is an, purpose, matter, matters, "
        "idea, clarify, explanation, stands for, tutorial, eli5, more about, concept, confused, compare, compared, "
        "about, use of, the point, deal with, reason, do not get, not get, do not know what, no idea what, not know "
        "what, have no idea what, elaborate, info on, information on, information about, details on, details about, "
        "detail, details, fill me in on, story with, story behind, intuition, logic, theory, behind, gist, background "
        "on, say about, read about, curious about, curious, wondering what, wonder what, wondering how, wonder how, "
        "interested in, thoughts on, my take on, significance, important, importance, role, benefit, benefits, "
        "advantage, advantages, downside, downsides, pros and cons, pros, cons, implications, impact, consequences, "
        "relationship, relation, related, interact, calculate, calculated, computed, formula, explaining, what the, "
        "get about, teach me what, show me how, tell me how, tell me why, tell me what, how come, whys, whats up "
        "with, what is up with, what is with, clear up, makes sense, sense, charged, charge, eli 5, eli, explain like "
        "i am five, explain like i am 5, like i am five, like i am 5, break down, break it down, walk through, run me "
        "through, talk me through, talk to me about, what happens, what happens to, effective, go live, good for, "
        "worth, catch, stand, represent, signify, indicate, denote, refer to, refers to, describes, used for, what is "
        "the use, point in, tell us about, enlighten me, school me on, brief me on, catch me up on, crash course, "
        "crash course on, 101, lesson, lesson on, beginner guide, dummy, for dummies, for beginners, in simple terms, "
        "plain english, in simple words, layman, when should i, when would i, what on earth, how on earth, why on "
        "earth, how small can, how big can, how tight can, how wide can, how high can, how low can, documentation, "
        "docs, doc, reference, wiki, manual for"
    ),
    "explain:learn": (
        "understand, learn, teach, educate me, understanding, understood, not sure what, not sure how, no clue what, "
        "no clue how, no clue, clueless about, not sure about, never got, never understood, forgot what, forget what, "
        "forgotten what, figure out, wrap my head around, make sense of, get my head around, keep forgetting, always "
        "forget, forgetting what, no clue about"
    ),
    "explain:risk": "the risk of, risk of, risks of, the risks of, dangerous",
    "best": (
        "best, better, improve, optimize, optimise, optimal, ideal, recommend, recommended, recommendation, suggest, "
        "suggestion, suggestions, advice, tips, help with, tune, fix my, should i use, guide, guidance, enough, how "
        "should i set, how should i, what should i, which should i, what would you, advise, advice on, any tips, any "
        "advice, need help with, i need help with, need some help with, too small, too little, too tiny, terrible, "
        "poor, ideas, idea, tip, hints, pointers, thoughts on, tricks, any ideas, what would you recommend, what do "
        "you recommend"
    ),
    "best:help": "help me, help please",
}
