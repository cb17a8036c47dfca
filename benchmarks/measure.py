"""Times and peaks of processes; contenders take turns, so that a busy moment of the machine hits them alike.

Shared machines slow a processor down that was busy. What comes after a run must not pay for it, so the machine rests as
long as that run took before the next one begins. A machine that rested for long has given back the memory that held its
files, and whoever reads them first pays: after such a rest everything runs once without being counted.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

from benchmarks.fleet import environment

ROOT = Path(__file__).parent.parent
PYTHON = (sys.executable, "-c")
GITSCALE = (str(Path(sys.executable).with_name("gitscale")),)
_PAUSE = 0.002
# after a rest as short as this nothing was given back; one longer than that is none the better
_SHORT, _LONG = 2.0, 30.0

Contender = Callable[[], float]


def settings() -> dict[str, str]:
    """The environment of a measured process: this checkout is the gitscale that runs."""
    found = environment()
    return found | {"PYTHONPATH": ":".join(filter(None, [str(ROOT), found.get("PYTHONPATH", "")]))}


def process(words: Sequence[str], folder: Path) -> float:
    """Seconds a whole process takes, start to end; it has to succeed."""
    env = settings()
    begin = time.perf_counter()
    done = subprocess.run(words, cwd=folder, env=env, capture_output=True, check=False)
    taken = time.perf_counter() - begin
    if done.returncode:
        said = (done.stderr or done.stdout).decode(errors="replace")[-500:]
        raise RuntimeError(f"{' '.join(words)[:200]} ended with {done.returncode}: {said}")
    return taken


def interleaved(
    contenders: Mapping[str, Contender], runs: int, most: Mapping[str, int] | None = None
) -> dict[str, float]:
    """Median seconds of each, in turns; `most` limits the runs of what takes long."""
    found: dict[str, list[float]] = {name: [] for name in contenders}
    unwarmed: set[str] = set()
    for turn in range(runs):
        for name, contender in contenders.items():
            if turn < (most or {}).get(name, runs):
                if name in unwarmed:
                    _rest(contender())
                    unwarmed.remove(name)
                taken = contender()
                found[name].append(taken)
                if _rest(taken):
                    unwarmed = {other for other, times in found.items() if not times or times[-1] <= _SHORT}
    return {name: median(times) for name, times in found.items()}


def _rest(taken: float) -> bool:
    """Rest as long as a run took; whether that was long."""
    time.sleep(min(taken, _LONG))
    return taken > _SHORT


def peak(words: Sequence[str], folder: Path) -> float:
    """MiB that a process and everything it starts hold together at the worst moment."""
    worst = last = 0
    with subprocess.Popen(
        words, cwd=folder, env=settings(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        ended = threading.Event()
        waiter = threading.Thread(target=_tell, args=(running, ended))
        waiter.start()
        while not ended.is_set():
            # between fork and exec a child shows its parent's memory as its own: one sample alone does not count
            last, before = _resident(running.pid), last
            worst = max(worst, min(last, before))
            ended.wait(_PAUSE)
        waiter.join()
    return worst / 1024


def _tell(running: "subprocess.Popen[bytes]", ended: threading.Event) -> None:
    running.wait()
    ended.set()


def _resident(pid: int) -> int:
    """KiB of a process and its children, what they share counted once; nothing for what is gone already."""
    try:
        memory = Path(f"/proc/{pid}/smaps_rollup").read_text()
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in memory.split("\n") if line.startswith("Pss:")), 0)
    return own + sum(_resident(int(child)) for child in below)
