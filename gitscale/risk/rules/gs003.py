"""A key is given twice in one mapping.

## Why

Some readers take the first value, some the last, some refuse: what the bot would run with is chance, and a review sees
only one of the two.

## Fails

```yaml
# bots/twice.yaml
settings:
  leverage: 20
  leverage: 100
```

## Passes

```yaml
# bots/twice.yaml
settings:
  leverage: 20
```

## How to fix

Keep one of the two lines; the message names where the first one is.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS003", "duplicate-key", "error", __doc__)
