"""What a measurement says: one row of the table, and where it finds its fleets."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.fleet import Fleet, make


@dataclass(frozen=True, slots=True)
class Row:
    """A figure beside its peer's; `ratio` is figure / peer, and `most` what it may be (None: told, not judged).

    Where a speed-up is asked for, the bound stands as its inverse: 50 times faster is a ratio of at most 1/50.
    """

    name: str
    figure: float
    peer: float
    peer_name: str
    most: float | None
    unit: str = "ms"

    @property
    def ratio(self) -> float:
        """Figure over peer."""
        return self.figure / self.peer

    @property
    def verdict(self) -> str:
        """ok, MISSED, or nothing where there is no target."""
        return "" if self.most is None else "ok" if self.ratio <= self.most else "MISSED"

    def cells(self) -> tuple[str, ...]:
        """The row as people read it."""
        return (
            self.name,
            f"{self.figure:.1f} {self.unit}",
            f"{self.peer:.1f} {self.unit}",
            self.peer_name,
            _factor(self.ratio),
            "" if self.most is None else f"<= {_factor(self.most)}",
            self.verdict,
        )

    def json(self) -> dict[str, Any]:
        """The row for programs."""
        return asdict(self) | {"ratio": self.ratio, "verdict": self.verdict or None}


def _factor(ratio: float) -> str:
    return f"1/{1 / ratio:.1f}" if 0 < ratio < 0.5 else f"{ratio:.2f}"


HEAD = ("measurement", "median", "beside", "of", "ratio", "target", "")


@dataclass(slots=True)
class Bench:
    """One run of the benchmarks: how thorough, and the fleets made so far."""

    quick: bool
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="gitscale-bench-")))
    _made: int = 0

    @property
    def runs(self) -> int:
        """How often each contender runs."""
        return 3 if self.quick else 7

    @property
    def small(self) -> int:
        """Bots in the small fleet."""
        return 100

    @property
    def large(self) -> int:
        """Bots in the large one."""
        return 1_000 if self.quick else 10_000

    def fleet(self, bots: int, *, folders: bool = False) -> Fleet:
        """A fleet of one's own."""
        self._made += 1
        return make(self.folder / f"fleet-{self._made}", bots, folders=folders)

    def close(self) -> None:
        """Remove everything made."""
        shutil.rmtree(self.folder, ignore_errors=True)


Measurement = Callable[[Bench], Iterator[Row]]
