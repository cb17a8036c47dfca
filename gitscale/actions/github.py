"""The comments of one pull request, over GitHub's REST interface."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from gitscale.errors import Unavailable

_TIMEOUT = 20.0
_PAGE = 100


class Forbidden(Unavailable):
    """The token may not do this here; whoever asks may live without it."""


class Faltered(Unavailable):
    """GitHub had a fault of its own; the same request may work in a moment."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to wherever it points."""

    def redirect_request(self, *_: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class PullRequest:
    """Which pull request (`owner/name` and number), where GitHub answers, and who asks."""

    api: str
    repository: str
    number: int
    token: str = field(repr=False)
    timeout: float = _TIMEOUT

    def login(self) -> str | None:
        """Whom the token belongs to; an app's token, as GitHub Actions has it, may not ask."""
        try:
            return str(self._call("GET", "user")[0]["login"])
        except Forbidden:
            return None

    def comments(self) -> Iterator[dict[str, Any]]:
        """Every comment, oldest first."""
        page = 1
        while page:
            found, links = self._call("GET", f"{self._issue}/comments?per_page={_PAGE}&page={page}")
            yield from found
            page = page + 1 if found and 'rel="next"' in links else 0

    def create(self, body: str) -> str:
        """The address of a new comment."""
        return str(self._call("POST", f"{self._issue}/comments", body)[0]["html_url"])

    def update(self, comment: int, body: str) -> str:
        """The address of a comment, changed."""
        return str(self._call("PATCH", f"repos/{self.repository}/issues/comments/{comment}", body)[0]["html_url"])

    @property
    def _issue(self) -> str:
        return f"repos/{self.repository}/issues/{self.number}"

    def _call(self, method: str, path: str, body: str | None = None) -> tuple[Any, str]:
        """The answer, and its links to other pages."""
        headers = {"Authorization": f"Bearer {self.token}", "Accept": "application/vnd.github+json"}
        headers |= {"X-GitHub-Api-Version": "2022-11-28", "User-Agent": "gitscale", "Content-Type": "application/json"}
        data = None if body is None else json.dumps({"body": body}).encode()
        try:
            asked = urllib.request.Request(f"{self.api}/{path}", data, headers, method=method)  # noqa: S310 - the host's
            with urllib.request.build_opener(_NoRedirect).open(asked, timeout=self.timeout) as answer:
                return json.load(answer), answer.headers.get("Link", "")
        except urllib.error.HTTPError as error:
            raise _refusal(error.code) from None
        except (OSError, HTTPException, ValueError) as error:
            # only what the network says is told: Python's text on a malformed header quotes the token
            reason = getattr(error, "reason", None) or type(error).__name__
            raise Faltered(f"no answer from {self.api}: {reason}", "try again later") from None


def _refusal(status: int) -> Unavailable:
    if status in {403, 404}:
        return Forbidden(f"GitHub answered {status}: this token may not do that here")
    if status >= 500:
        return Faltered(f"GitHub answered {status}", "try again later")
    return Unavailable(f"GitHub answered {status}", "check GITHUB_TOKEN, GITHUB_API_URL and GITHUB_REPOSITORY")
