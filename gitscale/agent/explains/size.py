"""How large a bot is: equity_pct, leverage, and the levels of risk they lead to."""

from gitscale.actions.explain import CONCEPTS, Sight
from gitscale.agent.blocks import Line, Phrase, Table, Toned
from gitscale.agent.explains.page import (
    Page,
    altered,
    among,
    bps,
    cash,
    cost,
    figures,
    fires,
    marked,
    moded,
    share,
    sized,
)
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import (
    Level,
    distance_in,
    exposure,
    level,
    liquidation_distance,
    loss_at_stop,
    maintenance_in,
    move_cost,
    stop_reach_bps,
)
from gitscale.model.numbers import spell
from gitscale.model.parameters import PARAMETERS
from gitscale.risk.reporters.figures import MOVES

_SHARES = (3, 5, 10)
_LEVERAGES = (10, 25, 50, 75, 100, 125)
_ACCOUNTS = (1_000, 10_000)
_DREADED = 100


def equity_pct(sight: Sight) -> Page:
    """The reference's table of equity_pct, and what a 1% move costs at the bot's leverage."""
    bot, leverage = sight.bot, sight.bot.settings.leverage
    accounts = sorted({*_ACCOUNTS, *([sight.equity] if sight.equity else [])})
    head = [
        "equity_pct",
        *(f"of {cash(whole)}{' (yours)' * (whole == sight.equity)}" for whole in accounts),
        f"at {leverage}x",
        "1% move costs",
        "level",
    ]
    rows = []
    for percent in among(_SHARES, bot.settings.equity_pct):
        size = exposure(altered(bot, equity_pct=percent).settings)
        rows.append(
            (
                marked(sight, f"{spell(percent)}%", own=percent == bot.settings.equity_pct),
                *(cash(whole * percent / 100) for whole in accounts),
                f"{spell(size)}%",
                share(move_cost(size)),
                level(size, sight.fleet.policy.levels).value,
            )
        )
    return Page(
        CONCEPTS["equity_pct"].summary,
        (
            Line("Positions grow with the account, and shrink with it: nothing has to be set again."),
            Line("Times leverage it is the effective exposure: what all orders of one side come to once filled."),
            Line(cost(sight, bot)),
            Line(),
            Table(head, rows, right=range(1, len(head) - 1)),
            Line(Toned("The middle columns: what one grid cycle uses of an account of that size.", "dim")),
        ),
        figures(sight, bot),
    )


def leverage(sight: Sight) -> Page:
    """What leverage multiplies, where it ends, and why 100x is dangerous."""
    bot = sight.bot
    head = ("leverage", "exposure", "1% move costs", "loss at stop", "liquidation cross", "isolated", "the hard stop")
    rows = [_leverage_row(sight, int(value)) for value in among(_LEVERAGES, bot.settings.leverage)]
    times = bot.settings.leverage
    return Page(
        CONCEPTS["leverage"].summary,
        (
            Line(cost(sight, bot)),
            Line(
                f"With isolated margin, {times}x means that 1/{times} of a position stands behind it: a move of "
                f"{share(100 / times)} uses that up. The exchange liquidates before, once only the maintenance margin "
                f"is left, {spell(maintenance_in(sight.fleet, moded(bot, 'isolated')))}% of the position."
            ),
            Line(),
            Table(head, rows, right=range(1, 6)),
            Line(
                Toned(
                    "Liquidation: how far from the average entry; above 10000 bps only a short can get there. The hard "
                    f"stop: at {_stop(bot)}, in {bot.margin_mode} margin.",
                    "dim",
                )
            ),
            Line(),
            *_dreaded(sight),
        ),
        figures(sight, bot) | {"liquidation_isolated": distance_in(sight.fleet, moded(bot, "isolated"))},
    )


def _leverage_row(sight: Sight, times: int) -> tuple[Phrase, ...]:
    bot = altered(sight.bot, leverage=times)
    size = exposure(bot.settings)
    return (
        marked(sight, f"{times}x", own=times == sight.bot.settings.leverage),
        f"{spell(size)}%",
        share(move_cost(size)),
        share(loss_at_stop(bot, sight.fleet.policy)),
        bps(distance_in(sight.fleet, moded(bot, "cross"))),
        bps(distance_in(sight.fleet, moded(bot, "isolated"))),
        "fires" if fires(sight, bot) else Toned("never fires", "bad"),
    )


def _dreaded(sight: Sight) -> list[Line]:
    """Why so much is dangerous, each sentence true of this bot and its exchange."""
    policy, bot = sight.fleet.policy, altered(sight.bot, leverage=_DREADED)
    size = exposure(bot.settings)
    distance = liquidation_distance(_DREADED, maintenance_in(sight.fleet, moded(bot, "isolated")))
    nearest = altered(bot, hard_stop_loss_bps=PARAMETERS["hard_stop_loss_bps"].minimum or 0)
    reach = stop_reach_bps(nearest, policy)
    late = "even the nearest hard stop" if reach >= distance * 10_000 else "a hard stop is hardly in time: the nearest"
    return [
        Line(Toned(f"Why {_DREADED}x is dangerous", "strong")),
        Line(
            f"isolated: the position is liquidated {bps(distance)} from its average entry; {late}, {_stop(nearest)}, "
            f"is filled at {spell(reach)} bps",
            1,
        ),
        Line(
            f"cross: the whole account stands behind it; {sized(sight, bot)}, so a move of "
            f"{share(10_000 / size)} is worth the account"
            if size
            else "cross: the whole account stands behind it",
            1,
        ),
        Line("an exchange grants that much on few symbols, and less the larger the position is", 1),
    ]


def _stop(bot: PerpMMBot) -> str:
    return f"{spell(bot.settings.hard_stop_loss_bps)} bps"


def risk_level(sight: Sight, name: str) -> Page:
    """Where a level begins and ends, what moves cost there, and where the bot stands."""
    bounds, size = sight.fleet.policy.levels, exposure(sight.bot.settings)
    mine = level(size, bounds)
    starts = {Level.LOW: 0.0, Level.MODERATE: bounds.moderate, Level.HIGH: bounds.high, Level.EXTREME: bounds.extreme}
    ends = dict(zip(starts, [*list(starts.values())[1:], None], strict=True))
    asked = next(item for item in Level if item.value.lower() == name)
    head = ("level", "exposure from", "below", *(f"{move}% move costs" for move in MOVES), "profiles")
    rows = [
        (
            marked(sight, item.value, own=item is mine),
            f"{spell(start)}%",
            "" if (end := ends[item]) is None else f"{spell(end)}%",
            *(f"from {share(move_cost(start, move))}" for move in MOVES),
            ", ".join(_profiles(sight, item)) or "none",
        )
        for item, start in starts.items()
    ]
    waits = "A write that reaches it is explained and waits for /confirm (GS101)."
    return Page(
        f"{asked.value} is a level of effective exposure, equity_pct x leverage; policy.yaml says where levels begin.",
        (
            *([Line(waits)] if asked is Level.EXTREME else []),
            Line(cost(sight, sight.bot)),
            Line(),
            Table(head, rows, right=range(1, 3 + len(MOVES))),
        ),
        {"from": starts[asked], "below": ends[asked], "profiles": _profiles(sight, asked)} | figures(sight, sight.bot),
    )


def _profiles(sight: Sight, wanted: Level) -> list[str]:
    """The profiles that set a bot of this kind to the level."""
    bounds, bot = sight.fleet.policy.levels, sight.bot
    found = sight.fleet.profiles.profiles.items()
    sizes = {name: exposure(altered(bot, **profile.settings.given()).settings) for name, profile in found}
    return [name for name, size in sizes.items() if level(size, bounds) is wanted]
