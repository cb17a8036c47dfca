"""Rows in SQLite: a file of this host."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, ClassVar

from gitscale.errors import Unavailable, Usage
from gitscale.sync.targets.rows import COLUMNS, INTO, MERGED, Here, Row, RowTarget, marks

if TYPE_CHECKING:
    import sqlalchemy as sa

_URL = re.compile(r"sqlite(?:\+[a-z0-9_]+)?:///(?P<file>[^?#]+)\Z", re.DOTALL)
_PUT = f"{INTO} values ({marks(COLUMNS)}) {MERGED}"


class SqliteRows(RowTarget):
    """A file with the two tables; writers beside us wait for one another as SQLite has it."""

    _unmarked: ClassVar[str] = "json_valid(config) and json_extract(config, '$.gitscale') is null"

    def __init__(self, url: str, here: Here) -> None:
        found = _URL.match(url)
        if not found or found["file"] == ":memory:":
            raise Usage("the database URL cannot be read", "for example sqlite:///build/gitscale.db")
        self._file = here.root / found["file"]
        self.shown = f"sqlite:///{self._file}"

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._file, timeout=60)) as connection, connection:
                yield connection
        except sqlite3.Error as error:
            raise self._failed(error) from None

    def _put(self, connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
        connection.executemany(_PUT, rows)

    def version(self) -> str | None:
        """The schema the database has; None when it is empty."""
        if not self._file.exists():
            return None
        with self._transaction() as connection:
            if not connection.execute("select 1 from sqlite_master where name = 'alembic_version'").fetchone():
                return None
            row = connection.execute("select version_num from alembic_version").fetchone()
            return str(row[0]) if row else None

    def _engine(self) -> "sa.Engine":
        import sqlalchemy as sa

        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            remedy = "free space or mend permissions, then: gitscale sync"
            raise Unavailable(f"cannot make {self._file.parent}: {error.strerror}", remedy) from None
        place = sa.URL.create("sqlite", database=str(self._file))
        engine = sa.create_engine(place, poolclass=sa.NullPool, connect_args={"timeout": 60, "isolation_level": None})
        # by itself the driver begins no transaction for tables, and what a kill left of them would be in the way
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("begin immediate"))
        return engine
