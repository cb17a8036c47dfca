"""What the model already says of its parameters and profiles and the rules of themselves, beside the bot's figures."""

from gitscale.actions.explain import Sight
from gitscale.agent import blocks
from gitscale.agent.blocks import Facts, Heading, Line, Phrase, Table, Toned
from gitscale.agent.explains.page import Page, altered, bps, cost, figures, fires, setting, share, whose
from gitscale.model.exposure import distance_in, exposure, loss_at_stop
from gitscale.model.parameters import PARAMETERS
from gitscale.risk import linter
from gitscale.risk.margins import MARGINS
from gitscale.risk.pages import page
from gitscale.risk.rule import Rule


def parameter(sight: Sight, name: str) -> Page:
    """Range, unit, default and reason as the model has them, and the bot's value."""
    row, own = PARAMETERS[name], getattr(sight.bot.settings, name)
    given = {key: found.settings.given() for key, found in sight.fleet.profiles.profiles.items()}
    profiles = {key: values[name] for key, values in given.items() if name in values}
    rows: list[tuple[str, Phrase]] = [
        ("takes", f"{row.range} ({row.unit.long})" if row.minimum is not None else row.range),
        ("default", setting(name, row.default)),
    ]
    if profiles:
        rows.append(("profiles", ", ".join(f"{key} {setting(name, value)}" for key, value in profiles.items())))
    if sight.mine:
        rows.append((f"in {sight.bot.name}", Toned(setting(name, own), "strong")))
    return Page(
        row.why,
        (Facts([*rows, ("change it", f"/set {name} VALUE")]),),
        {
            "minimum": row.minimum,
            "maximum": row.maximum,
            "unit": row.unit.long,
            "default": row.default,
            "value": own if sight.mine else None,
            "profiles": profiles,
        },
    )


def profile(sight: Sight, name: str) -> Page:
    """What a profile sets, what that means, and what it would change about the bot."""
    found, bot = sight.fleet.profiles.profiles[name], sight.bot
    wanted = found.settings.given()
    after = altered(bot, **wanted)
    rows = [(key, setting(key, value), setting(key, getattr(bot.settings, key))) for key, value in wanted.items()]
    claim = f" The documentation claims {found.expected}: a claim, not an estimate." if found.expected else ""
    blocked = after.settings.min_spread_bps > after.settings.base_spread_bps
    return Page(
        f"A profile: {found.summary or 'no summary is written'}.",
        (
            Line(f"/scale {name} sets {len(wanted)} parameters at once, and nothing else.{claim}"),
            Line(cost(sight, after)),
            *(
                [Line("It asks for a confirmation: what it can cost is shown, then /confirm applies it.")]
                * found.confirm
            ),
            *([Line(f"/scale {name} is refused as the bot stands: its min_spread_bps would be above.")] * blocked),
            Line(),
            Table(("parameter", name, whose(sight)), rows, right=(1, 2)),
            Line(),
            Facts(_effects(sight, name)),
        ),
        {"settings": wanted, "confirm": found.confirm, "before": figures(sight, bot), "after": figures(sight, after)},
    )


def _effects(sight: Sight, name: str) -> list[tuple[str, Phrase]]:
    """The figures as they are, and with the profile."""
    policy, fleet = sight.fleet.policy, sight.fleet
    sides = (sight.bot, altered(sight.bot, **fleet.profiles.profiles[name].settings.given()))
    rows = {
        "exposure": [share(exposure(bot.settings)) for bot in sides],
        "loss at stop": [share(loss_at_stop(bot, policy)) for bot in sides],
        "liquidation": [bps(distance_in(fleet, bot)) for bot in sides],
        "hard stop": ["fires" if fires(sight, bot) else "never fires" for bot in sides],
    }
    return [(what, old if old == new else f"{old} -> {new}") for what, (old, new) in rows.items()]


def rule(sight: Sight, found: Rule) -> Page:
    """The rule's own page; under it the bot's distance to its limit."""
    shown: tuple[blocks.Block, ...] = (blocks.Page(page(found).rstrip("\n")),)
    numbers = ""
    if sight.mine and found.code in MARGINS:
        account = linter.accounts(sight.fleet, {sight.bot.venue})["/".join(sight.bot.venue)]
        numbers = MARGINS[found.code](account, sight.bot)
        shown += (Line(), Heading(f"{sight.bot.name} at {sight.revision[:10]}"), Line(numbers, 1))
    return Page(found.summary, shown, {"numbers": numbers or None})
