"""The controller as a process: it follows a remote, delivers what passes, survives what fails, and ends when asked."""

import hashlib
import hmac
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from tests.conftest import Git
from tests.helpers import bot_text, commit_file

SECRET = "correct horse"
BOT = "bots/blofin-main.yaml"
_PATIENCE = 60


class Controller:
    """A running `sync --watch` with its log, line by line."""

    def __init__(self, folder: Path, *words: str, **environment: str) -> None:
        asked = [sys.executable, "-m", "gitscale", "sync", "--watch", "--json", *words]
        env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "GITSCALE_WEBHOOK_SECRET": SECRET, **environment}
        self.process = subprocess.Popen(asked, cwd=folder, stdout=subprocess.PIPE, text=True, env=env)
        self._lines: Queue[dict[str, Any]] = Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.listening = str(self.told("watching").get("listening") or "")

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(json.loads(line))

    def told(self, event: str) -> dict[str, Any]:
        """The next line of that event; what comes before it is passed over."""
        while True:
            line = self._lines.get(timeout=_PATIENCE)
            if line["event"] == event:
                return line

    def next(self) -> dict[str, Any]:
        return self._lines.get(timeout=_PATIENCE)

    def ask(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, dict[str, Any]]:
        """The answer of its door."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(f"http://{self.listening}{path}", body, named)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def knock(self) -> None:
        body = b'{"ref": "refs/heads/main"}'
        assert self.ask("/hook", body, X_Hub_Signature_256=f"sha256={digest(body)}")[0] == 202

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        code = self.process.wait(_PATIENCE)
        self._reader.join(_PATIENCE)
        return code


def digest(body: bytes) -> str:
    return hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()


@pytest.fixture
def host(repo: Path, tmp_path: Path) -> Path:
    """A clone that follows `repo`."""
    place = tmp_path / "host"
    subprocess.run(["git", "clone", "-q", str(repo), str(place)], check=True)
    return place


@pytest.fixture
def controller(host: Path) -> Iterator[Controller]:
    running = Controller(host, "--remote", "origin", "--interval", "600", "--listen", "127.0.0.1:0")
    running.told("delivered")
    yield running
    running.stop(signal.SIGKILL)


def leverage(host: Path) -> int:
    return int(json.loads((host / "build/bots/blofin-main.json").read_text())["settings"]["leverage"])


def test_a_push_is_delivered(controller: Controller, repo: Path, host: Path) -> None:
    commit = commit_file(repo, BOT, bot_text("blofin-main", leverage=20))
    controller.knock()
    told = controller.next()
    assert (told["event"], told["revision"], told["updated"]) == ("delivered", commit, ["blofin-main"])
    assert leverage(host) == 20
    assert (host / BOT).read_text() == bot_text("blofin-main", leverage=20)
    assert controller.ask("/healthz") == (
        200,
        {"ok": True, "state": "delivered", "revision": commit, "failures": 0, "error": None},
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [(bot_text("blofin-main", leverage=120, equity_pct=40), "GS101"), (bot_text("blofin-main", leverage=500), "GS002")],
)
def test_what_fails_the_gate_is_skipped_and_the_last_good_serves(
    controller: Controller, repo: Path, host: Path, text: str, code: str
) -> None:
    before = leverage(host)
    bad = commit_file(repo, BOT, text)
    controller.knock()
    told = controller.next()
    assert (told["event"], told["revision"]) == ("skipped", bad)
    assert any(code in reason for reason in told["reasons"])
    assert leverage(host) == before
    controller.knock()  # it is not told twice
    good = commit_file(repo, BOT, bot_text("blofin-main", leverage=10))
    controller.knock()
    told = controller.next()
    assert (told["event"], told["revision"]) == ("delivered", good)
    assert leverage(host) == 10


def test_calming_a_bot_is_never_held_up(controller: Controller, repo: Path, host: Path) -> None:
    """A fleet with danger in it that was delivered, however that came about, can still be calmed."""
    commit_file(repo, BOT, bot_text("blofin-main", leverage=100, equity_pct=30))
    controller.knock()
    assert controller.next()["event"] == "skipped"
    done = subprocess.run([sys.executable, "-m", "gitscale", "sync"], cwd=host, capture_output=True, check=False)
    assert done.returncode == 0
    commit = commit_file(repo, BOT, bot_text("blofin-main", leverage=90, equity_pct=30))
    controller.knock()
    told = controller.told("delivered")
    assert told["revision"] == commit
    assert leverage(host) == 90


def test_a_rewritten_branch_is_reported_and_moves_nothing(
    controller: Controller, repo: Path, host: Path, git: Git
) -> None:
    commit_file(repo, BOT, bot_text("blofin-main", leverage=20))
    controller.knock()
    controller.told("delivered")
    git("reset", "-q", "--hard", "HEAD~1")
    other = commit_file(repo, BOT, bot_text("blofin-main", leverage=30))
    controller.knock()
    told = controller.next()
    assert (told["event"], told["revision"]) == ("parted", other)
    assert leverage(host) == 20


def test_a_remote_that_is_away_is_tried_again(controller: Controller, repo: Path, host: Path) -> None:
    aside = repo.rename(repo.with_name("aside"))
    controller.knock()
    told = controller.next()
    assert told["event"] == "failed"
    assert "cannot fetch main from origin" in told["error"]
    assert controller.ask("/healthz")[1]["failures"] >= 1
    aside.rename(repo)
    commit_file(repo, BOT, bot_text("blofin-main", leverage=20))
    assert controller.told("recovered")
    assert controller.told("delivered")["updated"] == ["blofin-main"]


def test_unsaved_edits_are_kept_and_named(controller: Controller, repo: Path, host: Path) -> None:
    (host / BOT).write_text("# somebody is at it\n")
    commit_file(repo, BOT, bot_text("blofin-main", leverage=20))
    controller.knock()
    told = controller.next()
    assert (told["event"], told["error"]) == ("failed", f"{BOT} has edits that are not committed")
    assert (host / BOT).read_text() == "# somebody is at it\n"


def test_a_missing_file_is_put_back(controller: Controller, host: Path) -> None:
    (host / "build/bots/blofin-main.json").unlink()
    controller.knock()
    assert controller.told("delivered")["updated"] == ["blofin-main"]


@pytest.mark.parametrize(
    ("path", "headers", "code"),
    [
        ("/hook", {}, 401),
        ("/hook", {"X_Hub_Signature_256": "sha256=" + "0" * 64}, 401),
        ("/hook", {"X_Gitlab_Token": "wrong"}, 401),
        ("/hook", {"X_Gitlab_Token": SECRET}, 202),
        ("/hook", {"X_Gitea_Signature": digest(b"{}")}, 202),
        ("/hook", {"X_Hub_Signature_256": f"sha256={digest(b'{}')}"}, 202),
        ("/elsewhere", {"X_Gitlab_Token": SECRET}, 404),
    ],
)
def test_only_who_knows_the_secret_may_knock(
    controller: Controller, path: str, headers: dict[str, str], code: int
) -> None:
    assert controller.ask(path, b"{}", **headers)[0] == code


def test_without_a_secret_there_is_no_hook(host: Path) -> None:
    running = Controller(host, "--listen", "127.0.0.1:0", GITSCALE_WEBHOOK_SECRET="")
    assert running.ask("/hook", b"{}", X_Gitlab_Token="x")[0] == 404
    assert running.ask("/metrics")[0] == 404
    assert running.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_asked(controller: Controller, number: int) -> None:
    assert controller.stop(number) == 0
    assert controller.told("stopped")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--watch", "--listen", "nowhere"], "is no HOST:PORT"),
        (["--watch", "--listen", "192.0.2.1:80"], "cannot listen at"),
        (["--watch", "--prune"], "--prune does not go with --watch"),
        (["--watch", "--plan", "x"], "--plan does not go with --watch"),
        (["--watch", "--force-plan", "x"], "--force-plan does not go with --watch"),
        (["--watch", "--heal"], "--heal does not go with --watch"),
        (["--watch", "--wait", "0"], "--wait does not go with --watch"),
        (["--remote", "origin"], "--remote goes with --watch"),
        (["--watch", "--interval", "0"], "0.0 is not in the range"),
    ],
)
def test_refusals(repo: Path, words: list[str], said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gitscale", "sync", *words], cwd=repo, capture_output=True, text=True, check=False
    )
    assert done.returncode in (2, 4)
    assert said in done.stderr


def test_a_remote_that_is_not_there(repo: Path) -> None:
    running = Controller(repo, "--remote", "--upload-pack=touch x")
    assert "there is no remote" in running.next()["error"]
    assert running.stop() == 0


def test_what_is_not_signed_is_not_delivered(repo: Path, tmp_path: Path) -> None:
    (tmp_path / "signers").write_text("")
    running = Controller(repo, "--require-signed", GITSCALE_ALLOWED_SIGNERS=str(tmp_path / "signers"))
    assert "sign" in running.told("failed")["error"]
    assert not (repo / "build/bots").exists()
    assert running.stop() == 0


def test_a_local_branch_is_followed(repo: Path) -> None:
    shutil.rmtree(repo / "build", ignore_errors=True)
    running = Controller(repo, "--interval", "1")
    assert running.next()["event"] == "delivered"
    commit = commit_file(repo, BOT, bot_text("blofin-main", leverage=20))
    assert running.next()["revision"] == commit
    assert running.stop() == 0
