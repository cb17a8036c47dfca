"""What the account rules ask of an account."""

from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import FleetBot
from gitscale.risk.rule import Account


def perp_mm(account: Account) -> list[tuple[FleetBot, PerpMMBot]]:
    """The account's perp_mm bots by name; what other strategies expose is not known."""
    typed = [(entry, entry.bot) for entry in account.bots if isinstance(entry.bot, PerpMMBot)]
    return sorted(typed, key=lambda pair: pair[1].name)


def sharers(account: Account) -> str:
    """`2 bots`."""
    return f"{len(perp_mm(account))} bots"
