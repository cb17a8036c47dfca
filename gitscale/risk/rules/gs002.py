"""A key is unknown or missing, or a value has the wrong type or range.

## Why

A misspelt key would silently leave the default in force, and a value out of range would be cut or refused by the
exchange at the worst moment. Every key, type and range is checked; `gitscale schema write` gives editors the same
knowledge. Figures that contradict each other, as a floor above its spread, are refused here too.

## Fails

```yaml
# bots/typo.yaml
settings:
  leverge: 20
```

## Passes

```yaml
# bots/typo.yaml
settings:
  leverage: 20
```

## How to fix

Take the suggestion, or the range that is named. Parameters of the strategy besides the eight belong under `advanced`.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS002", "schema", "error", __doc__)
