"""The report as one comment of a pull request: the page, as long as a comment may be."""

from gitscale.risk.finding import Report
from gitscale.risk.reporters.markdown import COMMENT_LIMIT, markdown


def comment(report: Report) -> str:
    """The page; what does not fit is counted."""
    return markdown(report, COMMENT_LIMIT)
