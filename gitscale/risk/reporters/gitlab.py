"""GitLab's code quality report: the five fields it reads."""

from gitscale.risk.finding import Report
from gitscale.risk.reporters.clean import dump, line
from gitscale.risk.reporters.fingerprint import fingerprints

_SEVERITIES = {"error": "critical", "warning": "minor", "note": "info"}


def gitlab(report: Report) -> str:
    """An array of issues; GitLab itself tells the new ones by their fingerprints."""
    findings = report.in_order()
    return dump(
        [
            {
                "description": line(f"{item.message}{'' if item.state == 'new' else f' ({item.state})'}"),
                "check_name": f"{item.code} {report.rules[item.code].name}",
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[item.severity] if item.state == "new" else "info",
                "location": {"path": item.place.path, "lines": {"begin": max(item.place.line, 1)}},
            }
            for item, fingerprint in zip(findings, fingerprints(findings), strict=True)
        ]
    )
