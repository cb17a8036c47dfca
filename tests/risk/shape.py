"""A Markdown page as GitHub's own parser sees it."""

from html.parser import HTMLParser

import cmarkgfm


class Shape(HTMLParser):
    """The tags of a page in their order, and its bare words."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.comments: list[str] = []
        self.bare = ""
        self._still = 0
        self.feed(cmarkgfm.github_flavored_markdown_to_html(markdown, options=cmarkgfm.Options.CMARK_OPT_UNSAFE))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag + "".join(f" {name}" for name, _ in attrs))
        self._still += tag in ("code", "pre")

    def handle_endtag(self, tag: str) -> None:
        self.tags.append(f"/{tag}")
        self._still -= tag in ("code", "pre")

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)

    def handle_data(self, data: str) -> None:
        self.bare += "" if self._still else data

    def calls(self) -> list[str]:
        """The mentions and issues that GitHub would read from the bare words."""
        return [
            sign + after
            for sign in "@#"
            for after in "abcdefghijklmnopqrstuvwxyz0123456789"
            if sign + after in self.bare
        ]
