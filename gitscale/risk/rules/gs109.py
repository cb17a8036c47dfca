"""The bot hedges with counter-positions on an exchange that nets them away.

## Why

With `xgrid_enabled` the bot holds a long and a short of one symbol side by side. An exchange without hedge mode nets
the two: a counter-position closes the position it was to protect, and the bot's books no longer match the exchange's.
Hyperliquid is such an exchange, and any of which market/facts.yaml says `hedge_mode: false`. `xgrid_enabled` is true
unless the bot says otherwise.

## Fails

```yaml
# bots/netted.yaml
exchange: hyperliquid
settings:
  xgrid_enabled: true
```

## Passes

```yaml
# bots/netted.yaml
exchange: hyperliquid
settings:
  xgrid_enabled: false
```

## How to fix

Write `xgrid_enabled: false`, or run the bot on an exchange with hedge mode.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import FleetBot
from gitscale.model.grants import nets
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import in_bot


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    bot = entry.bot
    if isinstance(bot, PerpMMBot) and nets(scene.fleet, bot.exchange) and bot.settings.xgrid_enabled:
        yield Breach(
            f"xgrid needs long and short at once, and {bot.exchange} has no hedge mode: it nets them",
            bot.name,
            in_bot(entry, "settings", "xgrid_enabled"),
            (bot.name,),
            remedy="xgrid_enabled: false runs on this exchange",
            related=((in_bot(entry, "exchange"), "the exchange"),),
        )


RULE = Rule("GS109", "hedge-mode-unsupported", "error", __doc__, bot=_check)
