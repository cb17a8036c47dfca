"""market/facts.yaml: what exchanges grant, as it was on a day. Committed and dated; the gate never asks the network."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from gitscale.model.bot import Day, Exchange, Line
from gitscale.model.exchanges import ids_of

_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Market(BaseModel):
    """One linear swap."""

    model_config = _FROZEN
    max_leverage: Annotated[float, Field(ge=1)] = Field(description="Largest leverage the exchange grants.")


class ExchangeFacts(BaseModel):
    """One exchange."""

    model_config = _FROZEN
    as_of: Day = Field(description="The day this was read, YYYY-MM-DD (UTC).")
    markets: dict[Line, Market] = Field(default_factory=dict, description="Markets by ccxt symbol.")


class Facts(BaseModel):
    """What is known of the fleet's exchanges."""

    model_config = _FROZEN
    exchanges: dict[Exchange, ExchangeFacts] = Field(default_factory=dict, description="Facts by ccxt exchange id.")

    def of(self, exchange: str) -> ExchangeFacts | None:
        """What is known of an exchange, under whichever of its ids it is written."""
        return next((self.exchanges[name] for name in ids_of(exchange) if name in self.exchanges), None)
