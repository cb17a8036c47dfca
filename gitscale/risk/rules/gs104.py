"""One hard stop costs more of the equity than the policy allows.

## Why

A stop is no free exit: it costs the exposure times the way to the fill (the stop, the taker fee and slippage), at most
the collateral behind the position. `loss_at_stop` in policy.yaml has two bounds: above `warn` it is a warning, above
`max` an error. With an exposure of 900% and a stop of 800 bps, one bad hour takes 73% of the account.

## Fails

```yaml
# bots/aggressive.yaml
settings:
  equity_pct: 12
  leverage: 75
  hard_stop_loss_bps: 800
```

## Passes

```yaml
# bots/moderate.yaml
settings:
  equity_pct: 5
  leverage: 50
  hard_stop_loss_bps: 500
```

## How to fix

Lower `leverage` or `equity_pct`, or bring `hard_stop_loss_bps` nearer. A nearer stop fires more often: less exposure
is the calmer remedy.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.danger import Danger, loss
from gitscale.model.fleet import FleetBot
from gitscale.risk.remedies import calmer
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import bound, in_bot, setting


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    fleet, bot = scene.fleet, entry.bot
    if isinstance(bot, PerpMMBot) and (found := loss(fleet, bot)):
        over = found.severity == "error"
        yield Breach(
            found.message,
            bot.name,
            in_bot(entry, "settings", "hard_stop_loss_bps"),
            (bot.name,),
            figure=found.figure,
            limit=fleet.policy.loss_at_stop.max if over else fleet.policy.loss_at_stop.warn,
            remedy=calmer(bot, lambda other: _as_bad(found, loss(fleet, other))),
            related=(
                *setting(entry, "leverage", "a factor of the exposure"),
                *setting(entry, "equity_pct", "a factor of the exposure"),
                *bound(scene, "loss_at_stop", "max" if over else "warn"),
            ),
            severity="error" if over else "warning",
        )


def _as_bad(found: Danger, other: Danger | None) -> bool:
    """Whether the bound that was found to be exceeded still is."""
    return other is not None and (found.severity == "warning" or other.severity == "error")


RULE = Rule("GS104", "loss-at-stop", "error", __doc__, bot=_check)
