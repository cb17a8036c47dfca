"""Known exchange ids, their aliases and built-in fees.

The ids are generated from ccxt by scripts/generate_exchanges.py; fees and hedge modes are kept by hand, there.
"""

from typing import NamedTuple


class Fees(NamedTuple):
    """Maker and taker in bps."""

    maker: float
    taker: float


FEES = {
    "blofin": Fees(2, 6),
    "bybit": Fees(2, 5.5),
    "okx": Fees(2, 5),
    "binanceusdm": Fees(2, 5),
    "bitget": Fees(2, 6),
    "hyperliquid": Fees(1.5, 4.5),
}
DEFAULT_FEES = Fees(2, 6)  # the dearest of the known ones: an unknown venue is not assumed to be cheap

# ccxt ids under which one and the same linear-swap account can be reached
ALIASES = {"binance": "binanceusdm", "kucoin": "kucoinfutures"}
_IDS = {one: (one, other) for pair in ALIASES.items() for one, other in (pair, pair[::-1])}

# exchanges that net a long and a short of one symbol: counter-positions cannot stand beside each other
HEDGELESS = frozenset({"hyperliquid"})

KNOWN = frozenset(
    {
        "alpaca",
        "apex",
        "aster",
        "backpack",
        "bequant",
        "bigone",
        "binance",
        "binancecoinm",
        "binanceus",
        "binanceusdm",
        "bingx",
        "bit2c",
        "bitbank",
        "bitbns",
        "bitfinex",
        "bitflyer",
        "bitget",
        "bithumb",
        "bitopro",
        "bitrue",
        "bitso",
        "bitstamp",
        "bitteam",
        "bittrade",
        "bitvavo",
        "blockchaincom",
        "blofin",
        "btcbox",
        "btcmarkets",
        "btcturk",
        "btse",
        "bullish",
        "bybit",
        "bybiteu",
        "bybitid",
        "bydfi",
        "cex",
        "coinbase",
        "coinbaseexchange",
        "coinbaseinternational",
        "coincheck",
        "coinmate",
        "coinone",
        "coinsph",
        "coinspot",
        "cryptocom",
        "cryptomus",
        "deepcoin",
        "delta",
        "deribit",
        "derive",
        "digifinex",
        "dydx",
        "extended",
        "fmfwio",
        "foxbit",
        "gate",
        "gateeu",
        "gemini",
        "grvt",
        "hashkey",
        "hibachi",
        "hitbtc",
        "hollaex",
        "htx",
        "hyperliquid",
        "independentreserve",
        "indodax",
        "kraken",
        "krakenfutures",
        "kucoin",
        "kucoinfutures",
        "latoken",
        "lbank",
        "lighter",
        "luno",
        "mercado",
        "mexc",
        "modetrade",
        "mudrex",
        "myokx",
        "nado",
        "ndax",
        "okx",
        "okxus",
        "onetrading",
        "p2b",
        "pacifica",
        "paradex",
        "paymium",
        "phemex",
        "poloniex",
        "polymarket",
        "revolutx",
        "tokocrypto",
        "toobit",
        "upbit",
        "weex",
        "whitebit",
        "woo",
        "woofipro",
        "xt",
        "zaif",
        "zebpay",
    }
)


def ids_of(exchange: str) -> tuple[str, ...]:
    """Every id of an exchange's linear swaps, the given one first: what is known of one holds for the other."""
    return _IDS.get(exchange, (exchange,))
