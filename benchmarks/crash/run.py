"""Every step of every scene, in every way it can go wrong.

usage: python -m benchmarks.crash.run [SCENE ...]   (postgres-SCENE: the rows in a PostgreSQL server of its own)
"""

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.crash.judge import Judge
from benchmarks.crash.scenes import SCENES, Scene
from benchmarks.crash.stage import Injector, Stage, injector
from gitscale.sync.targets.rows import Here, row_target
from tests.postgres import Server, missing

_ERRORS = ("ENOSPC", "EIO", "EROFS")
_IN_DATABASE = ("rows", "run", "schema", "transaction", "database")
_OF_GIT = ("git.read", "commit.object", "index.change", "index.entry", "ref.move")
# of what a sync does for each bot, the first two and the last are enough
_EACH = ("file.temporary", "file.content", "file.flush", "file.name", "file.remove")
_POSTGRES = ("set", "undo", "sync", "many", "prune", "heal", "again-sync")


def injections(steps: Sequence[str], *more: str, postgres: bool = False) -> Iterator[tuple[str, int, str]]:
    """Every step with every way it can go wrong: failpoint, which time, mode; `more` modes are for all steps."""
    seen, all_of = Counter[str](), Counter(steps)
    for number, at in enumerate(steps):
        seen[at] += 1
        if at in _EACH and 2 < seen[at] < all_of[at]:
            continue
        modes = ["kill", "limit", *more]
        if at in _OF_GIT:
            modes += ["EAGAIN", "fails", "late", "orphan"]
        elif at.split(".")[0] not in _IN_DATABASE:
            modes.append(_ERRORS[number % 3])
        elif postgres and at != "database.open":
            modes += ["gone", "crash"]
        yield from ((at, seen[at], mode) for mode in modes)


@contextmanager
def small_disk(folder: Path) -> Iterator[str]:
    """A file system small enough to be filled, mounted on a folder; or why there is none."""
    words = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)]
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
    """How many runs there were, and how they ended."""

    def __init__(self) -> None:
        self.runs: Counter[str] = Counter()
        self.codes: Counter[int] = Counter()
        self.wrong: list[str] = []

    def add(self, mode: str, run: Callable[[], int]) -> None:
        """One run; what is wrong with it is kept, so that one defect does not hide the next."""
        self.runs[mode] += 1
        try:
            self.codes[run()] += 1
        except AssertionError as error:
            self.wrong.append(str(error))
            print(f"  {error}", flush=True)


def every_step(judge: Judge, counted: Counted, *more: str) -> None:
    """Each step of a scene in each way."""
    postgres = bool(judge.stage.database)
    for number, (at, nth, mode) in enumerate(injections(judge.clean.steps, *more, postgres=postgres)):
        counted.add(mode, lambda: judge.try_one((at, nth, mode), number).code)  # noqa: B023 -- called at once


def outside(judge: Judge, counted: Counted, rounds: int, dice: random.Random) -> None:
    """kill -9 from outside, at a random moment of a real process, alone or with its git processes."""
    begin = time.monotonic()
    judge.stage.restore()
    judge.stage.process(*judge.scene.words).communicate()
    whole = time.monotonic() - begin
    for number in range(rounds):
        moment = dice.uniform(0.2, 1.1) * whole
        counted.add("outside", lambda: judge.try_kill(moment, number))  # noqa: B023


def main() -> None:
    """The named scenes, or all."""
    counted = Counted()
    with tempfile.TemporaryDirectory() as folder, small_disk(Path(folder)) as reason:
        if reason:
            print(f"no small disk to fill, so only its limit for files is used: {reason}")
        for name in sys.argv[1:] or [scene.name for scene in SCENES]:
            scene = next(scene for scene in SCENES if scene.name == name)
            before = counted.runs.total()
            begin = time.monotonic()
            with injector() as running:
                judge = Judge(Stage(Path(folder) / name, running), scene)
                every_step(judge, counted, *([] if reason else ["full"]))
                outside(judge, counted, 10, random.Random(7))
            print(f"{name}: {counted.runs.total() - before} runs ({time.monotonic() - begin:.0f} s)", flush=True)
    print(counted.runs, counted.codes, len(counted.wrong))


if __name__ == "__main__":
    main()
