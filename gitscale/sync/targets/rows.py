"""The database rows, through SQLAlchemy: table `bots`, and table `syncs` that says how far the targets are."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic_core import to_json
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from gitscale.errors import Unavailable, Usage
from gitscale.sync.plan import Plan
from gitscale.sync.render import Record
from gitscale.sync.runs import Mark, Run
from gitscale.sync.targets.tables import BOTS, SYNCS

SCHEMA_HEAD = "v0001"
_PORTION = 500
_COMPARED = (
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


class RowTarget:
    """A database with the two tables."""

    def __init__(self, url: str, root: Path) -> None:
        """`url` is SQLAlchemy's; a relative SQLite path counts from `root`."""
        try:
            parsed = sa.make_url(url)
            if parsed.get_backend_name() != "sqlite":
                raise Usage(f"databases of kind {parsed.get_backend_name()} are not supported", "use sqlite:///FILE")
            if parsed.database and parsed.database != ":memory:":
                file = root / parsed.database
                parsed = parsed.set(database=str(file))
            self._file = Path(parsed.database) if parsed.database else None
            self._engine = sa.create_engine(
                parsed,
                poolclass=sa.NullPool,
                json_serializer=lambda value: to_json(value).decode(),
                connect_args={"timeout": 60},
            )
        except (ArgumentError, NoSuchModuleError):
            raise Usage("the database URL cannot be read", "for example sqlite:///build/gitscale.db") from None
        self.shown = parsed.render_as_string(hide_password=True)

    @contextmanager
    def _transaction(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).split("\n", 1)[0]
            raise Unavailable(f"the database {self.shown} failed: {reason}", "mend it, then: gitscale sync") from None

    def version(self) -> str | None:
        """The schema the database has; None when it is empty."""
        if self._file is not None and not self._file.exists():
            return None
        with self._transaction() as connection:
            if not sa.inspect(connection).has_table("alembic_version"):
                return None
            return connection.execute(sa.text("select version_num from alembic_version")).scalar()

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
        from alembic.command import upgrade
        from alembic.config import Config

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations"))
        if self._file is not None:
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Unavailable(f"cannot make {self._file.parent}: {error.strerror}") from None
        with self._transaction() as connection:
            config.attributes["connection"] = connection
            upgrade(config, "head")

    def runs(self) -> tuple[Run | None, list[Run]]:
        """The last finished sync, and those since that were cut short; beyond 50 of these, none is known."""
        with self._transaction() as connection:
            rows = connection.execute(
                sa.select(SYNCS.c.id, SYNCS.c.revision, SYNCS.c.renderer, SYNCS.c.finished_at.is_not(None))
                .order_by(SYNCS.c.id.desc())
                .limit(50)
            )
            found = [Run(row[0], row[1], row[2], bool(row[3])) for row in rows]
        cut_short = list(takewhile(lambda run: not run.finished, found))
        return next((run for run in found if run.finished), None), cut_short

    def count(self) -> int:
        """How many bots have a row."""
        with self._transaction() as connection:
            return connection.execute(sa.select(sa.func.count()).select_from(BOTS)).scalar_one()

    def held(self, names: Collection[str] | None = None) -> dict[str, str]:
        """The sha256 of each row, for the given names or for all."""
        columns = sa.select(BOTS.c.name, BOTS.c.sha256)
        with self._transaction() as connection:
            if names is None:
                return {row[0]: row[1] for row in connection.execute(columns)}
            return {
                row[0]: row[1]
                for portion in _portions(sorted(names))
                for row in connection.execute(columns.where(BOTS.c.name.in_(portion)))
            }

    def paths(self, names: Collection[str]) -> dict[str, str]:
        """Repository path of each named row."""
        with self._transaction() as connection:
            return {
                row[0]: row[1]
                for portion in _portions(sorted(names))
                for row in connection.execute(sa.select(BOTS.c.name, BOTS.c.path).where(BOTS.c.name.in_(portion)))
            }

    def read(self, name: str) -> dict[str, Any] | None:
        """One row, as a mapping."""
        with self._transaction() as connection:
            row = connection.execute(sa.select(BOTS).where(BOTS.c.name == name)).mappings().first()
            return dict(row) if row else None

    def begin(self, mark: Mark) -> int:
        """Note that a sync is under way; what it leaves unfinished, the next one finds by this."""
        with self._transaction() as connection:
            return _begun(connection, mark)

    def apply(self, run: int | None, mark: Mark, plan: Plan) -> None:
        """Write and remove rows and finish the run (None: one that begins here), in one transaction."""
        rows = [_row(record, mark) for record in plan.writes]
        with self._transaction() as connection:
            if rows:
                statement = insert(BOTS)
                changed = {column: statement.excluded[column] for column in _COMPARED}
                connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=changed), rows)
            for portion in _portions(list(plan.deletes)):
                connection.execute(sa.delete(BOTS).where(BOTS.c.name.in_(portion)))
            run = _begun(connection, mark) if run is None else run
            counts = {"created": len(plan.creates), "updated": len(plan.updates), "deleted": len(plan.deletes)}
            connection.execute(sa.update(SYNCS).where(SYNCS.c.id == run).values(finished_at=_naive(mark.now), **counts))


def _begun(connection: sa.Connection, mark: Mark) -> int:
    row = connection.execute(
        sa.insert(SYNCS).values(
            revision=mark.revision,
            branch=mark.branch,
            renderer=mark.renderer,
            started_at=_naive(mark.now),
            created=0,
            updated=0,
            deleted=0,
        )
    )
    assert row.inserted_primary_key is not None
    return int(row.inserted_primary_key[0])


def _row(record: Record, mark: Mark) -> dict[str, Any]:
    return {
        "name": record.name,
        "strategy": record.strategy,
        "exchange": record.exchange,
        "account": record.account,
        "enabled": record.enabled,
        "config": record.document,
        "sha256": record.sha256,
        "path": record.path,
        "blob": record.blob,
        "revision": mark.revision,
        "updated_at": _naive(mark.now),
    }


def _naive(moment: datetime) -> datetime:
    """UTC without a zone, the one form every database keeps alike."""
    return moment.astimezone(UTC).replace(tzinfo=None)


def _portions(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _PORTION] for start in range(0, len(names), _PORTION))
