"""Every step of every scene, in every way it can go wrong.

usage: python -m benchmarks.crash.run [SCENE ...]   (postgres-SCENE: the rows in a PostgreSQL server of its own)
"""

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crash.judge import CAREFUL, Judge
from benchmarks.crash.scenes import SCENES
from benchmarks.crash.stage import Injector, Stage
from tests.postgres import Server, missing

_ERRORS = ("ENOSPC", "EIO", "EROFS")
_IN_DATABASE = ("rows", "run", "schema", "transaction", "database")
_OF_GIT = ("git.read", "commit.object", "index.change", "index.entry", "ref.move")
# of what is done for each object and each bot, the first two and the last are enough
_EACH = ("object.", "file.")
# nothing changes there, so that dying there is dying before the next step
_READS = ("git.read", "rows.read", "rows.lock")
_TARGETS = ("build", "build/bots", "build/gitscale.db", "build/synced.json")
_PREFIX = "postgres-"
_ON_POSTGRES = ("set", "undo", "sync", "many", "first", "prune", "heal", "again-sync")
BY_NAME = {scene.name: scene for scene in SCENES}
NAMES = [*BY_NAME, *(_PREFIX + name for name in _ON_POSTGRES)]


def injections(steps: Sequence[str], full: str, *, postgres: bool = False) -> Iterator[tuple[str, int, str]]:
    """Every step with every way it can go wrong: failpoint, which time, mode; `full` is how a disk fills up here."""
    seen, all_of = Counter[str](), Counter(steps)
    for number, at in enumerate(steps):
        seen[at] += 1
        if at.startswith(_EACH) and 2 < seen[at] < all_of[at]:
            continue
        modes = ["kill", full] if at not in _READS else []
        if at in _OF_GIT:
            modes += ["EAGAIN", "fails", "late", *(["orphan"] if at not in _READS else [])]
        elif at.split(".")[0] not in _IN_DATABASE:
            modes += ["interrupt", _ERRORS[number % 3]]
        elif postgres and at != "database.open":
            modes += ["gone", "crash", "down"][: 3 if number % 4 == 0 else 2]  # the last takes a second
        yield from ((at, seen[at], mode) for mode in modes)


@contextmanager
def small_disk(folder: Path) -> Iterator[str]:
    """A file system small enough to be filled, mounted on a folder; or why there is none."""
    words = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        reason = done.stderr.strip()
    except FileNotFoundError as error:
        reason = str(error)
    try:
        yield reason
    finally:
        if not reason:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Counted:
    """How many runs there were by mode, how they ended, and what was wrong."""

    def __init__(self) -> None:
        self.modes: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()
        self.wrong: list[str] = []

    def add(self, mode: str, run: Callable[[], int]) -> None:
        """One run; what is wrong with it is kept, so that one defect does not hide the next."""
        self.modes[mode] += 1
        try:
            self.codes[run()] += 1
        except (AssertionError, ValueError) as error:  # a torn file is no JSON
            self.wrong.append(str(error))
            print(f"  {error}", flush=True)


def every_step(judge: Judge, counted: Counted, full: str) -> None:
    """Each step of a scene in each way."""
    postgres = bool(judge.stage.database)
    found = injections(judge.clean.steps, full, postgres=postgres)
    for number, where in enumerate(where for where in found if where[0].startswith(judge.scene.only)):
        counted.add(where[2], lambda: judge.try_one(where, number).code)  # noqa: B023 -- called at once


def outside(judge: Judge, counted: Counted, rounds: int) -> None:
    """kill -9 from outside, at a random moment of a real process, alone or with its git processes."""
    dice = random.Random(judge.scene.name)
    judge.stage.restore()
    begin = time.monotonic()
    judge.stage.process(*judge.scene.words).communicate()
    whole = time.monotonic() - begin
    for number in range(rounds):
        moment = dice.uniform(0.2, 1.1) * whole
        counted.add("outside", lambda: judge.try_kill(moment, number))  # noqa: B023


def read_only(judge: Judge, counted: Counted) -> None:
    """Each target as one that cannot be written to."""
    for number, place in enumerate(_TARGETS):
        if (judge.stage.folder / "kept" / place).exists():
            counted.add("read-only", lambda: judge.try_read_only(place, number))  # noqa: B023


def crash(folder: Path, names: Sequence[str] = NAMES) -> dict[str, object]:
    """All of it; AssertionError where anything was wrong. What this machine cannot do is said, and left out."""
    folder.mkdir(exist_ok=True)
    counted, server = Counted(), None if missing() else Server()
    try:
        with small_disk(folder) as reason:
            if reason:
                print(f"crash: no disk to fill, only a limit for files: {reason}")
            if server is None:
                print(f"crash: no rows in PostgreSQL: {missing()}")
                names = [name for name in names if not name.startswith(_PREFIX)]
            for name in names:
                stage = Stage(folder / name, Injector(), server if name.startswith(_PREFIX) else None)
                _play(stage, counted, "limit" if reason else "full")
                shutil.rmtree(stage.folder)
    finally:
        if server:
            server.stop()
    assert not counted.wrong, f"{len(counted.wrong)} of {counted.modes.total()} runs"
    return {"runs": counted.modes.total(), **counted.modes, "exit codes": dict(counted.codes)}


def _play(stage: Stage, counted: Counted, full: str) -> None:
    """One scene, in every way."""
    begin, before, name = time.monotonic(), counted.modes.total(), stage.folder.name
    try:
        judge = Judge(stage, BY_NAME[name.removeprefix(_PREFIX)])
        every_step(judge, counted, full)
        outside(judge, counted, 10)
        if not CAREFUL or shutil.which(CAREFUL[0]):
            read_only(judge, counted)
    finally:
        stage.injector.close()
    print(f"  {name}: {counted.modes.total() - before} runs ({time.monotonic() - begin:.0f} s)", flush=True)


def main() -> None:
    """The named scenes, or all."""
    with tempfile.TemporaryDirectory() as folder:
        print(crash(Path(folder), sys.argv[1:] or NAMES))


if __name__ == "__main__":
    main()
