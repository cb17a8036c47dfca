"""Reports for the reporters' tests: everyday ones, and ones whose every text comes from somebody hostile."""

from dataclasses import replace
from types import MappingProxyType

from gitscale.risk.finding import Delta, Finding, Measure, Place, Related, Report, RuleInfo, lines_of

BOT = """\
name: blofin-main
strategy: perp_mm
exchange: blofin
symbols: [SOL/USDT:USDT]
settings:
  equity_pct: 20
  leverage: 100
  hard_stop_loss_bps: 1500
"""
POLICY = "max_exposure: 1000\nlevels: {moderate: 100, high: 500, extreme: 1500}\n"
SOURCES = MappingProxyType({"bots/blofin-main.yaml": lines_of(BOT), "policy.yaml": lines_of(POLICY)})


def rule(code: str, name: str, severity: str = "error") -> RuleInfo:
    page = f"# {code} {name}\n\nWhy it matters.\n\n```yaml\nleverage: 100\n```\n\nLower it.\n"
    return RuleInfo(code, name, severity, f"What {name} says.", page)  # type: ignore[arg-type]


RULES = MappingProxyType(
    {
        "GS101": rule("GS101", "extreme-exposure"),
        "GS102": rule("GS102", "exposure-limit"),
        "GS103": rule("GS103", "stop-beyond-liquidation"),
        "GS104": rule("GS104", "loss-at-stop", "warning"),
        "GS205": rule("GS205", "policy-loosened"),
        "GS903": rule("GS903", "not-evaluated", "note"),
    }
)
LEVERAGE = Place("bots/blofin-main.yaml", 7, 13, 16)
EXTREME = Finding(
    "GS101",
    "error",
    "exposure 2000% of equity is Extreme (from 1500%): a 1% adverse move costs 20%",
    LEVERAGE,
    "lower leverage below 75 or equity_pct below 15",
    ("blofin-main",),
    "settings.leverage",
    2000.0,
    1500.0,
    (
        Related(Place("bots/blofin-main.yaml", 6, 15, 17), "the other factor"),
        Related(Place("policy.yaml", 2, 9, 54), "the limit"),
    ),
)
LOSS = Finding(
    "GS104",
    "warning",
    "one stop costs 73% of the equity (policy: 25%)",
    Place("bots/blofin-main.yaml", 8, 23, 27),
    "a nearer stop, or less exposure",
    ("blofin-main",),
    "settings.hard_stop_loss_bps",
    73.0,
    25.0,
)
POLICY_NOTE = Finding("GS205", "warning", "max_exposure loosened from 800 to 1000", Place("policy.yaml", 1, 15, 19))
OLD = replace(EXTREME, code="GS102", message="exposure 2000% is above the policy's 1000%", related=(), state="existing")
ACCEPTED = replace(
    EXTREME,
    code="GS103",
    message="the hard stop can never fire",
    place=Place("bots/blofin-main.yaml", 8),
    related=(),
    remedy="",
    state="accepted",
)
NOT_KNOWN = Finding("GS903", "note", "no leverage tiers known for SOL/USDT:USDT", Place("bots/blofin-main.yaml"))
CALM, WILD = Measure(250.0, 12.9, 39.8), Measure(2000.0, 100.0, 4.478)
DELTAS = (
    Delta("fleet", "", Measure(430.0, 20.1, None), Measure(2130.0, 104.0, None), "risk-adding"),
    Delta("account", "blofin/main", CALM, WILD, "risk-adding", 5000.0, "USDT"),
    Delta(
        "bot",
        "okx-sol",
        Measure(100.0, 5.0, 99.5),
        Measure(50.0, 2.5, None),
        "de-risking",
        changes=(("leverage", "20", "10"),),
    ),
    Delta(
        "bot",
        "blofin-main",
        CALM,
        WILD,
        "risk-adding",
        5000.0,
        "USDT",
        (("equity_pct", "5", "20"), ("leverage", "50", "100"), ("hard_stop_loss_bps", "500", "1500")),
    ),
    Delta("bot", "bybit-eth", None, Measure(30.0, 1.5, None), "risk-adding"),
    Delta("bot", "okx-old", Measure(50.0, 2.5, None), None, "de-risking"),
    Delta(
        "bot",
        "okx-btc",
        Measure(0.003, 0, None),
        Measure(0.003, 0, None),
        "neutral",
        changes=(("rgrid_enabled", "false", "true"),),
    ),
)
EMPTY = Report(findings=(), rules=RULES, files=14, bots=12, version="0.1.0")
FULL = replace(
    EMPTY,
    findings=(NOT_KNOWN, POLICY_NOTE, LOSS, ACCEPTED, OLD, EXTREME),
    deltas=DELTAS,
    base="4727bac",
    head="9c2e11f",
    not_evaluated=1,
    sources=SOURCES,
)
