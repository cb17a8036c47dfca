"""The table of formats."""

from collections.abc import Callable

from gitscale.risk.finding import Report
from gitscale.risk.reporters.comment import comment
from gitscale.risk.reporters.github import github
from gitscale.risk.reporters.gitlab import gitlab
from gitscale.risk.reporters.json import json
from gitscale.risk.reporters.junit import junit
from gitscale.risk.reporters.markdown import markdown
from gitscale.risk.reporters.sarif import sarif
from gitscale.risk.reporters.text import text

REPORTERS: dict[str, Callable[[Report], str]] = {
    "text": text,
    "json": json,
    "github": github,
    "sarif": sarif,
    "markdown": markdown,
    "comment": comment,
    "gitlab": gitlab,
    "junit": junit,
}
