"""A rule could not judge something, and says so.

## Why

What is not known is not safe. Where facts are missing or too old a rule does not pass in silence: the report counts
what was not evaluated and says why.

## Fails

```yaml
# bots/unknown.yaml
symbols: [SOL/USDT:USDT]
settings: {leverage: 20}
```

## Passes

```yaml
# bots/unknown.yaml
symbols: [SOL/USDT:USDT]
settings: {leverage: 20}
# market/facts.yaml
exchanges:
  blofin:
    as_of: 2026-11-20
    markets:
      SOL/USDT:USDT: {max_leverage: 50}
```

## How to fix

Give the gate what it misses: the message names the file and what should be in it.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS903", "not-evaluated", "note", __doc__)
