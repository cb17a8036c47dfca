"""A bot that is enabled is removed.

## Why

Removing the file does not close positions: whatever the bot holds stays on the exchange, with nobody to quote, hedge
or stop it. Renaming is removing too: the old name's position is nobody's. Disabled first, the bot is stopped and its
end can be watched.

## Fails

```yaml
# base: bots/gone.yaml
settings: {leverage: 20}
```

## Passes

```yaml
# base: bots/gone.yaml
enabled: false
settings: {leverage: 20}
```

## How to fix

Write `enabled: false`, let that be delivered, close what is open; remove the file in a later change.
"""

from collections.abc import Iterator

from gitscale.risk.rule import Breach, Pair, Rule, Scene, Spot


def _check(_scene: Scene, pair: Pair) -> Iterator[Breach]:
    if pair.old and pair.old.bot.enabled and pair.new is None:
        yield Breach(
            f"{pair.name} is removed while it is enabled: nobody looks after its positions",
            pair.name,
            Spot(pair.old.path),
            (pair.name,),
            remedy="write enabled: false first, and remove the file in a later change",
        )


RULE = Rule("GS204", "enabled-bot-removed", "error", __doc__, pair=_check)
