"""A bot's exposure is above the policy's limit.

## Why

`max_exposure` in policy.yaml is what the fleet's owners allow one bot: `equity_pct` times `leverage`, in % of the
account's equity. Exactly the limit is allowed.

## Fails

```yaml
# bots/large.yaml
settings:
  equity_pct: 12
  leverage: 50
# policy.yaml
max_exposure: 500
```

## Passes

```yaml
# bots/large.yaml
settings:
  equity_pct: 10
  leverage: 50
# policy.yaml
max_exposure: 500
```

## How to fix

Lower `leverage` or `equity_pct` until their product fits. A higher limit is a change of policy.yaml, proposed apart
from changes to bots.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import over_limit
from gitscale.model.fleet import FleetBot
from gitscale.risk.remedies import calmer
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import bound, in_bot, setting


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    fleet, bot = scene.fleet, entry.bot
    if isinstance(bot, PerpMMBot) and (found := over_limit(fleet, bot)):
        yield Breach(
            found.message,
            bot.name,
            in_bot(entry, "settings", "leverage"),
            (bot.name,),
            figure=found.figure,
            limit=fleet.policy.max_exposure,
            remedy=calmer(bot, lambda other: over_limit(fleet, other) is not None),
            related=(*setting(entry, "equity_pct", "the other factor"), *bound(scene, "max_exposure")),
        )


RULE = Rule("GS102", "exposure-limit", "error", __doc__, bot=_check)
