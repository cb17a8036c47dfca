"""Run files: what they say, and what is made of those that say nothing."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gitscale.runtime.state import Beat, Standing, present, standing

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
START = NOW - timedelta(hours=3)
SHA = "a" * 64


def written(folder: Path, **values: Any) -> None:
    usual = {"pid": 42, "sha256": SHA, "started_at": START.isoformat(), "heartbeat_at": NOW.isoformat()}
    (folder / "one.json").write_text(json.dumps(usual | values))


@pytest.mark.parametrize(
    ("rendered", "restart"), [(SHA, False), ("b" * 64, True), (None, None)], ids=["same", "other", "not delivered"]
)
def test_a_living_bot(tmp_path: Path, rendered: str | None, restart: bool | None) -> None:
    written(tmp_path)
    assert standing(tmp_path, "one", rendered, NOW) == Standing("running", Beat(42, SHA, START, NOW), restart)


@pytest.mark.parametrize(
    ("heartbeat", "state"),
    [
        ("2026-11-23T11:59:00+00:00", "running"),
        ("2026-11-23T11:58:59.999+00:00", "stale"),
        ("2026-11-23T13:00:00+01:00", "running"),
        ("2026-11-23T12:00:00Z", "running"),
        ("2026-11-23T12:00:00", "running"),
        ("2026-11-23T12:01:01+00:00", "stale"),
    ],
)
def test_sixty_seconds_without_a_heartbeat_are_too_many(tmp_path: Path, heartbeat: str, state: str) -> None:
    written(tmp_path, heartbeat_at=heartbeat)
    found = standing(tmp_path, "one", SHA, NOW)
    assert found.state == state
    assert found.restart_required is (False if state == "running" else None)


def test_no_file_is_a_stopped_bot(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "missing"):
        assert standing(folder, "one", SHA, NOW) == Standing("stopped")
    assert present(tmp_path / "missing") == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "3",
        '{"pid": 42}',
        '{"pid": true, "sha256": "a", "started_at": "2026-11-23", "heartbeat_at": "2026-11-23"}',
        '{"pid": 1, "sha256": 7, "started_at": "2026-11-23", "heartbeat_at": "2026-11-23"}',
        '{"pid": 1, "sha256": "a", "started_at": "soon", "heartbeat_at": "2026-11-23"}',
        '{"pid": 1, "sha256": "a", "started_at": 3, "heartbeat_at": 4}',
        "[" * 50_000,
        '"' + "x" * 100_000 + '"',
    ],
    ids=lambda text: text[:40],
)
def test_a_torn_or_strange_file_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "one.json").write_text(text)
    assert standing(tmp_path, "one", SHA, NOW) == Standing("unreadable")


def test_the_first_day_of_all_is_long_ago(tmp_path: Path) -> None:
    written(tmp_path, heartbeat_at="0001-01-01T00:00:00+14:00")
    assert standing(tmp_path, "one", SHA, NOW).state == "stale"


def test_what_is_no_file_of_its_own_is_not_read(tmp_path: Path) -> None:
    written(tmp_path)
    (tmp_path / "link.json").symlink_to(tmp_path / "one.json")
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    for name in ("link", "folder", "pipe"):
        assert standing(tmp_path, name, SHA, NOW) == Standing("unreadable")
    assert present(tmp_path) == {"one", "link", "folder", "pipe"}
