"""What a fleet's facts grant a bot: leverage by symbol, and a long beside a short."""

from gitscale.model.bot import PerpMMBot
from gitscale.model.exchanges import HEDGELESS
from gitscale.model.exposure import notionals
from gitscale.model.fleet import Fleet


def granted_in(fleet: Fleet, bot: PerpMMBot) -> dict[str, float]:
    """The largest leverage by symbol, at the worst-case notional where that is known; no symbol that facts lack."""
    if fleet.facts is None:
        return {}
    held = notionals(fleet, bot)
    known = ((symbol, fleet.facts.market(bot.exchange, symbol)) for symbol in bot.symbols)
    return {symbol: market.granted(held.get(symbol)) for symbol, market in known if market}


def nets(fleet: Fleet, exchange: str) -> bool:
    """Whether an exchange is known to net a long and a short of one symbol."""
    known = fleet.facts.of(exchange) if fleet.facts else None
    return exchange in HEDGELESS or (known is not None and known.hedge_mode is False)
