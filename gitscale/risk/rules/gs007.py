"""A config path is a symbolic link or a submodule.

## Why

A link can point outside the repository: what is judged here could be another file than the one that is delivered, and a
proposal could make the gate read files of the machine it runs on. Links and submodules are never followed.

## Fails

```yaml
# link: bots/linked.yaml
../elsewhere/bot.yaml
```

## Passes

```yaml
# bots/linked.yaml
settings:
  leverage: 20
```

## How to fix

Commit the file itself in the link's place.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS007", "unsafe-path", "error", __doc__)
