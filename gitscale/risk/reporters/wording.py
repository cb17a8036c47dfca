"""Sentences that several reports share."""

from gitscale.risk.finding import SEVERITIES, Finding, Report

_NAMED = 10


def count(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}{'s' * (number != 1)}"


def verdict(report: Report) -> str:
    """Whether the gate opens, and what is new."""
    fresh = [item.severity for item in report.findings if item.state == "new"]
    nothing = "nothing new" if report.base else "nothing found"
    counts = [count(fresh.count(level), level) for level in SEVERITIES if level in fresh]
    return f"{'failed' if report.failing else 'passed'}: {', '.join(counts) or nothing}"


def scope(report: Report) -> str:
    """What else was found, and how much was read."""
    states = [item.state for item in report.findings]
    others = [f"{states.count(state)} {state}" for state in ("existing", "accepted", "de-risking") if state in states]
    if report.not_evaluated:
        others.append(f"{report.not_evaluated} not evaluated")
    read = f"{count(report.bots, 'bot')} in {count(report.files, 'file')}"
    if not report.bots:
        read += " (bots are files bots/**/NAME.yaml)"
    return "; ".join([*([", ".join(others)] if others else []), read])


def label(item: Finding) -> str:
    """The severity, and why a finding does not fail."""
    return item.severity if item.state == "new" else f"{item.severity}, {item.state}"


def bots(item: Finding) -> str:
    """The bots that make up a finding together; nothing where it is about one."""
    if len(item.bots) < 2:
        return ""
    more = len(item.bots) - _NAMED
    return f"bots: {', '.join(item.bots[:_NAMED])}" + (f" and {more} more" if more > 0 else "")


def revisions(report: Report) -> tuple[str, str] | None:
    """What is compared with what."""
    return (report.base, report.head or "work tree") if report.base else None
