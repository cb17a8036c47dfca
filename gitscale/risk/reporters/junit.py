"""JUnit's XML: one test case a rule, so that a dashboard keeps a history of each and shows what passed."""

from collections.abc import Sequence
from xml.etree import ElementTree as Xml  # written here, never parsed

from gitscale.risk.finding import Finding, Report, RuleInfo
from gitscale.risk.reporters import wording
from gitscale.risk.reporters.clean import line

_SUITE = "gitscale"


def junit(report: Report) -> str:
    """One suite; a rule fails when one of its findings does, the others are in its output."""
    failing = {item.code for item in report.failing}
    counts = {"tests": str(len(report.rules)), "failures": str(len(failing)), "errors": "0"}
    root = Xml.Element("testsuites", counts)
    suite = Xml.SubElement(root, "testsuite", {"name": _SUITE, **counts, "time": "0"})
    found: dict[str, list[Finding]] = {code: [] for code in sorted(report.rules)}
    for item in report.in_order():
        found[item.code].append(item)
    fatal = set(map(id, report.failing))
    for code, items in found.items():
        case = _case(suite, report.rules[code])
        _lines(case, "failure", [item for item in items if id(item) in fatal])
        _lines(case, "system-out", [item for item in items if id(item) not in fatal])
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _case(suite: Xml.Element, rule: RuleInfo) -> Xml.Element:
    return Xml.SubElement(suite, "testcase", {"classname": _SUITE, "name": f"{rule.code} {rule.name}", "time": "0"})


def _lines(case: Xml.Element, tag: str, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    element = Xml.SubElement(case, tag)
    if tag == "failure":
        element.attrib |= {"type": findings[0].severity, "message": wording.count(len(findings), "finding")}
    element.text = "\n".join(_line(item) for item in findings)


def _line(item: Finding) -> str:
    more = [part for part in (wording.bots(item), f"fix: {item.remedy}" if item.remedy else "") if part]
    return f"{line(str(item.place))}: {item.code} {wording.label(item)}: {line('; '.join([item.message, *more]))}"
