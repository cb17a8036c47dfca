"""Profiles (a few settings applied at once) and presets (whole starting points)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from gitscale.model.bot import Exchange, Line, Symbols, form
from gitscale.model.parameters import Settings

ProfileName = Annotated[
    str,
    *form(r"^[a-z][a-z0-9_-]{0,40}$", "lower-case letters, digits, hyphens and underscores, for example night-shift"),
]


class Profile(BaseModel):
    """A named set of parameters; only the keys it writes are applied, everything else stays."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    summary: Line = Field("", description="Whom it suits.")
    expected: Line = Field("", description="Returns the documentation claims; a claim, not an estimate.")
    confirm: bool = Field(False, description="Must be confirmed; required where it raises a GS101-GS104 error.")
    settings: Settings = Field(description="The parameters it sets.")

    @model_validator(mode="after")
    def _floor(self) -> "Profile":
        if {"min_spread_bps", "base_spread_bps"} <= self.settings.model_fields_set:
            self.settings.check_floor()
        return self


class Preset(BaseModel):
    """Everything a new bot starts from."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    summary: Line = Field("", description="What it is made for.")
    confirm: bool = Field(False, description="Must be confirmed; required where it raises a GS101-GS104 error.")
    exchange: Exchange = Field(description="ccxt exchange id.")
    margin_mode: Literal["cross", "isolated"] = Field("cross", description="Margin mode on the exchange.")
    symbols: Symbols = Field(min_length=1, description="ccxt symbols of linear swaps.")
    settings: Settings = Field(description="The parameters it starts from.")

    @model_validator(mode="after")
    def _floor(self) -> "Preset":
        self.settings.check_floor()
        return self


class Profiles(BaseModel):
    """profiles.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    profiles: dict[ProfileName, Profile] = Field(default_factory=dict, description="Profiles for /scale.")
    presets: dict[Line, Preset] = Field(default_factory=dict, description="Presets for /new.")
