"""The file is too large or nested too deeply to be a config.

## Why

A bot is a page of text. Files over 256 KiB, deeper than 32 levels or with very many values are accidents or attacks on
whatever reads them, and are refused before they are read.

## Fails

```yaml
# bots/deep.yaml
advanced: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a:
  {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}}
```

## Passes

```yaml
# bots/deep.yaml
advanced: {a: {a: 1}}
```

## How to fix

Move data out of the config, flatten it, or split it over several bots.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS009", "too-large", "error", __doc__)
