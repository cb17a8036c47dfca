"""Several hosts on one PostgreSQL: each with its own clone and files, the rows shared."""

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gitscale.actions.deliver import SyncReport
from gitscale.actions.follow import follow
from gitscale.actions.sync import Terms, sync
from gitscale.actions.workspace import Host, Workspace
from gitscale.errors import Conflict
from tests.conftest import Clock, on_postgres
from tests.helpers import bot_text, commit_file, delivered, head, row, select

STEPPER = Path(__file__).with_name("stepper.py")


@dataclass(frozen=True)
class Fleet:
    """The repository that people push to, and the hosts that have cloned it."""

    origin: Path
    hosts: dict[str, Workspace]

    def commit(self, name: str, **values: Any) -> str:
        return commit_file(self.origin, f"bots/{name}.yaml", bot_text(name, **values))

    def folder(self, host: str) -> Path:
        return self.hosts[host].repository.directory

    def pull(self, host: str, revision: str = "origin/main") -> None:
        for words in (("fetch", "-q"), ("merge", "-q", "--ff-only", revision)):
            subprocess.run(["git", *words], cwd=self.folder(host), check=True, capture_output=True)

    def sync(self, host: str, **how: Any) -> SyncReport:
        return sync(self.hosts[host], **how)

    def leverage(self, host: str, name: str) -> tuple[int, int]:
        """As the bot's file on that host has it, and as its row."""
        held = row(self.origin, name)
        assert held is not None
        file: int = delivered(self.folder(host), name)["settings"]["leverage"]
        return file, held["config"]["settings"]["leverage"]


@pytest.fixture
def fleet(repo: Path, tmp_path: Path, clock: Clock, database: str) -> Iterator[Fleet]:
    """Two hosts, both at a first revision with one more bot, and synced."""
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    made = Fleet(repo, {})
    for host in ("left", "right"):
        subprocess.run(["git", "clone", "-q", repo, tmp_path / host], check=True)
        made.hosts[host] = Workspace.open(tmp_path / host, Host(clock, database, host))
        made.sync(host)
    yield made
    for workspace in made.hosts.values():
        workspace.repository.reader.close()


@on_postgres
def test_the_first_host_writes_the_rows_and_each_its_files(fleet: Fleet) -> None:
    revision = fleet.commit("second", leverage=20)
    for host in ("left", "right"):
        fleet.pull(host)
        assert fleet.sync(host).updated == ("second",)
        assert fleet.leverage(host, "second") == (20, 20)
        assert fleet.sync(host).changed == 0
    runs = select(fleet.origin, "select host, created, updated from syncs where revision = ? order by id", revision)
    assert [tuple(run.values()) for run in runs] == [("left", 0, 1), ("right", 0, 0)]


@on_postgres
@pytest.mark.parametrize("fetched", [True, False])
def test_a_host_that_is_behind_changes_nothing(fleet: Fleet, fetched: bool) -> None:
    """Whether or not its clone knows of what it has not got on its branch."""
    first, second = fleet.commit("second", leverage=20), fleet.commit("second", leverage=30)
    fleet.pull("left")
    fleet.sync("left")
    fleet.pull("right", first) if fetched else None
    with pytest.raises(Conflict, match=f"left delivered {second[:10]}, which main here does not contain"):
        fleet.sync("right")
    assert fleet.leverage("right", "second") == (50, 30)
    fleet.pull("right")
    fleet.sync("right")
    assert fleet.leverage("right", "second") == (30, 30)


@on_postgres
def test_a_host_that_parted_changes_nothing_unless_told(fleet: Fleet) -> None:
    fleet.commit("second", leverage=20)
    fleet.pull("left")
    fleet.sync("left")
    commit_file(fleet.folder("right"), "bots/second.yaml", bot_text("second", leverage=40))
    with pytest.raises(Conflict, match="does not contain"):
        fleet.sync("right")
    assert fleet.sync("right", terms=Terms(allow_older=True)).updated == ("second",)
    assert fleet.leverage("right", "second") == (40, 40)
    with pytest.raises(Conflict, match="right delivered"):
        fleet.sync("left")


@on_postgres
def test_one_host_may_rewrite_what_it_delivered_itself(fleet: Fleet) -> None:
    """As with SQLite: the branch parted from a revision that was delivered here."""
    repo = fleet.folder("left")
    commit_file(repo, "bots/second.yaml", bot_text("second", leverage=20))
    fleet.sync("left")
    subprocess.run(["git", "reset", "-q", "--hard", "HEAD~1"], cwd=repo, check=True)
    commit_file(repo, "bots/second.yaml", bot_text("second", leverage=21))
    fleet.sync("left")
    assert fleet.leverage("left", "second") == (21, 21)


@on_postgres
def test_files_follow_what_other_hosts_delivered_and_took_back(fleet: Fleet) -> None:
    """The rows are where they were; the files of a host that missed neither or one of both steps are right too."""
    fleet.commit("second", leverage=20)
    fleet.pull("right")
    fleet.sync("right")
    fleet.commit("second", leverage=50)
    fleet.pull("left")
    fleet.sync("left")
    fleet.pull("right")
    assert fleet.sync("right").updated == ("second",)
    for host in ("left", "right"):
        assert fleet.leverage(host, "second") == (50, 50)


@on_postgres
@pytest.mark.parametrize("loss", ["journal", "torn", "folder"])
def test_a_host_that_forgot_looks_at_everything(fleet: Fleet, loss: str) -> None:
    build = fleet.folder("right") / "build"
    fleet.commit("second", leverage=20)
    fleet.pull("left")
    fleet.sync("left")
    fleet.pull("right")
    if loss == "torn":
        (build / "synced.json").write_text('{"runs": [{')
    else:
        shutil.rmtree(build) if loss == "folder" else (build / "synced.json").unlink()
    fleet.sync("right")
    assert fleet.leverage("right", "second") == (20, 20)
    assert delivered(fleet.folder("right"), "blofin-main")


@on_postgres
def test_prune_is_of_the_rows_once_and_of_each_hosts_files(fleet: Fleet) -> None:
    commit_file(fleet.origin, "bots/second.yaml", None)
    for host in ("left", "right"):
        fleet.pull(host)
        assert fleet.sync(host, prune=True).deleted == ("second",)
        assert not (fleet.folder(host) / "build/bots/second.json").exists()
    assert row(fleet.origin, "second") is None


@on_postgres
def test_controllers_take_turns(fleet: Fleet) -> None:
    fleet.commit("second", leverage=20)
    for host in ("left", "right"):
        found = follow(fleet.hosts[host], "origin")
        assert (found.state, found.revision) == ("delivered", head(fleet.origin))
        assert fleet.leverage(host, "second") == (20, 20)
        assert follow(fleet.hosts[host], "origin").state == "unchanged"


@on_postgres
def test_two_controllers_and_kills_at_any_moment(fleet: Fleet, database: str) -> None:
    """Every revision is applied to the rows once, in its order, and none is left out; the files end right."""
    select(fleet.origin, "create table audit (id serial primary key, revision text, name text)")
    select(
        fleet.origin,
        "create function note() returns trigger language plpgsql as "
        "'begin insert into audit (revision, name) values (new.revision, new.name); return new; end'",
    )
    select(fleet.origin, "create trigger note after insert or update on bots for each row execute function note()")
    names = ("blofin-main", "second", "third")
    made = [(fleet.commit(names[step % 3], leverage=10 + step), names[step % 3]) for step in range(30)]
    for host in fleet.hosts:
        subprocess.run(["git", "fetch", "-q"], cwd=fleet.folder(host), check=True)
    assert _stepped(fleet, database, kills=12) == 12
    audit = [(found["revision"], found["name"]) for found in select(fleet.origin, "select * from audit order by id")]
    assert audit == made
    for host in fleet.hosts:
        assert head(fleet.folder(host)) == made[-1][0]
        for name in names:
            held = row(fleet.origin, name)
            assert held is not None
            assert delivered(fleet.folder(host), name) == held["config"]
        assert fleet.sync(host).changed == 0
    told = select(
        fleet.origin,
        "select sum(created + updated) as rows from syncs where revision = any(?)",
        [revision for revision, _ in made],
    )
    assert told[0]["rows"] == len(made)
    assert json.loads((fleet.folder("left") / "build/synced.json").read_text())["runs"][0]["finished"] is True


def _stepped(fleet: Fleet, database: str, kills: int) -> int:
    """Both hosts go through all commits, killed at random moments and started again; how many kills hit."""
    chance, done = random.Random(7), 0
    running = {host: _start(fleet, host, database) for host in fleet.hosts}
    while running:
        for host, process in list(running.items()):
            if done < kills:
                assert process.stdout is not None
                assert process.stdout.readline() == "started\n"
                time.sleep(chance.random() * 0.12)
                process.kill()
                process.wait()
                process.stdout.close()
                done += 1
                running[host] = _start(fleet, host, database)
            else:
                said = process.communicate(timeout=60)
                assert process.returncode == 0, said
                del running[host]
    return done


def _start(fleet: Fleet, host: str, database: str) -> "subprocess.Popen[str]":
    words = [sys.executable, str(STEPPER), str(fleet.folder(host)), host, database]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
