"""A bot as the replay sees it: all figures are fractions, sizes are parts of one side's full notional."""

from typing import NamedTuple

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import liquidation_distance, maintenance_in, margin_multiple
from gitscale.model.fleet import Fleet
from gitscale.model.grants import nets

# the reference's example of counter-scalping: a side that lost as much gets its counter-position
COUNTER_AT = 0.02


class Margin(NamedTuple):
    """What is behind the positions, as a part of one side's notional.

    Cross: the collateral is the account's, and the other bots that draw on it are taken to lose in step, which makes
    it 1/x by the x of design section 3. Isolated: it is each side's own, 1/leverage.
    """

    collateral: float
    maintenance: float
    cross: bool

    @property
    def distance(self) -> float:
        """How far a full side may go against its average entry before it is liquidated."""
        return liquidation_distance(1 / self.collateral, 100 * self.maintenance)


class Ladder(NamedTuple):
    """Level k lies k spreads from the price at which a bar opens; a lot's target lies `gain` from its own entry."""

    spread: float
    levels: int
    gain: float
    stop: float
    maker: float
    taker: float
    slippage: float
    counter: bool
    margin: Margin

    @property
    def fires(self) -> bool:
        """Whether the stop is filled before an isolated side is liquidated; on cross margin the account decides."""
        return self.margin.cross or self.stop + self.taker + self.slippage < self.margin.distance

    @property
    def reach(self) -> float:
        """How far from its average entry a side is closed."""
        return self.stop if self.fires else self.margin.distance


def ladder(fleet: Fleet, bot: PerpMMBot) -> Ladder:
    """The ladder of a bot among the fleet's others; fees and slippage as the policy has them.

    The target is net of fees: the lot has to gain both maker fees on top.
    """
    settings, policy = bot.settings, fleet.policy
    fees = policy.fees_of(bot.exchange)
    multiple = margin_multiple(bot, fleet.sharing(bot))
    return Ladder(
        spread=settings.base_spread_bps / 1e4,
        levels=settings.num_levels,
        gain=(settings.target_net_bps + 2 * fees.maker) / 1e4,
        stop=settings.hard_stop_loss_bps / 1e4,
        maker=fees.maker / 1e4,
        taker=fees.taker / 1e4,
        slippage=policy.slippage_bps / 1e4,
        counter=settings.xgrid_enabled and not nets(fleet, bot.exchange),
        margin=Margin(
            1 / multiple if multiple else float("inf"), maintenance_in(fleet, bot) / 100, bot.margin_mode == "cross"
        ),
    )
