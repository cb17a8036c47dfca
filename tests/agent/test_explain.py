"""/explain: figures worked out by hand, the reference's own tables, and every topic in every situation."""

import re

import pytest

from gitscale.actions.explain import CONCEPTS, sight_without, topics
from gitscale.actions.workspace import Workspace
from gitscale.agent.explains.reply import CONCEPT_PAGES
from gitscale.model.parameters import PARAMETERS
from gitscale.risk.rules import RULES
from tests.helpers import bot_text, commit_file, say

# the reference: "Learn", and its table of equity_pct for accounts of 1,000 and 10,000
LEARN = """\
/explain equity_pct  # How equity scaling works
/explain xgrid       # Counter-scalp hedging explained
/explain leverage    # Leverage and liquidation risk
/explain spread      # Understanding spreads and fees
/explain grid        # Grid levels explained
"""
EQUITY = [("3%", "30", "300"), ("5%", "50", "500"), ("10%", "100", "1,000")]
ACCOUNTS = "accounts: {blofin/main: 10000}\n"
ALL = sorted(topics(sight_without("none").fleet))

# what the example's bot is told: 5% x 75x, 15 bps x 7 levels, stop 500 bps, blofin 2/6 bps, cross, 10,000 USDT
WORKED = [
    # 5 x 75 = 375; 375 x 1% = 3.75; of 10,000 that is 375
    (
        "equity_pct",
        "5% x 75x = 375% of equity (Moderate); a 1% adverse move costs 375% x 1% = 3.75% of equity (375 USDT).",
    ),
    # 10 x 75
    ("equity_pct", "10% 100 1,000 750% 7.5% High"),
    ("equity_pct", "5% (yours) 50 500 375% 3.75% Moderate"),
    # a position of 75 times the margin is used up by 1/75 = 1.3333%
    ("leverage", "75x means that 1/75 of a position stands behind it: a move of 1.33% uses that up"),
    # 5 x 100 = 500; 500 x 516 bps = 25.8; 1/5 = 0.2, 0.195 / 1.005 = 0.19403; 1/100 = 0.01, 0.005 / 1.005 = 0.004975
    ("leverage", "100x 500% 5% 25.8% 1940 bps 50 bps fires"),
    # 50 + 6 + 10
    ("leverage", "even the nearest hard stop, 50 bps, is filled at 66 bps"),
    # 1/3.75 = 0.266667, less 0.005 = 0.261667, / 1.005 = 0.260365
    ("liquidation", "x = 375% / 100 = 3.75; (1/3.75 - 0.005) / (1 + 0.005) = 0.2604: 2604 bps, 26.04%"),
    # 1/75 = 0.013333, less 0.005 = 0.008333, / 1.005 = 0.008292
    ("liquidation", "x = leverage = 75; (1/75 - 0.005) / (1 + 0.005) = 0.0083: 83 bps, 0.83%"),
    ("liquidation", "filled at 500 + 6 + 10 = 516 bps, before liquidation at 2604 bps (cross): it fires in time"),
    # 375% x 5.16% = 19.35%
    ("stop", "One stop costs 375% of equity x 516 bps = 19.35% of equity (1,935 USDT)."),
    # 375% x 15.16%
    ("stop", "1500 bps 1516 bps 56.85% 5,685 fires"),
    # twice 15; 2 + 6; 11 + 2 x 2
    ("spread", "a round trip is 30 bps, twice the spread; with one maker and one taker fee on blofin it costs 8 bps"),
    ("spread", "the price must move 11 + 2 x 2 = 15 bps"),
    # (2 + 6) / 2 = 4, 15 - 4 = 11; 8 - 2 = 6
    ("spread", "base_spread_bps 15 bps 4 bps 11 bps the mean of maker and taker fee"),
    ("spread", "min_spread_bps 8 bps 2 bps 6 bps the maker fee"),
    # 375% x 0.02%
    ("fees", "Filling one side costs 375% x 2 bps = 0.075% of equity (7.50 USDT)"),
    ("fees", "a round trip costs 4 bps where both fills are maker, 8 bps where one is a taker"),
    # (1 + ... + 7) x 15 / 7 = 60; 105 - 60 = 45; 375 / 7 = 53.571
    (
        "grid",
        "equal orders has its average entry 60 bps from mid; the last level is 45 bps behind that, before the stop",
    ),
    ("grid", "7 105 bps 98.95 101.05 53.57% (5,357.14 USDT) 375%"),
    # 375 x 2
    ("xgrid", "375% x 2% = 7.5% of equity (750 USDT)"),
    # 20 x 100; 1/20 = 0.05, 0.045 / 1.005 = 0.044776
    ("degen", "exposure 375% -> 2000%"),
    ("degen", "liquidation 2604 bps -> 448 bps"),
    ("degen", "hard stop fires -> never fires"),
    ("degen", "It asks for a confirmation"),
    ("moderate", "leverage 50x 75x"),
    ("moderate", "Moderate (yours) 100% 500% from 1% from 5% from 10% moderate"),
    ("extreme", "Extreme 1500% from 15% from 75% from 150% degen"),
    ("hard_stop_loss_bps", "in blofin-main 500 bps"),
    ("hard_stop_loss_bps", "One stop costs 375%"),
    ("GS103", "blofin-main at"),
    ("GS103", "stop filled at 516 bps, liquidation at 2604 bps"),
]


@pytest.fixture
def known(opened: Workspace) -> Workspace:
    """The example's bot, with an equity that policy knows."""
    root = opened.repository.directory
    commit_file(root, "policy.yaml", (root / "policy.yaml").read_text() + ACCOUNTS)
    return opened


@pytest.mark.parametrize(("topic", "said"), WORKED, ids=lambda value: value[:40])
def test_worked_by_hand(known: Workspace, topic: str, said: str) -> None:
    """Columns are as wide as their widest cell: how many blanks stand between them is the renderer's matter."""
    assert said in " ".join(say(known, f"/explain {topic}").text.split())


@pytest.mark.parametrize("line", LEARN.splitlines())
def test_the_reference_learns(opened: Workspace, line: str) -> None:
    reply = say(opened, line)
    assert (reply.exit_code, reply.data["bot"]) == (0, "blofin-main")


def test_the_reference_has_this_table(opened: Workspace) -> None:
    rows = [row.split() for row in say(opened, "/explain equity_pct").text.splitlines()]
    for percent, small, large in EQUITY:
        assert any(row[:1] == [percent] and row[-5:-3] == [small, large] for row in rows if len(row) > 5)


@pytest.mark.parametrize("topic", ALL)
def test_every_topic_with_and_without_ones_own_numbers(opened: Workspace, topic: str) -> None:
    """Also where nothing is exposed, or everything is."""
    repo = opened.repository.directory
    commit_file(repo, "bots/idle.yaml", bot_text("idle", equity_pct=0, account="idle"))
    commit_file(repo, "bots/all.yaml", bot_text("all", equity_pct=50, leverage=125, margin_mode="isolated"))
    for bot in (None, "idle", "all"):
        reply = say(opened, f"/explain {topic}", bot=bot)
        assert (reply.exit_code, reply.data["bot"]) == (0, bot)
        assert "inf" not in reply.text.replace("information", "")
    assert reply.data["without"] is None


def test_odd_numbers_stay_short(opened: Workspace) -> None:
    """No figure shows the binary fraction that it is reckoned with."""
    repo = opened.repository.directory
    settings = {"equity_pct": 3.3, "leverage": 7, "stop": 333.3, "account": "odd"}
    commit_file(repo, "bots/odd.yaml", bot_text("odd", **settings).replace("spread_bps: 15", "spread_bps: 15.1"))
    fees = "fees: {blofin: {maker: 1.1, taker: 2.2}}\naccounts: {blofin/odd: 1234.56}\nslippage_bps: 0.7\n"
    policy = (repo / "policy.yaml").read_text().replace("slippage_bps: 10", "")
    commit_file(repo, "policy.yaml", policy + fees)
    for topic in ALL:
        assert not re.search(r"\d\.\d{7}", say(opened, f"/explain {topic}", bot="odd").text)
    # 1.1 + 2.2 = 3.3; 333.3 + 2.2 + 0.7 = 336.2
    assert "it costs 3.3 bps" in say(opened, "/explain spread", bot="odd").text
    assert "333.3 + 2.2 + 0.7 = 336.2 bps" in say(opened, "/explain stop", bot="odd").text


def test_several_bots_are_named(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "bots/second.yaml", bot_text("second"))
    said = say(opened, "/explain liquidation").text
    assert "there are 2 perp_mm bots: blofin-main, second; name one: --bot NAME, or /use NAME" in said
    # 375% + 250% behind one margin: 1/6.25 = 0.16, 0.155 / 1.005 = 0.154229
    said = say(opened, "/explain liquidation", bot="second").text
    assert "x = (250% of second + 375% of blofin-main) / 100 = 6.25; (1/6.25 - 0.005) / (1 + 0.005) = 0.1542" in said
    assert say(opened, "/explain liquidation", bot="nobody").exit_code == 1


def test_a_crowded_account_is_counted(opened: Workspace) -> None:
    """375% and nine times 10%: x is 4.65, of which five are named beside it and four counted."""
    for count in range(9):
        name = f"b{count}"
        commit_file(opened.repository.directory, f"bots/{name}.yaml", bot_text(name, equity_pct=1, leverage=10))
    said = say(opened, "/explain liquidation", bot="blofin-main").text
    assert "375% of blofin-main + 10% of b0 + " in said
    assert "10% of b4 + 40% of 4 more) / 100 = 4.65;" in said
    waits = say(opened, "/scale degen", bot="blofin-main").text
    assert "shared with b0 10%, b1 10%, b2 10%, b3 10%, b4 10%, b5 10% and 3 more: 2090% of equity together" in waits


def test_an_isolated_bot_whose_stop_comes_too_late(known: Workspace) -> None:
    """50x isolated: 1/50 = 0.02, 0.015 / 1.005 = 0.014925; 250% x 516 bps is 12.9%, of which 5% is at stake."""
    commit_file(known.repository.directory, "bots/alone.yaml", bot_text("alone", margin_mode="isolated"))
    said = say(known, "/explain stop", bot="alone").text
    assert "250% of equity x 516 bps = 12.9%, but no more than the isolated margin (equity_pct) can be lost: 5%" in said
    assert "liquidation comes at 149 bps (isolated): it can never fire" in said
    assert "Liquidation takes all that stands behind the position, 5% of equity (500 USDT)." in said


def test_a_teams_own_profile_and_a_word_that_names_two_things(opened: Workspace) -> None:
    profiles = (
        "profiles:\n  grid: {settings: {min_spread_bps: 20, base_spread_bps: 30}}\n  late: {settings: {leverage: 9}}\n"
    )
    commit_file(opened.repository.directory, "profiles.yaml", profiles)
    assert say(opened, "/explain Grid").data["kinds"] == ["concept", "profile"]
    assert say(opened, "/explain late").data["figures"]["profile"]["settings"] == {"leverage": 9}
    assert say(opened, "/explain degen").exit_code == 1


def test_a_profile_that_the_bots_floor_stands_against(opened: Workspace) -> None:
    say(opened, "/set min_spread_bps 9")
    assert "/scale degen is refused" in say(opened, "/explain degen").text
    assert say(opened, "/scale degen").exit_code == 1


def test_a_grid_that_the_stop_cuts_off(opened: Workspace) -> None:
    """20 levels of 30 bps: the last is 19 x 30 / 2 = 285 bps behind the average entry, the stop 200."""
    for line in ("/set num_levels 20", "/set base_spread_bps 30", "/set hard_stop_loss_bps 200"):
        say(opened, line)
    said = say(opened, "/explain grid").text
    assert "285 bps behind that, beyond the stop, 200 bps behind it: the grid cannot be filled" in said


def test_a_broken_policy_is_said(opened: Workspace) -> None:
    commit_file(opened.repository.directory, "policy.yaml", "typo: 1\n")
    assert "policy.yaml is not valid: its defaults stand in for it" in say(opened, "/explain low").text


@pytest.mark.parametrize(
    "line", ["/explain hard stop loss bps", "/explain Stop-Beyond-Liquidation", "/explain EXTREME"]
)
def test_words_as_people_write_them(opened: Workspace, line: str) -> None:
    assert say(opened, line).exit_code == 0


def test_every_concept_has_a_page_and_leads_somewhere() -> None:
    assert CONCEPTS.keys() == CONCEPT_PAGES.keys()
    assert {name for item in CONCEPTS.values() for name in item.see} <= {*CONCEPTS, *(rule.code for rule in RULES)}
    assert sorted(name for item in CONCEPTS.values() for name in item.about) == sorted(PARAMETERS)


def test_completion_knows_every_topic() -> None:
    assert {*PARAMETERS, *CONCEPTS, "degen", "extreme", "GS103", "stop-beyond-liquidation"} <= set(ALL)
