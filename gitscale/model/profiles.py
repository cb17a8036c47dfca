"""Profiles (a few settings applied at once) and presets (whole starting points)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from gitscale.model.bot import Exchange, Line, Symbols
from gitscale.model.parameters import Settings

ProfileName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,40}$")]


class Profile(BaseModel):
    """A named set of parameters; only the keys it writes are applied, everything else stays."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    summary: Line = Field("", description="Whom it suits.")
    expected: Line = Field("", description="Returns the documentation claims; a claim, not an estimate.")
    confirm: bool = Field(False, description="Must be confirmed; required where it raises a GS101-GS104 error.")
    settings: Settings = Field(description="The parameters it sets.")


class Preset(BaseModel):
    """Everything a new bot starts from."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    summary: Line = Field("", description="What it is made for.")
    confirm: bool = Field(False, description="Must be confirmed; required where it raises a GS101-GS104 error.")
    exchange: Exchange = Field(description="ccxt exchange id.")
    margin_mode: Literal["cross", "isolated"] = Field("cross", description="Margin mode on the exchange.")
    symbols: Symbols = Field(min_length=1, description="ccxt symbols of linear swaps.")
    settings: Settings = Field(description="The parameters it starts from.")


class Profiles(BaseModel):
    """profiles.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)

    profiles: dict[ProfileName, Profile] = Field(default_factory=dict, description="Profiles for /scale.")
    presets: dict[Line, Preset] = Field(default_factory=dict, description="Presets for /new.")
