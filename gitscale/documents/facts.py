"""market/facts.yaml as text: one form, sorted, so that two pulls differ only where the exchange does."""

import json
import re
from collections.abc import Iterator

from gitscale.model.facts import ExchangeFacts, Facts, Market
from gitscale.model.parameters import spell

_HEAD = "# What the exchanges grant, as it was on a day. Written by: gitscale market pull\n"
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9]+:[A-Za-z0-9]+")


def text_of(facts: Facts) -> str:
    """The whole file."""
    rows = [row for name in sorted(facts.exchanges) for row in (f"  {name}:", *_exchange(facts.exchanges[name]))]
    return "\n".join([f"{_HEAD}exchanges:" if rows else f"{_HEAD}exchanges: {{}}", *rows, ""])


def _exchange(known: ExchangeFacts) -> Iterator[str]:
    yield f"    as_of: {known.as_of}"
    if known.hedge_mode is not None:
        yield f"    hedge_mode: {spell(known.hedge_mode)}"
    if known.fees is not None:
        yield f"    fees: {{maker: {spell(known.fees.maker)}, taker: {spell(known.fees.taker)}}}"
    if known.markets:
        yield "    markets:"
    for symbol in sorted(known.markets):
        yield f"      {symbol if _PLAIN.fullmatch(symbol) else json.dumps(symbol)}:"
        yield from _market(known.markets[symbol])


def _market(market: Market) -> Iterator[str]:
    yield f"        max_leverage: {spell(market.max_leverage)}"
    if market.tiers:
        yield "        tiers:"
    for item in market.tiers:
        figures = (f"{name}: {spell(getattr(item, name))}" for name in ("up_to", "maintenance", "max_leverage"))
        yield f"          - {{{', '.join(figures)}}}"
