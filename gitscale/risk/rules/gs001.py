"""The file is not YAML that every reader reads alike.

## Why

A config is read by people, editors, other programs and gitscale: all must see the same values. So besides broken
syntax everything is refused that readers treat differently or that hides a value: anchors, aliases, merge keys, tags,
directives, several documents, bytes that are not UTF-8, and characters that cannot be seen.

## Fails

```yaml
# bots/anchored.yaml
settings:
  leverage: &size 20
  equity_pct: 5
```

## Passes

```yaml
# bots/anchored.yaml
settings:
  leverage: 20
  equity_pct: 5
```

## How to fix

Go to the line and column that are named; write each value out where it is used.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS001", "yaml-syntax", "error", __doc__)
