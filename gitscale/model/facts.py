"""market/facts.yaml: what exchanges grant, as it was on a day. Committed and dated; the gate never asks the network."""

from itertools import pairwise
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gitscale.model.bot import Day, Exchange, Line
from gitscale.model.exchanges import ids_of
from gitscale.model.numbers import spell
from gitscale.model.policy import FeeRates, Positive, disorder

_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
Granted = Annotated[float, Field(ge=1)]


class Tier(BaseModel):
    """A risk tier of a market: it reaches up to a notional, whatever the collateral is."""

    model_config = _FROZEN
    up_to: Positive = Field(description="Largest notional in quote currency.")
    maintenance: float = Field(ge=0, lt=100, description="Maintenance rate in %.")
    max_leverage: Granted = Field(description="Largest leverage the exchange grants.")


class Market(BaseModel):
    """One linear swap."""

    model_config = _FROZEN
    max_leverage: Granted = Field(description="Largest leverage the exchange grants.")
    tiers: list[Tier] = Field(default_factory=list, description="Tiers by notional, the smallest first.")

    @model_validator(mode="after")
    def _rising(self) -> "Market":
        for one, other in pairwise(self.tiers):
            if other.up_to <= one.up_to:
                raise disorder(
                    f"tiers up to {spell(one.up_to)} and {spell(other.up_to)} do not rise",
                    "write the tier of the smallest notional first",
                )
        return self

    def tier(self, notional: float | None) -> Tier | None:
        """The tier a position falls into; one beyond the last is in the last. Nothing without tiers or notional."""
        if notional is None or not self.tiers:
            return None
        return next((item for item in self.tiers if notional <= item.up_to), self.tiers[-1])

    def granted(self, notional: float | None) -> float:
        """The largest leverage for a position, by its tier where that is known."""
        tier = self.tier(notional)
        return self.max_leverage if tier is None else min(tier.max_leverage, self.max_leverage)


class ExchangeFacts(BaseModel):
    """One exchange."""

    model_config = _FROZEN
    as_of: Day = Field(description="The day this was read, YYYY-MM-DD (UTC).")
    hedge_mode: bool | None = Field(None, description="Can it hold a long and a short of one symbol?")
    fees: FeeRates | None = Field(None, description="Fees as they were published, for people: policy.yaml's judge.")
    markets: dict[Line, Market] = Field(default_factory=dict, description="Markets by ccxt symbol.")


class Facts(BaseModel):
    """What is known of the fleet's exchanges."""

    model_config = _FROZEN
    exchanges: dict[Exchange, ExchangeFacts] = Field(default_factory=dict, description="Facts by ccxt exchange id.")

    def of(self, exchange: str) -> ExchangeFacts | None:
        """What is known of an exchange, under whichever of its ids it is written."""
        return next((self.exchanges[name] for name in ids_of(exchange) if name in self.exchanges), None)

    def market(self, exchange: str, symbol: str) -> Market | None:
        """What is known of one market."""
        known = self.of(exchange)
        return known.markets.get(symbol) if known else None
