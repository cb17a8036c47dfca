"""The bot quotes so near to the mid price that fees eat the spread.

## Why

A fill at the floor earns `min_spread_bps` and pays the maker fee: at or below it, every round trip loses. The first
level earns `base_spread_bps`, and its way out may be a maker's or a taker's: their mean is the least it has to earn.
Fees are policy.yaml's `fees`, else the built-in ones. The figure is how many bps are missing; 0 only breaks even.

## Fails

```yaml
# bots/tight.yaml
settings:
  min_spread_bps: 5
# policy.yaml
fees:
  blofin: {maker: 6, taker: 8}
```

## Passes

```yaml
# bots/tight.yaml
settings:
  min_spread_bps: 7
# policy.yaml
fees:
  blofin: {maker: 6, taker: 8}
```

## How to fix

Raise the spread above the fees. If the account has a better fee tier than policy.yaml says, correct it there.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.exchanges import ids_of
from gitscale.model.fees import fee_floors
from gitscale.model.fleet import FleetBot
from gitscale.model.numbers import spell
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import in_bot, in_policy


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    bot, policy = entry.bot, scene.fleet.policy
    if not isinstance(bot, PerpMMBot):
        return
    floors = fee_floors(bot, policy)
    missing = {name: round(floor - getattr(bot.settings, name), 9) for name, (floor, _) in floors.items()}
    name = max(missing, key=lambda item: missing[item])
    if missing[name] < 0:
        return
    floor, what = floors[name]
    written = next((name for name in ids_of(bot.exchange) if name in policy.fees), bot.exchange)
    fee_line = in_policy(policy, "fees", written)
    yield Breach(
        f"{name} {spell(getattr(bot.settings, name))} is not above {what}, {spell(floor)} bps on {bot.exchange}",
        bot.name,
        in_bot(entry, "settings", name),
        (bot.name,),
        figure=missing[name],
        limit=0,
        remedy=f"{name} above {spell(floor)} earns more than the fees",
        related=((fee_line, "the fees"),) if len(fee_line.keys) == 2 else (),
    )


RULE = Rule("GS105", "spread-below-fees", "error", __doc__, bot=_check)
