"""policy.yaml: the limits a fleet is judged by, with the defaults that hold when a key is absent."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from gitscale.model.bot import Exchange, form
from gitscale.model.exchanges import DEFAULT_FEES, FEES, Fees, ids_of
from gitscale.model.numbers import spell

Positive = Annotated[float, Field(gt=0)]
Share = Annotated[float, Field(ge=0, le=100)]
# GS0xx says that a file is no config at all: that has no other severity
Judged = Annotated[str, *form(r"^GS[1-9][0-9]{2}$", "the code of a risk rule, for example GS104")]
Account = Annotated[str, *form(r"^[a-z0-9_]+/[^\x00-\x1f\x7f]+$", "exchange/account, for example blofin/main")]
_FROZEN = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


def disorder(message: str, remedy: str) -> PydanticCustomError:
    """What figures that do not fit each other raise; the remedy goes with it, since it needs the figures."""
    return PydanticCustomError("disorder", "{message}", {"message": message, "remedy": remedy})


class LossAtStop(BaseModel):
    """Bounds on what one stop costs, in % of the equity."""

    model_config = _FROZEN
    warn: Share = Field(25, description="A warning above this.")
    max: Share = Field(75, description="An error above this.")

    @model_validator(mode="after")
    def _rising(self) -> "LossAtStop":
        if self.warn > self.max:
            raise disorder(
                f"warn {spell(self.warn)} is above max {spell(self.max)}",
                f"set warn to {spell(self.max)} or less, or max to {spell(self.warn)} or more",
            )
        return self


class Levels(BaseModel):
    """Exposure, in % of equity, at which each level begins; Low is below `moderate`."""

    model_config = _FROZEN
    moderate: Positive = Field(100, description="Where Moderate begins.")
    high: Positive = Field(500, description="Where High begins.")
    extreme: Positive = Field(1500, description="Where Extreme begins.")

    @model_validator(mode="after")
    def _rising(self) -> "Levels":
        if not self.moderate <= self.high <= self.extreme:
            figures = ", ".join(f"{name} {spell(getattr(self, name))}" for name in Levels.model_fields)
            raise disorder(f"{figures} do not rise", "write them in rising order")
        return self


class MassChange(BaseModel):
    """A change is a mass change above both bounds."""

    model_config = _FROZEN
    share: Share = Field(30, description="% of the fleet's bots.")
    bots: int = Field(3, ge=0, description="Number of bots.")


class FeeRates(BaseModel):
    """An exchange's fees in bps; a rebate is negative."""

    model_config = _FROZEN
    maker: float = Field(ge=-100, le=100, description="Maker fee in bps.")
    taker: float = Field(ge=-100, le=100, description="Taker fee in bps.")


class Policy(BaseModel):
    """Risk limits, guarded apart from the bots they judge."""

    model_config = _FROZEN

    max_exposure: Positive = Field(1000, description="Largest exposure of one bot, % of equity.")
    max_account_exposure: Positive = Field(1500, description="Largest exposure of one account, % of equity.")
    loss_at_stop: LossAtStop = Field(default_factory=LossAtStop, description="What one stop may cost.")
    levels: Levels = Field(default_factory=Levels, description="Where the risk levels begin.")
    growth_factor: float = Field(3, ge=1, description="Growth of exposure in one change that is a jump.")
    mass_change: MassChange = Field(default_factory=MassChange, description="When one change touches too many bots.")
    mass_sync: MassChange = Field(
        default_factory=MassChange, description="When one sync creates, updates or deletes too many bots."
    )
    maintenance_margin: float = Field(0.5, ge=0, lt=100, description="Maintenance rate in % where no tier is known.")
    slippage_bps: float = Field(10, ge=0, le=1000, description="Slippage of a stop in bps.")
    acceptance_days: int = Field(30, ge=1, le=366, description="Days a confirmation's acceptance holds.")
    fees: dict[Exchange, FeeRates] = Field(
        default_factory=dict, description="Fees by exchange, over the built-in ones."
    )
    severity: dict[Judged, Literal["error", "warning", "note", "off"]] = Field(
        default_factory=dict, description="Severity by rule code, over the rules' own."
    )
    accounts: dict[Account, Positive] = Field(
        default_factory=dict, description="Equity in quote currency by exchange/account."
    )
    not_secrets: list[str] = Field(
        default_factory=list, description="Dotted keys GS006 takes for credentials and that are none."
    )
    facts_max_age_days: int = Field(30, ge=1, description="Age at which market facts are too old.")

    def number(self, keys: tuple[str, ...]) -> float:
        """The limit at these keys."""
        value: object = self
        for key in keys:
            value = getattr(value, key)
        assert isinstance(value, (int, float))
        return value

    def fees_of(self, exchange: str) -> Fees:
        """Maker and taker of an exchange in bps: the policy's, else the built-in, else a cautious default."""
        ids = ids_of(exchange)
        if said := next((self.fees[name] for name in ids if name in self.fees), None):
            return Fees(said.maker, said.taker)
        return next((FEES[name] for name in ids if name in FEES), DEFAULT_FEES)

    def equity_of(self, account: str) -> float | None:
        """The equity of `exchange/account`, under whichever id of the exchange it is written."""
        exchange, _, name = account.partition("/")
        return next((self.accounts[key] for one in ids_of(exchange) if (key := f"{one}/{name}") in self.accounts), None)
