"""Every rule, one a file. A rule's module docstring is its page: `gitscale explain CODE`, and docs/rules."""

from gitscale.risk.finding import RuleInfo
from gitscale.risk.rule import Rule
from gitscale.risk.rules import (
    gs001,
    gs002,
    gs003,
    gs004,
    gs005,
    gs006,
    gs007,
    gs008,
    gs009,
    gs101,
    gs102,
    gs103,
    gs104,
    gs105,
    gs106,
    gs107,
    gs108,
    gs109,
    gs110,
    gs201,
    gs202,
    gs203,
    gs204,
    gs205,
    gs206,
    gs901,
    gs902,
    gs903,
    gs904,
)

RULES: tuple[Rule, ...] = (
    gs001.RULE,
    gs002.RULE,
    gs003.RULE,
    gs004.RULE,
    gs005.RULE,
    gs006.RULE,
    gs007.RULE,
    gs008.RULE,
    gs009.RULE,
    gs101.RULE,
    gs102.RULE,
    gs103.RULE,
    gs104.RULE,
    gs105.RULE,
    gs106.RULE,
    gs107.RULE,
    gs108.RULE,
    gs109.RULE,
    gs110.RULE,
    gs201.RULE,
    gs202.RULE,
    gs203.RULE,
    gs204.RULE,
    gs205.RULE,
    gs206.RULE,
    gs901.RULE,
    gs902.RULE,
    gs903.RULE,
    gs904.RULE,
)

BY_CODE = {rule.code: rule for rule in RULES}


def infos() -> dict[str, RuleInfo]:
    """Every rule as reports show it, by code."""
    return {rule.code: RuleInfo(rule.code, rule.name, rule.severity, rule.summary, rule.page or "") for rule in RULES}
