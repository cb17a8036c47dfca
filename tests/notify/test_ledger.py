"""Who is told what again, and when: as tables of minutes."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gitscale.notify.ledger import MOST, Ledger
from gitscale.notify.notice import Kind, Notice, message

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR, DAY = 60, 24 * 60

Step = tuple[int, Kind, str, list[str]]


def minutes(count: float) -> datetime:
    return START + timedelta(minutes=count)


def told(ledger: Ledger, minute: float, *notices: Notice) -> list[str]:
    return [f"{item.kind} {' '.join(item.about)}" for item in ledger.sift(notices, minutes(minute))]


# (minute, kind, what it is about, what is told)
TABLE: dict[str, list[Step]] = {
    "what lasts is told once": [
        (0, "drift", "a", ["drift a"]),
        (10, "drift", "a", []),
        (DAY - 1, "drift", "a", []),
    ],
    "and again after a day": [
        (0, "drift", "a", ["drift a"]),
        (DAY, "drift", "a", ["drift a"]),
        (DAY + 10, "drift", "a", []),
        (2 * DAY, "drift", "a", ["drift a"]),
    ],
    "only what is new is told": [
        (0, "drift", "a", ["drift a"]),
        (10, "drift", "a b", ["drift b"]),
        (20, "drift", "a b c d", ["drift c d"]),
    ],
    "what ended and begins again, within an hour": [
        (0, "restart", "a", ["restart a"]),
        (10, "restart", "", []),
        (20, "restart", "a", []),
        (HOUR - 1, "restart", "a", []),
        (HOUR, "restart", "a", ["restart a"]),
    ],
    "what ended and begins again, after an hour": [
        (0, "restart", "a", ["restart a"]),
        (10, "restart", "", []),
        (HOUR + 1, "restart", "a", ["restart a"]),
        (HOUR + 2, "restart", "a", []),
    ],
    "each revision on its own account": [
        (0, "refused", "one", ["refused one"]),
        (1, "refused", "two", ["refused two"]),
        (2, "refused", "one", []),
    ],
    "a failure lasts, and its recovery is told once": [
        (0, "failed", "sync", ["failed sync"]),
        (1, "failed", "sync", []),
        (2, "failed", "", ["recovered sync"]),
        (3, "failed", "", []),
    ],
    "a failure that was not told has no recovery": [
        (0, "failed", "sync", ["failed sync"]),
        (1, "failed", "", ["recovered sync"]),
        (5, "failed", "sync", []),
        (6, "failed", "", []),
    ],
    "one that still lasts an hour later is told, and so is its end": [
        (0, "failed", "sync", ["failed sync"]),
        (1, "failed", "", ["recovered sync"]),
        (5, "failed", "sync", []),
        (HOUR, "failed", "sync", ["failed sync"]),
        (HOUR + 1, "failed", "", ["recovered sync"]),
    ],
    "all is well from the start": [(0, "failed", "", []), (1, "drift", "", [])],
    "a clock that was ahead silences nothing": [
        (10 * DAY, "drift", "a", ["drift a"]),
        (0, "drift", "a", ["drift a"]),
        (1, "drift", "a", []),
    ],
}


@pytest.mark.parametrize("kept", [False, True], ids=["in memory", "in a file"])
@pytest.mark.parametrize("steps", TABLE.values(), ids=TABLE.keys())
def test_what_is_told_when(steps: list[Step], kept: bool, tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "state/notified.json" if kept else None)
    for minute, kind, about, expected in steps:
        if kept:
            ledger = Ledger(tmp_path / "state/notified.json")
        assert told(ledger, minute, Notice(kind, tuple(about.split()))) == expected, minute


def test_a_burst_is_summed_up() -> None:
    ledger = Ledger()
    revisions = [Notice("refused", (f"r{number}",)) for number in range(MOST + 5)]
    sent = [line for minute, notice in enumerate(revisions) for line in told(ledger, minute, notice)]
    assert len(sent) == MOST
    assert told(ledger, 20, Notice("drift", ("a",))) == []
    # failures and their ends always find room
    assert told(ledger, 21, Notice("failed", ("sync",))) == ["failed sync"]
    assert told(ledger, 22, Notice("failed")) == ["recovered sync"]
    (more,) = ledger.sift([], minutes(HOUR))  # the first one of the burst is an hour old
    assert message("fleet", more).body == "not told one by one: gate refused 5, drift found 1\ngitscale status"
    assert ledger.sift([], minutes(HOUR)) == []
    assert told(ledger, HOUR + 1, Notice("drift", ("b",))) == ["drift b"]


def test_never_more_than_so_many_an_hour() -> None:
    ledger = Ledger()
    sent = [
        minute for minute in range(5 * HOUR) for _ in ledger.sift([Notice("refused", (f"r{minute}",))], minutes(minute))
    ]
    for minute in sent:
        assert sum(minute <= other < minute + HOUR for other in sent) <= MOST


BROKEN = [
    "",
    "[]",
    "{}",
    "null",
    "\0",
    "[" * 9999,
    '{"told": {}}',
    '{"told": 1, "sent": [], "held": {}}',
    '{"told": {"drift": {"a": ["x", 0]}}, "sent": [], "held": {}}',
    '{"told": {"drift": {"a": ["2026-11-23T12:00:00", false]}}, "sent": [], "held": {}}',
]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_memory_silences_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "notified.json"
    path.write_text(text)
    assert told(Ledger(path), 0, Notice("drift", ("a",))) == ["drift a"]
    assert told(Ledger(path), 1, Notice("drift", ("a",))) == []


def test_a_memory_that_cannot_be_kept_still_limits(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ledger = Ledger(tmp_path / "file/notified.json")
    assert told(ledger, 0, Notice("failed", ("sync",))) == ["failed sync"]
    assert told(ledger, 1, Notice("failed", ("sync",))) == []


def test_the_memory_forgets_what_is_over(tmp_path: Path) -> None:
    path = tmp_path / "notified.json"
    ledger = Ledger(path)
    for number in range(300):
        told(ledger, number * 10, Notice("refused", (f"{number:040x}",)))
    assert path.stat().st_size < 2_000
    assert [item.name for item in tmp_path.iterdir()] == ["notified.json"]


def test_what_a_message_says() -> None:
    bots = tuple(f"bot-{number}" for number in range(13))
    found = message("fleet on host1", Notice("restart", bots, "bots run with other settings", "restart them"))
    assert (found.title, found.tone) == ("gitscale fleet on host1: restart required", "warning")
    assert found.body.split("\n") == [
        "bots run with other settings",
        "bot-0, bot-1, bot-2, bot-3, bot-4, bot-5, bot-6, bot-7, bot-8, bot-9 and 3 more",
        "restart them",
    ]
    # a revision is in what is said, and its id no line of its own
    assert message("x", Notice("refused", ("1" * 40,), "why", "look")).body == "why\nlook"
