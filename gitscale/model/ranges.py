"""The ranges and defaults of the catalogue, for those who cannot wait until a model is loaded.

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
    "equity_pct": Range((int, float), 0, 50, 5),
    "leverage": Range((int,), 1, 125, 50),
    "base_spread_bps": Range((int, float), 5, 100, 15),
    "min_spread_bps": Range((int, float), 3, 50, 5),
    "target_net_bps": Range((int, float), 3, 50, 11),
    "num_levels": Range((int,), 2, 20, 7),
    "hard_stop_loss_bps": Range((int, float), 50, 3000, 500),
    "xgrid_enabled": Range((bool,), False, True, True),
}
