"""What the account rules ask of an account, and what makes it pass."""

from collections.abc import Callable, Sequence

from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import FleetBot
from gitscale.model.numbers import spell
from gitscale.risk.remedies import fitting
from gitscale.risk.rule import Account


def perp_mm(account: Account) -> list[tuple[FleetBot, PerpMMBot]]:
    """The account's perp_mm bots by name; what other strategies expose is not known."""
    typed = [(entry, entry.bot) for entry in account.bots if isinstance(entry.bot, PerpMMBot)]
    return sorted(typed, key=lambda pair: pair[1].name)


def sharers(account: Account) -> str:
    """`2 bots`."""
    return f"{len(perp_mm(account))} bots"


def by_size(account: Account, size: Callable[[PerpMMBot], float]) -> list[tuple[FleetBot, PerpMMBot]]:
    """The account's perp_mm bots, the largest first."""
    return sorted(perp_mm(account), key=lambda pair: -size(pair[1]))


def room(
    bots: Sequence[PerpMMBot], size: Callable[[PerpMMBot], float], limit: float, names: tuple[str, ...]
) -> str | None:
    """What the first bot can do so that all sizes add up to the limit; nothing: the others alone are above it."""
    first, *others = bots
    rest = round(sum(map(size, others)), 9)
    found = fitting(first, lambda other: round(rest + size(other), 9) > limit, names)
    if found and found.value:
        together = spell(round(rest + size(found.bot), 9))
        return f"{first.name}: {found.name} {found.value} or less brings the account to {together}%"
    return f"disable {first.name}: that leaves {spell(rest)}%" if rest <= limit else None
