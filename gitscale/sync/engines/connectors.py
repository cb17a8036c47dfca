"""hummingbot's perpetual connectors by ccxt exchange id, and how they spell a market.

Kept by hand from hummingbot's connectors as of July 2026; an exchange that is missing is refused, not guessed.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Connector(NamedTuple):
    """A connector, and how it names ccxt's currencies where otherwise.

    `hedge`: it can hold a long and a short of one market; `maker`: it has orders that are maker or nothing.
    """

    name: str
    hedge: bool = False
    maker: bool = True
    words: Mapping[str, str] = MappingProxyType({})

    def pair(self, symbol: str) -> str:
        """SOL/USDT:USDT as this connector writes it: SOL-USDT."""
        return "-".join(self.words.get(word, word) for word in symbol.partition(":")[0].split("/"))


_DOLLARS = MappingProxyType({"USDC": "USD"})
_BITCOIN = MappingProxyType({"BTC": "XBT"})


CONNECTORS: Mapping[str, Connector] = MappingProxyType(
    {
        "backpack": Connector("backpack_perpetual"),
        "binance": Connector("binance_perpetual", hedge=True),
        "binanceusdm": Connector("binance_perpetual", hedge=True),
        "bitget": Connector("bitget_perpetual", hedge=True),
        "bybit": Connector("bybit_perpetual", hedge=True, maker=False),
        "derive": Connector("derive_perpetual"),
        "dydx": Connector("dydx_v4_perpetual", words=_DOLLARS),
        "gate": Connector("gate_io_perpetual", hedge=True),
        "grvt": Connector("grvt_perpetual"),
        "hyperliquid": Connector("hyperliquid_perpetual", words=_DOLLARS),
        "kucoin": Connector("kucoin_perpetual", words=_BITCOIN),
        "kucoinfutures": Connector("kucoin_perpetual", words=_BITCOIN),
        "okx": Connector("okx_perpetual", hedge=True),
        "pacifica": Connector("pacifica_perpetual"),
    }
)
