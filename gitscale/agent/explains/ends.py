"""How a position ends against the bot's will: at its hard stop, or by liquidation."""

from math import isinf
from typing import Any

from gitscale.actions.explain import CONCEPTS, Sight
from gitscale.agent.blocks import Block, Facts, Line, Phrase, Table, Toned
from gitscale.agent.explains.page import (
    Page,
    altered,
    among,
    amount,
    bps,
    cash,
    figures,
    fires,
    marked,
    moded,
    number,
    share,
    whose,
)
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import (
    distance_in,
    exposure,
    liquidation_distance,
    loss_at_stop,
    maintenance_in,
    margin_multiple,
    stop_reach_bps,
)
from gitscale.model.numbers import spell

_STOPS = (100, 200, 500, 1000, 1500)
_MODES = ("cross", "isolated")
_NAMED = 6


def liquidation(sight: Sight) -> Page:
    """The formula, written out for either margin mode with the bot's figures."""
    bot, rate = sight.bot, maintenance_in(sight.fleet, sight.bot)
    source = "in policy.yaml" if rate == sight.fleet.policy.maintenance_margin else "by the tiers in market/facts.yaml"
    rows = [(_mode(sight, mode), _written_out(sight, moded(bot, mode))) for mode in _MODES]
    return Page(
        CONCEPTS["liquidation"].summary,
        (
            Line("Distance from the average entry, long and short, of which the nearer counts:"),
            Line("min( (1/x - m) / (1 - m), (1/x - m) / (1 + m) ), not below 0", 1),
            Line("x: what the position is worth, over the collateral behind it", 1),
            Line(f"m: the maintenance rate, {spell(rate)}% {source}; exchanges ask more of large positions", 1),
            Line(),
            Facts(rows),
            Line(),
            *_against(sight),
        ),
        figures(sight, bot) | {mode: _data(sight, moded(bot, mode)) for mode in _MODES},
    )


def stop(sight: Sight) -> Page:
    """What one stop costs, and whether it comes in time."""
    bot, policy = sight.bot, sight.fleet.policy
    head = ("hard stop", "filled at", "loss", *([sight.currency] if sight.equity else []), "")
    rows = [_stop_row(sight, value) for value in among(_STOPS, bot.settings.hard_stop_loss_bps)]
    fees = policy.fees_of(bot.exchange)
    return Page(
        CONCEPTS["stop"].summary,
        (
            Line(
                f"It is filled at the stop + taker fee ({spell(fees.taker)} bps on {bot.exchange}) + slippage "
                f"({spell(policy.slippage_bps)} bps in policy.yaml)."
            ),
            Line(_loss(sight, bot)),
            *_against(sight),
            Line(),
            Table(head, rows, right=range(1, len(head) - 1)),
            Line(Toned("A nearer stop costs less each time and comes more often; a far one may never come.", "dim")),
        ),
        figures(sight, bot) | {"reach_bps": stop_reach_bps(bot, policy), "equity": sight.equity},
    )


def _mode(sight: Sight, mode: str) -> str:
    return f"{mode} ({whose(sight)})" if sight.bot.margin_mode == mode else mode


def _written_out(sight: Sight, bot: PerpMMBot) -> str:
    """`x = 375% / 100 = 3.75; (1/3.75 - 0.005) / (1 + 0.005) = 0.2604: 2604 bps`."""
    x, percent = _multiple(sight, bot), maintenance_in(sight.fleet, bot)
    if x <= 0:
        return "no exposure, so there is nothing to liquidate"
    rate, distance = spell(round(percent / 100, 9)), liquidation_distance(x, percent)
    held = f"x = {_origin(sight, bot)} = {spell(x)}"
    if not distance:
        return f"{held}; 1/{spell(x)} is not above {rate}: liquidated at once"
    return f"{held}; (1/{spell(x)} - {rate}) / (1 + {rate}) = {distance:.4f}: {bps(distance)}, {share(100 * distance)}"


def _origin(sight: Sight, bot: PerpMMBot) -> str:
    if bot.margin_mode == "isolated":
        return "leverage"
    sizes = [(other.name, exposure(other.settings)) for other in (bot, *sight.fleet.sharing(bot))]
    if len(sizes) == 1:
        return f"{spell(sizes[0][1])}% / 100"
    rest = sizes[_NAMED:]
    parts = [f"{spell(size)}% of {name}" for name, size in sizes[:_NAMED]]
    parts += [f"{number(sum(size for _, size in rest))}% of {len(rest)} more"] * bool(rest)
    return f"({' + '.join(parts)}) / 100"


def _multiple(sight: Sight, bot: PerpMMBot) -> float:
    return round(margin_multiple(bot, sight.fleet.sharing(bot)), 9)


def _data(sight: Sight, bot: PerpMMBot) -> dict[str, Any]:
    distance = distance_in(sight.fleet, bot)
    return {"x": _multiple(sight, bot), "distance": None if isinf(distance) else distance}


def _against(sight: Sight) -> list[Block]:
    """The bot's stop beside its liquidation."""
    bot, policy = sight.bot, sight.fleet.policy
    distance, reach = distance_in(sight.fleet, bot), spell(stop_reach_bps(bot, policy))
    fees = policy.fees_of(bot.exchange)
    added = (
        f"{spell(bot.settings.hard_stop_loss_bps)} + {spell(fees.taker)} + {spell(policy.slippage_bps)} = {reach} bps"
    )
    where = f"The stop is filled at {added}"
    if isinf(distance):
        return [Line(f"{where}; there is no exposure to liquidate.")]
    if fires(sight, bot):
        return [Line(f"{where}, before liquidation at {bps(distance)} ({bot.margin_mode}): it fires in time.")]
    told = f"{where}, and liquidation comes at {bps(distance)} ({bot.margin_mode}): "
    held = 100.0 if bot.margin_mode == "cross" else bot.settings.equity_pct
    taken = f". Liquidation takes all that stands behind the position, {share(held)} of equity{amount(sight, held)}."
    return [Line((told, Toned("it can never fire", "bad"), taken)), Line("What to change: /risk check.")]


def _loss(sight: Sight, bot: PerpMMBot) -> str:
    size, reach = exposure(bot.settings), stop_reach_bps(bot, sight.fleet.policy)
    whole, cost = size * reach / 10_000, loss_at_stop(bot, sight.fleet.policy)
    told = f"{spell(size)}% of equity x {spell(reach)} bps = {share(whole)}"
    if round(whole, 9) > cost:
        held = "the account's equity" if bot.margin_mode == "cross" else "the isolated margin (equity_pct)"
        return f"One stop: {told}, but no more than {held} can be lost: {share(cost)}{amount(sight, cost)}."
    return f"One stop costs {told} of equity{amount(sight, cost)}."


def _stop_row(sight: Sight, value: float) -> tuple[Phrase, ...]:
    bot = altered(sight.bot, hard_stop_loss_bps=value)
    cost = loss_at_stop(bot, sight.fleet.policy)
    paid = () if sight.equity is None else (cash(sight.equity * cost / 100),)
    return (
        marked(sight, f"{spell(value)} bps", own=value == sight.bot.settings.hard_stop_loss_bps),
        f"{spell(stop_reach_bps(bot, sight.fleet.policy))} bps",
        share(cost),
        *paid,
        "fires" if fires(sight, bot) else Toned("never fires", "bad"),
    )
