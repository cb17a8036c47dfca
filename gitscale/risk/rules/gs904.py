"""The schemas for editors are not those of this version.

## Why

Editors check configs by the files in schemas/. When these are older than gitscale, an editor accepts what the gate
refuses, or the other way round. The gate itself always judges by its own schema, never by the repository's copy.

## Fails

```yaml
# schemas/bot.schema.json
{"title": "an older version's"}
```

## Passes

```yaml
# bots/any.yaml
settings: {leverage: 20}
```

## How to fix

Run `gitscale schema write` and commit the result.
"""

from gitscale.risk.rule import Rule

RULE = Rule("GS904", "schema-stale", "note", __doc__)
