"""An accepted risk covers nothing that is found.

## Why

An acceptance is a hole in the gate, kept open for one risk. Once the risk is gone the hole is open for whatever comes
next: a bot that was calmed down could be turned up again without anybody signing for it.

## Fails

```yaml
# bots/calm.yaml
settings: {equity_pct: 5, leverage: 20}
accepted_risks:
  - {rule: GS101, limit: 2000, reason: launch week, by: ada, until: 2026-12-01}
```

## Passes

```yaml
# bots/calm.yaml
settings: {equity_pct: 5, leverage: 20}
```

## How to fix

Remove the entry. The agent's de-risking commands do so by themselves.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS902", "acceptance-unused", "note", __doc__)
