"""Figures and other plain values, and how they are spelled."""

from decimal import Decimal
from math import isfinite

Number = int | float
Scalar = bool | int | float | str


def spell(value: object) -> str:
    """A value as people and YAML write it: 5.0 as `5`, True as `true`, never an exponent."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not isfinite(value):
            return str(value)
        return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"
    return str(value)
