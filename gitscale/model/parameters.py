"""The eight perp_mm parameters: the one home of their ranges, units, defaults and reasons.

JSON Schema, refusals, help and docs are derived from the annotated fields below.
To add a parameter, add a field; nothing else lists them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from gitscale.model.numbers import Number, Scalar, spell


@dataclass(frozen=True, slots=True)
class Unit:
    """How a figure is spoken of: `long` in prose, `short` right behind the number."""

    long: str
    short: str


BPS = Unit("bps", " bps")
PERCENT = Unit("% of equity", "%")
TIMES = Unit("x", "x")
COUNT = Unit("levels a side", "")
SWITCH = Unit("true or false", "")


@dataclass(frozen=True, slots=True)
class Also:
    """What people call a parameter besides its name: lower case, words by blanks."""

    phrases: tuple[str, ...]


def also(*phrases: str) -> Also:
    """The mark, as it is written beside a field."""
    return Also(phrases)


class Settings(BaseModel):
    """Settings of one perp_mm bot; a missing key takes its default, `model_fields_set` holds the given ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    equity_pct: Annotated[
        float,
        PERCENT,
        also(
            "equity percent",
            "equity percentage",
            "position size",
            "sizing",
            "position sizing",
            "stake",
            "equity share",
            "share of equity",
            "allocation",
            "order size",
            "allocate",
            "eq",
            "eq pct",
        ),
    ] = Field(
        5,
        ge=0,
        le=50,
        description="Share of account equity used per grid cycle; positions grow with the account.",
    )
    leverage: Annotated[int, TIMES, also("lev", "gearing", "multiplier")] = Field(
        50, ge=1, le=125, description="Position leverage; with equity_pct it sets the effective exposure."
    )
    base_spread_bps: Annotated[float, BPS, also("spread", "spreads", "base")] = Field(
        15, ge=5, le=100, description="Distance from mid to the first level; level k sits at k times it."
    )
    min_spread_bps: Annotated[
        float, BPS, also("minimum spread", "spread floor", "floor of the spread", "floor", "smallest spread")
    ] = Field(5, ge=3, le=50, description="Floor under the spread; at most base_spread_bps.")
    target_net_bps: Annotated[
        float, BPS, also("target", "net target", "take profit", "profit target", "take profit target", "tp")
    ] = Field(11, ge=3, le=50, description="Take-profit, net of fees.")
    num_levels: Annotated[
        int,
        COUNT,
        also("level", "grid levels", "grid level", "number of levels", "rungs", "layers", "number of grid levels"),
    ] = Field(7, ge=2, le=20, description="Grid levels on each side.")
    hard_stop_loss_bps: Annotated[float, BPS, also("stop", "stop loss", "stoploss", "hard stop", "sl")] = Field(
        500, ge=50, le=3000, description="Hard stop, measured from the average entry."
    )
    xgrid_enabled: Annotated[
        bool,
        SWITCH,
        also(
            *("counter scalp", "counter scalping", "counterscalp", "counterscalping"),
            *("x grid", "hedge", "hedging", "hedge grid", "counter grid"),
        ),
    ] = Field(
        True,
        description="Counter-scalp hedging: opens counter-positions when the market moves against the bot.",
    )

    def given(self) -> dict[str, Scalar]:
        """The values that were written, in the catalogue's order."""
        return {name: getattr(self, name) for name in PARAMETERS if name in self.model_fields_set}

    def check_floor(self) -> None:
        """Refuse a floor above the spread it lies under; said by whoever holds whole settings, not a few of them."""
        if self.min_spread_bps > self.base_spread_bps:
            raise PydanticCustomError(
                "spread_floor",
                "min_spread_bps {floor} is above base_spread_bps {base}",
                {"floor": spell(self.min_spread_bps), "base": spell(self.base_spread_bps)},
            )


@dataclass(frozen=True, slots=True)
class Parameter:
    """One row of the catalogue; `minimum` and `maximum` are inclusive, None for a switch; `also`: other names."""

    name: str
    kind: Any
    default: Scalar
    minimum: Number | None
    maximum: Number | None
    unit: Unit
    why: str
    also: tuple[str, ...] = ()

    @property
    def range(self) -> str:
        """The accepted values in words: `1 to 125`, or `true or false`."""
        if self.minimum is None:
            return "true or false"
        noun = "a whole number, " if self.kind is int else ""
        return f"{noun}{spell(self.minimum)} to {spell(self.maximum)}"


def _catalogue() -> Mapping[str, Parameter]:
    rows = {}
    for name, field in Settings.model_fields.items():
        marks: dict[str, Any] = {}
        for mark in field.metadata:
            marks |= {key: getattr(mark, key) for key in ("ge", "le") if hasattr(mark, key)}
            marks |= {"unit": mark} if isinstance(mark, Unit) else {}
            marks |= {"also": mark.phrases} if isinstance(mark, Also) else {}
        kind = field.annotation or object
        rows[name] = Parameter(
            name,
            kind,
            field.default,
            marks.get("ge"),
            marks.get("le"),
            marks["unit"],
            field.description or "",
            marks.get("also", ()),
        )
    return MappingProxyType(rows)


PARAMETERS: Mapping[str, Parameter] = _catalogue()
