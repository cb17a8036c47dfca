"""Sentences and what they may come to, by file; the score of the plain language on them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

from gitscale.actions.explain import topics
from gitscale.agent.language.meaning import Known, Meaning
from gitscale.agent.language.understand import understand
from gitscale.model.fleet import Fleet

_FOLDER = Path(__file__).parent
PROFILES = ("conservative", "moderate", "aggressive", "degen")
KNOWN = Known(PROFILES, ("blofin-main",), frozenset(topics(Fleet({}))) | set(PROFILES))


class Case(NamedTuple):
    """A sentence, and everything it may come to: commands, `ask`, or `unknown`."""

    file: str
    say: str
    want: list[str]

    @property
    def meaning(self) -> Meaning:
        """What it comes to."""
        return understand(self.say, KNOWN)

    @property
    def right(self) -> bool:
        """Whether that is wanted."""
        found = self.meaning
        return (found.command or ("ask" if found.ask else "unknown")) in self.want

    @property
    def unintended(self) -> bool:
        """Whether a change would be proposed that nobody asked for."""
        return self.meaning.changes and not self.right


def cases(part: str) -> Iterator[Case]:
    """The sentences of a part: `dev`, which the language is developed with, or `heldout`, which only scores it."""
    for file in sorted((_FOLDER / part).glob("*.yaml")):
        rows: list[dict[str, Any]] = YAML(typ="safe").load(file)
        for row in rows:
            yield Case(file.stem, row["say"], [row["want"]] if isinstance(row["want"], str) else row["want"])


def no_wishes() -> Iterator[str]:
    """Sentences in which a wish seems to hide, and none does."""
    for file in sorted((_FOLDER / "no_wish").glob("*.yaml")):
        yield from YAML(typ="safe").load(file)
