"""A change moves a bot to another exchange, account or strategy.

## Why

The name stays, but it is another bot: its open positions stay behind on the old venue, its history says nothing about
the new one, and its margin is now shared with other bots.

## Fails

```yaml
# base: bots/moved.yaml
account: main
settings: {leverage: 20}
# head: bots/moved.yaml
account: second
settings: {leverage: 20}
```

## Passes

```yaml
# base: bots/moved.yaml
account: main
settings: {leverage: 20}
# head: bots/moved.yaml
account: main
settings: {leverage: 10}
```

## How to fix

Disable this bot and make a new one on the other venue. If nothing is open and the move is meant, take it as it is.
"""

from collections.abc import Iterator

from gitscale.risk.rule import Breach, Pair, Rule, Scene
from gitscale.risk.spots import in_bot

VENUE = ("exchange", "account", "strategy")


def _check(_scene: Scene, pair: Pair) -> Iterator[Breach]:
    if pair.old is None or pair.new is None:
        return
    old, new = ({name: getattr(entry.bot, name) for name in VENUE} for entry in (pair.old, pair.new))
    if moved := [name for name in VENUE if old[name] != new[name]]:
        what = ", ".join(f"{name} {old[name]} -> {new[name]}" for name in moved)
        yield Breach(
            f"{what}: positions of {pair.name} stay where they are",
            pair.name,
            in_bot(pair.new, moved[0]),
            (pair.name,),
            figure=len(moved),
            limit=0,
            remedy="disable this bot and make a new one there",
        )


RULE = Rule("GS206", "venue-changed", "warning", __doc__, pair=_check)
