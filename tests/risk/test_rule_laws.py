"""Laws of figures: more leverage or a wider stop is never judged better, calming down breaches nothing new, and what a
remedy says helps.
"""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.model.parameters import PARAMETERS
from gitscale.model.policy import Levels, LossAtStop, Policy
from gitscale.risk.remedies import SIZE
from gitscale.risk.rule import Account, Breach, Scene
from gitscale.risk.rules import BY_CODE
from tests.risk.scenes import TODAY

CODES = ("GS101", "GS102", "GS103", "GS104")
RISKIER = ("equity_pct", "leverage", "hard_stop_loss_bps")


def values(name: str) -> st.SearchStrategy[int]:
    row = PARAMETERS[name]
    return st.integers(int(row.minimum or 0), int(row.maximum or 0))


SETTINGS = st.fixed_dictionaries({name: values(name) for name in RISKIER})
MODES = st.sampled_from(["cross", "isolated"])
POLICIES = st.builds(
    lambda limit, high, warn, more, rate: Policy(
        max_exposure=limit,
        levels=Levels(moderate=high / 2, high=high, extreme=high * 3),
        loss_at_stop=LossAtStop(warn=warn, max=warn + more),
        maintenance_margin=rate,
    ),
    st.integers(1, 3000),
    st.integers(1, 1500),
    st.integers(0, 50),
    st.integers(0, 50),
    st.floats(0, 5),
)


def entry(name: str, mode: Any, settings: dict[str, int]) -> FleetBot:
    bot = PerpMMBot.model_validate(
        {"name": name, "strategy": "perp_mm", "exchange": "blofin", "symbols": ["SOL/USDT:USDT"], "margin_mode": mode}
        | {"settings": settings}
    )
    return FleetBot(f"bots/{name}.yaml", "", bot)


def judged(policy: Policy, mode: str, settings: dict[str, int]) -> dict[str, Breach]:
    """The breaches of a bot beside a quiet neighbour on its account."""
    bots = [entry("a", mode, settings), entry("b", "cross", {"equity_pct": 3, "leverage": 30})]
    scene = Scene(Fleet({item.bot.name: item for item in bots}, policy=policy), TODAY)
    found: dict[str, Breach] = {}
    for code in CODES:
        check = BY_CODE[code].bot
        assert check
        found.update((code, item) for item in check(scene, bots[0]) if isinstance(item, Breach))
    return found


@given(POLICIES, MODES, SETTINGS, SETTINGS)
def test_calming_down_breaches_nothing_new_and_worsens_nothing(
    policy: Policy, mode: str, one: dict[str, int], other: dict[str, int]
) -> None:
    calm = {name: min(one[name], other[name]) for name in RISKIER}
    before, after = judged(policy, mode, one), judged(policy, mode, calm)
    assert after.keys() <= before.keys()
    for code, breach in after.items():
        assert breach.figure <= before[code].figure
        assert (breach.severity, before[code].severity) != ("error", "warning")


@given(POLICIES, MODES, SETTINGS)
def test_a_remedy_is_the_largest_value_that_helps(policy: Policy, mode: str, settings: dict[str, int]) -> None:
    for code, breach in judged(policy, mode, settings).items():
        name, value, *_ = breach.remedy.split()
        if name in RISKIER:
            best, next_best = (settings | {name: int(value) + more} for more in (0, 1))
            assert not _same(breach, judged(policy, mode, best).get(code))
            assert _same(breach, judged(policy, mode, next_best).get(code))


SUMS: dict[str, Callable[[Any], float]] = {
    "GS107": lambda bot: exposure(bot.settings),
    "GS108": lambda bot: bot.settings.equity_pct,
}
ACCOUNTS = st.lists(st.fixed_dictionaries({name: values(name) for name in SIZE}), min_size=2, max_size=5)


@pytest.mark.parametrize("code", SUMS)
@given(ACCOUNTS, st.integers(1, 9000))
def test_an_accounts_remedy_lets_it_pass(code: str, sizes: list[dict[str, int]], limit: int) -> None:
    """A setting with its largest value, a bot to disable, or an amount that no bot alone has."""
    bots = [entry(f"bot-{at}", "cross", settings) for at, settings in enumerate(sizes)]
    policy = Policy(max_account_exposure=limit)
    found = summed(code, policy, bots)
    if found is None:
        return
    assert found.limit is not None
    words = found.remedy.replace(":", "").split()
    if words[0] == "take":
        each = sorted(SUMS[code](item.bot) for item in bots)
        assert (float(words[1].rstrip("%")), sum(each[:-1]) > found.limit) == (found.figure - found.limit, True)
    elif words[0] == "disable":
        assert summed(code, policy, [item for item in bots if item.bot.name != words[1]]) is None
    else:
        at, name, value = int(words[0][-1]), words[1], int(words[2])
        for more, passes in ((0, True), (1, False)):
            changed = entry(words[0], "cross", sizes[at] | {name: value + more})
            assert (summed(code, policy, [*bots[:at], changed, *bots[at + 1 :]]) is None) is passes


def summed(code: str, policy: Policy, bots: list[FleetBot]) -> Breach | None:
    check = BY_CODE[code].account
    assert check
    fleet = Fleet({item.bot.name: item for item in bots}, policy=policy)
    found = list(check(Scene(fleet, TODAY), Account("blofin/main", tuple(bots))))
    return found[0] if found and isinstance(found[0], Breach) else None


def _same(breach: Breach, other: Breach | None) -> bool:
    """Whether the same bound is exceeded."""
    return other is not None and (breach.severity != "error" or other.severity == "error")
