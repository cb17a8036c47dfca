"""A change widens the stop of a bot whose exposure is High or above.

## Why

The stop is what bounds a loss. Widening it at High exposure is how a losing position is given "a little more room":
each 100 bps more cost 5% of the equity at an exposure of 500%. It may be right; somebody should look at it.

## Fails

```yaml
# base: bots/wide.yaml
settings: {equity_pct: 10, leverage: 50, hard_stop_loss_bps: 300}
# head: bots/wide.yaml
settings: {equity_pct: 10, leverage: 50, hard_stop_loss_bps: 350}
```

## Passes

```yaml
# base: bots/wide.yaml
settings: {equity_pct: 5, leverage: 50, hard_stop_loss_bps: 300}
# head: bots/wide.yaml
settings: {equity_pct: 5, leverage: 50, hard_stop_loss_bps: 350}
```

## How to fix

Keep the stop, or lower the exposure below High in the same change.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.numbers import spell
from gitscale.risk.rule import Breach, Pair, Rule, Scene
from gitscale.risk.spots import bound, in_bot, setting


def _check(scene: Scene, pair: Pair) -> Iterator[Breach]:
    old, new = (entry.bot if entry else None for entry in (pair.old, pair.new))
    if not isinstance(old, PerpMMBot) or not isinstance(new, PerpMMBot) or pair.new is None:
        return
    before, after = old.settings.hard_stop_loss_bps, new.settings.hard_stop_loss_bps
    size, high = exposure(new.settings), scene.fleet.policy.levels.high
    if after <= before or size < high:
        return
    yield Breach(
        f"the stop moves from {spell(before)} to {spell(after)} bps at an exposure of {spell(size)}%"
        f" (High: from {spell(high)}%)",
        pair.name,
        in_bot(pair.new, "settings", "hard_stop_loss_bps"),
        (pair.name,),
        figure=after,
        limit=before,
        remedy=f"keep hard_stop_loss_bps at {spell(before)}",
        related=(*setting(pair.new, "leverage", "a factor of the exposure"), *bound(scene, "levels", "high")),
    )


RULE = Rule("GS202", "stop-loosened", "warning", __doc__, pair=_check)
