"""SARIF 2.1.0, as GitHub's code scanning takes it."""

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from gitscale.risk.finding import Finding, Place, Report, RuleInfo
from gitscale.risk.reporters.clean import dump, line
from gitscale.risk.reporters.fingerprint import fingerprints, line_hashes

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_ABOUT = "urn:gitscale"  # the name: there is no page yet that holds for every user
_BASELINE = {"new": "new", "existing": "unchanged", "accepted": "unchanged"}
# GitHub refuses a file with more, and shows a fifth of them
_MOST_RESULTS = 25_000


def sarif(report: Report) -> str:
    """One run. Accepted findings are suppressed; compared with a base, what that had already is unchanged."""
    rules = [report.rules[code] for code in sorted(report.rules)]
    findings = report.worst_first()
    run = {
        "tool": {
            "driver": {
                "name": "gitscale",
                "semanticVersion": report.version,
                "informationUri": _ABOUT,
                "rules": [_rule(rule) for rule in rules],
            }
        },
        "automationDetails": {"id": "gitscale/risk-gate/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the config repository."}}},
        "results": _results(report, findings[:_MOST_RESULTS]),
        "properties": {"resultsLeftOut": max(0, len(findings) - _MOST_RESULTS)},
    }
    return dump({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: RuleInfo) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {
            "tags": ["risk"],
            "precision": "very-high",
            "problem.severity": {"note": "recommendation"}.get(rule.severity, rule.severity),
        },
    }


def _results(report: Report, findings: Sequence[Finding]) -> list[dict[str, Any]]:
    hashes = {
        path: line_hashes(report.sources[path])
        for path in {item.place.path for item in findings} & report.sources.keys()
    }
    index = {code: at for at, code in enumerate(sorted(report.rules))}
    results = []
    for item, own in zip(findings, fingerprints(findings), strict=True):
        known = {"gitscale/v1": own}
        at, lines = max(item.place.line, 1), hashes.get(item.place.path, ())
        if at <= len(lines):
            known["primaryLocationLineHash"] = lines[at - 1]
        result = _result(item, index[item.code]) | {"partialFingerprints": known}
        results.append(result | ({"baselineState": _BASELINE[item.state]} if report.base else {}))
    return results


def _result(item: Finding, rule_index: int) -> dict[str, Any]:
    related = [
        {**_location(other.place), "id": number, "message": {"text": _message(other.message)}}
        for number, other in enumerate(item.related, 1)
    ]
    links = [f"[{_message(other.message)}]({number})" for number, other in enumerate(item.related, 1)]
    sentences = [_message(item.message), *([f"See {', '.join(links)}"] if links else []), _message(item.remedy)]
    result: dict[str, Any] = {
        "ruleId": item.code,
        "ruleIndex": rule_index,
        "level": item.severity,
        "message": {"text": ". ".join(part for part in sentences if part) + "."},
        "locations": [_location(item.place)],
    }
    if related:
        result["relatedLocations"] = related
    if item.state == "accepted":
        reason = "An entry of accepted_risks covers it."
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _location(place: Place) -> dict[str, Any]:
    # the whole file is its first line: GitHub shows no result without one
    region = {"startLine": max(place.line, 1)}
    if place.line and place.column:
        region["startColumn"] = place.column
        if place.end_column > place.column:
            region["endColumn"] = place.end_column
    uri = quote(place.path.encode(errors="surrogateescape"))
    return {"physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": _ROOT}, "region": region}}


def _message(text: str) -> str:
    """Foreign text in a message: brackets would make a link of it, braces a placeholder."""
    return re.sub(r"([\\\[\]])", r"\\\1", line(text)).replace("{", "{{").replace("}", "}}")
