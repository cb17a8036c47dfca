"""A limit, profile, fact, acceptance or the place of delivery moves to the looser side.

## Why

Limits are raised most easily in the change that needs them raised. The gate judges by the policy, profiles, facts and
acceptances of base, so loosening them does not help the change itself; it helps the next one, and should be seen.
Beside changes to bots it is an error, alone a warning. An acceptance is not taken for a change to its bot: signing for
a risk first and taking it in a second change is the way that is meant.

Looser are: higher limits, levels, factors, shares and ages; lower fees, slippage and maintenance margin; a severity
lowered or switched off; an account's equity raised or forgotten; a further key under `not_secrets`; a profile or preset
with more equity, leverage or stop, tighter quotes, or without its `confirm`; more leverage or less margin granted by
the facts, a market, its tiers, a date or a `hedge_mode: false` taken from them; an acceptance that is new, reaches
further or lasts longer; another branch or output folder in gitscale.yaml, since that branch may be unguarded and
running bots do not look in that folder. A key that is taken out counts as its default; what only base tightened since
the branch was cut is not held against the branch. The tables are in gitscale/risk/loosening.py.

## Fails

```yaml
# base: policy.yaml
max_exposure: 800
# head: policy.yaml
max_exposure: 1000
```

## Passes

```yaml
# base: policy.yaml
max_exposure: 800
# head: policy.yaml
max_exposure: 600
```

## How to fix

Propose the looser value in a change of its own, reviewed by whoever owns policy.yaml.
"""

from collections.abc import Iterator

from gitscale.documents.nodes import dotted
from gitscale.model.fleet import DEPLOY_FILE
from gitscale.risk.finding import Severity
from gitscale.risk.loosening import UNSET, Loosened, loosened
from gitscale.risk.rule import Breach, Comparison, Pair, Rule, Scene


def _check(_scene: Scene, comparison: Comparison) -> Iterator[Breach]:
    found = list(loosened(comparison.base, comparison.head))
    if not found:
        return
    beside = any(_changes_bot(pair) for pair in comparison.pairs.values())
    # a limit that base tightened since is looser in head too; merged, base's stands
    edited = {(item.path, item.keys) for item in loosened(comparison.fork, comparison.head)}
    for item in found:
        if (item.path, item.keys) in edited:
            yield _breach(item, "error" if beside else "warning")


def _breach(item: Loosened, severity: Severity) -> Breach:
    # of no bot, even where a bot's file holds it: neither that bot's calmer figures nor its acceptances excuse it
    name = dotted(item.keys)
    what = "leads elsewhere" if item.path == DEPLOY_FILE else "is looser"
    return Breach(
        f"{name} {what}: {item.old} -> {item.new}",
        f"{item.path} {name}",
        item.spot,
        remedy=_remedy(item.old, severity),
        severity=severity,
    )


def _remedy(old: str, severity: Severity) -> str:
    back = "take it out" if old == UNSET else f"put it back to {old}"
    return back + (", or propose it apart from changes to bots" if severity == "error" else ", unless it is meant")


def _changes_bot(pair: Pair) -> bool:
    """Whether a bot differs in more than the risks that are accepted for it."""
    old, new = (entry and entry.bot.model_copy(update={"accepted_risks": []}) for entry in (pair.old, pair.new))
    return old != new


RULE = Rule("GS205", "policy-loosened", "error", __doc__, comparison=_check)
