"""What every engine's amounts follow from: equity, exposure, levels and price, exact in decimals."""

from decimal import Decimal
from typing import NamedTuple

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.sync.engines.connectors import Connector

_BPS = Decimal(10_000)


class Market(NamedTuple):
    """One of a bot's symbols with what its configuration does not hold.

    That is the account's equity in quote, the maker fee in bps, and the price where the engine asks for it.
    """

    symbol: str
    connector: Connector
    equity: Decimal
    maker_bps: float
    price: Decimal | None = None

    @property
    def pair(self) -> str:
        """The market in the connector's spelling."""
        return self.connector.pair(self.symbol)


def decimal(value: float) -> Decimal:
    """The decimal a figure was written as."""
    return Decimal(str(value))


def side(bot: PerpMMBot, market: Market) -> Decimal:
    """Notional of one side of one symbol with every level filled: E*X, shared equally among the bot's symbols."""
    return market.equity * decimal(exposure(bot.settings)) / 100 / len(bot.symbols)


def total(bot: PerpMMBot, market: Market) -> Decimal:
    """Notional of both sides: 2*E*X."""
    return 2 * side(bot, market)


def order_amount(bot: PerpMMBot, market: Market) -> Decimal:
    """Base units of one order: E*X/(N*p)."""
    assert market.price is not None
    return side(bot, market) / (bot.settings.num_levels * market.price)


def drawdown_stop(bot: PerpMMBot, market: Market) -> Decimal:
    """Loss of one whole side at the hard stop: E*X*h."""
    return side(bot, market) * fraction(bot.settings.hard_stop_loss_bps)


def take_profit_bps(bot: PerpMMBot, maker_bps: float) -> float:
    """The engines' take-profit is gross: net target and the maker fee of both ways."""
    return round(bot.settings.target_net_bps + 2 * maker_bps, 9)


def fraction(bps: float) -> Decimal:
    """Bps as a fraction."""
    return decimal(bps) / _BPS


def config_id(bot: PerpMMBot, market: Market) -> str:
    """The name of one symbol's configuration; a pair has one hyphen, so no two bots and symbols share one."""
    return f"{bot.name}-{market.pair}"
