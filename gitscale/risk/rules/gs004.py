"""A bot's name is not its file's, is taken, or is no name at all.

## Why

Bots are known by name: history, acceptances, rendered files and database rows follow it. So the name is the file's
stem, unique in the whole fleet whatever the folder and letter case, in lower-case letters, digits and hyphens.

## Fails

```yaml
# bots/blofin-sol.yaml
name: blofin-main
```

## Passes

```yaml
# bots/blofin-sol.yaml
name: blofin-sol
```

## How to fix

Rename the file or change `name`, so that both agree and no other file has the name.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS004", "name-mismatch", "error", __doc__)
