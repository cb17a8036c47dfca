"""What is remembered of bots and verdicts never changes an answer: every question is asked with and without it."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from gitscale.actions.ask import Ask
from gitscale.actions.gate import gate
from gitscale.actions.validity import validity
from gitscale.actions.workspace import Host, Workspace
from gitscale.risk.reporters.table import REPORTERS
from tests.conftest import Clock, Git
from tests.helpers import bot_text, say

CACHE = Path(".git/gitscale/cache")
ACCEPTED = "accepted_risks:\n  - {rule: GS101, limit: 9000, reason: agreed, by: Ada, until: 2026-12-31}\n"
pytestmark = pytest.mark.usefixtures("remembering")


@pytest.fixture
def fleet(repo: Path, git: Git) -> Path:
    for number in range(8):
        text = bot_text(f"bot-{number}", account=f"desk-{number % 3}", leverage=20 + 12 * number)
        (repo / f"bots/bot-{number}.yaml").write_text(text + ACCEPTED * (number % 2))
    git("add", "bots"), git("commit", "-qm", "a fleet")
    return repo


def answers(repo: Path, clock: Clock) -> list[str]:
    """What processes of their own say about the work tree, the tip, and the change since the first commit."""
    asked = (Ask(), Ask(head="HEAD"), Ask(base="start"), Ask(base="start", head="HEAD"), Ask(base="HEAD~1"))
    said = []
    for judge in (gate, validity):
        for ask in asked:
            with Workspace.open(repo, Host(clock)) as workspace:
                said.append(REPORTERS["json"](judge(workspace, ask)))
    with Workspace.open(repo, Host(clock)) as workspace:
        said += [say(workspace, line, bot="bot-3").text for line in ("/status", "/history", "/diff")]
    return said


def asked_twice(repo: Path, clock: Clock) -> tuple[list[str], list[str]]:
    """With what earlier questions left, and with nothing."""
    remembered = answers(repo, clock)
    kept = repo / "kept"
    shutil.move(repo / CACHE, kept)
    read = answers(repo, clock)
    shutil.rmtree(repo / CACHE)
    shutil.move(kept, repo / CACHE)
    return remembered, read


def _renamed(repo: Path) -> None:
    (repo / "bots/moved").mkdir(exist_ok=True)
    shutil.move(repo / "bots/bot-2.yaml", repo / "bots/moved/bot-2.yaml")


def _linked(repo: Path) -> None:
    """A link whose target is the text of a good bot: the same blob, and no bot."""
    text = (repo / "bots/bot-4.yaml").read_text()
    (repo / "bots/bot-4.yaml").unlink()
    (repo / "bots/bot-4.yaml").symlink_to(text)


def _write(path: str, text: str) -> Callable[[Path], None]:
    def write(repo: Path) -> None:
        (repo / path).write_text(text)

    return write


STEPS: dict[str, Callable[[Path], None]] = {
    "geared up": _write("bots/bot-1.yaml", bot_text("bot-1", account="desk-1", leverage=125, equity_pct=20)),
    "another account": _write("bots/bot-5.yaml", bot_text("bot-5", account="desk-9", leverage=80)),
    "added": _write("bots/new.yaml", bot_text("new", account="desk-1")),
    "removed": lambda repo: (repo / "bots/bot-0.yaml").unlink(),
    "renamed": _renamed,
    "broken": _write("bots/bot-6.yaml", "name: ["),
    "a secret": _write(
        "bots/bot-7.yaml", bot_text("bot-7") + "advanced: {api_key: abcdef0123456789abcdef0123456789}\n"
    ),
    "no secret": _write("policy.yaml", "not_secrets: [advanced.api_key]\nmax_exposure: 400\n"),
    "a tighter policy": _write("policy.yaml", "max_exposure: 100\n"),
    "a name twice": _write("bots/moved/bot-1.yaml", bot_text("bot-1")),
    "linked": _linked,
    "mended": _write("bots/bot-6.yaml", bot_text("bot-6", account="desk-0")),
}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_remembered_the_answer_is_the_same(fleet: Path, git: Git, clock: Clock, seed: int) -> None:
    git("tag", "start")
    chance = random.Random(seed)
    for name in chance.sample(sorted(STEPS), 5):
        try:
            STEPS[name](fleet)
        except FileNotFoundError:
            continue
        if chance.random() < 0.7:
            git("add", "-A", "bots", "policy.yaml"), git("commit", "-qm", name)
        remembered, read = asked_twice(fleet, clock)
        assert remembered == read, name


def test_a_day_later_what_ran_out_is_found(fleet: Path, git: Git, clock: Clock) -> None:
    git("tag", "start")
    before, _ = asked_twice(fleet, clock)
    clock.forward(days=60)
    remembered, read = asked_twice(fleet, clock)
    assert remembered == read != before
    assert "GS901" in remembered[0]


@pytest.mark.parametrize("name", ["known", "verdicts"])
@pytest.mark.parametrize("text", ["", "\n", "nonsense\nrow", "\xff\xfe", "stamp \n\t\t\t\t\t\n"])
def test_a_memory_that_is_no_memory_is_not_used(fleet: Path, git: Git, clock: Clock, name: str, text: str) -> None:
    git("tag", "start")
    said = answers(fleet, clock)
    file = fleet / CACHE / name
    assert file.exists()
    file.write_bytes(text.encode("latin-1"))
    assert answers(fleet, clock) == said


@pytest.mark.parametrize("name", ["known", "verdicts"])
def test_a_link_in_place_of_a_memory_is_not_followed(fleet: Path, git: Git, clock: Clock, name: str) -> None:
    git("tag", "start")
    said = answers(fleet, clock)
    file = fleet / CACHE / name
    shutil.move(file, fleet / "planted")
    (fleet / "planted").write_text((fleet / "planted").read_text().replace("desk-1", "desk-2"))
    file.symlink_to(fleet / "planted")
    assert answers(fleet, clock) == said


def test_only_bots_of_the_changed_account_are_read(fleet: Path, git: Git, clock: Clock) -> None:
    for path in fleet.glob("bots/*.yaml"):
        path.write_text(bot_text(path.stem, account=f"desk-{path.stem[-1]}", leverage=5))
    git("commit", "-qam", "calm: nothing is found, so nobody's signature is looked for")
    git("tag", "start")
    answers(fleet, clock)
    STEPS["geared up"](fleet)
    git("commit", "-qam", "geared up")
    with Workspace.open(fleet, Host(clock)) as workspace:
        gate(workspace, Ask(base="start", head="HEAD"))
        bots = workspace.loaded(workspace.commit_named("HEAD")).fleet.bots
    read = {entry.venue[1] for entry in bots.values() if isinstance(entry._bot, BaseModel)}
    assert read == {"desk-1"}
