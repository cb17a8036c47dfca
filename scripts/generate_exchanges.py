"""Writes gitscale/model/exchanges.py from the installed ccxt; a test proves the committed file fresh.

usage: python scripts/generate_exchanges.py [--check]
"""

import sys
from pathlib import Path

import ccxt

TARGET = Path(__file__).parent.parent / "gitscale" / "model" / "exchanges.py"
HEADER = '''"""Known exchange ids, their aliases and built-in fees.

The ids are generated from ccxt by scripts/generate_exchanges.py; the fees are the design's (section 3).
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

'''


def render() -> str:
    """The module's text."""
    lines = ["KNOWN = frozenset(", "    {"]
    lines += [f'        "{name}",' for name in sorted(ccxt.exchanges)]
    return HEADER + "\n".join([*lines, "    }", ")"]) + "\n"


def main() -> int:
    """0 when fresh or written, 1 when --check finds it stale."""
    text = render()
    if "--check" in sys.argv[1:]:
        return int(TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
