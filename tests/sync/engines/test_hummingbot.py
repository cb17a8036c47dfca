"""Numbers of both hummingbot engines, worked by hand: E 10,000, X 250% (5% at 50x), N 7, p 100, maker 2 bps."""

from decimal import Decimal

import pytest
from ruamel.yaml import YAML

from gitscale.model.bot import PerpMMBot
from gitscale.sync.engines.registry import ENGINES, yaml
from gitscale.sync.engines.sizing import Market, drawdown_stop

BOT = PerpMMBot(name="on", strategy="perp_mm", exchange="bybit", symbols=["SOL/USDT:USDT"])
MARKET = Market("SOL/USDT:USDT", Decimal(100), Decimal(10_000), 2)


@pytest.mark.parametrize(
    ("engine", "key", "value"),
    [
        ("hummingbot-controller", "id", "on"),
        ("hummingbot-controller", "trading_pair", "SOL-USDT"),
        ("hummingbot-controller", "total_amount_quote", 50_000),
        ("hummingbot-controller", "buy_spreads", [0.0015, 0.003, 0.0045, 0.006, 0.0075, 0.009, 0.0105]),
        ("hummingbot-controller", "stop_loss", 0.05),
        ("hummingbot-controller", "take_profit", 0.0015),
        ("hummingbot-controller", "time_limit", ""),
        ("hummingbot-v1", "order_amount", pytest.approx(25_000 / 700, rel=1e-9)),
        ("hummingbot-v1", "bid_spread", 0.15),
        ("hummingbot-v1", "minimum_spread", 0.05),
        ("hummingbot-v1", "long_profit_taking_spread", 0.15),
        ("hummingbot-v1", "stop_loss_spread", 5),
    ],
)
def test_figures(engine: str, key: str, value: object) -> None:
    text = yaml(ENGINES[engine](BOT, MARKET, "bybit_perpetual"))
    assert YAML(typ="safe", pure=True).load(text)[key] == value


def test_drawdown_stop() -> None:
    assert drawdown_stop(BOT, MARKET) == 1250
