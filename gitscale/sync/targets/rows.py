"""The database rows: table `bots`, and table `syncs` that says how far the targets are.

Plain SQL over the database's own driver: importing SQLAlchemy takes longer than all else a sync does. It makes the
tables (`tables`, through Alembic) and is not imported while the schema is up to date. What differs between databases
stands in `sqlite` and `postgres`; the one that is not used is not imported.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Protocol

from gitscale.errors import Unavailable, Usage
from gitscale.sync.plan import Plan
from gitscale.sync.render import Record
from gitscale.sync.runs import Mark, Run

if TYPE_CHECKING:
    import sqlalchemy as sa

SCHEMA_HEAD = "v0002"
COLUMNS = (
    "name",
    "strategy",
    "exchange",
    "account",
    "enabled",
    "config",
    "sha256",
    "path",
    "blob",
    "revision",
    "updated_at",
)
INTO = f"insert into bots ({', '.join(COLUMNS)})"
MERGED = f"on conflict (name) do update set {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
_KIND = re.compile(r"([a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?://")
_PORTION = 500

Row = tuple[Any, ...]


class Here(NamedTuple):
    """The host that writes: its name, the repository's folder, and where it notes what its files are at."""

    name: str
    root: Path
    journal: Path


class Answer(Protocol):
    """What a statement gives back."""

    def fetchone(self) -> Any:
        """The next row, or None."""

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection as the SQL here needs it; placeholders are question marks."""

    def execute(self, sql: str, values: Sequence[Any] = ..., /) -> Answer:
        """Carry out one statement."""


def row_target(url: str, here: Here) -> "RowTarget":
    """The rows at a URL of SQLAlchemy's form; a relative SQLite path counts from the repository.

    Raises:
        Usage: it cannot be read, or names a database of another kind. The URL, which may hold a password, is not told.
        Unavailable: psycopg is not installed.
    """
    found = _KIND.match(url)
    kind = found[1] if found else ""
    if kind == "sqlite":
        from gitscale.sync.targets.sqlite import SqliteRows

        return SqliteRows(url, here)
    if kind in ("postgresql", "postgres"):
        try:
            from gitscale.sync.targets.postgres import PostgresRows
        except ImportError as error:
            reason = _first_line(error)
            raise Unavailable(f"PostgreSQL needs psycopg: {reason}", "pip install 'gitscale[postgres]'") from None
        return PostgresRows(url, here)
    if found:
        raise Usage(f"databases of kind {kind[:20]} are not supported", "use sqlite:///FILE or postgresql://HOST/NAME")
    raise Usage("the database URL cannot be read", "for example sqlite:///build/gitscale.db")


class RowTarget(ABC):
    """A database with the two tables. `shown` is its URL for people; `shared`: other hosts write to it too."""

    shared: ClassVar[bool] = False
    # how a row's config is read as text, and how a row is known that has no block of gitscale's
    _config: ClassVar[str] = "config"
    _unmarked: ClassVar[str]
    shown: str

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Connection]:
        """A connection whose statements take effect together, or not at all."""

    @abstractmethod
    def _put(self, connection: Any, rows: Iterable[Row]) -> None:
        """Insert or replace rows, which are in the order of COLUMNS."""

    @abstractmethod
    def _engine(self) -> "sa.Engine":
        """The database as SQLAlchemy reaches it, for migrations."""

    @abstractmethod
    def version(self) -> str | None:
        """The schema the database has; None when it is empty."""

    def _reading(self) -> AbstractContextManager[Connection]:
        """A connection for statements that change nothing."""
        return self._transaction()

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:  # noqa: ARG002 -- the lock of the repository is enough here
        """Be the only one who writes, waiting at most `patience` seconds for it.

        Raises:
            Conflict: another host writes all that time; it is named.
        """
        yield

    def ready(self) -> None:
        """Make sure that a sync can write.

        Raises:
            Unavailable: it cannot, or first needs `gitscale db upgrade`.
        """
        self.upgrade()

    def upgrade(self) -> None:
        """Bring the schema to the newest version; does nothing when it is there.

        Raises:
            Unavailable: the database is newer than this program, or cannot be written.
        """
        if self._version_to_leave() != SCHEMA_HEAD:
            self._migrate()

    def _version_to_leave(self) -> str | None:
        version = self.version()
        if version is not None and version > SCHEMA_HEAD:
            raise Unavailable(f"the database is of a newer gitscale (schema {version})", "upgrade gitscale")
        return version

    def _migrate(self) -> None:
        from alembic.command import upgrade
        from alembic.config import Config
        from sqlalchemy.exc import SQLAlchemyError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
        try:
            with self._engine().begin() as connection:
                config.attributes["connection"] = connection
                upgrade(config, "head")
        except SQLAlchemyError as error:
            raise self._failed(getattr(error, "orig", None) or error) from None

    def _failed(self, error: BaseException) -> Unavailable:
        return Unavailable(f"the database {self.shown} failed: {_first_line(error)}", "mend it, then: gitscale sync")

    def runs(self) -> tuple[Run | None, list[Run]]:
        """The sync that last finished, and those the targets may still be at besides; without the first, all may be."""
        with self._reading() as connection:
            rows = connection.execute(
                "select id, revision, renderer, finished_at is not null, deleted > 0 "
                "from syncs order by id desc limit 50"
            )
            found = [Run(row[0], row[1], row[2], bool(row[3]), removes=bool(row[4])) for row in rows]
        cut_short = list(takewhile(lambda run: not run.finished, found))
        return next((run for run in found if run.finished), None), cut_short

    def count(self) -> int:
        """How many bots have a row."""
        with self._reading() as connection:
            return int(connection.execute("select count(*) from bots").fetchone()[0])

    def held(self, names: Collection[str] | None = None) -> dict[str, str]:
        """The sha256 of each row, for the given names or for all."""
        return self._column("sha256", names)

    def paths(self, names: Collection[str]) -> dict[str, str]:
        """Repository path of each named row."""
        return self._column("path", names)

    def read(self, names: Collection[str] | None = None) -> dict[str, dict[str, Any]]:
        """What each row really holds, column by column, for the given names or for all; none before the first sync."""
        if self.version() is None or (names is not None and not names):
            return {}
        columns = (self._config if name == "config" else name for name in COLUMNS)
        wanted = f"select {', '.join(columns)} from bots"  # noqa: S608 -- columns of ours
        with self._reading() as connection:
            rows = list(connection.execute(wanted)) if names is None else _some_rows(connection, wanted, names)
        return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}

    def foreign(self, names: Collection[str] | None = None) -> list[str]:
        """The bots whose row does not say that gitscale wrote it."""
        if names is not None and not names:
            return []
        wanted = f"select name from bots where {self._unmarked}"  # noqa: S608 -- words of ours
        with self._reading() as connection:
            rows = list(connection.execute(wanted)) if names is None else _some_rows(connection, wanted, names)
        return sorted(row[0] for row in rows)

    def _column(self, column: str, names: Collection[str] | None) -> dict[str, str]:
        if names is not None and not names:
            return {}
        wanted = f"select name, {column} from bots"  # noqa: S608 -- a column of ours
        with self._reading() as connection:
            if names is None:
                return dict(connection.execute(wanted))
            return {row[0]: row[1] for row in _some_rows(connection, wanted, names)}

    def begin(self, mark: Mark, removing: int) -> int:
        """Note that a sync is under way, and how many bots it removes; what it leaves, the next one finds by this."""
        with self._transaction() as connection:
            return self._begun(connection, mark, removing)

    def apply(self, run: int | None, mark: Mark, plan: Plan) -> int:
        """Write and remove rows and finish the run (None: one that begins here), in one transaction; the run."""
        with self._transaction() as connection:
            self._write(connection, mark, plan)
            run = self._begun(connection, mark) if run is None else run
            connection.execute(
                "update syncs set finished_at = ?, created = ?, updated = ?, deleted = ? where id = ?",
                (self._moment(mark.now), len(plan.creates), len(plan.updates), len(plan.deletes), run),
            )
        return run

    def _write(self, connection: Connection, mark: Mark, plan: Plan) -> None:
        if plan.writes:
            self._put(connection, (self._row(record, mark) for record in plan.writes))
        for portion in portions(plan.deletes):
            connection.execute(f"delete from bots where name in ({marks(portion)})", portion)  # noqa: S608

    def _begun(self, connection: Connection, mark: Mark, removing: int = 0) -> int:
        connection.execute(
            "insert into syncs (revision, branch, renderer, host, started_at, created, updated, deleted) "
            "values (?, ?, ?, ?, ?, 0, 0, ?)",
            (mark.revision, mark.branch, mark.renderer, mark.host, self._moment(mark.now), removing),
        )
        return int(connection.execute("select max(id) from syncs").fetchone()[0])  # nobody else writes now

    def _row(self, record: Record, mark: Mark) -> Row:
        """A record in the order of COLUMNS."""
        return (
            record.name,
            record.strategy,
            record.exchange,
            record.account,
            record.enabled,
            record.row_text(),
            record.sha256,
            record.path,
            record.blob,
            mark.revision,
            self._moment(mark.now),
        )

    def _moment(self, moment: datetime) -> Any:
        """UTC without a zone, as SQLAlchemy keeps it in SQLite."""
        return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _some_rows(connection: Connection, wanted: str, names: Collection[str]) -> list[Row]:
    joined = "and" if " where " in wanted else "where"
    found: list[Row] = []
    for portion in portions(sorted(names)):
        found += connection.execute(f"{wanted} {joined} name in ({marks(portion)})", portion)
    return found


def marks(values: Collection[str]) -> str:
    """A placeholder for each value."""
    return ", ".join("?" * len(values))


def portions(names: Sequence[str], size: int = _PORTION) -> Iterator[list[str]]:
    """The names, in lists that fit into one statement."""
    return (list(names[start : start + size]) for start in range(0, len(names), size))


def _first_line(error: BaseException) -> str:
    return str(error).split("\n", 1)[0]
