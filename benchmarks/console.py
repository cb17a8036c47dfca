"""An open console: /set beside git add && git commit of the same file, and what reads beside its budget."""

import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle

from benchmarks.fleet import Fleet, environment
from benchmarks.measure import Contender, interleaved
from benchmarks.rows import Bench, Row
from gitscale.actions.workspace import Host, Scope, Workspace
from gitscale.agent.complete import vocabulary
from gitscale.agent.handlers import answer_line
from gitscale.agent.render.rich import folded
from gitscale.agent.toolbar import bar

_VALUES = ("15.5", "16.5", "17.5")
_READS = (
    "/status",
    "/risk check",
    "/overview",
    "/explain liquidation",
    "/advise safety",
    "/advise profit",
    "/history",
    "/profiles",
)
_BUDGET = 50.0


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
    yield from _reading(bench)


def _reading(bench: Bench) -> Iterator[Row]:
    """Each command that reads, and what is shown around the next prompt.

    The budget is 50 ms at 1,000 bots besides git's own time. Nothing is taken off here, which is stricter and needs no
    view into git's processes: the figures hold what git does too.
    """
    fleet = bench.fleet(1000, folders=False)
    scope = Scope(bot=fleet.bots[500].rpartition("/")[2].removesuffix(".yaml"), sync=False)
    with Workspace.open(fleet.root, Host(lambda: datetime.now(UTC))) as workspace:
        contenders = {line: _answering(workspace, scope, line) for line in _READS}
        contenders |= {
            "/status behind a commit by hand": _behind(workspace, scope, fleet),
            "toolbar and names": _prompting(workspace, scope),
        }
        for contender in contenders.values():
            contender()
        for name, took in interleaved(contenders, bench.runs * 3).items():
            yield Row(f"{name} in the console, 1000 bots", 1000 * took, _BUDGET, "the budget", 1.0)


def _answering(workspace: Workspace, scope: Scope, line: str) -> Contender:
    def run() -> float:
        begin = time.perf_counter()
        reply = answer_line(workspace, scope, line)
        shown = folded(reply.blocks, 100, styled=True)
        taken = time.perf_counter() - begin
        if reply.error or not shown:
            raise RuntimeError(reply.text)
        return taken

    return run


def _behind(workspace: Workspace, scope: Scope, fleet: Fleet) -> Contender:
    commit, status = _by_hand(fleet), _answering(workspace, scope, "/status")

    def run() -> float:
        commit()
        return status()

    return run


def _prompting(workspace: Workspace, scope: Scope) -> Contender:
    def run() -> float:
        begin = time.perf_counter()
        vocabulary(workspace, scope)
        bar(workspace, scope)
        return time.perf_counter() - begin

    return run


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
