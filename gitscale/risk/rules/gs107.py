"""The enabled bots of one account together have more exposure than the policy allows.

## Why

Bots of one exchange account lose the same money. In a crash coins fall together, so their exposures add up: three bots
of 600% cost 18% of the equity for each 1% the market moves. `max_account_exposure` in policy.yaml bounds the sum over
the account's enabled perp_mm bots, whatever their margin mode. Exactly the limit is allowed. One bot alone is no sum:
`max_exposure` bounds it (GS102).

## Fails

```yaml
# bots/one.yaml
settings: {equity_pct: 10, leverage: 80}
# bots/two.yaml
settings: {equity_pct: 10, leverage: 80}
```

## Passes

```yaml
# bots/one.yaml
settings: {equity_pct: 10, leverage: 80}
# bots/two.yaml
account: second
settings: {equity_pct: 10, leverage: 80}
```

## How to fix

Lower the largest bot, disable one, or move one to an account with equity of its own.
"""

from collections.abc import Iterator

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.numbers import spell
from gitscale.risk.accounts import by_size, room, sharers
from gitscale.risk.remedies import SIZE
from gitscale.risk.rule import Account, Breach, Rule, Scene
from gitscale.risk.spots import bound, in_bot


def _check(scene: Scene, account: Account) -> Iterator[Breach]:
    pairs = by_size(account, _size)
    total, limit = round(sum(_size(bot) for _, bot in pairs), 9), scene.fleet.policy.max_account_exposure
    if total <= limit or len(pairs) < 2:
        return
    excess = f"take {spell(round(total - limit, 9))}% of exposure or more off the account, from several bots"
    yield Breach(
        f"exposure of {account.name} is {spell(total)}% of equity over {sharers(account)}, above the policy's "
        f"{spell(limit)}%",
        account.name,
        in_bot(pairs[0][0], "settings", "leverage"),
        tuple(sorted(bot.name for _, bot in pairs)),
        figure=total,
        limit=limit,
        remedy=room([bot for _, bot in pairs], _size, limit, SIZE) or excess,
        related=(
            *((in_bot(entry, "settings", "leverage"), f"{spell(_size(bot))}% more") for entry, bot in pairs[1:]),
            *bound(scene, "max_account_exposure"),
        ),
    )


def _size(bot: PerpMMBot) -> float:
    return exposure(bot.settings)


RULE = Rule("GS107", "account-exposure", "error", __doc__, account=_check)
