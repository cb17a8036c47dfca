"""What fees ask of a spread, in bps."""

from typing import NamedTuple

from gitscale.model.bot import PerpMMBot
from gitscale.model.policy import Policy


class Floor(NamedTuple):
    """What a setting has to be above, and which fee that is."""

    bps: float
    what: str


def fee_floors(bot: PerpMMBot, policy: Policy) -> dict[str, Floor]:
    """The floors under the two spreads: a fill at the floor pays the maker, the first level's way out may be either."""
    fees = policy.fees_of(bot.exchange)
    return {
        "min_spread_bps": Floor(fees.maker, "the maker fee"),
        "base_spread_bps": Floor(round((fees.maker + fees.taker) / 2, 9), "the mean of maker and taker fee"),
    }
