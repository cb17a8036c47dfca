"""Both hummingbot engines, numbers worked by hand: E 10,000, X 250% (5% at 50x), N 7, p 100, maker 2 bps."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from gitscale.model.bot import PerpMMBot
from gitscale.model.parameters import Settings
from gitscale.sync.engines.connectors import CONNECTORS
from gitscale.sync.engines.registry import ENGINES, files, heat, unsuited
from tests.sync.engines.bots import amounts, bots, markets
from tests.sync.engines.constraints import broken

CONTROLLER, V1 = "hummingbot-controller", "hummingbot-v1"
SOL = ["SOL/USDT:USDT"]


def bot(**values: Any) -> PerpMMBot:
    settings = Settings(**values.pop("settings", {}))
    return PerpMMBot(
        **({"name": "on", "strategy": "perp_mm", "exchange": "bybit", "symbols": SOL} | values), settings=settings
    )


def texts(
    engine: str, one: PerpMMBot, equity: Decimal = Decimal(10_000), price: Decimal = Decimal(100)
) -> dict[str, str]:
    given_price = price if ENGINES[engine].priced else None
    return files(engine, one, markets(one, equity, given_price), "0" * 64)


def loaded(engine: str, one: PerpMMBot, *amount: Decimal) -> dict[str, dict[str, Any]]:
    """Every file as PyYAML reads it, which hummingbot uses, and as ruamel.yaml does, which it uses too."""
    found = {}
    for name, text in texts(engine, one, *amount).items():
        found[name] = pyyaml.safe_load(text)
        assert YAML(typ="safe", pure=True).load(text) == found[name]
    return found


@pytest.mark.parametrize(
    ("engine", "key", "value"),
    [
        (CONTROLLER, "id", "on-SOL-USDT"),
        (CONTROLLER, "trading_pair", "SOL-USDT"),
        (CONTROLLER, "total_amount_quote", 50_000),
        (CONTROLLER, "buy_spreads", [0.0015, 0.003, 0.0045, 0.006, 0.0075, 0.009, 0.0105]),
        (CONTROLLER, "stop_loss", 0.05),
        (CONTROLLER, "take_profit", 0.0015),
        (CONTROLLER, "time_limit", ""),
        (CONTROLLER, "manual_kill_switch", False),
        (V1, "order_amount", pytest.approx(25_000 / 700, rel=1e-9)),
        (V1, "bid_spread", 0.15),
        (V1, "order_level_spread", 0.15),
        (V1, "minimum_spread", 0.05),
        (V1, "long_profit_taking_spread", 0.15),
        (V1, "stop_loss_spread", 5),
    ],
)
def test_figures(engine: str, key: str, value: object) -> None:
    folder = ENGINES[engine].folder
    assert loaded(engine, bot())[f"{folder}/on-SOL-USDT.yml"][key] == value


def test_several_symbols_share_the_exposure() -> None:
    """25,000 a side: 12,500 each; a stop of 5% costs 625 of each, 1,250 in all."""
    found = loaded(CONTROLLER, bot(symbols=[*SOL, "BTC/USDT:USDT"]))
    assert list(found) == ["controllers/on-SOL-USDT.yml", "controllers/on-BTC-USDT.yml", "scripts/on.yml"]
    assert [one["total_amount_quote"] for one in list(found.values())[:2]] == [25_000, 25_000]
    assert found["scripts/on.yml"]["controllers_config"] == ["on-SOL-USDT.yml", "on-BTC-USDT.yml"]
    assert found["scripts/on.yml"]["max_controller_drawdown_quote"] == 625
    assert (
        "each of 2 has an equal share"
        in texts(CONTROLLER, bot(symbols=[*SOL, "BTC/USDT:USDT"]))["controllers/on-BTC-USDT.yml"]
    )


def test_a_floor_at_the_spread_is_switched_off_and_said() -> None:
    tight = bot(settings={"base_spread_bps": 20, "min_spread_bps": 20})
    assert loaded(V1, tight)["strategies/on-SOL-USDT.yml"]["minimum_spread"] == -100
    assert "switched off: at base_spread_bps" in texts(V1, tight)["strategies/on-SOL-USDT.yml"]


@pytest.mark.parametrize("account", ["büro", "\u202e\u2028", "a\ufe0fb"])
def test_comments_are_ascii_lines(account: str) -> None:
    text = texts(CONTROLLER, bot(account=account))["controllers/on-SOL-USDT.yml"]
    assert text.isascii()
    assert len([line for line in text.splitlines() if line.startswith("# no counterpart: account: ")]) == 1


def test_a_disabled_bot_has_its_kill_switch_set() -> None:
    assert loaded(CONTROLLER, bot(enabled=False))["controllers/on-SOL-USDT.yml"]["manual_kill_switch"] is True
    assert "the kill switch is set" in texts(CONTROLLER, bot(enabled=False))["controllers/on-SOL-USDT.yml"]


@pytest.mark.parametrize(
    ("exchange", "symbol", "connector", "pair", "mode"),
    [
        ("binance", "SOL/USDT:USDT", "binance_perpetual", "SOL-USDT", "HEDGE"),
        ("binanceusdm", "SOL/USDT:USDT", "binance_perpetual", "SOL-USDT", "HEDGE"),
        ("gate", "SOL/USDT:USDT", "gate_io_perpetual", "SOL-USDT", "HEDGE"),
        ("hyperliquid", "SOL/USDC:USDC", "hyperliquid_perpetual", "SOL-USD", "ONEWAY"),
        ("kucoinfutures", "BTC/USDT:USDT", "kucoin_perpetual", "XBT-USDT", "ONEWAY"),
    ],
)
def test_connectors(exchange: str, symbol: str, connector: str, pair: str, mode: str) -> None:
    found = next(iter(loaded(CONTROLLER, bot(exchange=exchange, symbols=[symbol])).values()))
    assert (found["connector_name"], found["trading_pair"], found["position_mode"]) == (connector, pair, mode)


@pytest.mark.parametrize(("exchange", "kind"), [("bybit", "LIMIT"), ("okx", "LIMIT_MAKER")])
def test_take_profits_are_orders_that_the_connector_has(exchange: str, kind: str) -> None:
    """bybit_perpetual fails every order of a type it does not support."""
    name, one = "controllers/on-SOL-USDT.yml", bot(exchange=exchange)
    assert loaded(CONTROLLER, one)[name]["take_profit_order_type"] == kind
    assert ("bybit_perpetual has none that is maker only" in texts(CONTROLLER, one)[name]) is (kind == "LIMIT")


def test_the_page_names_every_exchange() -> None:
    page = (Path(__file__).parents[3] / "docs/engines.md").read_text()
    listed = page.partition("\nExchanges: ")[2].partition(".")[0]
    assert listed.replace("\n", " ").split(", ") == sorted(CONNECTORS)


@pytest.mark.parametrize(
    ("engine", "values", "maker", "reason"),
    [
        (CONTROLLER, {"exchange": "blofin"}, 2, "no hummingbot connector is known for blofin"),
        (CONTROLLER, {"settings": {"equity_pct": 0}}, 2, "equity_pct is 0, and hummingbot has no order of no size"),
        (
            CONTROLLER,
            {"symbols": ["A-B/USDT:USDT"]},
            2,
            "A-B/USDT:USDT has a hyphen, which separates base and quote there",
        ),
        (CONTROLLER, {"symbols": ["BTC/USD:BTC"]}, 2, "BTC/USD:BTC is settled in BTC, and amounts are in USD"),
        (
            V1,
            {"settings": {"target_net_bps": 3}},
            -1.5,
            "take-profit and maker rebate make 0 bps gross, and hummingbot asks for more than 0",
        ),
        (
            CONTROLLER,
            {"exchange": "hyperliquid", "symbols": ["SOL/USDC:USDC", "SOL/USD:USD"]},
            2,
            "SOL/USDC:USDC and SOL/USD:USD are both SOL-USD there",
        ),
        (CONTROLLER, {"symbols": ["a/B:B", "A/B:B"]}, 2, "a/B:B and A/B:B are both A-B there"),
        (V1, {"enabled": False}, 2, "it is disabled, and this engine has no switch to say so"),
        (V1, {}, 2, ""),
        (CONTROLLER, {"enabled": False}, -1.5, ""),
    ],
)
def test_what_hummingbot_cannot_run(engine: str, values: dict[str, Any], maker: float, reason: str) -> None:
    assert unsuited(ENGINES[engine], bot(**values), maker) == reason


@pytest.mark.parametrize("engine", ENGINES)
@given(data=st.data())
def test_any_bot_keeps_hummingbots_constraints_and_ours(engine: str, data: st.DataObject) -> None:
    """Totals: 2*E*X over all symbols, and N orders a side of E*X/(N*p), to 1e-9."""
    one = data.draw(bots(enabled=None if ENGINES[engine].switch else True))
    equity, price = data.draw(amounts), data.draw(amounts)
    assert unsuited(ENGINES[engine], one, 2) == ""
    found = loaded(engine, one, equity, price)
    assert [key for name, values in found.items() for key in broken(name.partition("/")[0], values)] == []
    assert len(found) == len(one.symbols) + (engine == CONTROLLER)
    own = one.settings
    side = Fraction(equity) * Fraction(str(own.equity_pct)) * own.leverage / 100
    if engine == CONTROLLER:
        total = sum(values.get("total_amount_quote", 0) for values in found.values())
        assert total == pytest.approx(float(2 * side), rel=1e-9)
        drawdown = found[f"scripts/{one.name}.yml"]["max_controller_drawdown_quote"] * len(one.symbols)
        assert drawdown == pytest.approx(float(side * Fraction(str(own.hard_stop_loss_bps)) / 10_000), rel=1e-9)
    else:
        orders = sum(values["order_amount"] * values["order_levels"] for values in found.values())
        assert orders * float(price) == pytest.approx(float(side), rel=1e-9)
        assert all(values["minimum_spread"] < values["bid_spread"] for values in found.values())


@pytest.mark.parametrize(
    ("folder", "key", "value"),
    [
        ("strategies", "bid_spread", 100),
        ("strategies", "stop_loss_spread", 0),
        ("strategies", "order_amount", 0),
        ("strategies", "market", "A-B-USDT"),
        ("strategies", "leverage", 5.5),
        ("controllers", "take_profit", 0),
        ("controllers", "position_mode", "Hedge"),
        ("controllers", "manual_kill_switch", "false"),
        ("controllers", "sell_spreads", [0.002, 0.001]),
        ("scripts", "controllers_config", []),
        ("scripts", "max_controller_drawdown", 1),
    ],
)
def test_the_table_of_constraints_refuses(folder: str, key: str, value: object) -> None:
    engine = V1 if folder == "strategies" else CONTROLLER
    values = next(values for name, values in loaded(engine, bot()).items() if name.startswith(folder))
    assert broken(folder, values) == []
    assert broken(folder, values | {key: value}) == [key]


@pytest.mark.parametrize("engine", ENGINES)
def test_every_key_is_hot_or_needs_a_restart(engine: str) -> None:
    row = ENGINES[engine]
    keys = list(row.settings(bot(), markets(bot(), Decimal(1), Decimal(1))[0]))
    hot, restart = heat(row, keys)
    assert (frozenset(hot), sorted(hot + restart)) == (row.hot, sorted(keys))
    assert f"# restart: {', '.join(restart)}\n" in next(iter(texts(engine, bot()).values()))
