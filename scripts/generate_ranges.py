"""The text of gitscale/model/ranges.py, from the catalogue of parameters; `generate.py` writes it."""

from pathlib import Path

from gitscale.model.parameters import PARAMETERS, Parameter

TARGET = Path(__file__).parent.parent / "gitscale" / "model" / "ranges.py"
HEADER = '''"""The ranges and defaults of the catalogue, for those who cannot wait until a model is loaded.

Generated from gitscale/model/parameters.py by scripts/generate_ranges.py.
"""

from typing import NamedTuple

from gitscale.model.numbers import Number


class Range(NamedTuple):
    """The types a value may have, its limits, both inclusive, and what counts where there is none."""

    kinds: tuple[type, ...]
    least: Number
    most: Number
    default: Number


RANGES = {
'''
# a switch lies between its two positions
_KINDS = {float: ("(int, float)", "{}, {}"), int: ("(int,)", "{}, {}"), bool: ("(bool,)", "False, True")}


def render() -> str:
    """The module's text."""
    return HEADER + "".join(map(_row, PARAMETERS.values())) + "}\n"


def _row(one: Parameter) -> str:
    kinds, limits = _KINDS[one.kind]
    return f'    "{one.name}": Range({kinds}, {limits.format(one.minimum, one.maximum)}, {one.default}),\n'
