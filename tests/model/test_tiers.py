"""The maintenance rate behind a bot's margin, worked out by hand from tiers, equity and exposure."""

from dataclasses import replace
from typing import Any

import pytest

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import distance_in, maintenance_in, notionals
from gitscale.model.facts import ExchangeFacts, Facts, Market, Tier
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.grants import granted_in
from gitscale.model.policy import Policy

SOL, BTC, ODD = "SOL/USDT:USDT", "BTC/USDT:USDT", "ODD/USDT:USDT"


def market(*rows: tuple[float, float, float]) -> Market:
    tiers = [Tier(up_to=most, maintenance=rate, max_leverage=leverage) for most, rate, leverage in rows]
    return Market(max_leverage=rows[0][2], tiers=tiers)


MARKETS = {
    SOL: market((200_000, 0.5, 75), (1_000_000, 1, 37)),
    BTC: market((500_000, 0.4, 125), (5_000_000, 0.65, 100)),
}
FACTS = Facts(exchanges={"bybit": ExchangeFacts(as_of="2026-11-20", markets=MARKETS)})


def bot(name: str, symbols: list[str], equity_pct: float, leverage: int, **values: Any) -> PerpMMBot:
    """A bot with that exposure, cross unless told otherwise."""
    usual = {"strategy": "perp_mm", "exchange": "bybit", "name": name, "symbols": symbols}
    return PerpMMBot.model_validate({**usual, "settings": {"equity_pct": equity_pct, "leverage": leverage}, **values})


def fleet(*bots: PerpMMBot, equity: float | None = 100_000) -> Fleet:
    policy = Policy(accounts={} if equity is None else {"bybit/main": equity})
    return Fleet({item.name: FleetBot(f"bots/{item.name}.yaml", "", item) for item in bots}, policy=policy, facts=FACTS)


A = bot("a", [SOL], 5, 50)
# bot, its neighbours, equity, the rate
CASES = {
    "a position of 200,000 is in the first tier": (A, [], 80_000, 0.5),
    "one of 250,000 is in the second": (A, [], 100_000, 1),
    "one beyond the last tier is in the last": (A, [], 1e9, 1),
    "without equity the policy's rate": (A, [], None, 0.5),
    "a market that facts lack has the policy's rate": (bot("a", [ODD], 5, 50), [], 100_000, 0.5),
    "the worst of its symbols": (bot("a", [BTC, SOL], 5, 50), [], 100_000, 1),
    # 250% at 1% and 100% at 0.4%: (250 x 1 + 100 x 0.4) / 350
    "bots of two markets, weighted by exposure": (A, [bot("b", [BTC], 5, 20)], 100_000, 0.828571429),
    # 150,000 and 150,000 of one market are a position of 300,000
    "bots of one market hold one position": (bot("a", [SOL], 5, 30), [bot("b", [SOL], 5, 30)], 100_000, 1),
    "an isolated neighbour is apart": (
        bot("a", [SOL], 5, 30),
        [bot("b", [SOL], 5, 30, margin_mode="isolated")],
        100_000,
        0.5,
    ),
    "isolated, alone": (bot("a", [SOL], 5, 30, margin_mode="isolated"), [bot("b", [SOL], 5, 30)], 100_000, 0.5),
    "a sleeping neighbour holds nothing": (bot("a", [SOL], 5, 30), [bot("b", [SOL], 5, 30, enabled=False)], 1e5, 0.5),
    "without exposure the policy's rate": (bot("a", [SOL], 0, 50), [], 100_000, 0.5),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rate(name: str) -> None:
    own, others, equity, rate = CASES[name]
    assert maintenance_in(fleet(own, *others, equity=equity), own) == rate


def test_the_account_is_liquidated_where_its_equity_meets_its_maintenance() -> None:
    """Two markets that fall together: at the distance shown, equity less the loss is what both positions ask for."""
    other = bot("b", [BTC], 5, 20)
    both = fleet(A, other)
    rate = maintenance_in(both, A) / 100
    # the nearer side is the short: prices have risen by the distance, and the positions with them
    fall = distance_in(both, A)
    left = 100_000 - fall * 350_000
    asked = (1 + fall) * (250_000 * 0.01 + 100_000 * 0.004)
    assert left == pytest.approx(asked, rel=1e-6)
    assert asked == pytest.approx((1 + fall) * 350_000 * rate, rel=1e-6)


def test_what_is_granted() -> None:
    own = bot("a", [SOL, BTC, ODD], 5, 50)
    assert granted_in(fleet(own), own) == {SOL: 37, BTC: 125}
    assert granted_in(fleet(own, equity=None), own) == {SOL: 75, BTC: 125}
    assert granted_in(replace(fleet(own), facts=None), own) == {}
    assert notionals(fleet(own), own) == dict.fromkeys((SOL, BTC, ODD), 250_000)
