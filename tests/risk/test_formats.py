"""Each format before a judge that is not ours where there is one."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from jsonschema import Draft202012Validator

from gitscale.risk.finding import Finding, Place, Report
from gitscale.risk.reporters.json import SCHEMA_PATH, schema_text
from gitscale.risk.reporters.markdown import COMMENT_LIMIT, SUMMARY_LIMIT, markdown
from gitscale.risk.reporters.table import REPORTERS
from tests.risk import hostile
from tests.risk.reports import EMPTY, EXTREME, FULL, LOSS, OLD
from tests.risk.runner import commands

ROOT = Path(__file__).parent.parent.parent
XSD = xmlschema.XMLSchema(str(Path(__file__).parent / "junit-10.xsd"))
REPORTS = {"full": FULL, "empty": EMPTY} | {f"{at:02}": hostile.report(text) for at, text in enumerate(hostile.TEXTS)}
every_report = pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS)


def many(number: int, like: Finding = EXTREME) -> Report:
    return replace(
        FULL,
        findings=tuple(replace(like, bots=(f"bot-{at}",), place=Place(f"bots/{at}.yaml", 1)) for at in range(number)),
        deltas=tuple(replace(FULL.deltas[3], name=f"bot-{at}") for at in range(number)) + FULL.deltas[:2],
    )


def test_every_format_is_a_file_and_a_row() -> None:
    files = {path.stem for path in (ROOT / "gitscale/risk/reporters").glob("*.py")}
    helpers = {"__init__", "clean", "excerpt", "figures", "fingerprint", "table", "wording"}
    assert files - helpers == set(REPORTERS)


@every_report
def test_json_follows_the_published_schema(report: Report) -> None:
    rules = json.loads((ROOT / SCHEMA_PATH).read_text())
    Draft202012Validator.check_schema(rules)
    Draft202012Validator(rules).validate(json.loads(REPORTERS["json"](report)))


def test_the_published_schema_is_fresh() -> None:
    assert (ROOT / SCHEMA_PATH).read_text() == schema_text()


def test_json_says_what_the_values_say() -> None:
    said = json.loads(REPORTERS["json"](replace(FULL, findings=(replace(LOSS, figure=float("inf")), OLD))))
    assert said["passed"] is True
    assert said["counts"] == {"error": 0, "warning": 1, "note": 0, "existing": 1, "accepted": 0, "not_evaluated": 1}
    assert said["findings"][0]["place"] == {"path": LEVERAGE, "line": 7, "column": 13, "end_column": 16}
    assert said["findings"][1]["figure"] is None
    cost = said["risk_diff"][0]["after"]["cost"]
    assert [item["equity_pct"] for item in cost] == [20, 100, 200]
    assert [item["amount"] for item in cost] == [1000, None, None]
    assert [item["end"] for item in cost] == ["", "liquidated", "liquidated"]


LEVERAGE = "bots/blofin-main.yaml"


@every_report
def test_junit_follows_its_schema(report: Report) -> None:
    XSD.validate(REPORTERS["junit"](report))


@every_report
def test_gitlab_has_the_five_fields(report: Report) -> None:
    issues: list[dict[str, Any]] = json.loads(REPORTERS["gitlab"](report))
    assert len({issue["fingerprint"] for issue in issues}) == len(report.findings)
    for issue in issues:
        assert {*issue} == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert issue["location"]["lines"]["begin"] >= 1


@pytest.mark.parametrize(
    ("number", "shown", "said"),
    [(10, 10, "failed: 10 errors;"), (11, 10, "1 more without annotation, 10 a level are shown: 1 error\n")],
)
def test_github_keeps_to_the_limit_of_a_step(number: int, shown: int, said: str) -> None:
    text = REPORTERS["github"](many(number))
    assert len(commands(text)) == shown
    assert said in text


def test_github_tells_the_worst_first_and_limits_each_level() -> None:
    found = many(12, LOSS).findings + many(12).findings + many(30, OLD).findings
    levels = [command.name for command in commands(REPORTERS["github"](replace(FULL, findings=found)))]
    assert levels == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10


@pytest.mark.parametrize("limit", [5_000, COMMENT_LIMIT, SUMMARY_LIMIT])
@pytest.mark.parametrize("number", [1, 40, 2_000])
def test_a_page_keeps_to_its_limit_and_counts_what_it_cut(limit: int, number: int) -> None:
    page = markdown(many(number), limit)
    rows, findings = page.count("<b>bot "), page.count("\n**GS101")
    assert len(page.encode()) <= limit
    assert (f"{number - rows} more not shown |" in page) is (rows < number)
    assert (f"*{number - findings} more not shown.*" in page) is (findings < number)
    assert "<b>fleet</b>" in page
    assert min(rows, findings) > 0


@pytest.mark.parametrize("name", ["text", "github", "markdown", "junit"])
def test_a_finding_of_several_bots_names_them(name: str) -> None:
    bots = tuple(f"bot-{at:02}" for at in range(13))
    said = REPORTERS[name](replace(EMPTY, findings=(replace(EXTREME, bots=bots),)))
    assert "bot-09 and 3 more" in said
    assert "bot-10" not in said


def test_a_page_uses_the_room_it_has() -> None:
    assert len(markdown(many(2_000), COMMENT_LIMIT)) > COMMENT_LIMIT * 0.95
