"""plan, drift, sync and metrics at the command line: exit codes, formats, what is kept, what is watched."""

import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from prometheus_client.parser import text_string_to_metric_families

from gitscale.cli.main import main
from tests.helpers import bot_text, commit_file, delivered


def run(repo: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--repo", str(repo)], standalone_mode=False)


def code(repo: Path, *words: str) -> int:
    found = run(repo, *words).return_value
    assert isinstance(found, int)
    return found


def lower(repo: Path) -> None:
    file = repo / "build/bots/blofin-main.json"
    file.write_text(file.read_text().replace('"leverage": 75', '"leverage": 20'))


def test_exit_codes(repo: Path) -> None:
    for name in ("plan", "drift"):
        assert (code(repo, name), code(repo, name, "--exit-code")) == (0, 10)
    assert code(repo, "sync") == 0
    assert (code(repo, "plan", "--exit-code"), code(repo, "drift", "--exit-code")) == (0, 0)
    lower(repo)
    assert (code(repo, "plan", "--exit-code"), code(repo, "drift", "--exit-code")) == (11, 11)
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    assert (code(repo, "plan", "--exit-code"), code(repo, "drift", "--exit-code", "--format", "json")) == (12, 12)
    assert code(repo, "sync", "--heal") == 0
    assert delivered(repo, "blofin-main")["settings"]["leverage"] == 20
    assert code(repo, "plan", "--exit-code") == 11
    assert code(repo, "sync", "--heal=all") == 0
    assert code(repo, "plan", "--exit-code") == 0


def test_texts(repo: Path) -> None:
    run(repo, "sync")
    lower(repo)
    assert run(repo, "plan").output.splitlines()[1:-1] == [
        "~ blofin-main: update, risk-adding, restart",
        "  leverage  20 -> 75",
        "  the file was changed behind gitscale's back",
        "0 to create, 1 to update, 0 to delete; 1 drifted, 0 unchanged",
    ]
    assert run(repo, "drift").output.splitlines()[1:] == [
        "blofin-main: healing it is risk-adding",
        "  the file was changed behind gitscale's back",
        "  leverage  75 -> 20",
        "1 drifted: gitscale sync --heal repairs, gitscale adopt BOT commits",
    ]
    assert "blofin-main</b>: update" in run(repo, "plan", "--format", "markdown").output
    assert "not healed: blofin-main" in run(repo, "sync", "--heal").output


def test_a_kept_plan(repo: Path, tmp_path: Path) -> None:
    file = str(tmp_path / "plan.json")
    assert code(repo, "plan", "--out", file) == 0
    assert json.loads(Path(file).read_text())["checksum"] in run(repo, "plan").output
    assert code(repo, "sync", "--plan", file) == 0
    assert code(repo, "plan", "--exit-code") == 0
    done = subprocess.run(
        [sys.executable, "-m", "gitscale", "sync", "--plan", file, "--repo", str(repo)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert "the targets moved since the plan was made: blofin-main" in done.stdout + done.stderr


def test_metrics_are_prometheus_text(repo: Path) -> None:
    commit_file(repo, "bots/odd.yaml", bot_text("odd", account="'a \"quoted\" \\ name'"))
    run(repo, "sync")
    lower(repo)
    found = {family.name: family.samples for family in text_string_to_metric_families(run(repo, "metrics").output)}
    assert {family.partition("_")[0] for family in found} == {"gitscale"}
    states = {
        sample.labels["bot"]: sample.labels["state"] for sample in found["gitscale_bot_sync_state"] if sample.value == 1
    }
    assert states == {"blofin-main": "Drifted", "odd": "Synced"}
    exposures = {sample.labels["bot"]: sample for sample in found["gitscale_bot_exposure_ratio"]}
    assert exposures["blofin-main"].value == 3.75  # 5% of equity times 75
    assert exposures["odd"].labels["account"] == 'a "quoted" \\ name'


@pytest.mark.parametrize("terminal", [False, True], ids=["pipe", "terminal"])
def test_watching_ends_with_130(repo: Path, terminal: bool) -> None:
    reading, writing = pty.openpty() if terminal else os.pipe()
    words = [sys.executable, "-m", "gitscale", "status", "--watch", "--repo", str(repo)]
    with subprocess.Popen(words, stdout=writing, stderr=subprocess.DEVNULL) as process:
        os.close(writing)
        seen = b""
        while b"running" not in seen:
            seen += os.read(reading, 65536)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    os.close(reading)
    assert (b"\x1b[2J" in seen) is terminal
    assert b"Pending, Stopped" in seen
