"""The report as JSON. Its types make the published schema, `schemas/lint-report.schema.json`.

A key that goes, or means something else, counts `version` up; further keys may come without that.
"""

from dataclasses import dataclass
from json import dumps
from typing import Any, Literal

from pydantic import TypeAdapter

from gitscale.risk.finding import SEVERITIES, Basis, Delta, Finding, Measure, Odds, Report
from gitscale.risk.reporters.clean import dump
from gitscale.risk.reporters.figures import Cost, costs, ranked

VERSION: Literal[1] = 1
SCHEMA_PATH = "schemas/lint-report.schema.json"


@dataclass(frozen=True, slots=True)
class Change:
    """One value that a bot had and has."""

    parameter: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What a bot, an account or the fleet risks; with what each adverse move costs."""

    measure: Measure
    cost: list[Cost]


@dataclass(frozen=True, slots=True)
class RiskDiff:
    """Risk before and after the change; null: was not there, is gone.

    `basis` says what percentages are of: "equity" (the account's; of the fleet, that of its accounts together) or
    "sum" (the fleet adds percentages of what may be different equities: policy.yaml does not name them all, in one
    currency).
    """

    kind: Literal["bot", "account", "fleet"]
    name: str
    direction: Literal["risk-adding", "neutral", "de-risking"]
    before: Risk | None
    after: Risk | None
    basis: Basis
    equity: float | None
    currency: str
    changes: list[Change]
    odds: Odds | None


@dataclass(frozen=True, slots=True)
class Counts:
    """New findings by severity, the others by state."""

    error: int
    warning: int
    note: int
    existing: int
    accepted: int
    not_evaluated: int


@dataclass(frozen=True, slots=True)
class LintReport:
    """What `gitscale lint --format json` writes."""

    version: Literal[1]
    gitscale: str
    passed: bool
    strict: bool
    base: str
    head: str
    files: int
    bots: int
    counts: Counts
    risk_diff: list[RiskDiff]
    findings: list[Finding]


def json(report: Report) -> str:
    """The report, findings by place and the risk diff by weight."""
    return dump(
        LintReport(
            version=VERSION,
            gitscale=report.version,
            passed=not report.failing,
            strict=report.strict,
            base=report.base,
            head=report.head,
            files=report.files,
            bots=report.bots,
            counts=_counts(report),
            risk_diff=[_diff(item) for item in ranked(report.deltas)],
            findings=report.in_order(),
        )
    )


def schema_text() -> str:
    """The JSON Schema of the report."""
    body: dict[str, Any] = TypeAdapter(LintReport).json_schema(mode="serialization")
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "gitscale lint report"}
    return dumps(head | {key: value for key, value in body.items() if key != "title"}, indent=2) + "\n"


def _counts(report: Report) -> Counts:
    fresh = [item.severity for item in report.findings if item.state == "new"]
    states = [item.state for item in report.findings]
    error, warning, note = (fresh.count(severity) for severity in SEVERITIES)
    return Counts(
        error=error,
        warning=warning,
        note=note,
        existing=states.count("existing"),
        accepted=states.count("accepted"),
        not_evaluated=report.not_evaluated,
    )


def _diff(delta: Delta) -> RiskDiff:
    return RiskDiff(
        kind=delta.kind,
        name=delta.name,
        direction=delta.direction,
        before=_risk(delta, delta.before),
        after=_risk(delta, delta.after),
        basis=delta.basis,
        equity=delta.equity,
        currency=delta.currency,
        changes=[Change(parameter=what, before=old, after=new) for what, old, new in delta.changes],
        odds=delta.odds,
    )


def _risk(delta: Delta, measure: Measure | None) -> Risk | None:
    return None if measure is None else Risk(measure=measure, cost=costs(delta, measure))
