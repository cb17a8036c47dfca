"""The stress scenarios at a size for every run; `make stress` runs them whole."""

from pathlib import Path

from benchmarks import stress


def test_many_writers(tmp_path: Path) -> None:
    assert stress.writers(stress.fleet(tmp_path), processes=4, rounds=10)["commits"] == 40


def test_many_writers_that_sync(tmp_path: Path) -> None:
    assert stress.writers(stress.fleet(tmp_path), processes=3, rounds=6, sync=True)["commits"] == 18


def test_people_commit_at_the_same_time(tmp_path: Path) -> None:
    assert stress.hand(stress.fleet(tmp_path), processes=2, rounds=10, one_file=True)["our commits"] == 20


def test_kill_at_any_moment(tmp_path: Path) -> None:
    assert stress.kill(stress.fleet(tmp_path), rounds=6)["killed"] == 6
