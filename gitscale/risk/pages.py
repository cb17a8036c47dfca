"""The rules as people read them: in reports, from `gitscale explain`, in docs/rules."""

from gitscale.risk.finding import RuleInfo
from gitscale.risk.rule import Rule
from gitscale.risk.rules import RULES

FOLDER = "docs/rules"
_INDEX = """\
# Rules

What `gitscale lint` looks for. `gitscale explain CODE` shows a page on the terminal; policy.yaml's `severity` changes
the severity of any rule from GS101 on.

The pages' examples are cut short: each begins with its file's path, `base:` and `head:` are before and after a change,
and what every bot has (name, strategy, exchange, symbols) is left out where it does not matter.

| code | name | severity | says |
|---|---|---|---|
"""


def page(rule: Rule) -> str:
    """One rule's page, with its code as the title."""
    return f"# {rule.code} {rule.name}\n\nSeverity: {rule.severity}\n\n{(rule.page or '').strip()}\n"


def files() -> dict[str, str]:
    """Repository path -> text of every page and of their index."""
    rows = (f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {rule.summary} |\n" for rule in RULES)
    return {f"{FOLDER}/{rule.code}.md": page(rule) for rule in RULES} | {f"{FOLDER}/README.md": _INDEX + "".join(rows)}


def infos() -> dict[str, RuleInfo]:
    """Every rule as reports show it, by code."""
    return {rule.code: RuleInfo(rule.code, rule.name, rule.severity, rule.summary, rule.page or "") for rule in RULES}
