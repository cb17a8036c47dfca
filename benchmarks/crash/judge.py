"""What must be true of a fleet right after something went wrong, and after the next plain command."""

import json
import os
import re
import signal
import time
from pathlib import Path
from typing import Any

from benchmarks.crash.failpoints import FAILPOINTS
from benchmarks.crash.inject import Answer
from benchmarks.crash.scenes import Scene
from benchmarks.crash.stage import Stage

# a dead lock of git's own is named with what removes it; whoever does as told goes on
_DEAD_LOCK = re.compile(r"if none is, it died: rm (\S+\.lock)$", re.MULTILINE)
_CODES = (0, 1, 3, 4, 5, 130, -9)
# root may write anywhere, so it is told not to
CAREFUL = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []
_STATE = {"lock", "sync.lock", "pending", "cache"}


class Judge:
    """Knows a scene's state before and after a run in which nothing goes wrong."""

    def __init__(self, stage: Stage, scene: Scene) -> None:
        self.stage, self.scene = stage, scene
        stage.make(scene.bots)
        scene.prepare(stage)
        stage.keep()
        self.head, self.before = stage.head(scene.branch), stage.files()
        self.clean = stage.run(*scene.words, "--json")
        assert self.clean.code == (5 if scene.name == "ask" else 0), self.clean
        self.after, self.rows = stage.files(), stage.rows()
        self.agree()

    def try_one(self, where: tuple[str, int, str], number: int) -> Answer:
        """One run in which something goes wrong (failpoint, which time, mode), and all that must hold of it."""
        self.stage.restore()
        at, nth, mode = where
        answer = self.stage.run(*self.scene.words, "--json", at=at, nth=nth, mode=mode)
        self._judge(f"{mode} at {at} #{nth}", answer, number)
        assert answer.steps.count(at) >= nth, f"{self.scene.name} never came to {at} #{nth}"
        assert (answer.code == -signal.SIGKILL) == (mode in ("kill", "orphan")), f"{mode} ended with {answer.code}"
        assert not unnamed(answer), unnamed(answer)
        return answer

    def try_kill(self, moment: float, number: int) -> int:
        """One run that is killed after so many seconds, and all that must hold of it."""
        self.stage.restore()
        process = self.stage.process(*self.scene.words, "--json")
        time.sleep(moment)
        (os.killpg if number % 4 > 1 else os.kill)(process.pid, signal.SIGKILL)
        out, err = process.communicate()
        self._judge(f"killed after {moment:.3f} s", Answer(process.returncode, out, err, []), number)
        return process.returncode

    def try_read_only(self, place: str, number: int) -> int:
        """One run that cannot write to a place, and all that must hold of it."""
        self.stage.restore()
        target = self.stage.repo / place
        mode = target.stat().st_mode
        target.chmod(mode & 0o555)
        process = self.stage.process(*self.scene.words, "--json", before=CAREFUL)
        out, err = process.communicate()
        target.chmod(mode)
        self._judge(f"{place} is read-only", Answer(process.returncode, out, err, []), number)
        return process.returncode

    def _judge(self, what: str, answer: Answer, number: int) -> None:
        try:
            self.stage.ready()
            self.right_after(answer)
            self.next(number)
            self.agree(swept=number % 2 == 0 and not self.scene.then)
            if number % 10 == 0:
                self.stage.git("fsck", "--strict", "--no-dangling")
        except AssertionError as error:
            whole = f"{self.scene.name}: {what} (exit code {answer.code}): {error}"
            raise AssertionError(f"{whole}\n{answer.out}{answer.err}") from error

    def right_after(self, answer: Answer) -> None:
        """No torn file, and no word that is not true."""
        for name, raw in self.stage.files().items():
            assert raw in (self.before.get(name), self.after.get(name)), f"{name}.json is torn: {raw[:80]!r}"
        assert answer.code in _CODES, "an exit code that nobody explains"
        moved = self.stage.head(self.scene.branch) != self.head
        if answer.code in (0, 5):
            assert moved == bool(self.scene.commits), "done, it says, and there is no commit"
            assert self.stage.files() == self.after, "done, it says, and the files are not"
            assert self.stage.rows() == self.rows, "done, it says, and the rows are not"
        if answer.code == 130 and not answer.out:
            assert not moved, "interrupted, it says, and there is a commit"
        elif answer.code > 0:
            said = _said(answer)
            assert said["remedy"], "nobody is told what to do"
            assert bool(said.get("commit")) == moved, "whether there is a commit is not said"
            assert not (moved and "nothing changed" in str(said)), "nothing changed, it says, and there is a commit"

    def next(self, number: int) -> None:
        """The next plain command: a sync, or a write that ends in one, in turns."""
        plain = ("sync",) if number % 2 else ("set", "num_levels", "9", "--bot", "bot-0")
        words = self.scene.then or plain
        for _ in range(3):
            answer = self.stage.run(*words, "--json")
            if answer.code == 0:
                return
            said = _said(answer)
            dead = _DEAD_LOCK.search(str(said.get("remedy")))
            assert dead, f"the next command ends with {answer.code}: {said}"
            Path(dead[1]).unlink()
        raise AssertionError("every command meets another lock")

    def agree(self, *, swept: bool = True) -> None:
        """Files, rows and the tip say the same, a plan is empty; where a write was the last, nothing lies about."""
        files = {name: json.loads(raw) for name, raw in self.stage.files().items()}
        assert files == self.stage.rows(), "files and rows disagree"
        tip = self.stage.tip()
        assert {name: files[name]["settings"]["leverage"] for name in tip} == tip, "files are not the tip's"
        plan = self.stage.run("plan", "--exit-code", "--json")
        assert plan.code == 0, f"the plan is not empty: {plan.out}"
        assert self.stage.git("status", "--porcelain") == "", self.stage.git("status", "--porcelain")
        if not swept:
            return
        git = self.stage.repo / ".git"
        left = {path.name for path in (git / "gitscale").iterdir()} - _STATE
        left |= {path.name for path in git.glob("*.lock")} | {path.name for path in git.glob("gitscale-index*")}
        left |= {path.name for path in (self.stage.repo / "build").rglob("*.tmp")}
        assert not left, f"left over: {left}"


def unnamed(answer: Answer) -> list[str]:
    """The steps that no failpoint is for."""
    return [step for step in answer.steps if step not in FAILPOINTS]


def _said(answer: Answer) -> dict[str, Any]:
    """The line of JSON that every command ends with."""
    try:
        found: dict[str, Any] = json.loads(answer.out.rstrip("\n").rsplit("\n", 1)[-1])
    except ValueError:
        raise AssertionError("no line of JSON") from None
    return found
