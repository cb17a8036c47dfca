"""What the gate found, as values. Places are 1-based and counted in code points; figures are in % of equity."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from gitscale.errors import Problem

Severity = Literal["error", "warning", "note"]
State = Literal["new", "existing", "accepted", "de-risking"]
Direction = Literal["risk-adding", "neutral", "de-risking"]
Basis = Literal["equity", "sum"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """Where: line 0 is the whole file, column 0 the whole line; `end_column` is one past the last sign."""

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """`path:line:column`."""
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])

    def below(self, paths: Sequence[str]) -> bool:
        """Whether it lies at or below one of the paths; no paths are the whole repository."""
        return not paths or any(self.path == path or self.path.startswith(f"{path}/") for path in paths)


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that has to do with a finding, and what it does there."""

    place: Place
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule.

    `key` is the dotted YAML path, which survives when lines move; `figure` is what was found, `limit` what is allowed.
    What was in base and is no worse ("existing"), what somebody answers for ("accepted"), and what comes with a change
    that only lowers the risk ("de-risking") is shown and never fails.
    """

    code: str
    severity: Severity
    message: str
    place: Place
    remedy: str = ""
    bots: tuple[str, ...] = ()
    key: str = ""
    figure: float | None = None
    limit: float | None = None
    related: tuple[Related, ...] = ()
    state: State = "new"


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule as reports show it; `page` is its help in Markdown."""

    code: str
    name: str
    severity: Severity
    summary: str
    page: str


@dataclass(frozen=True, slots=True)
class Measure:
    """Exposure and loss at the stop in % of equity; distance to liquidation in % of the average entry, None: none."""

    exposure: float
    loss_at_stop: float
    liquidation: float | None


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely something is within 24 hours, 0 to 1."""

    stop: float
    liquidation: float


@dataclass(frozen=True, slots=True)
class Odds:
    """Chances of a bot before and after a change, from a replay of candles of one of its symbols, of these days."""

    symbol: str
    start: str
    end: str
    before: Chances | None
    after: Chances | None


@dataclass(frozen=True, slots=True)
class Delta:
    """What a change does to a bot, an account or the fleet; no `before` is new, no `after` is gone.

    `equity` is in `currency` and known only where policy names it; the fleet's is that of its accounts together, and
    its figures are then weighted by it, else percentages added. `changes` are (parameter, before, after). `odds` are
    known where candles are.
    """

    kind: Literal["bot", "account", "fleet"]
    name: str
    before: Measure | None
    after: Measure | None
    direction: Direction
    equity: float | None = None
    currency: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    odds: Odds | None = None

    @property
    def basis(self) -> Basis:
        """What its percentages are of: one equity, or several that may differ and were added."""
        return "sum" if self.kind == "fleet" and self.equity is None else "equity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything a reporter may say. `rules` holds every code that was found; `sources` every file as `lines_of` it."""

    findings: tuple[Finding, ...]
    rules: Mapping[str, RuleInfo]
    files: int
    bots: int
    version: str
    deltas: tuple[Delta, ...] = ()
    base: str = ""
    head: str = ""
    not_evaluated: int = 0
    strict: bool = False
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def failing(self) -> tuple[Finding, ...]:
        """The findings for which the gate does not open: new errors, with `strict` new warnings too."""
        fatal = SEVERITIES[: 1 + self.strict]
        return tuple(item for item in self.findings if item.state == "new" and item.severity in fatal)

    def in_order(self) -> list[Finding]:
        """The findings file by file, from top to bottom."""
        return sorted(self.findings, key=_position)

    def worst_first(self) -> list[Finding]:
        """The findings by weight: first what fails, then what is new, then the others."""
        failing = set(map(id, self.failing))
        return sorted(
            self.findings,
            key=lambda item: (
                id(item) not in failing,
                item.state != "new",
                SEVERITIES.index(item.severity),
                _position(item),
            ),
        )


def of_problems(problems: Iterable[Problem]) -> Iterator[Finding]:
    """What makes a file no valid config: always new, always an error."""
    for item in problems:
        place = Place(item.path, item.line, item.column)
        yield Finding(item.code, "error", item.message, place, remedy=item.remedy)


def lines_of(text: str) -> tuple[str, ...]:
    """A file's lines without their ends; a last line end is followed by one more, empty line."""
    return tuple(re.split("\r\n|\r|\n", text))


def _position(item: Finding) -> tuple[str, int, int, str, str]:
    return (item.place.path, item.place.line, item.place.column, item.code, item.message)
