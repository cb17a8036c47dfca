"""From a topic to its reply: the table of pages, and what stands around them."""

from collections.abc import Mapping
from typing import Any

from gitscale.actions.explain import CONCEPTS, RULE_NAMED, Explained, Kind, Sight, topics
from gitscale.agent.blocks import Block, Heading, Line, Table, Toned
from gitscale.agent.explains import catalogue, delivery, ends, quoting, size
from gitscale.agent.explains.page import Page, Pages
from gitscale.agent.render.markdown import markdown
from gitscale.agent.replies import Reply
from gitscale.risk.rules import BY_CODE

CONCEPT_PAGES: Mapping[str, Pages] = {
    "equity_pct": size.equity_pct,
    "leverage": size.leverage,
    "liquidation": ends.liquidation,
    "stop": ends.stop,
    "spread": quoting.spread,
    "fees": quoting.fees,
    "grid": quoting.grid,
    "xgrid": quoting.xgrid,
    "sync": delivery.sync,
    "rollback": delivery.rollback,
}


def reply(found: Explained) -> Reply:
    """The answer: a page for everything that the topic names."""
    pages = {kind: _page(kind, found.topic, found.sight) for kind in found.kinds}
    if found.kinds == ("rule",):
        rule = RULE_NAMED[found.topic]
        own = {"code": rule.code, "name": rule.name, "severity": rule.severity}
        return Reply(pages["rule"].blocks, _data(found, pages) | own | {"page": rule.page})
    if found.concept and "concept" not in pages:
        pages["concept"] = CONCEPT_PAGES[found.concept](found.sight)
    see = CONCEPTS[found.concept].see if found.concept else ()
    blocks: list[Block] = [Heading(found.topic), Line(Toned(_whose(found.sight), "dim"))]
    blocks += [Line(Toned(note, "warning")) for note in found.sight.notes]
    for page in pages.values():
        blocks += [Line(), Line(page.summary), *page.blocks]
    blocks += [Line(), Line(f"see also: {', '.join(f'/explain {name}' for name in see)}")] if see else []
    return Reply(tuple(blocks), _data(found, pages) | {"page": markdown(blocks), "see": list(see)})


def listed(sight: Sight) -> Reply:
    """Every topic but the rules, which have codes, and what kinds of thing it names."""
    known = {name: kinds for name, kinds in topics(sight.fleet).items() if kinds != ("rule",)}
    short = {name: _page(kinds[0], name, sight).summary for name, kinds in known.items()}
    rows = [(name, ", ".join(kinds), short[name]) for name, kinds in known.items()]
    rules = f"every rule, {min(BY_CODE)} to {max(BY_CODE)}, by its code or name: /explain GS103"
    data = [{"topic": name, "kinds": list(kinds), "summary": short[name]} for name, kinds in known.items()]
    return Reply((Table(("topic", "is a", "in short"), rows), Line(rules)), {"topics": data})


def _page(kind: Kind, topic: str, sight: Sight) -> Page:
    match kind:
        case "parameter":
            return catalogue.parameter(sight, topic)
        case "profile":
            return catalogue.profile(sight, topic)
        case "level":
            return size.risk_level(sight, topic)
        case "rule":
            return catalogue.rule(sight, RULE_NAMED[topic])
        case _:
            return CONCEPT_PAGES[topic](sight)


def _whose(sight: Sight) -> str:
    if sight.mine:
        return f"worked with {sight.bot.name} at {sight.revision[:10]}"
    return f"without your own numbers: {sight.without}; worked with the defaults on {sight.bot.exchange}"


def _data(found: Explained, pages: Mapping[Kind, Page]) -> dict[str, Any]:
    sight = found.sight
    return {
        "topic": found.topic,
        "kinds": list(pages),
        "summary": next(iter(pages.values())).summary,
        "bot": sight.bot.name if sight.mine else None,
        "revision": sight.revision or None,
        "without": sight.without or None,
        "figures": {kind: page.figures for kind, page in pages.items()},
        "see": [],
    }
