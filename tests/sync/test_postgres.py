"""Rows in PostgreSQL: what the server holds, what is told of a failure, who may write, and who is told of it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from gitscale.actions.sync import Terms, sync
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, Unavailable, Usage
from gitscale.sync.targets.postgres import CHANNEL
from gitscale.sync.targets.rows import SCHEMA_HEAD, Here, RowTarget, row_target
from tests.cli.test_cli import process
from tests.conftest import Git, on_postgres
from tests.helpers import bot_text, commit_file, delivered, head, row, say, select
from tests.postgres import Server

GITSCALE = (sys.executable, "-m", "gitscale")


def rows_of(url: str, name: str = "web-9", folder: Path = Path("/nonexistent")) -> RowTarget:
    return row_target(url, Here(name, folder, folder / "synced.json"))


class TestUrl:
    @pytest.mark.parametrize(
        ("url", "shown"),
        [
            ("postgresql://db.example.org/fleet", "postgresql://db.example.org/fleet"),
            ("postgres://ada@db/fleet", "postgresql://ada@db/fleet"),
            ("postgresql+psycopg://ada:s3cret@db:5433/fleet?sslmode=require", "postgresql://ada:***@db:5433/fleet"),
            ("postgresql+psycopg2://ada:a:b%40c@[::1]:5432/fleet", "postgresql://ada:***@[::1]:5432/fleet"),
            ("postgresql://one:1,two:2/fleet", "postgresql://one:1,two:2/fleet"),
            ("postgresql:///fleet?host=/run/postgresql&password=s3cret", "postgresql:///fleet"),
            ("postgresql://", "postgresql://"),
        ],
    )
    def test_what_is_shown_of_it(self, url: str, shown: str) -> None:
        assert rows_of(url).shown == shown

    @pytest.mark.parametrize(
        "url",
        [
            "postgresql://ada:s3@cret@db/fleet",
            "postgresql://ada:s3/cret@db/fleet",
            "postgresql://ada:s3#cret@db/fleet",
            "postgresql://ada:s3?cret@db/fleet",
            "postgresql://ada:s3 cret@db/fleet",
            "postgresql://ada:s3cret",
            "postgresql:s3cret@db/fleet",
            "postgresql://db/fleet?password=s3=cret",
            "mysql://ada:s3cret@db/fleet",
            "s3cret",
        ],
    )
    def test_what_could_be_read_in_two_ways_is_refused_and_not_repeated(self, url: str) -> None:
        with pytest.raises(Usage) as caught:
            rows_of(url)
        assert not {"s3", "cret"} & {word for word in ("s3", "cret") if word in str(caught.value)}

    @pytest.mark.parametrize("url", ["postgresql://ada:s3%zzcret@db/fleet", "postgresql://db/fleet?s3cret=1"])
    def test_what_the_library_cannot_read_is_not_repeated(self, url: str) -> None:
        with pytest.raises(Usage, match="cannot be read") as caught:
            rows_of(url).version()
        assert "s3" not in str(caught.value)


class TestTables:
    @on_postgres
    def test_the_migrations_make_the_tables_the_code_knows(self, database: str) -> None:
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        from gitscale.sync.targets.tables import METADATA

        engine = sa.create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(database))
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_server_default": True})
            assert compare_metadata(context, METADATA) == []
        engine.dispose()

    @on_postgres
    def test_config_is_jsonb_and_moments_have_a_zone(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        sync(opened)
        found = select(
            repo,
            "select pg_typeof(config)::text as config, pg_typeof(updated_at)::text as updated, updated_at, "
            "config #>> '{settings,leverage}' as leverage from bots",
        )
        assert [(one["config"], one["updated"], one["leverage"]) for one in found] == [
            ("jsonb", "timestamp with time zone", "75")
        ]
        assert found[0]["updated_at"] == opened.host.now()

    def test_an_empty_database_waits_for_db_upgrade(self, repo: Path, server: Server) -> None:
        url = server.url("writer", password="s3cret", schema=server.schema())
        server.run("drop role if exists writer; create role writer login superuser", "fleet")
        refused = process("sync", GITSCALE_DATABASE_URL=url, cwd=repo)
        assert (refused.returncode, refused.stdout) == (4, "")
        assert "has no tables yet" in refused.stderr
        assert "gitscale db upgrade" in refused.stderr
        made = process("db", "upgrade", "--json", GITSCALE_DATABASE_URL=url, cwd=repo)
        assert json.loads(made.stdout)["schema"] == SCHEMA_HEAD
        done = process("sync", "--json", GITSCALE_DATABASE_URL=url, cwd=repo)
        assert json.loads(done.stdout)["created"] == ["blofin-main"]
        assert json.loads(done.stdout)["database"].startswith("postgresql://writer:***@")
        assert "s3cret" not in refused.stderr + made.stdout + done.stdout

    @on_postgres
    @pytest.mark.parametrize(("version", "said"), [("v0001", "has the schema v0001"), ("v9999", "newer gitscale")])
    def test_another_schema(self, opened: Workspace, version: str, said: str) -> None:
        select(opened.repository.directory, "update alembic_version set version_num = ?", version)
        with pytest.raises(Unavailable, match=said):
            sync(opened)

    def test_the_rights_that_are_documented_are_enough(self, repo: Path, server: Server) -> None:
        schema = server.schema()
        rows_of(server.url(schema=schema)).upgrade()
        server.run("create role gitscale login")
        page = Path(__file__).parents[2] / "docs/postgres.md"
        grants = [line.strip() for line in page.read_text().split("\n") if line.strip().startswith("grant ")]
        assert len(grants) == 4
        for line in grants:
            server.run(f"set search_path = {schema}; " + line.replace("schema public", f"schema {schema}"), "fleet")
        url = server.url("gitscale", schema=schema)
        assert process("sync", GITSCALE_DATABASE_URL=url, cwd=repo).returncode == 0
        denied = process(
            "db", "upgrade", GITSCALE_DATABASE_URL=server.url("gitscale", schema=server.schema()), cwd=repo
        )
        assert denied.returncode == 4
        assert "docs/postgres.md" in denied.stderr


class TestFailures:
    """One line, its remedy, exit code 4, and never a password."""

    @pytest.mark.parametrize(
        ("url", "said", "remedy"),
        [
            ("postgresql://guarded:s3cret@{place}/fleet", "password authentication failed", "mend user and password"),
            ("postgresql://guarded@{place}/fleet", "no password supplied", "mend user and password"),
            ("postgresql://barred:s3cret@{place}/fleet", "pg_hba.conf", "pg_hba.conf of the server"),
            ("postgresql://nosuch:s3cret@{place}/fleet", 'role "nosuch" does not exist', "make the role"),
            ("postgresql://owner:s3cret@{place}/nosuch", 'database "nosuch" does not exist', "make the database"),
            ("postgresql://owner:s3cret@nosuch.invalid/fleet", "nosuch.invalid", "mend the host"),
            ("postgresql://owner:s3cret@127.0.0.1:1/fleet", "refused", "start the server"),
            ("postgresql://owner:s3cret@%2Fnosuch/fleet", "No such file", "start the server"),
            ("postgresql://owner:s3cret@{place}/fleet?options=-csearch_path%3Dnosuch", "no tables", "db upgrade"),
        ],
    )
    @pytest.mark.parametrize("flag", [(), ("--json",)], ids=["text", "json"])
    def test_who_cannot_be_reached(
        self, repo: Path, server: Server, url: str, said: str, remedy: str, flag: tuple[str, ...]
    ) -> None:
        server.run("do $$ begin create role guarded login password 'other'; exception when others then end $$")
        place = str(server.folder).replace("/", "%2F")
        done = process(
            "sync", *flag, GITSCALE_DATABASE_URL=url.format(place=place), PGPASSFILE="/nonexistent", cwd=repo
        )
        assert done.returncode == 4
        message = json.loads(done.stdout) if flag else None
        shown = f"{message['error']}\n{message['remedy']}" if message else done.stderr
        first, second = shown.rstrip("\n").split("\n")
        assert said in first
        assert remedy in second
        assert "s3cret" not in done.stdout + done.stderr

    def test_without_psycopg(self, repo: Path, tmp_path: Path) -> None:
        (tmp_path / "psycopg.py").write_text("raise ImportError('no pq wrapper available.\\nAttempts made:')")
        path = f"{tmp_path}{os.pathsep}{Path(__file__).parents[2]}"
        done = process("sync", GITSCALE_DATABASE_URL="postgresql://db/fleet", PYTHONPATH=path, cwd=repo)
        assert done.returncode == 4
        assert "PostgreSQL needs psycopg: no pq wrapper available." in done.stderr
        assert "pip install 'gitscale[postgres]'" in done.stderr
        assert len(done.stderr.rstrip("\n").split("\n")) == 2

    def test_status_goes_on_without_the_database(self, repo: Path) -> None:
        url = "postgresql://owner:s3cret@127.0.0.1:1/fleet"
        done = process("status", "--json", GITSCALE_DATABASE_URL=url, cwd=repo)
        delivered = json.loads(done.stdout)["delivered"]
        assert (delivered["file"], delivered["row"]) == ("missing", "unknown")
        assert "refused" in delivered["reason"]
        assert "s3cret" not in done.stdout + done.stderr

    @on_postgres
    @pytest.mark.parametrize("table", ["bots", "syncs"])
    def test_a_connection_that_is_lost_in_the_middle(self, opened: Workspace, database: str, table: str) -> None:
        repo = opened.repository.directory
        commit_file(repo, "bots/second.yaml", bot_text("second"))
        sync(opened)
        say(opened, "/set leverage 20", bot="blofin-main")
        commit_file(repo, "bots/second.yaml", bot_text("second", leverage=20))
        body = "begin perform pg_terminate_backend(pg_backend_pid()); return new; end"
        select(repo, f"create function die() returns trigger language plpgsql as '{body}'")
        select(repo, f"create trigger die after update on {table} for each statement execute function die()")
        done = process("sync", cwd=repo)
        assert done.returncode == 4
        assert done.stdout == ""
        assert len(done.stderr.rstrip("\n").split("\n")) == 2
        assert "terminating connection" in done.stderr
        old = row(repo, "second")
        assert old is not None
        assert old["config"]["settings"]["leverage"] == 50
        select(repo, f"drop trigger die on {table}")
        assert sync(opened).changed == 2
        for name in ("blofin-main", "second"):
            held = row(repo, name)
            assert held is not None
            assert held["config"] == json.loads((repo / f"build/bots/{name}.json").read_text())
            assert held["config"]["settings"]["leverage"] == 20


class TestNotes:
    """NOTIFY: what changed, when it did, and nothing else."""

    @pytest.fixture
    def ear(self, database: str) -> Iterator["psycopg.Connection[tuple[str, ...]]"]:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(f"listen {CHANNEL}")
            yield connection

    def heard(self, ear: "psycopg.Connection[tuple[str, ...]]") -> list[dict[str, object]]:
        ear.execute("select 1")
        return [json.loads(note.payload) for note in ear.notifies(timeout=0.2)]

    @on_postgres
    def test_the_names_of_what_changed(
        self, opened: Workspace, ear: "psycopg.Connection[tuple[str, ...]]", git: Git
    ) -> None:
        repo = opened.repository.directory
        commit_file(repo, "bots/second.yaml", bot_text("second"))
        sync(opened)
        assert self.heard(ear) == [{"revision": head(repo), "changed": ["blofin-main", "second"], "removed": []}]
        sync(opened)
        git("commit", "-q", "--allow-empty", "-m", "nothing")
        sync(opened)
        assert self.heard(ear) == []
        commit_file(repo, "bots/second.yaml", None)
        sync(opened, prune=True)
        assert self.heard(ear) == [{"revision": head(repo), "changed": [], "removed": ["second"]}]

    @on_postgres
    def test_many_names_are_split(
        self, opened: Workspace, ear: "psycopg.Connection[tuple[str, ...]]", git: Git
    ) -> None:
        """A payload has to stay below 8000 bytes: 250 names of 63 characters are 16 KB."""
        repo = opened.repository.directory
        names = [f"{'bot-of-the-desk-' * 4}"[:60] + f"{number:03}" for number in range(250)]
        for name in names:
            (repo / f"bots/{name}.yaml").write_text(bot_text(name))
        git("add", "."), git("commit", "-qm", "many")
        sync(opened)
        notes = self.heard(ear)
        assert len(notes) == 3
        found = [name for note in notes for name in note["changed"]]  # type: ignore[attr-defined]
        assert sorted(found) == ["blofin-main", *names]

    @on_postgres
    def test_the_documented_listener(self, opened: Workspace, database: str) -> None:
        page = (Path(__file__).parents[2] / "docs/postgres.md").read_text()
        code = "".join(line[4:] + "\n" for line in page[page.index("    import json, psycopg") :].split("\n"))
        code = code.replace("postgresql://reader@db.example.org/fleet", database)
        with subprocess.Popen([sys.executable, "-uc", code], stdout=subprocess.PIPE, text=True) as listener:
            repo = opened.repository.directory
            while not select(repo, "select 1 from pg_stat_activity where query = ?", f"listen {CHANNEL}"):
                assert listener.poll() is None
            sync(opened)
            with suppress(subprocess.TimeoutExpired):
                listener.wait(1)
            listener.kill()
            assert listener.communicate()[0] == "blofin-main 75\n"

    @on_postgres
    def test_nothing_is_told_of_what_did_not_happen(
        self, opened: Workspace, ear: "psycopg.Connection[tuple[str, ...]]"
    ) -> None:
        repo = opened.repository.directory
        select(repo, "alter table syncs add constraint never check (finished_at is null)")
        with pytest.raises(Unavailable, match="never"):
            sync(opened)
        assert row(repo, "blofin-main") is None
        assert self.heard(ear) == []


class TestLock:
    @on_postgres
    def test_who_waits_is_told_who_writes(self, opened: Workspace, database: str) -> None:
        with (
            rows_of(database, "web-9").writing(1),
            pytest.raises(Conflict, match=rf"gitscale web-9/{os.getpid()} has been writing"),
        ):
            sync(opened, terms=Terms(patience=0.1))
        assert sync(opened, terms=Terms(patience=0.1)).created == ("blofin-main",)

    @on_postgres
    def test_another_schema_is_another_fleet(self, opened: Workspace, server: Server) -> None:
        with rows_of(server.url(schema=server.schema())).writing(1):
            assert sync(opened, terms=Terms(patience=0.1)).created == ("blofin-main",)

    @on_postgres
    def test_the_command_says_so(self, repo: Path, database: str) -> None:
        with rows_of(database).writing(1):
            done = process("sync", "--wait", "0.1", cwd=repo)
        assert done.returncode == 3
        assert "web-9/" in done.stderr
        assert "try again" in done.stderr

    @on_postgres
    def test_it_waits_and_delivers_what_is_the_tip_by_then(self, repo: Path, database: str) -> None:
        with rows_of(database).writing(1):
            waiting = subprocess.Popen([*GITSCALE, "sync"], cwd=repo, stdout=subprocess.PIPE, text=True)
            with pytest.raises(subprocess.TimeoutExpired):
                waiting.wait(1)
            assert row(repo, "blofin-main") is None
            commit_file(repo, "bots/second.yaml", bot_text("second"))
        assert waiting.communicate(timeout=30)[0].startswith("synced")
        assert row(repo, "second") is not None

    @on_postgres
    def test_a_host_that_is_killed_lets_go(self, opened: Workspace, database: str) -> None:
        """Between files and rows, while the server is busy with its statement; then the change is taken back."""
        repo = opened.repository.directory
        sync(opened)
        say(opened, "/set leverage 20")
        select(repo, "create function doze() returns trigger language plpgsql as 'begin perform pg_sleep(60); end'")
        select(repo, "create trigger doze after insert on bots for each statement execute function doze()")
        victim = subprocess.Popen([*GITSCALE, "sync"], cwd=repo)
        asleep = "select 1 from pg_stat_activity where wait_event = 'PgSleep' and application_name like ?"
        while not select(repo, asleep, f"gitscale %/{victim.pid}"):
            assert victim.poll() is None
        victim.kill()
        victim.wait()
        assert self.leverage(repo) == (20, 75)
        with rows_of(database).writing(20):  # the server looks whether anybody is still there
            select(repo, "drop trigger doze on bots")
        say(opened, "/undo")
        assert sync(opened).updated == ("blofin-main",)
        assert self.leverage(repo) == (75, 75)

    def leverage(self, repo: Path) -> tuple[int, int]:
        """As the bot's file has it, and as its row."""
        held = row(repo, "blofin-main")
        assert held is not None
        return delivered(repo, "blofin-main")["settings"]["leverage"], held["config"]["settings"]["leverage"]


def test_sqlite_needs_nothing_of_postgres(opened: Workspace) -> None:
    code = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from gitscale.actions.sync import sync\n"
        "from gitscale.actions.workspace import Host, Workspace\n"
        "with Workspace.open(Path(sys.argv[1]), Host(lambda: datetime.now(UTC))) as opened: sync(opened)\n"
        "print([name for name in sys.modules if 'psycopg' in name or 'postgres' in name or 'sqlalchemy' in name])"
    )
    sync(opened)  # the tables are there: nothing is migrated
    words = [sys.executable, "-c", code, str(opened.repository.directory)]
    assert subprocess.run(words, capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_tables_of_the_version_before_are_brought_up(
    opened: Workspace, kind: str, request: pytest.FixtureRequest
) -> None:
    from alembic.command import upgrade
    from alembic.config import Config

    import gitscale.sync.migrations

    repo = opened.repository.directory
    (repo / "build").mkdir()
    url = f"sqlite:///{repo}/build/gitscale.db"
    if kind == "postgres":
        server: Server = request.getfixturevalue("server")
        url = server.url(schema=server.schema())
        opened.host = replace(opened.host, database_url=url)
        request.getfixturevalue("monkeypatch").setenv("GITSCALE_DATABASE_URL", url)
    engine = rows_of(url)._engine()
    config = Config()
    config.set_main_option("script_location", str(Path(gitscale.sync.migrations.__file__).parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "v0001")
    insert = "insert into syncs (revision, branch, renderer, started_at, created, updated, deleted) "
    select(repo, insert + "values (?, 'main', 'x', '2026-11-23 12:00:00', 0, 0, 0)", head(repo))
    rows_of(url, folder=repo).upgrade()
    assert sync(opened).created == ("blofin-main",)
    assert [run["host"] for run in select(repo, "select host from syncs order by id")] == ["", "localhost"]
