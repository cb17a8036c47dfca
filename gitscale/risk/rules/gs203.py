"""One change makes too many bots take more risk at once.

## Why

A new idea is tried on a few bots first. A change that adds risk to a large part of the fleet makes one mistake
everywhere, and no bot is left to compare with. Both bounds of policy.yaml's `mass_change` have to be exceeded: the
share in % and the number of bots. The share is of the bots that were there before and those that the change turns up,
so that adding idle bots does not thin it out.

## Fails

```yaml
# base: bots/one.yaml
settings: {leverage: 20}
# base: bots/two.yaml
settings: {leverage: 20}
# head: bots/one.yaml
settings: {leverage: 30}
# head: bots/two.yaml
settings: {leverage: 30}
# policy.yaml
mass_change: {share: 50, bots: 1}
```

## Passes

```yaml
# base: bots/one.yaml
settings: {leverage: 20}
# base: bots/two.yaml
settings: {leverage: 20}
# head: bots/one.yaml
settings: {leverage: 30}
# head: bots/two.yaml
settings: {leverage: 20}
# policy.yaml
mass_change: {share: 50, bots: 1}
```

## How to fix

Split the change: a few bots now, the others when these have run for a while.
"""

from collections.abc import Iterator
from math import floor

from gitscale.model.numbers import spell
from gitscale.risk.rule import Breach, Comparison, Rule, Scene
from gitscale.risk.spots import bound, in_bot


def _check(scene: Scene, comparison: Comparison) -> Iterator[Breach]:
    pairs = sorted(comparison.pairs.values(), key=lambda pair: pair.name)
    adding = {pair.name: pair.new for pair in pairs if pair.direction == "risk-adding" and pair.new}
    bounds, fleet = scene.fleet.policy.mass_change, len(comparison.base.bots.keys() | adding.keys())
    limit = max(bounds.bots, floor(round(fleet * bounds.share / 100, 9)))
    if len(adding) <= limit:
        return
    yield Breach(
        f"{len(adding)} of {fleet} bots take more risk at once (policy: {spell(bounds.share)}% and {bounds.bots} bots)",
        "fleet",
        in_bot(next(iter(adding.values())), "settings"),
        tuple(adding),
        figure=len(adding),
        limit=limit,
        remedy=f"change {limit} bots at a time",
        related=(*bound(scene, "mass_change", "share"), *bound(scene, "mass_change", "bots")),
    )


RULE = Rule("GS203", "mass-change", "error", __doc__, comparison=_check)
