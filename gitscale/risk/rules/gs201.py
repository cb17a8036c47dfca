"""A change multiplies a bot's exposure and lands at High or above.

## Why

Growing step by step shows what each step costs; a jump does not, and a slip of one digit looks just like it. More than
`growth_factor` times the old exposure, ending at `levels.high` or above, is such a jump (both in policy.yaml).

What counts is the exposure that is written, enabled or not, so a bot cannot grow asleep and wake up large. A new bot
has nothing it grew from: the limits on its size judge it (GS101, GS102, GS107).

## Fails

```yaml
# base: bots/grown.yaml
settings: {equity_pct: 10, leverage: 20}
# head: bots/grown.yaml
settings: {equity_pct: 10, leverage: 61}
```

## Passes

```yaml
# base: bots/grown.yaml
settings: {equity_pct: 10, leverage: 20}
# head: bots/grown.yaml
settings: {equity_pct: 10, leverage: 60}
```

## How to fix

Grow in steps of at most the factor, each a change of its own that has run for a while.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.fleet import FleetBot
from gitscale.model.numbers import spell
from gitscale.risk.rule import Breach, Pair, Rule, Scene
from gitscale.risk.spots import bound, in_bot, setting


def _check(scene: Scene, pair: Pair) -> Iterator[Breach]:
    if pair.new is None or pair.old is None:
        return
    policy, before, after = scene.fleet.policy, _exposure(pair.old), _exposure(pair.new)
    allowed = round(before * policy.growth_factor, 9)
    if after <= allowed or after < policy.levels.high:
        return
    growth = (
        f"from {spell(before)}% of equity, more than {spell(policy.growth_factor)} times," if before else "from nothing"
    )
    yield Breach(
        f"exposure jumps {growth} to {spell(after)}% (High: from {spell(policy.levels.high)}%)",
        pair.name,
        in_bot(pair.new, "settings", "leverage"),
        (pair.name,),
        figure=after,
        limit=allowed,
        remedy=_remedy(allowed, policy.levels.high),
        related=(
            *setting(pair.new, "equity_pct", "the other factor"),
            *bound(scene, "growth_factor"),
            *bound(scene, "levels", "high"),
        ),
    )


def _exposure(entry: FleetBot) -> float:
    """As configured, enabled or not."""
    return exposure(entry.bot.settings) if isinstance(entry.bot, PerpMMBot) else 0


def _remedy(allowed: float, high: float) -> str:
    return f"go to {spell(allowed)}% first" if allowed >= high else f"stay below {spell(high)}% in this step"


RULE = Rule("GS201", "exposure-jump", "error", __doc__, pair=_check)
