"""An accepted risk has run out.

## Why

Somebody signed for a risk until a day, and that day (inclusive, UTC) has passed: the finding it covered counts again.
The entry itself no longer does anything and hides that nobody answers for the risk now. The figure is how many days
ago it ran out.

## Fails

```yaml
# bots/old.yaml
settings: {leverage: 20}
accepted_risks:
  - {rule: GS104, limit: 80, reason: launch week, by: ada, until: 2026-11-22}
# today: 2026-11-23
```

## Passes

```yaml
# bots/old.yaml
settings: {leverage: 20}
accepted_risks:
  - {rule: GS104, limit: 80, reason: launch week, by: ada, until: 2026-11-23}
# today: 2026-11-23
```

## How to fix

Remove the entry. If the risk is still there, lower it, or accept it anew with a reason and a date.
"""

from collections.abc import Iterator
from datetime import date

from gitscale.model.fleet import FleetBot
from gitscale.risk.rule import Breach, Rule, Scene
from gitscale.risk.spots import in_bot


def _check(scene: Scene, entry: FleetBot) -> Iterator[Breach]:
    for index, risk in enumerate(entry.bot.accepted_risks):
        days = (scene.today - date.fromisoformat(risk.until)).days
        if days > 0:
            yield Breach(
                f"the acceptance of {risk.rule} by {risk.by} ran out on {risk.until}",
                entry.bot.name,
                in_bot(entry, "accepted_risks", index, "until"),
                (entry.bot.name,),
                figure=days,
                limit=0,
                remedy=f"remove entry {index + 1} of accepted_risks",
            )


RULE = Rule("GS901", "acceptance-expired", "warning", __doc__, bot=_check)
