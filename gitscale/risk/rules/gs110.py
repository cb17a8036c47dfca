"""Two enabled bots of one account quote the same symbol.

## Why

On one account there is one position a symbol: each bot sees the other's fills as its own, one's take-profit closes what
the other just opened, and both stops move with an average entry that neither knows. The bots also bid against each
other. A symbol on two accounts is fine.

## Fails

```yaml
# bots/one.yaml
symbols: [SOL/USDT:USDT, XRP/USDT:USDT]
settings: {leverage: 20}
# bots/two.yaml
symbols: [SOL/USDT:USDT]
settings: {leverage: 20}
```

## Passes

```yaml
# bots/one.yaml
symbols: [SOL/USDT:USDT, XRP/USDT:USDT]
settings: {leverage: 20}
# bots/two.yaml
symbols: [ETH/USDT:USDT]
settings: {leverage: 20}
```

## How to fix

Leave the symbol to one of the bots, or move one to a sub-account of its own.
"""

from collections import defaultdict
from collections.abc import Iterator

from gitscale.model.fleet import FleetBot
from gitscale.risk.rule import Account, Breach, Rule, Scene
from gitscale.risk.spots import in_bot


def _check(_scene: Scene, account: Account) -> Iterator[Breach]:
    quoting: dict[str, list[FleetBot]] = defaultdict(list)
    for entry in sorted(account.bots, key=lambda item: item.bot.name):
        for symbol in entry.bot.symbols:
            quoting[symbol].append(entry)
    for symbol, entries in quoting.items():
        if len(entries) > 1:
            yield _breach(account, symbol, entries)


def _breach(account: Account, symbol: str, entries: list[FleetBot]) -> Breach:
    *others, last = entries
    names = tuple(entry.bot.name for entry in entries)
    return Breach(
        f"{symbol} is quoted by {len(names)} bots of {account.name}: {', '.join(names)}",
        f"{account.name} {symbol}",
        in_bot(last, "symbols", last.bot.symbols.index(symbol)),
        names,
        figure=len(names),
        limit=1,
        remedy=f"leave {symbol} to one bot, for example {names[0]}",
        related=tuple(
            (in_bot(entry, "symbols", entry.bot.symbols.index(symbol)), f"quoted by {entry.bot.name} too")
            for entry in others
        ),
    )


RULE = Rule("GS110", "symbol-overlap", "warning", __doc__, account=_check)
