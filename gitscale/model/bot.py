"""A bot as its file states it: perp_mm strictly typed, any other strategy kept as it is."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from gitscale.model.exchanges import ALIASES, KNOWN
from gitscale.model.forms import LONGEST_LINE, NAME_PATTERN, PERP_MM, SYMBOL_PATTERN, MarginMode
from gitscale.model.parameters import PARAMETERS, Settings


def _known_exchange(value: str) -> str:
    if value not in KNOWN:
        raise PydanticCustomError("unknown_exchange", "{value} is not a ccxt exchange id", {"value": repr(value)})
    return value


def _calendar_date(value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise PydanticCustomError("date", "{value} is not a day of the calendar", {"value": value}) from None


def _unique(values: list[str]) -> list[str]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("unique", "lists the same symbol twice")
    return values


def form(pattern: str, meaning: str) -> tuple[StringConstraints, Any]:
    """A pattern, and what editors and problems say in its place."""
    return StringConstraints(pattern=pattern), Field(json_schema_extra={"patternErrorMessage": meaning})


Name = Annotated[
    str,
    *form(NAME_PATTERN, "lower-case letters, digits and hyphens, at most 63, for example blofin-main"),
]
Exchange = Annotated[str, AfterValidator(_known_exchange), Field(json_schema_extra={"enum": sorted(KNOWN)})]
Day = Annotated[
    str,
    *form(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "YYYY-MM-DD, for example 2027-01-31"),
    AfterValidator(_calendar_date),
]
Symbol = Annotated[
    str,
    *form(SYMBOL_PATTERN, "BASE/QUOTE:SETTLE, for example SOL/USDT:USDT"),
]
Symbols = Annotated[list[Symbol], AfterValidator(_unique), Field(json_schema_extra={"uniqueItems": True})]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST_LINE),
    *form(r"^[^\x00-\x1f\x7f]*$", "one line of text without control characters"),
]
Rule = Annotated[str, *form(r"^GS[0-9]{3}$", "GS and three digits, for example GS101")]
Strategy = Annotated[
    str, *form(r"^[a-z][a-z0-9_]{0,62}$", "lower-case letters, digits and underscores, for example vortex_dca")
]


class AcceptedRisk(BaseModel):
    """Somebody's signature under one finding, up to a figure and a day (inclusive, UTC)."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    rule: Rule = Field(description="Rule code, e.g. GS101.")
    limit: float = Field(
        allow_inf_nan=False, description="The worst figure accepted; anything above it is a finding again."
    )
    reason: Line = Field(description="Why this is acceptable.")
    by: Line = Field(description="Who accepts it.")
    until: Day = Field(description="Last day it holds, YYYY-MM-DD (UTC).")

    def covers(self, rule: str, figure: float, today: date) -> bool:
        """Whether this entry still accepts `figure` of `rule` on `today`."""
        return self.rule == rule and figure <= self.limit and today <= date.fromisoformat(self.until)


class _Bot(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    name: Name = Field(description="Name of the bot; the same as the file's stem.")
    strategy: str
    exchange: Exchange = Field(description="ccxt exchange id.")
    account: Line = Field("main", description="Exchange account; bots on one account share cross margin.")
    preset: Line | None = Field(None, description="Label: where the settings came from.")
    enabled: bool = Field(True, description="Should it be running?")
    margin_mode: MarginMode = Field("cross", description="Margin mode on the exchange.")

    @property
    def venue(self) -> tuple[str, str]:
        """The account whose margin this bot draws on: (exchange id without aliases, account)."""
        return ALIASES.get(self.exchange, self.exchange), self.account


class PerpMMBot(_Bot):
    """A perpetual market maker: the strategy the agent scales."""

    strategy: Literal["perp_mm"] = Field(description="Trading strategy.")
    symbols: Symbols = Field(min_length=1, description="ccxt symbols of linear swaps, e.g. SOL/USDT:USDT.")
    settings: Settings = Field(default_factory=Settings, description="The eight tuned parameters.")
    advanced: dict[str, Any] = Field(default_factory=dict, description="Further parameters, passed through untouched.")
    accepted_risks: list[AcceptedRisk] = Field(default_factory=list, description="Risks accepted by name and date.")

    @model_validator(mode="after")
    def _whole(self) -> "PerpMMBot":
        self.settings.check_floor()
        if repeated := next((key for key in self.advanced if key in PARAMETERS), None):
            raise PydanticCustomError("advanced_repeats", "{key} belongs under settings", {"key": repeated})
        return self


class OtherBot(_Bot):
    """Any other strategy: versioned and rendered, never scaled."""

    strategy: Strategy = Field(description="Trading strategy.")
    symbols: Annotated[list[Line], AfterValidator(_unique), Field(json_schema_extra={"uniqueItems": True})] = Field(
        default_factory=list, description="Markets it trades."
    )
    settings: dict[str, Any] = Field(default_factory=dict, description="The strategy's own parameters.")
    advanced: dict[str, Any] = Field(default_factory=dict, description="Further parameters, passed through untouched.")
    accepted_risks: list[AcceptedRisk] = Field(default_factory=list, description="Risks accepted by name and date.")


Bot = PerpMMBot | OtherBot


def bot_from(document: dict[str, Any]) -> Bot:
    """The typed bot of a parsed document.

    Raises:
        pydantic.ValidationError: with one entry a breach.
    """
    kind = PerpMMBot if document.get("strategy") == PERP_MM else OtherBot
    return kind.model_validate(document)
