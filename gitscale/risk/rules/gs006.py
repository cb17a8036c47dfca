"""A value looks like a credential.

## Why

What was committed once stays in git's history and in every clone: a key that was pushed is a key that was published.
Exchange keys belong to the host that runs the bots, never to this repository.

## Fails

```yaml
# bots/leaky.yaml
advanced:
  api_secret: 9f8a7c6b5d4e3f2a1b0c9d8e7f6a5b4c
```

## Passes

```yaml
# bots/leaky.yaml
advanced:
  refresh_seconds: 30
```

## How to fix

Revoke the key first, then take it out. A false alarm is declared by its dotted key under `not_secrets` in policy.yaml.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS006", "secret-in-config", "error", __doc__)
