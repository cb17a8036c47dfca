"""gitscale market pull: what is written, what judges by it, and what stays when an exchange does not answer."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from gitscale.actions.pull import pull
from gitscale.actions.workspace import Host, Scope, Workspace
from gitscale.cli.main import main
from gitscale.documents import load
from gitscale.documents.facts import text_of
from gitscale.errors import InvalidConfig, Refused, Unavailable
from gitscale.model.exchanges import FEES
from gitscale.model.facts import Facts
from gitscale.model.fleet import FACTS_FILE
from gitscale.model.policy import FeeRates
from standin.server import Fault, Server
from tests.cli.test_json import documented
from tests.conftest import Clock, Git
from tests.helpers import bot_text, commit_file, say

FILE = """\
# What the exchanges grant, as it was on a day. Written by: gitscale market pull
exchanges:
  blofin:
    as_of: 2026-11-23
    hedge_mode: true
    fees: {maker: 2, taker: 6}
    markets:
      ASTER/USDT:USDT:
        max_leverage: 50
      SOL/USDT:USDT:
        max_leverage: 75
      XRP/USDT:USDT:
        max_leverage: 75
  bybit:
    as_of: 2026-11-23
    hedge_mode: true
    fees: {maker: 2, taker: 5.5}
    markets:
      SOL/USDT:USDT:
        max_leverage: 75
        tiers:
          - {up_to: 200000, maintenance: 0.5, max_leverage: 75}
          - {up_to: 1000000, maintenance: 1, max_leverage: 37}
          - {up_to: 5000000, maintenance: 2.5, max_leverage: 15}
          - {up_to: 20000000, maintenance: 5, max_leverage: 7}
"""


@pytest.fixture
def fleet(trading: Workspace) -> Workspace:
    """Bots on both exchanges, and the equity of one account."""
    repo = trading.repository.directory
    commit_file(repo, "bots/by.yaml", bot_text("by", exchange="bybit", equity_pct=5, leverage=50))
    commit_file(repo, "policy.yaml", (repo / "policy.yaml").read_text() + "accounts: {bybit/main: 100000}\n")
    return trading


def held(workspace: Workspace) -> str:
    source = workspace.source(workspace.tip(Scope()), FACTS_FILE)
    return source.data.decode() if source else ""


def test_the_file(fleet: Workspace, git: Git) -> None:
    done = pull(fleet, Scope())
    assert (held(fleet), done.failed) == (FILE, {})
    assert done.commit
    assert git("status", "--short") == ""
    assert git("log", "-1", "--format=%s%n%(trailers)").splitlines() == [
        "market: facts of blofin, bybit",
        "Gitscale-Command: market pull",
    ]
    assert pull(fleet, Scope()).commit is None


def test_the_text_is_read_as_it_was_meant() -> None:
    facts = load.facts(FACTS_FILE, FILE.encode())
    assert text_of(facts) == FILE
    assert text_of(load.facts(FACTS_FILE, text_of(Facts()).encode())) == text_of(Facts())


def test_the_rules_judge_by_it(fleet: Workspace) -> None:
    before = say(fleet, "/risk check", bot="by").data
    pull(fleet, Scope())
    after = say(fleet, "/risk check", bot="by").data
    verdicts = {row["rule"]: (row["verdict"], row["numbers"]) for row in after["rules"]}
    # 250% of 100,000 is a position of 250,000: the second tier, 1%, 37x
    assert verdicts["GS106"] == ("FAIL", "leverage 50x, 37x granted on SOL/USDT:USDT")
    assert before["figures"]["liquidation"] == pytest.approx(100 * (0.4 - 0.005) / 1.005, abs=1e-6)
    assert after["figures"]["liquidation"] == pytest.approx(100 * (0.4 - 0.01) / 1.01, abs=1e-6)
    why = next(row for row in after["rules"] if row["rule"] == "GS106")
    assert why["message"].endswith("above the 37x that bybit grants on SOL/USDT:USDT for a position of 250,000")
    # at 40x the position is 200,000, which is in the first tier still
    assert why["remedy"] == "leverage 40 or less is granted"


def test_facts_grow_old(fleet: Workspace, clock: Clock) -> None:
    pull(fleet, Scope())
    clock.forward(days=31)
    found = {row["rule"]: row for row in say(fleet, "/risk check", bot="by").data["rules"]}
    assert found["GS106"]["verdict"] == "NOT EVALUATED"
    assert "31 days old (policy: 30)" in found["GS106"]["message"] + found["GS106"]["numbers"]
    pull(fleet, Scope())
    assert f"as_of: {date(2026, 12, 24)}" in held(fleet)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("path", ["bybit/v5/market/instruments-info", "bybit/v5/market/risk-limit"])
def test_an_exchange_that_fails_keeps_facts_and_date(
    fleet: Workspace, exchange: Server, clock: Clock, path: str
) -> None:
    pull(fleet, Scope())
    clock.forward(days=3)
    exchange.faults = [Fault("503", path)]
    done = pull(fleet, Scope())
    assert list(done.failed) == ["bybit"]
    bybit, blofin = (held(fleet).index(name) for name in ("  bybit:", "  blofin:"))
    assert "as_of: 2026-11-26" in held(fleet)[blofin:bybit]
    assert "as_of: 2026-11-23" in held(fleet)[bybit:]


@pytest.mark.usefixtures("impatient")
def test_nobody_answers(fleet: Workspace, exchange: Server) -> None:
    exchange.faults = [Fault("500")]
    with pytest.raises(Unavailable, match=r"blofin cannot be reached.*; bybit cannot be reached"):
        pull(fleet, Scope())
    assert held(fleet) == ""


def test_what_is_not_listed_is_named(fleet: Workspace) -> None:
    text = bot_text("odd", exchange="bybit").replace("SOL/USDT:USDT", "GONE/USDT:USDT")
    commit_file(fleet.repository.directory, "bots/odd.yaml", text)
    assert pull(fleet, Scope()).read["bybit"].missing == {"GONE/USDT:USDT": "is not listed as a linear swap"}


GRANTED = {
    "okx": (True, {"SOL/USDT:USDT": (75, 0)}, {}),
    "bitget": (True, {"SOL/USDT:USDT": (75, 4)}, {}),
    "hyperliquid": (False, {"SOL/USDC:USDC": (75, 0)}, {}),
    # an account is asked for them
    "binanceusdm": (True, {}, {"SOL/USDT:USDT": "its largest leverage is not public"}),
}


@pytest.mark.parametrize("name", GRANTED)
def test_what_each_exchange_tells(fleet: Workspace, name: str) -> None:
    quote = "USDC" if name == "hyperliquid" else "USDT"
    text = bot_text("there", exchange=name).replace("SOL/USDT:USDT", f"SOL/{quote}:{quote}")
    commit_file(fleet.repository.directory, "bots/there.yaml", text)
    read = pull(fleet, Scope()).read[name]
    markets = {symbol: (item.max_leverage, len(item.tiers)) for symbol, item in read.facts.markets.items()}
    assert (read.facts.hedge_mode, markets, read.missing) == GRANTED[name]
    assert read.facts.fees == FeeRates(maker=FEES[name].maker, taker=FEES[name].taker)


def test_facts_of_exchanges_without_bots_stay(fleet: Workspace) -> None:
    old = "exchanges:\n  okx:\n    as_of: 2026-11-01\n    markets:\n      BTC/USDT:USDT: {max_leverage: 100}\n"
    commit_file(fleet.repository.directory, FACTS_FILE, old)
    pull(fleet, Scope())
    assert "  okx:\n    as_of: 2026-11-01\n" in held(fleet)


def test_without_bots_there_is_nobody_to_ask(trading: Workspace, repo: object) -> None:
    text = "name: blofin-main\nstrategy: vortex_dca\nexchange: okx\n"
    commit_file(trading.repository.directory, "bots/blofin-main.yaml", text)
    with pytest.raises(Refused, match="No perp_mm configs found"):
        pull(trading, Scope())


def test_tiers_have_to_rise() -> None:
    text = FILE.replace("up_to: 1000000", "up_to: 100000")
    with pytest.raises(InvalidConfig) as raised:
        load.facts(FACTS_FILE, text.encode())
    assert "tiers up to 200000 and 100000 do not rise" in str(raised.value.problems[0])


def test_on_the_command_line(fleet: Workspace, exchange: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITSCALE_MARKET_URL", exchange.url)
    words = ["market", "pull", "--repo", str(fleet.repository.directory)]
    first = CliRunner().invoke(main, words, standalone_mode=False)
    assert (first.return_value, first.exception) == (0, None)
    assert first.output.startswith("blofin: 3 markets as of ")
    found = json.loads(CliRunner().invoke(main, [*words, "--json"], standalone_mode=False).output)
    assert found.keys() == documented("`market pull`") | {"ok", "exit_code"}
    assert found["exchanges"] == {
        "blofin": ["ASTER/USDT:USDT", "SOL/USDT:USDT", "XRP/USDT:USDT"],
        "bybit": ["SOL/USDT:USDT"],
    }


def test_another_branch(fleet: Workspace, git: Git) -> None:
    git("branch", "facts")
    with Workspace.open(fleet.repository.directory, Host(fleet.host.now, market_url=fleet.host.market_url)) as other:
        assert pull(other, Scope(branch="facts")).commit
    assert held(fleet) == ""
    assert git("show", f"facts:{FACTS_FILE}") == FILE


def test_explanations_and_figures_name_the_tiers_rate(fleet: Workspace) -> None:
    assert "m: the maintenance rate, 0.5% in policy.yaml" in say(fleet, "/explain liquidation", bot="by").text
    pull(fleet, Scope())
    text = say(fleet, "/explain liquidation", bot="by").text
    assert "m: the maintenance rate, 1% by the tiers in market/facts.yaml" in text
    assert "(1/2.5 - 0.01) / (1 + 0.01) = 0.3861: 3861 bps" in text
