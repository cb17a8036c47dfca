"""A bot's exposure is at the Extreme level.

## Why

Exposure is `equity_pct` times `leverage`: the notional of one side of the grid with every level filled, in % of the
account's equity. At 1500% an adverse move of 1% costs 15% of the equity, and one of 6.7% costs all of it; markets make
such moves within an hour. The policy's `levels.extreme` says where Extreme begins; the bound itself belongs to it.

## Fails

```yaml
# bots/degen.yaml
settings:
  equity_pct: 20
  leverage: 100
```

## Passes

```yaml
# bots/calm.yaml
settings:
  equity_pct: 5
  leverage: 50
```

## How to fix

Lower `leverage` or `equity_pct`: `gitscale scale moderate` does both. If the risk is meant, accept it by name, figure
and date under `accepted_risks`; `gitscale confirm` writes such an entry.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import extreme
from gitscale.model.fleet import FleetBot
from gitscale.risk.remedies import calmer
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import bound, in_bot, setting


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    fleet, bot = scene.fleet, entry.bot
    if isinstance(bot, PerpMMBot) and (found := extreme(fleet, bot)):
        yield Breach(
            found.message,
            bot.name,
            in_bot(entry, "settings", "leverage"),
            (bot.name,),
            figure=found.figure,
            limit=fleet.policy.levels.extreme,
            remedy=calmer(bot, lambda other: extreme(fleet, other) is not None),
            related=(*setting(entry, "equity_pct", "the other factor"), *bound(scene, "levels", "extreme")),
        )


RULE = Rule("GS101", "extreme-exposure", "error", __doc__, bot=_check)
