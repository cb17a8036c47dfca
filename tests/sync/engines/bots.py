"""Any valid perp_mm bot that hummingbot can run, and the market around it."""

from decimal import Decimal

from hypothesis import strategies as st

from gitscale.model.bot import PerpMMBot
from gitscale.model.parameters import Settings
from gitscale.sync.engines.connectors import CONNECTORS
from gitscale.sync.engines.sizing import Market

SYMBOLS = ("SOL/USDT:USDT", "1000PEPE/USDT:USDT", "BTC/USDC:USDC", "x.y_z/USDT:USDT")
HOSTILE = ("main", "yes", "a # b", "x: y", "##[error]up", "::warning::up", "\u202etxt.exe", "'\"", "- a", "\u2028b")


@st.composite
def bots(draw: st.DrawFn, *, enabled: bool | None = None) -> PerpMMBot:
    """A bot with an exposure, from all over the ranges."""
    base = draw(_figures(5, 100))
    settings = Settings(
        equity_pct=draw(_figures(0.01, 50)),
        leverage=draw(st.integers(1, 125)),
        base_spread_bps=base,
        min_spread_bps=draw(st.just(min(base, 50)) | _figures(3, min(base, 50))),
        target_net_bps=draw(_figures(3, 50)),
        num_levels=draw(st.integers(2, 20)),
        hard_stop_loss_bps=draw(_figures(50, 3000)),
        xgrid_enabled=draw(st.booleans()),
    )
    return PerpMMBot(
        name=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,62}", fullmatch=True) | st.sampled_from(["on", "1", "null"])),
        strategy="perp_mm",
        exchange=draw(st.sampled_from(sorted(CONNECTORS))),
        account=draw(st.sampled_from(HOSTILE)),
        enabled=draw(st.booleans()) if enabled is None else enabled,
        symbols=draw(st.lists(st.sampled_from(SYMBOLS), min_size=1, unique=True)),
        settings=settings,
        advanced=draw(st.dictionaries(st.sampled_from(HOSTILE), st.just(1), max_size=2)),
    )


def _figures(least: float, most: float) -> st.SearchStrategy[float]:
    return st.decimals(Decimal(str(least)), Decimal(str(most)), places=2).map(float)


amounts = st.decimals(Decimal("0.0001"), Decimal(10**9), places=4)


def markets(bot: PerpMMBot, equity: Decimal, price: Decimal | None = None) -> list[Market]:
    """Every symbol of a bot, at one price and a maker fee of 2 bps."""
    return [Market(symbol, CONNECTORS[bot.exchange], equity, 2, price) for symbol in bot.symbols]
