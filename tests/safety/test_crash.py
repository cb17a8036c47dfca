"""Whatever fails at whatever step: a sample of `make stress`'s, and proof that it knows every step."""

import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.crash.failpoints import FAILPOINTS
from benchmarks.crash.judge import CAREFUL, Judge
from benchmarks.crash.run import BY_NAME, injections
from benchmarks.crash.stage import Injector, Stage
from tests.postgres import Server

# what went wrong once; each is mended where it says
ONCE = [
    ("set", "note.temporary", 1, "ENOSPC"),  # behind the branch's move: the commit was kept quiet
    ("set", "lock.release", 1, "EIO"),
    ("new", "ref.move", 1, "late"),  # git moved the branch and died: tried again, and refused
    ("confirm", "ticket.consume", 1, "EROFS"),
    ("undo", "git.read", 4, "fails"),  # within GitPython: exit code 70
    ("first", "schema.change", 3, "kill"),  # half of the tables were in the way of every later sync
    ("first", "folder.make", 1, "EIO"),  # nobody was told what to do
    ("prune", "file.remove", 2, "kill"),  # rows without files stayed
]
# the rest: each scene begins elsewhere, so that between them they come to most failpoints
SAMPLED = [name for name, scene in BY_NAME.items() if not scene.only and name != "many"]
EVERY = 73


Judges = Callable[..., Judge]


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judges]:
    """Each scene is set up once."""
    injector, folder = Injector(), tmp_path_factory.mktemp("scenes")

    @cache
    def made(name: str, server: Server | None = None) -> Judge:
        return Judge(Stage(folder / f"{name}-{bool(server)}", injector, server), BY_NAME[name])

    yield made
    injector.close()


@pytest.mark.parametrize(("scene", "at", "nth", "mode"), ONCE)
def test_once_wrong(judges: Judges, scene: str, at: str, nth: int, mode: str) -> None:
    judges(scene).try_one((at, nth, mode), 0)


@pytest.mark.parametrize("name", SAMPLED)
def test_sample(judges: Judges, name: str) -> None:
    every = injections(judges(name).clean.steps, "limit")
    for number, where in enumerate(islice(every, 5 * SAMPLED.index(name), None, EVERY)):
        judges(name).try_one(where, number)


@pytest.mark.parametrize("mode", ["gone", "crash", "down"])
@pytest.mark.parametrize(("at", "nth"), [("rows.put", 1), ("transaction.commit", 2)])
def test_a_server_that_goes_away(judges: Judges, server: Server, at: str, nth: int, mode: str) -> None:
    """Amid the transaction that writes rows, and just before it is committed."""
    judges("sync", server).try_one((at, nth, mode), 1)


@pytest.mark.skipif(bool(CAREFUL) and not shutil.which("setpriv"), reason="root without setpriv ignores permissions")
@pytest.mark.parametrize("scene", ["set", "sync", "prune"])
def test_a_target_that_is_read_only(judges: Judges, scene: str) -> None:
    for number, place in enumerate(("build/bots", "build/gitscale.db", "build")):
        assert judges(scene).try_read_only(place, number) == 4


def test_every_step_has_a_name_and_every_name_is_a_step(judges: Judges, server: Server) -> None:
    scenes = ("set", "confirm", "ask", "prune", "many", "first", "large", "again-new", "again-sync")
    steps = [*(judges(name).clean.steps for name in scenes), judges("prune", server).clean.steps]
    steps.append(judges("set").try_one(("object.name", 1, "EIO"), 0).steps)
    steps.append(judges("prune", server).try_one(("run.finish", 1, "gone"), 1).steps)
    assert {step for one in steps for step in one} == set(FAILPOINTS)


def test_the_list_of_steps_is_documented() -> None:
    text = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text()
    section = text[text.index("**Failing at any step.**") : text.index("**Pending or drift.**")]
    rows = [line.split() for line in re.findall(r"^    (.+)$", section, re.MULTILINE)]
    assert {f"{group}.{name}" for group, *names in rows for name in names} == set(FAILPOINTS)
