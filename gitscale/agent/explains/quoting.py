"""How the bot quotes: spread, fees, grid, and the counter-positions of xgrid."""

from gitscale.actions.explain import CONCEPTS, Sight
from gitscale.agent.blocks import Facts, Item, Line, Table, Toned
from gitscale.agent.explains.page import Page, amount, marked, number, share
from gitscale.model.exchanges import FEES
from gitscale.model.exposure import exposure, move_cost
from gitscale.model.fees import fee_floors
from gitscale.model.grants import nets
from gitscale.model.grid import average_bps, beyond_average_bps, levels_bps
from gitscale.model.numbers import spell

_MID = 100
_DUMP = 2


def spread(sight: Sight) -> Page:
    """The three distances, each beside what fees ask of it."""
    own, fees = sight.bot.settings, sight.fleet.policy.fees_of(sight.bot.exchange)
    floors = fee_floors(sight.bot, sight.fleet.policy)
    over = {name: round(getattr(own, name) - floor.bps, 9) for name, floor in floors.items()}
    rows = [
        (name, f"{spell(getattr(own, name))} bps", f"{spell(floor.bps)} bps", f"{spell(over[name])} bps", floor.what)
        for name, floor in floors.items()
    ]
    earned, paid = 2 * own.base_spread_bps, fees.maker + fees.taker
    gain = round(own.target_net_bps + 2 * fees.maker, 9)
    return Page(
        CONCEPTS["spread"].summary,
        (
            Line(
                "1 bps is a hundredth of a percent. A wider spread earns more a fill and fills less, and more rarely."
            ),
            Line(
                f"Bought and sold at the first levels, a round trip is {number(earned)} bps, twice the spread; with "
                f"one maker and one taker fee on {sight.bot.exchange} it costs {number(paid)} bps."
            ),
            Line(
                f"target_net_bps {spell(own.target_net_bps)} is net of fees: with two maker fills the price must move "
                f"{spell(own.target_net_bps)} + 2 x {spell(fees.maker)} = {number(gain)} bps."
            ),
            Line(),
            Table(("setting", "is", "break-even", "over it", "which is"), rows, right=(1, 2, 3)),
            Line(
                Toned("Over break-even is no profit yet: what is bought in a falling market stays in the book.", "dim")
            ),
        ),
        {
            "break_even": {name: floor.bps for name, floor in floors.items()},
            "over": over,
            "take_profit_bps": gain,
        },
    )


def fees(sight: Sight) -> Page:
    """What the bot's exchange takes, and what that asks of a spread."""
    bot, policy = sight.bot, sight.fleet.policy
    mine, size = policy.fees_of(bot.exchange), exposure(bot.settings)
    filling = size * mine.maker / 10_000
    names = sorted({*FEES, *policy.fees, bot.exchange})
    floors = {name: fee_floors(bot.model_copy(update={"exchange": name}), policy) for name in names}
    rows = [
        (
            marked(sight, name, own=name == bot.exchange),
            *(f"{spell(fee)} bps" for fee in policy.fees_of(name)),
            *(f"{spell(floors[name][key].bps)} bps" for key in ("min_spread_bps", "base_spread_bps")),
        )
        for name in names
    ]
    return Page(
        CONCEPTS["fees"].summary,
        (
            Line(
                f"On {bot.exchange} a round trip costs {number(2 * mine.maker)} bps where both fills are maker, "
                f"{number(mine.maker + mine.taker)} bps where one is a taker, as at the stop."
            ),
            Line(
                f"Filling one side costs {spell(size)}% x {spell(mine.maker)} bps = {spell(round(filling, 4))}% of "
                f"equity{amount(sight, filling)}: leverage multiplies fees too."
            ),
            Line(),
            Table(
                ("exchange", "maker", "taker", "min_spread_bps above", "base_spread_bps above"), rows, right=range(1, 5)
            ),
            Line(Toned("Usual fees; your own tier belongs into policy.yaml: fees.", "dim")),
        ),
        {
            "exchange": bot.exchange,
            "maker": mine.maker,
            "taker": mine.taker,
            "filling_one_side": round(filling, 9),
            "break_even": {name: floor.bps for name, floor in floors[bot.exchange].items()},
        },
    )


def grid(sight: Sight) -> Page:
    """Every level with its price, its order, and what is filled by then."""
    own, size = sight.bot.settings, exposure(sight.bot.settings)
    levels, average = levels_bps(own), average_bps(own)
    behind = beyond_average_bps(own.base_spread_bps, own.num_levels)
    each = size / own.num_levels
    rows = [
        (
            str(step),
            f"{spell(far)} bps",
            spell(round(_MID * (1 - far / 10_000), 6)),
            spell(round(_MID * (1 + far / 10_000), 6)),
            share(each) + amount(sight, each),
            share(each * step),
        )
        for step, far in enumerate(levels, start=1)
    ]
    stop = f"the stop, {spell(own.hard_stop_loss_bps)} bps behind it"
    filled = behind < own.hard_stop_loss_bps
    return Page(
        CONCEPTS["grid"].summary,
        (
            Line(
                f"Level k lies k times base_spread_bps from mid: {own.num_levels} levels a side, "
                f"{spell(own.base_spread_bps)} bps apart, the last at {spell(levels[-1])} bps."
            ),
            Line(
                f"More levels make smaller orders over a wider range; the exposure stays {spell(size)}% of equity, "
                "shared by all levels of a side."
            ),
            Line(
                f"Filled as a whole, a side of equal orders has its average entry {spell(average)} bps from mid; "
                f"the last level is {number(behind)} bps behind that, "
                + (f"before {stop}." if filled else f"beyond {stop}: the grid cannot be filled.")
            ),
            Line(),
            Table(
                ("level", "from mid", f"buy at mid {_MID}", f"sell at mid {_MID}", "each order", "filled by then"),
                rows,
                right=range(6),
            ),
        ),
        {
            "levels_bps": list(levels),
            "order": round(each, 9),
            "average_entry_bps": average,
            "fills_before_stop": filled,
        },
    )


def xgrid(sight: Sight) -> Page:
    """The reference's four steps, with what the first of them costs this bot."""
    bot = sight.bot
    size = exposure(bot.settings)
    cost = move_cost(size, _DUMP)
    netting = nets(sight.fleet, bot.exchange)
    mode = "nets long and short: counter-positions cannot stand there" if netting else "can hold long and short at once"
    return Page(
        CONCEPTS["xgrid"].summary,
        (
            Item(
                f"You are long, and the market dumps {_DUMP}%: with every level filled that costs {spell(size)}% x "
                f"{_DUMP}% = {spell(cost)}% of equity{amount(sight, cost)}."
            ),
            Item("XGrid opens a short position beside the long one: the counter-scalp."),
            Item("If the market keeps falling, the short's profit offsets the long's loss."),
            Item("If it reverses, the long profits again, and the short costs."),
            Line(
                "Best for volatile, choppy markets without a direction. It takes no loss back: where both positions "
                "are of one size, the loss stops growing."
            ),
            Line("Both positions pay fees and funding while they stand."),
            Line(),
            Facts([("xgrid_enabled", spell(bot.settings.xgrid_enabled)), (bot.exchange, mode)]),
        ),
        {"enabled": bot.settings.xgrid_enabled, "hedge_mode": not netting, "move": _DUMP, "move_cost": cost},
    )
