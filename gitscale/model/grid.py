"""The arithmetic of the grid: how far its levels lie apart, in bps, with orders of one size."""

from gitscale.model.parameters import Settings


def levels_bps(settings: Settings) -> tuple[float, ...]:
    """How far each level of a side lies from mid: level k at k times the base spread."""
    return tuple(round(step * settings.base_spread_bps, 9) for step in range(1, settings.num_levels + 1))


def average_bps(settings: Settings) -> float:
    """How far the average entry of a filled side lies from mid."""
    return round(settings.base_spread_bps * (settings.num_levels + 1) / 2, 9)


def beyond_average_bps(base_spread_bps: float, num_levels: int) -> float:
    """How far the last level lies behind the average entry of a filled side."""
    return base_spread_bps * (num_levels - 1) / 2
