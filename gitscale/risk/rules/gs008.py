"""A value means different things to different YAML readers.

## Why

`no` is false to one reader and text to the next, `010` is eight or ten, `1e3` is text or a thousand, `1:30` is ninety
or text. A leverage that depends on the reader is no leverage. Empty values are refused for the same reason.

## Fails

```yaml
# bots/unclear.yaml
settings:
  xgrid_enabled: yes
```

## Passes

```yaml
# bots/unclear.yaml
settings:
  xgrid_enabled: true
```

## How to fix

Write numbers as plain decimals, switches as true or false, and text that looks like either in quotes.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS008", "ambiguous-scalar", "error", __doc__)
