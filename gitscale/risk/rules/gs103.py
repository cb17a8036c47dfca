"""The hard stop can never fire, because liquidation comes first.

## Why

A stop is filled at its own distance plus the taker fee and slippage. Where the exchange liquidates before that, the
stop protects nothing: the position is lost at the exchange's price, with all the collateral behind it.

Distance to liquidation follows from the notional over the collateral: in isolated mode that is the leverage, in cross
mode the exposure of all enabled cross bots of the account together. So a neighbour's change can trip this rule. The
figure is by how many bps the stop comes too late.

The maintenance rate is that of the tier of the worst-case notional, where market/facts.yaml has tiers and policy.yaml
the account's equity; else policy.yaml's `maintenance_margin`. docs/liquidation.md compares with exchanges' formulas.

## Fails

```yaml
# bots/degen.yaml
settings:
  equity_pct: 20
  leverage: 100
  hard_stop_loss_bps: 1500
```

## Passes

```yaml
# bots/degen.yaml
settings:
  equity_pct: 20
  leverage: 100
  hard_stop_loss_bps: 400
```

## How to fix

Bring the stop nearer, or lower `leverage` (isolated) or the account's exposure (cross) so that liquidation moves away.
"""

from collections.abc import Iterator
from dataclasses import replace

from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import stop_beyond_liquidation
from gitscale.model.exposure import margin_multiple
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.numbers import spell
from gitscale.risk.remedies import STOP_FIRST, calmer
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import bound, in_bot, setting


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    fleet, bot = scene.fleet, entry.bot
    if isinstance(bot, PerpMMBot) and (found := stop_beyond_liquidation(fleet, bot)):
        yield Breach(
            found.message,
            bot.name,
            in_bot(entry, "settings", "hard_stop_loss_bps"),
            (bot.name,),
            figure=found.figure,
            limit=0,
            remedy=_remedy(fleet, bot),
            related=(
                *setting(entry, "leverage", "what sets the distance to liquidation"),
                *bound(scene, "maintenance_margin"),
            ),
        )


def _remedy(fleet: Fleet, bot: PerpMMBot) -> str:
    # asked many times: only bots of the same account can share its margin
    near = replace(fleet, bots={name: entry for name, entry in fleet.bots.items() if entry.venue == bot.venue})
    nearer = calmer(bot, lambda other: stop_beyond_liquidation(near, other) is not None, STOP_FIRST)
    together = spell(round(margin_multiple(bot, near.sharing(bot)) * 100, 9))
    return nearer or f"lower the exposure behind the shared margin, {together}% of equity"


RULE = Rule("GS103", "stop-beyond-liquidation", "error", __doc__, bot=_check)
