"""What hummingbot says of its settings, restated from its documentation: one row a key, in what its validator accepts.

v1: the configuration map of perpetual_market_making; v2: the fields of pmm_simple and of v2_with_controllers.
"""

from collections.abc import Callable, Mapping
from typing import Any

from gitscale.sync.engines.connectors import CONNECTORS

Check = Callable[[Any], bool]


def number(least: float, most: float, *, inclusive: bool = False) -> Check:
    """A number between two bounds."""

    def holds(value: Any) -> bool:
        within = least <= value <= most if inclusive else least < value < most
        return isinstance(value, int | float) and not isinstance(value, bool) and within

    return holds


def one_of(*words: Any) -> Check:
    """One of some values, of the same type."""
    return lambda value: any(value == word and type(value) is type(word) for word in words)


def _whole(value: Any) -> bool:
    return type(value) is int and value > 0


def _pair(value: Any) -> bool:
    return isinstance(value, str) and [bool(word) for word in value.split("-")] == [True, True]


def _text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _ladder(value: Any) -> bool:
    return bool(value) and all(0 < one < 1 for one in value) and value == sorted(set(value))


_ANY = float("inf")
_NAMES = one_of(*{connector.name for connector in CONNECTORS.values()})

V1: Mapping[str, Check] = {
    "template_version": one_of(6),
    "strategy": one_of("perpetual_market_making"),
    "derivative": _NAMES,
    "market": _pair,
    "leverage": _whole,
    "position_mode": one_of("One-way", "Hedge"),
    "bid_spread": number(0, 100),
    "ask_spread": number(0, 100),
    "minimum_spread": number(-100, 100, inclusive=True),
    "order_refresh_time": number(0, _ANY),
    "order_amount": number(0, _ANY),
    "long_profit_taking_spread": number(0, 100, inclusive=True),
    "short_profit_taking_spread": number(0, 100, inclusive=True),
    "stop_loss_spread": number(0, 101),
    "order_levels": _whole,
    "order_level_amount": number(-_ANY, _ANY),
    "order_level_spread": number(0, 100),
}
CONTROLLER: Mapping[str, Check] = {
    "id": _text,
    "controller_name": one_of("pmm_simple"),
    "controller_type": one_of("market_making"),
    "total_amount_quote": number(0, _ANY),
    "manual_kill_switch": one_of(True, False),
    "connector_name": _NAMES,
    "trading_pair": _pair,
    "buy_spreads": _ladder,
    "sell_spreads": _ladder,
    "leverage": _whole,
    "position_mode": one_of("HEDGE", "ONEWAY"),
    "stop_loss": number(0, _ANY),
    "take_profit": number(0, _ANY),
    "time_limit": one_of(""),
    "take_profit_order_type": one_of("MARKET", "LIMIT", "LIMIT_MAKER"),
    "trailing_stop": one_of(""),
}
SCRIPT: Mapping[str, Check] = {
    "script_file_name": one_of("v2_with_controllers.py"),
    "controllers_config": lambda value: bool(value) and len(set(value)) == len(value),
    "max_controller_drawdown_quote": number(0, _ANY),
}
BY_FOLDER = {"strategies": V1, "controllers": CONTROLLER, "scripts": SCRIPT}


def broken(folder: str, values: Mapping[str, Any]) -> list[str]:
    """The keys that hummingbot would refuse or not know, and those it lacks."""
    checks = dict(BY_FOLDER[folder])
    if values.get("connector_name") == "bybit_perpetual":  # it has no other order types
        checks["take_profit_order_type"] = one_of("MARKET", "LIMIT")
    return [
        key for key in {**checks, **values} if key not in values or key not in checks or not checks[key](values[key])
    ]
