"""The bot asks for more leverage than the exchange grants on one of its symbols.

## Why

Few markets grant the 125x that a config may say: 25x is usual. The exchange refuses the order or quietly takes less,
and the bot's figures are wrong from then on. market/facts.yaml holds what exchanges grant, with the day it was read;
`gitscale market pull` writes it. The larger a position, the less is granted: where the facts have tiers and policy.yaml
knows the account's equity, the tier of the worst-case notional counts.

What is not known is not judged, and said so (GS903): a symbol that is not in the facts, and facts that are older than
policy.yaml's `facts_max_age_days` or dated in the future. The figure is how far the leverage is above what is granted.

## Fails

```yaml
# bots/steep.yaml
symbols: [SOL/USDT:USDT]
settings:
  leverage: 75
# market/facts.yaml
exchanges:
  blofin:
    as_of: 2026-11-20
    markets:
      SOL/USDT:USDT: {max_leverage: 50}
```

## Passes

```yaml
# bots/steep.yaml
symbols: [SOL/USDT:USDT]
settings:
  leverage: 50
# market/facts.yaml
exchanges:
  blofin:
    as_of: 2026-11-20
    markets:
      SOL/USDT:USDT: {max_leverage: 50}
```

## How to fix

Lower `leverage` to what the narrowest of the bot's symbols grants, or take that symbol out.
"""

from collections.abc import Iterator
from datetime import date

from gitscale.model.bot import PerpMMBot
from gitscale.model.change import Keys
from gitscale.model.exposure import notionals
from gitscale.model.facts import ExchangeFacts
from gitscale.model.fleet import FACTS_FILE, FleetBot
from gitscale.model.grants import granted_in
from gitscale.model.numbers import spell
from gitscale.risk.remedies import fitting
from gitscale.risk.rule import Breach, Outcome, Rule, Scene, Skipped, Spot
from gitscale.risk.spots import in_bot


def _check(scene: Scene, entry: FleetBot) -> Iterator[Outcome]:
    bot, facts = entry.bot, scene.fleet.facts
    if not isinstance(bot, PerpMMBot):
        return
    known = facts.of(bot.exchange) if facts else None
    if reason := _useless(scene, bot.exchange, known):
        yield Skipped(reason, bot.name, in_bot(entry, "symbols"))
    elif facts and known:
        place = next(name for name, item in facts.exchanges.items() if item is known)
        yield from _judged(scene, entry, bot, ("exchanges", place, "markets"))


def _useless(scene: Scene, exchange: str, known: ExchangeFacts | None) -> str:
    """Why the facts say nothing of an exchange's leverage today; empty: they do."""
    if known is None:
        return f"{FACTS_FILE} does not say what leverage {exchange} grants"
    age, limit = (scene.today - date.fromisoformat(known.as_of)).days, scene.fleet.policy.facts_max_age_days
    if age < 0:
        return f"the facts of {exchange} are dated {known.as_of}, after today"
    return f"the facts of {exchange} are {age} days old (policy: {limit})" if age > limit else ""


def _judged(scene: Scene, entry: FleetBot, bot: PerpMMBot, place: Keys) -> Iterator[Outcome]:
    fleet, granted = scene.fleet, granted_in(scene.fleet, bot)
    if unknown := [symbol for symbol in bot.symbols if symbol not in granted]:
        reason = f"{FACTS_FILE} does not say what leverage {bot.exchange} grants on {', '.join(unknown)}"
        yield Skipped(reason, bot.name, in_bot(entry, "symbols", bot.symbols.index(unknown[0])))
    symbol = min(granted, key=lambda item: granted[item], default="")
    if not symbol or (excess := bot.settings.leverage - granted[symbol]) <= 0:
        return
    most, size = spell(granted[symbol]), notionals(fleet, bot).get(symbol)
    # with less leverage the position is smaller too, and may fall into a tier that grants more
    fit = fitting(bot, lambda other: other.settings.leverage > min(granted_in(fleet, other).values()), ("leverage",))
    market = fleet.facts.market(bot.exchange, symbol) if fleet.facts else None
    tier = market.tier(size) if market else None
    at = f" for a position of {size:,.0f}" if tier and size else ""
    row = ("max_leverage",) if not (market and tier) else ("tiers", market.tiers.index(tier), "max_leverage")
    yield Breach(
        f"leverage {bot.settings.leverage}x is above the {most}x that {bot.exchange} grants on {symbol}{at}",
        bot.name,
        in_bot(entry, "settings", "leverage"),
        (bot.name,),
        figure=round(excess, 9),
        limit=0,
        remedy=f"leverage {fit.value if fit else 1} or less is granted",
        related=(
            (in_bot(entry, "symbols", bot.symbols.index(symbol)), "the symbol"),
            (Spot(FACTS_FILE, (*place, symbol, *row)), "what the exchange grants"),
        ),
    )


RULE = Rule("GS106", "leverage-above-market", "error", __doc__, bot=_check)
