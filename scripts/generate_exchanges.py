"""The text of gitscale/model/exchanges.py, from the installed ccxt; `generate.py` writes it."""

from pathlib import Path

import ccxt

TARGET = Path(__file__).parent.parent / "gitscale" / "model" / "exchanges.py"
HEADER = '''"""Known exchange ids, their aliases and built-in fees.

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

'''
FOOTER = '''

def ids_of(exchange: str) -> tuple[str, ...]:
    """Every id of an exchange's linear swaps, the given one first: what is known of one holds for the other."""
    return _IDS.get(exchange, (exchange,))
'''


def render() -> str:
    """The module's text."""
    lines = ["KNOWN = frozenset(", "    {"]
    lines += [f'        "{name}",' for name in sorted(ccxt.exchanges)]
    return HEADER + "\n".join([*lines, "    }", ")"]) + "\n" + FOOTER
