"""The database rows: table `bots`, and table `syncs` that says how far the targets are.

Plain SQL over Python's own driver: importing SQLAlchemy takes longer than all else a sync does. It makes the
tables (`tables`, through Alembic) and is not imported while the schema is up to date.
"""

import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from gitscale.errors import Unavailable, Usage
from gitscale.sync.plan import Plan
from gitscale.sync.render import Record
from gitscale.sync.runs import Mark, Run

SCHEMA_HEAD = "v0001"
_URL = re.compile(r"(?P<kind>[a-z][a-z0-9]*)(?:\+[a-z0-9_]+)?://(?:/(?P<file>[^?#]+))?\Z", re.DOTALL)
_PORTION = 500
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
_PUT = (  # columns of ours, never a user's text
    f"insert into bots ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))}) "  # noqa: S608
    f"on conflict (name) do update set {', '.join(f'{name} = excluded.{name}' for name in COLUMNS[1:])}"
)


class RowTarget:
    """A database with the two tables."""

    def __init__(self, url: str, root: Path) -> None:
        """`url` is of SQLAlchemy's form; a relative SQLite path counts from `root`.

        Raises:
            Usage: it cannot be read, or names a database of another kind.
        """
        found = _URL.match(url)
        kind, separator, _ = url.partition("://")
        if separator and kind.partition("+")[0] != "sqlite":
            raise Usage(f"databases of kind {kind[:20]} are not supported yet", "use sqlite:///FILE")
        if not found or found["file"] in (None, ":memory:"):
            raise Usage("the database URL cannot be read", "for example sqlite:///build/gitscale.db")
        self._file = root / found["file"]
        self.shown = f"sqlite:///{self._file}"

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._file, timeout=60)) as connection, connection:
                yield connection
        except sqlite3.Error as error:
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> Unavailable:
        reason = str(getattr(error, "orig", None) or error).split("\n", 1)[0]
        return Unavailable(f"the database {self.shown} failed: {reason}", "mend it, then: gitscale sync")

    def version(self) -> str | None:
        """The schema the database has; None when it is empty."""
        if not self._file.exists():
            return None
        with self._transaction() as connection:
            if not connection.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone():
                return None
            row = connection.execute("select version_num from alembic_version").fetchone()
            return str(row[0]) if row else None

    def upgrade(self) -> None:
        """Bring the schema to the newest version; does nothing when it is there.

        Raises:
            Unavailable: the database is newer than this program, or cannot be written.
        """
        version = self.version()
        if version == SCHEMA_HEAD:
            return
        if version is not None and version > SCHEMA_HEAD:
            raise Unavailable(f"the database is of a newer gitscale (schema {version})", "upgrade gitscale")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unavailable(f"cannot make {self._file.parent}: {error.strerror}") from None
        self._migrate()

    def _migrate(self) -> None:
        import sqlalchemy as sa
        from alembic.command import upgrade
        from alembic.config import Config
        from sqlalchemy.exc import SQLAlchemyError

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
        place = sa.URL.create("sqlite", database=str(self._file))
        try:
            with sa.create_engine(place, poolclass=sa.NullPool, connect_args={"timeout": 60}).begin() as connection:
                config.attributes["connection"] = connection
                upgrade(config, "head")
        except SQLAlchemyError as error:
            raise self._failed(error) from None

    def runs(self) -> tuple[Run | None, list[Run]]:
        """The last finished sync, and those since that were cut short; beyond 50 of these, none is known."""
        with self._transaction() as connection:
            rows = connection.execute(
                "select id, revision, renderer, finished_at is not null from syncs order by id desc limit 50"
            )
            found = [Run(row[0], row[1], row[2], bool(row[3])) for row in rows]
        cut_short = list(takewhile(lambda run: not run.finished, found))
        return next((run for run in found if run.finished), None), cut_short

    def count(self) -> int:
        """How many bots have a row."""
        with self._transaction() as connection:
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
        wanted = f"select {', '.join(COLUMNS)} from bots"  # noqa: S608 -- columns of ours
        with self._transaction() as connection:
            rows = list(connection.execute(wanted)) if names is None else _some_rows(connection, wanted, names)
        return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}

    def foreign(self, names: Collection[str] | None = None) -> list[str]:
        """The bots whose row does not say that gitscale wrote it."""
        if names is not None and not names:
            return []
        wanted = "select name from bots where json_valid(config) and json_extract(config, '$.gitscale') is null"
        with self._transaction() as connection:
            rows = list(connection.execute(wanted)) if names is None else _some_rows(connection, wanted, names)
        return sorted(row[0] for row in rows)

    def _column(self, column: str, names: Collection[str] | None) -> dict[str, str]:
        if names is not None and not names:
            return {}
        wanted = f"select name, {column} from bots"  # noqa: S608 -- a column of ours
        with self._transaction() as connection:
            if names is None:
                return dict(connection.execute(wanted))
            return {row[0]: row[1] for row in _some_rows(connection, wanted, names)}

    def begin(self, mark: Mark) -> int:
        """Note that a sync is under way; what it leaves unfinished, the next one finds by this."""
        with self._transaction() as connection:
            return _begun(connection, mark)

    def apply(self, run: int | None, mark: Mark, plan: Plan) -> None:
        """Write and remove rows and finish the run (None: one that begins here), in one transaction."""
        with self._transaction() as connection:
            connection.executemany(_PUT, (_row(record, mark) for record in plan.writes))
            for portion in _portions(list(plan.deletes)):
                connection.execute(f"delete from bots where name in ({_marks(portion)})", portion)  # noqa: S608
            run = _begun(connection, mark) if run is None else run
            connection.execute(
                "update syncs set finished_at = ?, created = ?, updated = ?, deleted = ? where id = ?",
                (_moment(mark.now), len(plan.creates), len(plan.updates), len(plan.deletes), run),
            )


def _some_rows(connection: sqlite3.Connection, wanted: str, names: Collection[str]) -> list[tuple[Any, ...]]:
    joined = "and" if " where " in wanted else "where"
    found: list[tuple[Any, ...]] = []
    for portion in _portions(sorted(names)):
        found += connection.execute(f"{wanted} {joined} name in ({_marks(portion)})", portion)
    return found


def _begun(connection: sqlite3.Connection, mark: Mark) -> int:
    done = connection.execute(
        "insert into syncs (revision, branch, renderer, started_at, created, updated, deleted) "
        "values (?, ?, ?, ?, 0, 0, 0)",
        (mark.revision, mark.branch, mark.renderer, _moment(mark.now)),
    )
    assert done.lastrowid is not None
    return done.lastrowid


def _row(record: Record, mark: Mark) -> tuple[Any, ...]:
    """A record in the order of the columns."""
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
        _moment(mark.now),
    )


def _moment(moment: datetime) -> str:
    """UTC without a zone, as SQLAlchemy keeps it in SQLite."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def _marks(values: Collection[str]) -> str:
    return ", ".join("?" * len(values))


def _portions(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _PORTION] for start in range(0, len(names), _PORTION))
