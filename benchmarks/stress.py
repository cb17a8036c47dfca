"""What must hold under stress, shown at full size: many writers, people's own commits beside them, kill -9, days.

usage: python -m benchmarks.stress [writers|synced|hand|kill|soak|crash ...]

Each scenario raises AssertionError with what went wrong, or gives its figures. The suite runs smaller ones.
"""

import json
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crash.run import crash
from gitscale.actions.init import init

BOTS = 5
NOTES = "notes.txt"
_DEAD_LOCK = re.compile(r"if none is, it died: rm (\S+\.lock)$", re.MULTILINE)
_STEP = re.compile(r"^equity_pct: (\S+) -> (\S+)$", re.MULTILINE)
_BOT = """name: bot-{number}
strategy: perp_mm
exchange: blofin
account: account-{number}
symbols: [SOL/USDT:USDT]
settings:
  equity_pct: 1   # % of equity
  leverage: 10
"""


@dataclass(frozen=True)
class Commit:
    """One commit of the log, oldest first: the bot and values its message speaks of."""

    bot: str
    before: str
    after: str


def fleet(folder: Path) -> Path:
    """A repository with a handful of bots on accounts of their own."""
    repo = folder / "fleet"
    init(repo)
    for number in range(BOTS):
        (repo / f"bots/bot-{number}.yaml").write_text(_BOT.format(number=number))
    (repo / NOTES).write_text("by hand\n")
    git(repo, "add", ".")
    git(repo, "commit", "-q", "-m", "five bots")
    return repo


def git(repo: Path, *words: str) -> str:
    """What the real git prints."""
    return subprocess.run(["git", *words], cwd=repo, check=True, capture_output=True, text=True).stdout


def agent(repo: Path, lines: Iterable[str], bot: str, *options: str) -> "subprocess.Popen[str]":
    """An agent process that runs these lines."""
    command = [sys.executable, "-m", "gitscale", "agent", "--bot", bot, "--json", *options, *lines]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        command,
        cwd=repo,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
        start_new_session=True,
    )


def sets(writer: int, rounds: int) -> list[str]:
    """`/set` lines whose values nobody else uses, so that every one is a change."""
    return [f"/set equity_pct {1 + (writer * rounds + number + 1) / 10_000:.4f}" for number in range(rounds)]


def writers(repo: Path, *, processes: int = 8, rounds: int = 50, sync: bool = False) -> dict[str, object]:
    """Several processes write at once, some on the same bot: all commits there, linear, none lost, tree clean."""
    before = int(git(repo, "rev-list", "--count", "HEAD"))
    started = time.monotonic()
    options = () if sync else ("--no-sync",)
    running = [agent(repo, sets(number, rounds), f"bot-{number % BOTS}", *options) for number in range(processes)]
    outputs = [process.communicate()[0] for process in running]
    seconds = time.monotonic() - started
    for process, output in zip(running, outputs, strict=True):
        assert process.returncode == 0, output[-500:]
    made = int(git(repo, "rev-list", "--count", "HEAD")) - before
    assert made == processes * rounds, f"{made} commits"
    explained(repo)
    if sync:
        delivered(repo)
    return {"commits": made, "processes": processes, "commits a second": round(made / seconds)}


def hand(repo: Path, *, processes: int = 4, rounds: int = 50, one_file: bool = False) -> dict[str, object]:
    """People's own `git commit` at the same time: each of theirs and each of ours is in the log and in the files.

    Without `one_file` every other commit is of the whole index. git writes that index back before it finds the branch
    moved; where the machine is so busy that the same person commits again before we could mend it, that commit takes
    our change back, and our next command finds it in the work tree: exit 3.
    """
    stop, person = threading.Event(), Person(repo, one_file)
    thread = threading.Thread(target=person.work, args=(stop,))
    thread.start()
    try:
        ours = writers_beside(repo, processes, rounds)
    finally:
        stop.set()
        thread.join()
    assert not person.surprise, person.surprise
    explained(repo)
    lines = git(repo, "show", f"HEAD:{NOTES}").splitlines()
    assert lines == ["by hand", *(f"line {number + 1}" for number in range(person.commits))]
    made = git(repo, "log", "--format=%s", "--", NOTES).splitlines()
    assert made.count("note") == person.commits, f"{made.count('note')} of {person.commits} notes in the log"
    return {"our commits": ours, "theirs": person.commits, "theirs tried again": person.retries}


@dataclass
class Person:
    """Somebody who commits notes, alone and with the whole index in turn, and tries again where git says so.

    One person only: git's own `git commit` reads the index before it locks it, so that two of them can undo each other.
    """

    repo: Path
    one_file: bool = False
    commits: int = 0
    retries: int = 0
    surprise: str = ""

    def work(self, stop: threading.Event) -> None:
        """A line, a commit, and so on."""
        while not stop.is_set() and not self.surprise:
            with (self.repo / NOTES).open("a") as stream:
                stream.write(f"line {self.commits + 1}\n")
            while not self._committed() and not self.surprise:
                self.retries += 1
            self.commits += 1

    def _committed(self) -> bool:
        if self.one_file or self.commits % 2:
            return self._runs("commit", "-q", "-m", "note", "--", NOTES)
        return self._runs("add", NOTES) and self._runs("commit", "-q", "-m", "note")

    def _runs(self, *words: str) -> bool:
        environment = {**os.environ, "LC_ALL": "C"}
        done = subprocess.run(
            ["git", *words], cwd=self.repo, capture_output=True, text=True, check=False, env=environment
        )
        if done.returncode and "index.lock" not in done.stderr and "cannot lock ref" not in done.stderr:
            self.surprise = done.stdout + done.stderr
        return done.returncode == 0


def writers_beside(repo: Path, processes: int, rounds: int) -> int:
    """Writers while others commit too; how many commits of ours there are."""
    running = [agent(repo, sets(number, rounds), f"bot-{number % BOTS}", "--no-sync") for number in range(processes)]
    for process in running:
        output = process.communicate()[0]
        assert process.returncode == 0, output[-500:]
    ours = len(steps(repo))
    assert ours == processes * rounds, f"{ours} commits"
    return ours


def kill(repo: Path, *, rounds: int = 200, seed: int = 7) -> dict[str, object]:
    """kill -9 in the middle of commits and syncs: fsck passes, nothing blocks the next command, all agrees again.

    In turn the process alone, whose git goes on without it, and with all its git processes, whose locks stay: such a
    lock may stop the next command, with a line that says how to remove it.
    """
    dice = random.Random(seed)
    killed, removed = 0, 0
    for number in range(rounds):
        process = agent(repo, sets(number, 200), f"bot-{number % BOTS}")
        assert process.stdout is not None
        process.stdout.readline()  # the first commit and sync are done: from here on it is all critical
        time.sleep(dice.uniform(0, 0.3))
        (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        torn(repo)
        removed += next_command(repo)
        delivered(repo)
        explained(repo)
    git(repo, "fsck", "--strict", "--no-dangling")
    return {"rounds": rounds, "killed": killed, "git's locks removed": removed, "commits": len(steps(repo))}


def next_command(repo: Path) -> int:
    """What somebody does after a kill: set and sync, doing as told about git's own dead locks; how many there were."""
    for removed in range(3):
        again = agent(repo, [f"/set equity_pct {time.time_ns() % 900_000 / 1_000_000 + 30:.6f}"], "bot-0")
        output = again.communicate()[0]
        if again.returncode == 0:
            return removed
        dead = _DEAD_LOCK.search(json.loads(output)["remedy"])
        assert again.returncode == 3, output
        assert dead, output
        Path(dead.group(1)).unlink()
    raise AssertionError("every command meets another lock")


def steps(repo: Path) -> list[Commit]:
    """The agent's commits, oldest first."""
    text = git(repo, "log", "--reverse", "--format=%B%x00", "--grep=^Gitscale-Bot: ")
    found = []
    for message in text.split("\0"):
        if match := _STEP.search(message):
            found.append(Commit(message.rsplit("Gitscale-Bot: ", 1)[1].strip(), match.group(1), match.group(2)))
    return found


def explained(repo: Path) -> None:
    """History is linear, each change begins where the last one of that bot ended, and the files hold the last one."""
    assert git(repo, "rev-list", "--min-parents=2", "HEAD") == "", "not linear"
    assert git(repo, "status", "--porcelain") == "", git(repo, "status", "--porcelain")
    last: dict[str, str] = {}
    for step in steps(repo):
        assert last.get(step.bot, "1") == step.before, f"{step} does not follow {last.get(step.bot)}"
        last[step.bot] = step.after
    for bot, value in last.items():
        text = (repo / f"bots/{bot}.yaml").read_text()
        assert f"  equity_pct: {value}   # % of equity\n" in text, f"{bot} does not hold {value}"
    assert not (repo / ".git/index.lock").exists()


def torn(repo: Path) -> None:
    """Every delivered file is whole at every moment."""
    for path in (repo / "build/bots").glob("*.json"):
        json.loads(path.read_text())


def delivered(repo: Path) -> None:
    """Files and rows hold the same, and what the tip says."""
    with sqlite3.connect(repo / "build/gitscale.db") as connection:
        held = {name: json.loads(config) for name, config in connection.execute("select name, config from bots")}
    names = {path.stem for path in (repo / "bots").glob("*.yaml")}
    assert held.keys() == names
    for name in names:
        assert json.loads((repo / f"build/bots/{name}.json").read_text()) == held[name], (
            f"{name}: file and row disagree"
        )
        stated = re.search(r"equity_pct: (\S+)", git(repo, "show", f"HEAD:bots/{name}.yaml"))
        assert stated is not None
        assert float(stated.group(1)) == held[name]["settings"]["equity_pct"], f"{name}: not the tip's"


def soak(repo: Path, *, looks: int = 10_000) -> dict[str, object]:
    """One controller's looks over days: each delivers a commit; memory and open files stay what they were."""
    from datetime import UTC, datetime

    from gitscale.actions.follow import follow
    from gitscale.actions.workspace import Host, Workspace

    host, last, held = Host(lambda: datetime.now(UTC)), None, []
    for number in range(looks):
        (repo / "bots/bot-0.yaml").write_text(
            _BOT.format(number=0).replace("leverage: 10", f"leverage: {1 + number % 9}")
        )
        git(repo, "commit", "-q", "-a", "-m", "one change")
        with Workspace.open(repo, host) as workspace:
            last = follow(workspace, None, last)
        assert last.state == "delivered", last
        if number % (looks // 10) == looks // 20:
            held.append((_resident(), len(os.listdir("/proc/self/fd"))))  # noqa: PTH208
    first, final = held[1], held[-1]
    assert final[0] < first[0] * 1.05 + 1, f"memory grew: {held}"
    assert final[1] == first[1], f"files stay open: {held}"
    delivered(repo)
    return {"looks": looks, "MiB early": f"{first[0]:.1f}", "MiB late": f"{final[0]:.1f}", "open files": final[1]}


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


SCENARIOS: dict[str, Callable[[Path], dict[str, object]]] = {
    "writers": writers,
    "synced": lambda repo: writers(repo, sync=True),
    "hand": hand,
    "kill": kill,
    "soak": soak,
    "crash": lambda repo: crash(repo.parent / "crash"),
}


def main() -> None:
    """Run the named scenarios, or all."""
    for name in sys.argv[1:] or SCENARIOS:
        with tempfile.TemporaryDirectory() as folder:
            started = time.monotonic()
            figures = SCENARIOS[name](fleet(Path(folder)))
            shown = ", ".join(f"{key} {value}" for key, value in figures.items())
            print(f"{name}: {shown} ({time.monotonic() - started:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
