"""/set in an open console, beside what people would type: git add && git commit of the same file."""

import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle

from benchmarks.fleet import Fleet, environment
from benchmarks.measure import Contender, interleaved
from benchmarks.rows import Bench, Row
from gitscale.actions.workspace import Host, Scope, Workspace
from gitscale.agent.handlers import answer_line

_VALUES = ("15.5", "16.5", "17.5")


def measure(bench: Bench) -> Iterator[Row]:
    """The floor has a repository of its own, so that neither finds the other's commits."""
    for bots, folders, most in ((bench.small, False, 2.0), (bench.large, False, 1.6), (bench.large, True, None)):
        ours, theirs = bench.fleet(bots, folders=folders), bench.fleet(bots, folders=folders)
        with Workspace.open(ours.root, Host(lambda: datetime.now(UTC))) as workspace:
            contenders = {"set": _setting(workspace, ours), "git": _by_hand(theirs)}
            for contender in contenders.values():
                contender()
            took = {key: 1000 * value for key, value in interleaved(contenders, bench.runs * 3).items()}
        where = f"{bots} bots" + (" in sub-folders" if folders else "")
        yield Row(f"/set in the console, {where}", took["set"], took["git"], "git add && git commit", most)


def _setting(workspace: Workspace, fleet: Fleet) -> Contender:
    scope = Scope(bot=fleet.bots[0].rpartition("/")[2].removesuffix(".yaml"), sync=False)
    values = cycle(_VALUES)

    def run() -> float:
        begin = time.perf_counter()
        reply = answer_line(workspace, scope, f"/set base_spread_bps {next(values)}")
        taken = time.perf_counter() - begin
        if reply.exit_code or not reply.data["commit"]:
            raise RuntimeError(reply.text)
        return taken

    return run


def _by_hand(fleet: Fleet) -> Contender:
    path, env = fleet.bots[0], environment()
    file = fleet.root / path
    texts = cycle([file.read_text() + f"# {note}\n" for note in ("one", "another")])

    def run() -> float:
        file.write_text(next(texts))
        begin = time.perf_counter()
        subprocess.run(["sh", "-c", f"git add {path} && git commit -qm x"], cwd=fleet.root, env=env, check=True)
        return time.perf_counter() - begin

    return run
