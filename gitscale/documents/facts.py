"""market/facts.yaml as text: one form, sorted, so that two pulls differ only where the exchange does."""

from collections.abc import Iterator

from gitscale.documents.scalars import write
from gitscale.model.facts import ExchangeFacts, Facts, Market

_HEAD = "# What the exchanges grant, as it was on a day. Written by: gitscale market pull\n"


def text_of(facts: Facts) -> str:
    """The whole file."""
    rows = [row for name in sorted(facts.exchanges) for row in (f"  {name}:", *_exchange(facts.exchanges[name]))]
    return "\n".join([f"{_HEAD}exchanges:" if rows else f"{_HEAD}exchanges: {{}}", *rows, ""])


def _exchange(known: ExchangeFacts) -> Iterator[str]:
    yield f"    as_of: {known.as_of}"
    if known.hedge_mode is not None:
        yield f"    hedge_mode: {write(known.hedge_mode)}"
    if known.fees is not None:
        yield f"    fees: {write(known.fees.model_dump())}"
    if known.markets:
        yield "    markets:"
    for symbol in sorted(known.markets):
        yield f"      {write(symbol)}:"
        yield from _market(known.markets[symbol])


def _market(market: Market) -> Iterator[str]:
    yield f"        max_leverage: {write(market.max_leverage)}"
    if market.tiers:
        yield "        tiers:"
    for item in market.tiers:
        yield f"          - {write(item.model_dump())}"
