"""The exchange is not a ccxt exchange id.

## Why

The id decides where orders go, which fees hold and which bots share an account. An unknown one cannot be traded, and
its risk cannot be judged.

## Fails

```yaml
# bots/elsewhere.yaml
exchange: bloffin
```

## Passes

```yaml
# bots/elsewhere.yaml
exchange: blofin
```

## How to fix

Write the id as ccxt has it; the message suggests the nearest one.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS005", "unknown-exchange", "error", __doc__)
