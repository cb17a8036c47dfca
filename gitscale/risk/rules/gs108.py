"""The bots of one account are promised more than all of its equity.

## Why

`equity_pct` is the share of the account that one grid cycle of a bot takes as margin. Where the shares of the enabled
perp_mm bots of one account add up to more than 100%, the last orders are refused for want of margin: grids stay
half-placed, and which half is chance.

## Fails

```yaml
# bots/one.yaml
settings: {equity_pct: 50, leverage: 3}
# bots/two.yaml
settings: {equity_pct: 50, leverage: 3}
# bots/three.yaml
settings: {equity_pct: 10, leverage: 3}
```

## Passes

```yaml
# bots/one.yaml
settings: {equity_pct: 50, leverage: 3}
# bots/two.yaml
settings: {equity_pct: 50, leverage: 3}
# bots/three.yaml
enabled: false
settings: {equity_pct: 10, leverage: 3}
```

## How to fix

Lower `equity_pct` until the account's shares add up to 100 or less; raising `leverage` in turn keeps the exposure.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.numbers import spell
from gitscale.risk.accounts import by_size, room, sharers
from gitscale.risk.rule import Account, Breach, Rule, Scene
from gitscale.risk.spots import in_bot

WHOLE = 100.0


def _check(_scene: Scene, account: Account) -> Iterator[Breach]:
    pairs = by_size(account, _share)
    total = round(sum(_share(bot) for _, bot in pairs), 9)
    if total <= WHOLE:
        return
    excess = f"take {spell(round(total - WHOLE, 9))} or more off equity_pct, from several bots"
    yield Breach(
        f"equity_pct of {account.name} adds up to {spell(total)}% over {sharers(account)}, above 100%",
        account.name,
        in_bot(pairs[0][0], "settings", "equity_pct"),
        tuple(sorted(bot.name for _, bot in pairs)),
        figure=total,
        limit=WHOLE,
        remedy=room([bot for _, bot in pairs], _share, WHOLE, ("equity_pct",)) or excess,
        related=tuple(
            (in_bot(entry, "settings", "equity_pct"), f"{spell(_share(bot))}% more") for entry, bot in pairs[1:]
        ),
    )


def _share(bot: PerpMMBot) -> float:
    return bot.settings.equity_pct


RULE = Rule("GS108", "equity-overcommitted", "error", __doc__, account=_check)
