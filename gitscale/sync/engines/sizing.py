"""What every engine's amounts follow from: equity, exposure, levels and price, exact in decimals."""

from decimal import Decimal
from typing import NamedTuple

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure

_BPS = Decimal(10_000)


class Market(NamedTuple):
    """One of the bot's symbols with its price, the account's equity in quote, and the maker fee in bps."""

    symbol: str
    price: Decimal
    equity: Decimal
    maker_bps: float


def decimal(value: float) -> Decimal:
    """The decimal a figure was written as."""
    return Decimal(str(value))


def side(bot: PerpMMBot, market: Market) -> Decimal:
    """Notional of one side with every level filled: E*X."""
    return market.equity * decimal(exposure(bot.settings)) / 100


def order_amount(bot: PerpMMBot, market: Market) -> Decimal:
    """Base units of one order: E*X/(N*p)."""
    return side(bot, market) / (bot.settings.num_levels * market.price)


def drawdown_stop(bot: PerpMMBot, market: Market) -> Decimal:
    """Loss of one whole side at the hard stop: E*X*h."""
    return side(bot, market) * fraction(bot.settings.hard_stop_loss_bps)


def take_profit_bps(bot: PerpMMBot, market: Market) -> float:
    """The engines' take-profit is gross: net target and the maker fee of both ways."""
    return round(bot.settings.target_net_bps + 2 * market.maker_bps, 9)


def fraction(bps: float) -> Decimal:
    """Bps as a fraction."""
    return decimal(bps) / _BPS


def pair(symbol: str) -> str:
    """BTC/USDT:USDT as hummingbot writes it: BTC-USDT."""
    return symbol.partition(":")[0].replace("/", "-")
