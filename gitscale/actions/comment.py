"""gitscale comment: the gate's report as the one comment of a pull request, updated in place."""

import time
from typing import Any

from gitscale.actions.github import Faltered, Forbidden, PullRequest
from gitscale.errors import Refused
from gitscale.risk.reporters.markdown import COMMENT_LIMIT, MARKER

NO_VERDICT = f"{MARKER}\n## ❌ Risk gate: no verdict\n\nThe gate did not get as far as a report; its log says why.\n"
_PAUSE = 1.0


def comment(pull: PullRequest, body: str) -> str | None:
    """The comment's address; None where the token may not write, as on a pull request from a fork.

    Raises:
        Refused: no report of the gate, or longer than a comment may be.
        Unavailable: GitHub does not answer, twice.
    """
    if not body.startswith(MARKER):
        raise Refused("this is no report of the gate", "write one with: gitscale lint --format comment")
    if len(body) > COMMENT_LIMIT:
        remedy = "write the report with: gitscale lint --format comment"
        raise Refused(f"{len(body)} characters; a comment holds {COMMENT_LIMIT}", remedy)
    try:
        return _twice(pull, body)
    except Forbidden:
        return None


def _twice(pull: PullRequest, body: str) -> str:
    """Tries once more, from the search on: a request without an answer may have made the comment all the same."""
    try:
        return _put(pull, body)
    except Faltered:
        time.sleep(_PAUSE)
        return _put(pull, body)


def _put(pull: PullRequest, body: str) -> str:
    login = pull.login()
    own = next((found["id"] for found in pull.comments() if _is_ours(found, login)), None)
    return pull.create(body) if own is None else pull.update(own, body)


def _is_ours(found: dict[str, Any], login: str | None) -> bool:
    """Anybody may write the marker. Where the token does not tell its owner it is an app's, and people are no apps."""
    author = found["user"] or {}  # a deleted account is null
    known = author.get("login") == login if login else author.get("type") == "Bot"
    return known and (found["body"] or "").startswith(MARKER)
