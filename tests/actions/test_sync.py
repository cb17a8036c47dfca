"""Sync: what is delivered, what is left alone, what an interruption leaves and how the next sync mends it."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from gitscale.actions import deploy
from gitscale.actions.apply import Order, apply
from gitscale.actions.plan import plan
from gitscale.actions.sync import Terms, sync
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, InvalidConfig, Refused, Unavailable, Usage
from gitscale.sync.runs import Mark
from gitscale.sync.targets.rows import SCHEMA_HEAD
from tests.conftest import Clock, Git, both
from tests.helpers import bot_text, commit_file, delivered, head, row, say, select


def runs(repo: Path) -> list[tuple[str, bool]]:
    """Revision and whether it finished, of every sync."""
    found = select(repo, "select revision, finished_at is not null as done from syncs order by id")
    return [(run["revision"], bool(run["done"])) for run in found]


def agrees(repo: Path, name: str) -> bool:
    """Whether file and row hold the same document."""
    held = row(repo, name)
    return held is not None and held["config"] == delivered(repo, name)


@both
def test_the_first_sync_delivers_every_bot(opened: Workspace) -> None:
    repo = opened.repository.directory
    text = "name: vortex\nstrategy: vortex_dca\nexchange: okx\nsettings:\n  entries: 5.0\nadvanced:\n  x: [1.50, a]\n"
    commit_file(repo, "bots/deep/vortex.yaml", text)
    report = sync(opened)
    assert report.created == ("blofin-main", "vortex")
    found = delivered(repo, "vortex")
    assert found["settings"] == {"entries": 5}
    assert found["advanced"] == {"x": [1.5, "a"]}
    assert found["gitscale"]["path"] == "bots/deep/vortex.yaml"
    held = row(repo, "vortex")
    assert held is not None
    assert (held["strategy"], held["exchange"], held["account"], held["enabled"]) == ("vortex_dca", "okx", "main", 1)
    assert held["revision"] == head(repo)
    assert agrees(repo, "vortex")
    assert agrees(repo, "blofin-main")


def test_all_settings_are_filled_in_and_acceptances_left_out(opened: Workspace) -> None:
    repo = opened.repository.directory
    commit_file(
        repo,
        "bots/small.yaml",
        bot_text("small") + "accepted_risks:\n- {rule: GS101, limit: 1, reason: r, by: b, until: 2027-01-01}\n",
    )
    sync(opened)
    found = delivered(repo, "small")
    assert list(found["settings"]) == [
        "equity_pct",
        "leverage",
        "base_spread_bps",
        "min_spread_bps",
        "target_net_bps",
        "num_levels",
        "hard_stop_loss_bps",
        "xgrid_enabled",
    ]
    assert "accepted_risks" not in found


@both
def test_many_bots_at_once(opened: Workspace, git: Git) -> None:
    """From some number on the file system is flushed once for all."""
    repo = opened.repository.directory
    for number in range(60):
        (repo / f"bots/many-{number}.yaml").write_text(bot_text(f"many-{number}", leverage=1 + number))
    git("add", "."), git("commit", "-qm", "many")
    assert len(sync(opened).created) == 61
    for number in range(60):
        assert delivered(repo, f"many-{number}")["settings"]["leverage"] == 1 + number
        assert agrees(repo, f"many-{number}")
    assert not list((repo / "build/bots").glob(".*"))
    for number in range(60):
        (repo / f"bots/many-{number}.yaml").unlink()
    (repo / "policy.yaml").write_text("mass_sync: {share: 100}\n")
    git("add", "."), git("commit", "-qm", "few")
    assert len(sync(opened, prune=True).deleted) == 60


@both
def test_syncing_twice_changes_nothing(opened: Workspace) -> None:
    repo = opened.repository.directory
    sync(opened)
    before = {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (repo / "build").rglob("*.json")}
    again = sync(opened)
    assert again.changed == 0
    assert {path: (path.stat().st_ino, path.stat().st_mtime_ns) for path in before} == before
    assert len(runs(repo)) == 1


@both
def test_only_what_changed_is_written(opened: Workspace) -> None:
    repo = opened.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    sync(opened)
    untouched = (repo / "build/bots/second.json").stat().st_ino
    say(opened, "/set leverage 20", bot="blofin-main")
    assert sync(opened).updated == ("blofin-main",)
    assert (repo / "build/bots/second.json").stat().st_ino == untouched
    assert delivered(repo, "blofin-main")["settings"]["leverage"] == 20
    assert agrees(repo, "blofin-main")


@both
@pytest.mark.parametrize("edit", [("# spelled", "# written"), ("equity_pct: 5 ", "equity_pct: 5.0 "), ("\n\n", "\n")])
def test_an_edit_without_meaning_writes_nothing(opened: Workspace, edit: tuple[str, str]) -> None:
    repo = opened.repository.directory
    text = bot_text("second") + "# spelled\n"
    commit_file(repo, "bots/second.yaml", text)
    sync(opened)
    commit_file(repo, "bots/second.yaml", text.replace(*edit))
    assert sync(opened).changed == 0
    assert runs(repo)[-1] == (head(repo), True)


@both
def test_a_move_writes_nothing(opened: Workspace, git: Git) -> None:
    sync(opened)
    (opened.repository.directory / "bots/x").mkdir()
    git("mv", "bots/blofin-main.yaml", "bots/x/blofin-main.yaml")
    git("commit", "-qm", "move")
    report = sync(opened)
    assert (report.changed, report.left) == (0, ())


@both
def test_a_removed_bot_stays_until_prune(opened: Workspace) -> None:
    repo = opened.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    (repo / "build/bots").mkdir(parents=True)
    (repo / "build/bots/foreign.json").write_text('{"mine": true}')
    sync(opened)
    commit_file(repo, "bots/second.yaml", None)
    assert sync(opened).left == ("second",)
    assert row(repo, "second") is not None
    assert delivered(repo, "second")
    assert sync(opened, prune=True).deleted == ("second",)
    assert row(repo, "second") is None
    assert sorted(path.name for path in (repo / "build/bots").iterdir()) == ["blofin-main.json", "foreign.json"]


@both
def test_a_missing_file_is_written_again(opened: Workspace) -> None:
    repo = opened.repository.directory
    sync(opened)
    (repo / "build/bots/blofin-main.json").unlink()
    assert sync(opened).updated == ("blofin-main",)
    assert agrees(repo, "blofin-main")


def test_a_lost_database_is_made_again(opened: Workspace) -> None:
    repo = opened.repository.directory
    sync(opened)
    (repo / "build/gitscale.db").unlink()
    assert sync(opened).created == ("blofin-main",)
    assert agrees(repo, "blofin-main")


def test_full_mends_a_file_that_was_changed_by_hand(opened: Workspace) -> None:
    repo = opened.repository.directory
    sync(opened)
    target = repo / "build/bots/blofin-main.json"
    target.write_text(target.read_text().replace('"leverage": 75', '"leverage": 74'))
    assert sync(opened, full=True).updated == ("blofin-main",)
    assert agrees(repo, "blofin-main")


def test_what_is_not_gitscales_is_left_alone_and_named(opened: Workspace) -> None:
    repo = opened.repository.directory
    sync(opened)
    (repo / "build/bots/second.json").write_text('{"mine": 1}')
    with sqlite3.connect(repo / "build/gitscale.db") as connection:
        connection.execute(
            "insert into bots select 'third', strategy, exchange, account, enabled, '{}', sha256, path, blob, "
            "revision, updated_at from bots"
        )
    for name in ("second", "third"):
        commit_file(repo, f"bots/{name}.yaml", bot_text(name))
        with pytest.raises(Conflict, match=f"file or row of {name} has no gitscale block"):
            sync(opened)
        commit_file(repo, f"bots/{name}.yaml", None)
    assert sync(opened, prune=True).deleted == ()
    assert (repo / "build/bots/second.json").read_text() == '{"mine": 1}'
    assert row(repo, "third") is not None


class TestLimits:
    """More than policy's share of bots, and more than its number, takes a checksum."""

    @pytest.fixture
    def ten(self, opened: Workspace, git: Git) -> Workspace:
        repo = opened.repository.directory
        self.write(repo, range(9), leverage=20)
        git("add", "."), git("commit", "-qm", "ten")
        assert len(sync(opened).created) == 10
        return opened

    @staticmethod
    def write(repo: Path, numbers: range, **values: int) -> None:
        for number in numbers:
            (repo / f"bots/b{number}.yaml").write_text(bot_text(f"b{number}", **values))

    def test_a_few_pass(self, ten: Workspace, git: Git) -> None:
        self.write(ten.repository.directory, range(3), leverage=30)
        git("commit", "-qam", "three")
        assert len(sync(ten).updated) == 3

    def test_many_are_refused_until_forced(self, ten: Workspace, git: Git) -> None:
        repo = ten.repository.directory
        self.write(repo, range(4), leverage=30)
        git("commit", "-qam", "four")
        with pytest.raises(Refused, match="would update 4 bots, and 10 are delivered") as refused:
            sync(ten)
        assert delivered(repo, "b0")["settings"]["leverage"] == 20
        checksum = refused.value.remedy.rpartition(" ")[2]
        assert checksum == plan(ten).checksum
        with pytest.raises(Conflict, match="another one now"):
            apply(ten, Order(force="0" * 64))
        assert len(apply(ten, Order(force=checksum)).updated) == 4

    def test_lower_risk_is_never_too_much(self, ten: Workspace, git: Git) -> None:
        self.write(ten.repository.directory, range(9), leverage=10)
        git("commit", "-qam", "all lower")
        assert len(sync(ten).updated) == 9

    def test_creates_count_too(self, ten: Workspace, git: Git) -> None:
        self.write(ten.repository.directory, range(10, 14), leverage=10)
        git("add", "."), git("commit", "-qm", "four more")
        with pytest.raises(Refused, match="would create 4 bots"):
            sync(ten)

    def test_a_share_of_a_large_fleet_passes(self, ten: Workspace, git: Git) -> None:
        (ten.repository.directory / "policy.yaml").write_text("mass_sync: {share: 40, bots: 3}\n")
        self.write(ten.repository.directory, range(4), leverage=30)
        git("commit", "-qam", "four of ten are 40%")
        assert len(sync(ten).updated) == 4

    @pytest.mark.parametrize("prune", [False, True])
    def test_an_empty_fleet_is_refused(self, opened: Workspace, git: Git, prune: bool) -> None:
        sync(opened)
        git("rm", "-q", "bots/blofin-main.yaml"), git("commit", "-qm", "none")
        for _ in range(2):
            with pytest.raises(Refused, match="git has no bot any more") as refused:
                sync(opened, prune=prune)
        report = apply(opened, Order(prune=prune, force=refused.value.remedy.rpartition(" ")[2]))
        assert (report.deleted, report.left) == ((("blofin-main",), ()) if prune else ((), ("blofin-main",)))


class TestRefusals:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("bots/second.yaml", bot_text("second", leverage=500)),
            ("bots/second.yml", bot_text("second")),
            ("bots/x/blofin-main.yaml", bot_text("blofin-main")),
            ("profiles.yaml", "profiles: 1\n"),
            ("policy.yaml", "max_exposure: -1\n"),
            ("gitscale.yaml", "output: ../out\n"),
        ],
    )
    @both
    @pytest.mark.parametrize("first", [True, False], ids=["first", "incremental"])
    def test_what_is_not_valid_writes_nothing(self, opened: Workspace, path: str, text: str, first: bool) -> None:
        repo = opened.repository.directory
        if not first:
            sync(opened)
        say(opened, "/set leverage 20")
        commit_file(repo, path, text)
        with pytest.raises(InvalidConfig) as caught:
            sync(opened)
        assert [problem.path for problem in caught.value.problems] == [path]
        if first:
            assert not (repo / "build/bots").exists()
        else:
            assert delivered(repo, "blofin-main")["settings"]["leverage"] == 75
            held = row(repo, "blofin-main")
            assert held is not None
            assert held["config"]["settings"]["leverage"] == 75

    @both
    def test_it_goes_on_once_mended(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        sync(opened)
        commit_file(repo, "bots/second.yaml", "name: [")
        say(opened, "/set leverage 20", bot="blofin-main")
        with pytest.raises(InvalidConfig):
            sync(opened)
        commit_file(repo, "bots/second.yaml", bot_text("second"))
        report = sync(opened)
        assert (report.created, report.updated) == (("second",), ("blofin-main",))

    @both
    def test_an_older_tip_is_delivered_only_when_asked(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        say(opened, "/set leverage 20")
        sync(opened)
        git("reset", "-q", "--hard", "HEAD~1")
        with pytest.raises(Refused, match="went back"):
            sync(opened)
        assert sync(opened, terms=Terms(allow_older=True)).updated == ("blofin-main",)
        assert delivered(repo, "blofin-main")["settings"]["leverage"] == 75

    def test_an_output_folder_behind_a_link(self, opened: Workspace, tmp_path: Path) -> None:
        (tmp_path / "elsewhere").mkdir()
        (opened.repository.directory / "build").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(Refused, match="is a link"):
            sync(opened)

    @pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "oracle+nosuch://x"])
    def test_a_database_that_is_not_supported(self, opened: Workspace, url: str, clock: Clock) -> None:
        from dataclasses import replace

        opened.host = replace(opened.host, database_url=url)
        with pytest.raises(Usage):
            sync(opened)

    def test_a_branch_that_is_gone(self, opened: Workspace) -> None:
        with pytest.raises(Refused, match="nosuch has no commits"):
            sync(opened, branch="nosuch")

    def test_a_bare_repository(self, opened: Workspace, git: Git, tmp_path: Path) -> None:
        git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
        with Workspace.open(tmp_path / "bare.git", opened.host) as bare, pytest.raises(Refused, match="bare"):
            sync(bare)

    @pytest.mark.parametrize("place", ["notes/x.db", "notes"])
    def test_a_database_where_there_can_be_none(self, opened: Workspace, place: str) -> None:
        """Below a file; in the place of a folder."""
        from dataclasses import replace

        notes = opened.repository.directory / "notes"
        notes.write_text("a file") if "/" in place else notes.mkdir()
        opened.host = replace(opened.host, database_url=f"sqlite:///{place}")
        with pytest.raises(Unavailable):
            sync(opened)

    def test_tables_of_somebody_else(self, opened: Workspace) -> None:
        (opened.repository.directory / "build").mkdir()
        with sqlite3.connect(opened.repository.directory / "build/gitscale.db") as connection:
            connection.execute("create table bots (x)")
        with pytest.raises(Unavailable, match="already exists"):
            sync(opened)

    def test_a_database_of_a_newer_version(self, opened: Workspace) -> None:
        sync(opened)
        with sqlite3.connect(opened.repository.directory / "build/gitscale.db") as connection:
            connection.execute("update alembic_version set version_num = 'v9999'")
        with pytest.raises(Unavailable, match="newer gitscale"):
            sync(opened)

    def test_a_file_that_is_no_database(self, opened: Workspace) -> None:
        (opened.repository.directory / "build").mkdir()
        (opened.repository.directory / "build/gitscale.db").write_text("not a database, " * 100)
        with pytest.raises(Unavailable, match="not a database"):
            sync(opened)


class TestDeployedBranch:
    def test_main_else_the_only_one(self, opened: Workspace, git: Git) -> None:
        git("branch", "-m", "production")
        assert deploy.deployed_branch(opened) == "production"
        git("branch", "other")
        with pytest.raises(Refused, match="which branch is deployed"):
            deploy.deployed_branch(opened)
        git("branch", "main")
        assert deploy.deployed_branch(opened) == "main"

    def test_the_one_that_is_named(self, opened: Workspace, git: Git) -> None:
        repo = opened.repository.directory
        commit_file(repo, "gitscale.yaml", "branch: live\noutput: out/put\n")
        with pytest.raises(Refused, match="does not exist"):
            sync(opened)
        git("branch", "live")
        sync(opened)
        assert (repo / "out/put/bots/blofin-main.json").exists()
        assert (repo / "out/put/gitscale.db").exists()

    def test_a_write_elsewhere_is_not_synced_and_says_so(self, opened: Workspace, git: Git) -> None:
        git("switch", "-q", "-c", "try")
        reply = say(opened, "/set leverage 20", sync=True)
        assert "not synced: not the deployed branch" in reply.text
        assert reply.exit_code == 0
        assert not (opened.repository.directory / "build/bots").exists()

    def test_a_write_on_a_branch_leaves_the_work_tree(self, opened: Workspace, git: Git) -> None:
        git("branch", "try")
        assert say(opened, "/set leverage 20", branch="try").exit_code == 0
        assert "leverage: 20" in git("show", "try:bots/blofin-main.yaml")
        assert "leverage: 75" in (opened.repository.directory / "bots/blofin-main.yaml").read_text()
        assert git("status", "--porcelain") == ""


class TestInterruptions:
    """An unfinished row in `syncs` and files of its revision are what a kill leaves."""

    def test_a_kill_between_files_and_rows_then_a_revert(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        sync(opened)
        say(opened, "/set leverage 20")
        place = deploy.destination(opened)
        killed = head(repo)
        with sqlite3.connect(repo / "build/gitscale.db") as connection:
            connection.execute(
                "insert into syncs (revision, branch, renderer, started_at, created, updated, deleted) "
                "select ?, branch, renderer, started_at, 0, 0, 0 from syncs",
                (killed,),
            )
        path = repo / "build/bots/blofin-main.json"
        path.write_text(
            path.read_text().replace('"leverage": 75', '"leverage": 20').replace('"sha256": "', '"sha256": "0')[:-6]
            + '"\n  }\n}\n'
        )
        say(opened, "/undo")
        assert sync(opened).updated == ("blofin-main",)
        assert delivered(repo, "blofin-main")["settings"]["leverage"] == 75
        assert agrees(repo, "blofin-main")
        assert runs(repo)[-1] == (head(repo), True)
        assert place.branch == "main"

    def test_a_first_sync_that_was_cut_short(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        sync(opened)
        with sqlite3.connect(repo / "build/gitscale.db") as connection:
            connection.execute("update syncs set finished_at = null")
            connection.execute("delete from bots")
        assert sync(opened).created == ("blofin-main",)
        assert agrees(repo, "blofin-main")

    @pytest.mark.parametrize("heal", [False, True])
    @pytest.mark.parametrize("lost", ["file", "row"])
    @both
    def test_a_prune_that_was_cut_short_is_finished_and_no_other_begun(
        self, opened: Workspace, lost: str, heal: bool
    ) -> None:
        """Of `second` one target is left; `third` is gone from git as well, and whole."""
        repo = opened.repository.directory
        for text in (bot_text, None):
            for name in ("second", "third"):
                commit_file(repo, f"bots/{name}.yaml", text and text(name))
            sync(opened)
        place = deploy.destination(opened)
        with place.rows.writing(1):
            place.rows.begin(Mark(place.tip, "main", deploy.renderer(place), opened.host.now()), 2)
        (repo / "build/bots/second.json").unlink() if lost == "file" else select(
            repo, "delete from bots where name = ?", "second"
        )
        assert [step.name for step in plan(opened).look.steps if step.writes] == ["second"]
        report = apply(opened, Order("safe")) if heal else sync(opened)
        assert (report.deleted, report.left) == (("second",), ("third",))
        assert row(repo, "second") is None
        assert sorted(path.stem for path in (repo / "build/bots").iterdir()) == ["blofin-main", "third"]
        assert agrees(repo, "third")
        assert sync(opened).changed == 0

    def test_a_revision_that_git_no_longer_has(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        sync(opened)
        with sqlite3.connect(repo / "build/gitscale.db") as connection:
            connection.execute("update syncs set revision = ?", ("0" * 40,))
        (repo / "build/bots/blofin-main.json").unlink()
        assert sync(opened).updated == ("blofin-main",)

    def test_a_torn_temporary_file_is_swept(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        (repo / "build/bots").mkdir(parents=True)
        (repo / "build/bots/.blofin-main.tmp").write_text("{")
        sync(opened)
        assert [path.name for path in (repo / "build/bots").iterdir()] == ["blofin-main.json"]

    @both
    def test_a_target_that_cannot_be_written_is_named_and_mended_later(self, opened: Workspace) -> None:
        repo = opened.repository.directory
        sync(opened)
        folder = repo / "build/bots"
        folder.rename(repo / "build/aside")
        folder.write_text("a file in the way")
        reply = say(opened, "/set leverage 20", sync=True)
        assert reply.exit_code == 4
        assert reply.data["commit"] == head(repo)
        assert "committed, but not synced: cannot use" in reply.text
        folder.unlink()
        (repo / "build/aside").rename(folder)
        assert sync(opened).updated == ("blofin-main",)
        assert agrees(repo, "blofin-main")


def test_the_code_knows_the_newest_migration() -> None:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    import gitscale.sync.migrations

    config = Config()
    config.set_main_option("script_location", str(Path(gitscale.sync.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA_HEAD


def test_the_migrations_make_the_tables_the_code_knows(opened: Workspace) -> None:
    import sqlalchemy as sa
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from gitscale.sync.targets.tables import METADATA

    sync(opened)
    engine = sa.create_engine(f"sqlite:///{opened.repository.directory}/build/gitscale.db", poolclass=sa.NullPool)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_nothing_to_do_is_told_without_loading_the_model(opened: Workspace) -> None:
    """Most of a process that does nothing would be the start of pydantic."""
    sync(opened)
    code = (
        "import sys; from gitscale.cli.main import main\n"
        "main(['sync', '--repo', sys.argv[1]], standalone_mode=False); print('pydantic' in sys.modules)"
    )
    words = [sys.executable, "-c", code, str(opened.repository.directory)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "nothing to do" in said
    assert said.endswith("\nFalse\n")
