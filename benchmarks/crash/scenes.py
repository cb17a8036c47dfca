"""What is cut short: each scene is a state of a fleet and the command that is to fail in it."""

from collections.abc import Callable
from typing import NamedTuple

from benchmarks.crash.stage import Stage


class Scene(NamedTuple):
    """A state, the command, how many commits it makes and where; `only` failpoints that begin so are of interest.

    `then` is what mends it where a plain command does not: drift is no plain sync's business.
    """

    name: str
    words: tuple[str, ...]
    prepare: Callable[[Stage], None]
    commits: int = 1
    bots: int = 5
    only: str = ""
    branch: str = "main"
    then: tuple[str, ...] = ()


def _delivered(stage: Stage) -> None:
    assert stage.run("sync").code == 0


def _changed(stage: Stage) -> None:
    """By hand: three bots changed, one new, one gone."""
    _delivered(stage)
    for number in range(3):
        stage.bot(f"bot-{number}", 20 + number)
    stage.bot("bot-new", 30)
    (stage.repo / "bots/bot-4.yaml").unlink()
    stage.commit("by hand")


def _all_changed(stage: Stage) -> None:
    _delivered(stage)
    for number in range(40):
        stage.bot(f"bot-{number}", 9)
    stage.commit("by hand")


def _set(stage: Stage) -> None:
    _delivered(stage)
    assert stage.run("set", "leverage", "12", "--bot", "bot-1").code == 0


def _asked(stage: Stage) -> None:
    _delivered(stage)
    assert stage.run("scale", "degen", "--bot", "bot-1").code == 5


def _gone(stage: Stage) -> None:
    _delivered(stage)
    for number in (3, 4):
        (stage.repo / f"bots/bot-{number}.yaml").unlink()
    stage.bot("bot-0", 21)
    stage.commit("two fewer")


def _drifted(stage: Stage) -> None:
    """By hand: a file torn, one changed, one removed."""
    _delivered(stage)
    files = stage.repo / "build/bots"
    (files / "bot-1.json").write_text("{")
    (files / "bot-2.json").write_text((files / "bot-2.json").read_text().replace('"leverage": 10', '"leverage": 9'))
    (files / "bot-3.json").unlink()


def _cut_short(stage: Stage) -> None:
    """A command died before it could move the branch; index and work tree have its change."""
    _delivered(stage)
    assert stage.run("set", "leverage", "12", "--bot", "bot-1", at="ref.move", mode="kill").code == -9


def _new_cut_short(stage: Stage) -> None:
    _delivered(stage)
    assert stage.run("new", "late", "--preset", PRESET, at="ref.move", mode="kill").code == -9


def _sync_cut_short(stage: Stage) -> None:
    _changed(stage)
    assert stage.run("sync", at="file.name", nth=2, mode="kill").code == -9


def _nothing(_: Stage) -> None:
    pass


def _branch(stage: Stage) -> None:
    _delivered(stage)
    stage.git("branch", "side")


PRESET = "OKX Counterscalp Light"
SCENES = (
    Scene("set", ("set", "leverage", "12", "--bot", "bot-1"), _delivered),
    Scene("new", ("new", "late", "--preset", PRESET), _delivered),
    Scene("undo", ("undo", "--bot", "bot-1"), _set),
    Scene("ask", ("scale", "degen", "--bot", "bot-1"), _delivered, 0),
    Scene("confirm", ("confirm", "scale", "degen", "--bot", "bot-1"), _asked),
    Scene("branch", ("set", "leverage", "12", "--bot", "bot-1", "--branch", "side"), _branch, branch="side"),
    Scene("sync", ("sync",), _changed, 0),
    Scene("many", ("sync",), _all_changed, 0, 40),
    Scene("first", ("sync",), _nothing, 0),
    Scene("large", ("sync",), _nothing, 0, 1000, "memory."),
    Scene("prune", ("sync", "--prune"), _gone, 0),
    Scene("heal", ("sync", "--heal=all"), _drifted, 0, then=("sync", "--heal=all")),
    Scene("again", ("set", "leverage", "14", "--bot", "bot-2"), _cut_short),
    Scene("again-new", ("set", "leverage", "14", "--bot", "bot-2"), _new_cut_short),
    Scene("again-sync", ("sync",), _sync_cut_short, 0),
)
