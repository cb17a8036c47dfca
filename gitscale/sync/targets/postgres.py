"""Rows in PostgreSQL: one fleet, several hosts.

Whoever writes holds an advisory lock on one connection from the first look at the rows to the last write, so that it
ends with the host that holds it, however that dies. Importing this imports psycopg.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote

import psycopg

from gitscale.errors import Conflict, Unavailable, Usage
from gitscale.sync.plan import Plan
from gitscale.sync.runs import Mark, Run
from gitscale.sync.targets.journal import Journal
from gitscale.sync.targets.rows import (
    COLUMNS,
    INTO,
    MERGED,
    SCHEMA_HEAD,
    Answer,
    Connection,
    Here,
    Row,
    RowTarget,
    portions,
)

if TYPE_CHECKING:
    import sqlalchemy as sa

CHANNEL = "gitscale_bots"
# strict, so that no part of a password that should have been escaped is taken for a host, a database or an option
_URL = re.compile(
    r"postgres(?:ql)?(?:\+[a-z0-9_]+)?://"
    r"(?:(?P<user>[^:@/?#\s]*)(?::(?P<password>[^@/?#\s]*))?@)?"
    r"(?P<place>[\w.,:%\[\]-]*(?:/[\w.%~-]*)?)"
    r"(?P<query>\?(?:\w+=[^=&@#\s]*(?:&\w+=[^=&@#\s]*)*)?)?",
    re.ASCII,
)
_PORTS = re.compile(r"[^:]*(?::\d*)?|\[[^\]]*\](?::\d*)?")
_SECRET = re.compile(r"[?&]\w*password=([^&]+)")
# one writer a schema; the server shows both halves of the key without a sign
_LOCK, _SCHEMA = 1734964340, "hashtext(coalesce(current_schema(), ''))"
_HOLDER = f"""
    select application_name from pg_stat_activity join pg_locks using (pid)
    where locktype = 'advisory' and granted and classid = {_LOCK} and objsubid = 2
    and objid::bigint = {_SCHEMA}::bigint & 4294967295
    and database = (select oid from pg_database where datname = current_database())
"""  # noqa: S608 -- words of ours
# a host that vanished loses its connection, and with it the lock, within a minute
_SESSION = {
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "client_connection_check_interval": "2000",
}
_DEFAULTS = {"connect_timeout": "10", "keepalives_idle": "20", "keepalives_interval": "10", "keepalives_count": "3"}
_NAMES_A_NOTE = 100  # a payload has to be shorter than 8000 bytes; a name has at most 63
_REACH = "start the server, or mend host and port in GITSCALE_DATABASE_URL; then: gitscale sync"
_REMEDIES = {
    "permission denied|no schema has been selected": "grant the role what docs/postgres.md lists",
    "password": "mend user and password in GITSCALE_DATABASE_URL",
    "pg_hba.conf": "let this host in: pg_hba.conf of the server",
    'role ".*" does not exist': "make the role (docs/postgres.md), or mend the user in GITSCALE_DATABASE_URL",
    'database ".*" does not exist': "make the database (docs/postgres.md), or mend its name in GITSCALE_DATABASE_URL",
    "resolve host": "mend the host in GITSCALE_DATABASE_URL",
    "connection to server|connection timeout": _REACH,
    "": "mend it, then: gitscale sync",
}


class _Session:
    """A connection of psycopg's that takes our placeholders."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Answer:
        """Carry out one statement."""
        return self.connection.execute(sql.replace("?", "%s").encode(), values)


class PostgresRows(RowTarget):
    """A schema with the two tables, shared by all hosts that have its URL."""

    shared: ClassVar[bool] = True
    _config: ClassVar[str] = "config::text"
    _unmarked: ClassVar[str] = "not jsonb_exists(config, 'gitscale')"

    def __init__(self, url: str, here: Here) -> None:
        found = _URL.fullmatch(url)
        if not found or not all(map(_PORTS.fullmatch, found["place"].partition("/")[0].split(","))):
            example = "for example postgresql://gitscale@db.example.org/fleet; in a password, %40 stands for @"
            raise Usage("the PostgreSQL URL cannot be read", example)
        user = "" if found["user"] is None else found["user"] + (":***" if found["password"] else "") + "@"
        self.shown = f"postgresql://{user}{found['place']}"
        self._url = "postgresql" + url[url.index("://") :]
        self._secrets = [text for text in (found["password"], *_SECRET.findall(found["query"] or "")) if text]
        self._here = here
        self._journal = Journal(here.journal)
        self._held: _Session | None = None

    @contextmanager
    def _reading(self) -> Iterator[_Session]:
        """The connection that holds the lock, else one for this moment."""
        try:
            if self._held is not None:
                yield self._held
            else:
                with closing(self._connected()) as connection:
                    yield _Session(connection)
        except psycopg.Error as error:
            raise self._failed(error) from None

    @contextmanager
    def _transaction(self) -> Iterator[_Session]:
        with self._reading() as session, session.connection.transaction():
            yield session

    def _connected(self, *, autocommit: bool = True) -> psycopg.Connection[Any]:
        try:
            given = psycopg.conninfo.conninfo_to_dict(self._url)
        except psycopg.ProgrammingError:
            raise Usage("the PostgreSQL URL cannot be read: an option or an escape in it is none") from None
        name = f"gitscale {self._here.name}/{os.getpid()}"
        words: dict[str, Any] = {**_DEFAULTS, **given, "application_name": name}
        return psycopg.connect(**words, autocommit=autocommit)

    @contextmanager
    def writing(self, patience: float) -> Iterator[None]:
        """Be the only one who writes to these rows, on any host, waiting at most `patience` seconds for it.

        Raises:
            Conflict: another host writes all that time; it is named.
        """
        with self._reading() as session:
            self._lock(session, patience)
            self._held = session
            try:
                yield
            finally:
                self._held = None

    def _lock(self, session: _Session, patience: float) -> None:
        wanted = _SESSION | {"lock_timeout": str(max(1, round(patience * 1000)))}
        # older servers know fewer of them
        session.execute(
            "select set_config(name, value, false) from unnest(?::text[], ?::text[]) as wanted (name, value) "
            "where name in (select name from pg_settings)",
            (list(wanted), list(wanted.values())),
        )
        try:
            # what others lock for long later on, a row or a table, is an error too
            session.execute(f"select pg_advisory_lock({_LOCK}, {_SCHEMA}), set_config('lock_timeout', '60s', false)")
        except psycopg.errors.LockNotAvailable:
            holder = (session.execute(_HOLDER).fetchone() or ["a host that is done now"])[0]
            raise Conflict(f"{holder} has been writing to {self.shown} for {patience:g} s", "try again") from None

    def ready(self) -> None:
        """Make sure that a sync can write: making tables is for a role with more rights.

        Raises:
            Unavailable: the schema is another, or cannot be reached.
        """
        version = self._version_to_leave()
        if version != SCHEMA_HEAD:
            what = f"the schema {version}" if version else "no tables yet"
            raise Unavailable(
                f"the database {self.shown} has {what}; this gitscale needs {SCHEMA_HEAD}", "gitscale db upgrade"
            )

    def version(self) -> str | None:
        """The schema the database has; None when it is empty."""
        with self._reading() as session:
            if session.execute("select to_regclass('alembic_version')").fetchone()[0] is None:
                return None
            row = session.execute("select version_num from alembic_version").fetchone()
            return str(row[0]) if row else None

    def _engine(self) -> "sa.Engine":
        import sqlalchemy as sa

        return sa.create_engine(
            "postgresql+psycopg://", poolclass=sa.NullPool, creator=lambda: self._connected(autocommit=False)
        )

    def runs(self) -> tuple[Run | None, list[Run]]:
        """The sync that last finished on any host, and those that the files here may still be at."""
        with self._reading() as session:
            row = session.execute(
                "select id, revision, renderer, host from syncs where finished_at is not null order by id desc limit 1"
            ).fetchone()
        if row is None:
            return None, []
        last = Run(row[0], row[1], row[2], finished=True)
        mine = self._journal.read()
        if not mine or not mine[0].finished:  # nothing is known of the files: they may be another renderer's
            mine = [Run(0, last.revision, "", finished=False), *mine]
        if (last.id, last.revision) not in [(run.id, run.revision) for run in mine]:
            last = replace(last, elsewhere=row[3] or "another host")
        return last, [run for run in mine if (run.finished, *run.state) != (True, *last.state)]

    def begin(self, mark: Mark, removing: int) -> int:
        """Note that a sync is under way, in the rows and beside the files."""
        run = super().begin(mark, removing)
        self._journal.begin(Run(run, mark.revision, mark.renderer, finished=False, removes=removing > 0))
        return run

    def apply(self, run: int | None, mark: Mark, plan: Plan) -> int:
        """Write and remove rows and finish the run; only then are the files here known to be at it."""
        run = super().apply(run, mark, plan)
        self._journal.finish(Run(run, mark.revision, mark.renderer, finished=True))
        return run

    def _put(self, connection: _Session, rows: Iterable[Row]) -> None:
        """COPY into a table of this transaction, then merge: what the server does fastest."""
        connection.execute("create temporary table incoming (like bots) on commit drop")
        names = ", ".join(COLUMNS)
        with (
            connection.connection.cursor() as cursor,
            cursor.copy(f"copy incoming ({names}) from stdin".encode()) as copy,
        ):
            for row in rows:
                copy.write_row(row)
        connection.execute(f"{INTO} select {names} from incoming {MERGED}")  # noqa: S608 -- columns of ours

    def _write(self, connection: Connection, mark: Mark, plan: Plan) -> None:
        """The rows, and a NOTIFY with their names, which is delivered when the transaction is."""
        super()._write(connection, mark, plan)
        notes = [
            json.dumps({"revision": mark.revision, "changed": [], "removed": []} | {what: names})
            for what, found in (("changed", [record.name for record in plan.writes]), ("removed", plan.deletes))
            for names in portions(found, _NAMES_A_NOTE)
        ]
        if notes:
            connection.execute("select pg_notify(?, note) from unnest(?::text[]) as note", (CHANNEL, notes))

    def _moment(self, moment: datetime) -> datetime:
        return moment

    def _failed(self, error: BaseException) -> Unavailable:
        """One line, without what the URL keeps secret."""
        reason = str(error).split("\n", 1)[0]
        for secret in self._secrets:
            for text in (secret, unquote(secret)):
                reason = reason.replace(text, "***")
        remedy = next(remedy for words, remedy in _REMEDIES.items() if re.search(words, reason))
        return Unavailable(f"the database {self.shown} failed: {reason}", remedy)
