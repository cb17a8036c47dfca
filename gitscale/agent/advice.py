"""What /advise says: the commands with what each would do, and what nobody can promise."""

from typing import Any

from gitscale.actions.advise import Advice, Offer
from gitscale.agent.blocks import Block, Heading, Item, Line, Table, Toned
from gitscale.agent.replies import Reply
from gitscale.risk.finding import Measure
from gitscale.risk.reporters.figures import percent

_ANSWERS = {
    "profit": "More profit comes only with more risk: exposure multiplies gains and losses alike, and no setting is "
    "known to have an edge.",
    "safety": "Less exposure is what makes a bot safer: moves, stops and liquidation all follow it.",
    "grid": "Levels do not change the exposure: more of them make smaller orders over a wider range.",
    "spread": "A wider spread earns more a fill and fills less; which pays better depends on the market, and settings "
    "do not tell.",
}
_NO = {
    "profit": "No: more exposure would be refused or is out of range, and nothing else promises more.",
    "safety": "No: no setting lowers what this bot can cost; enabled: false does.",
    "grid": "No: with fewer or more levels the grid would not be valid, or not be filled before the stop.",
    "spread": "No: a wider or tighter spread would not be valid, or not earn its fees.",
}


def reply(found: Advice) -> Reply:
    """The answer."""
    blocks: list[Block] = [Heading(f"{found.bot} at {found.revision[:10]}: {found.goal}")]
    blocks.append(Line(_said(found)))
    if found.offers:
        head = ("command", "exposure", "loss at stop", "liquidation at")
        blocks += [Line(), Table(head, [_row(offer) for offer in found.offers], right=(1, 2, 3)), Line()]
    blocks += [
        Item((Toned(offer.idea.command, "strong"), f": {offer.idea.effect}{_warned(offer)}")) for offer in found.offers
    ]
    blocks += [Line(f"refused: {reason}", 1) for reason in found.refused]
    if found.offers and not found.only:
        blocks.append(Line(f"for this bot: --bot {found.bot}", 1))
    return Reply(tuple(blocks), _data(found))


def _said(found: Advice) -> str:
    return (_ANSWERS if found.offers else _NO)[found.goal]


def _row(offer: Offer) -> tuple[str, ...]:
    pairs = zip(_figures(offer.trial.before), _figures(offer.trial.after), strict=True)
    return (offer.idea.command, *(old if old == new else f"{old} -> {new}" for old, new in pairs))


def _figures(measure: Measure) -> tuple[str, str, str]:
    far = "none" if measure.liquidation is None else percent(measure.liquidation)
    return percent(measure.exposure), percent(measure.loss_at_stop), far


def _warned(offer: Offer) -> str:
    """What it would newly be warned of."""
    return "".join(f"; {item.severity}: {item.code} {item.message}" for item in offer.trial.found)


def _data(found: Advice) -> dict[str, Any]:
    return {
        "bot": found.bot,
        "revision": found.revision,
        "goal": found.goal,
        "answer": _said(found),
        "candidates": [
            {
                "command": offer.idea.command,
                "effect": offer.idea.effect,
                "direction": offer.trial.direction,
                "before": _measured(offer.trial.before),
                "after": _measured(offer.trial.after),
                "warnings": [f"{item.code} {item.message}" for item in offer.trial.found],
            }
            for offer in found.offers
        ],
        "refused": list(found.refused),
    }


def _measured(measure: Measure) -> dict[str, Any]:
    return {
        "exposure": measure.exposure,
        "loss_at_stop": measure.loss_at_stop,
        "liquidation": measure.liquidation,
    }
