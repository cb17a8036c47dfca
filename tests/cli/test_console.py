"""The console on a real terminal: everything is typed, and read from what the terminal was sent."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from gitscale.store.lock import exclusive
from tests.helpers import bot_text, commit_file, head

_PATIENCE = 60
_ASKS_POSITION = "\x1b[6n"
_LEFT = pexpect.EOF
# sent at every prompt, when keys already come one by one; a dumb terminal has but the prompt itself
_PROMPT, _DUMB_PROMPT = "\x1b[?2004h", "> "


class Seat:
    """Somebody at a terminal: types, and waits for what is shown; answers where the cursor is, as terminals do."""

    def __init__(self, child: Any, prompt: str = _PROMPT) -> None:
        self._child = child
        self._prompt = prompt
        self.seen = ""

    def see(self, text: Any) -> str:
        """Wait until a text is shown; what was shown until then."""
        begin = len(self.seen)
        while self._child.expect_exact([_ASKS_POSITION, text], timeout=_PATIENCE) == 0:
            self.seen += self._child.before
            self._child.send("\x1b[1;1R")
        self.seen += self._child.before + (text if isinstance(text, str) else "")
        return self.seen[begin:]

    def type(self, keys: str) -> None:
        """Press keys."""
        self._child.send(keys)

    def ready(self) -> None:
        """Wait for the next prompt."""
        self.see(self._prompt)

    def enter(self, line: str, shown: str) -> str:
        """Type a line once the prompt is there, and wait for a text of its answer."""
        self.ready()
        self.type(f"{line}\r")
        return self.see(shown)

    def resize(self, rows: int, columns: int) -> None:
        """Pull at the window."""
        self._child.setwinsize(rows, columns)

    def alive(self) -> bool:
        """Whether the console still runs."""
        found: bool = self._child.isalive()
        return found

    def leave(self) -> int:
        """Go by Ctrl-D; the exit code."""
        self.ready()
        self.type("\x04")
        return self.ended()

    def ended(self) -> int:
        """The exit code, once it is gone."""
        self.see(_LEFT)
        self._child.close()
        code: int = self._child.exitstatus
        return code


Sit = Callable[..., Seat]


@pytest.fixture
def sit(repo: Path) -> Iterator[Sit]:
    """Opens a console on the repository, on a terminal of 30 x 110."""
    children = []

    def start(cwd: Path = repo, size: tuple[int, int] = (30, 110), sync: bool = False, **variables: str) -> Seat:
        kept = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "PYTHONIOENCODING")}
        env = {**kept, "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path)} | variables
        arguments = ["-m", "gitscale", "agent", *["--no-sync"] * (not sync)]
        child = pexpect.spawn(
            sys.executable, arguments, cwd=str(cwd), env=env, encoding="latin-1", dimensions=size, echo=False
        )
        children.append(child)
        return Seat(child, _DUMB_PROMPT if env["TERM"] == "dumb" else _PROMPT)

    yield start
    for child in children:
        child.close(force=True)


def test_a_command_is_completed_and_answered(sit: Sit) -> None:
    seat = sit()
    seat.ready()
    seat.type("/stat")
    seat.see("Show a bot's settings")
    seat.type("\t\r")
    seat.see("375% of equity (Moderate)")
    assert seat.leave() == 0


def test_the_toolbar_follows_a_change_and_its_undo(sit: Sit, repo: Path) -> None:
    seat = sit()
    seat.see("blofin-main | moderate* | 375% | Moderate | not synced")
    seat.type("/set leverage 50\r")
    seat.see("committed")
    seat.see("blofin-main | moderate | 250% | Moderate | not synced")
    seat.type("/undo\r")
    seat.see("blofin-main | moderate* | 375% | Moderate")
    seat.type("/quit\r")
    assert seat.ended() == 0


def test_a_danger_waits_for_its_exact_words(sit: Sit, repo: Path) -> None:
    before = head(repo)
    seat = sit()
    seat.enter("/scale degen", "within 10 minutes: /confirm scale degen")
    seat.ready()
    seat.see("/confirm scale degen")  # shown where one types, and not typed
    seat.type("\r")
    seat.see("375%")
    assert head(repo) == before
    seat.type("/confirm scale degen\r")
    seat.see("committed")
    seat.see("2000% | Extreme")
    assert head(repo) != before


def test_a_sentence_is_carried_out_after_a_yes_only(sit: Sit, repo: Path) -> None:
    seat, before = sit(), head(repo)
    seat.type("set the leverage to 20, please\r")
    seat.see("nothing has changed yet")
    seat.see("Apply?")
    seat.type("\r")
    seat.see("nothing changed")
    assert head(repo) == before
    seat.type("set the leverage to 20, please\r")
    seat.see("Apply?")
    seat.type("y\r")
    seat.see("committed")
    assert head(repo) != before
    assert seat.leave() == 0


def test_bots_are_chosen_by_name(sit: Sit, repo: Path) -> None:
    commit_file(repo, "bots/second.yaml", bot_text("second", account="b"))
    seat = sit()
    seat.see("2 perp_mm bots | /use BOT chooses one")
    seat.type("/set leverage 50\r")
    seat.see("/use NAME in the console")
    seat.enter("/use secnod", 'did you mean "second"?')
    seat.ready()
    seat.type("/use sec")
    seat.see("perp_mm")
    seat.type("\t\r")
    seat.see("commands are about second now")
    seat.see("second>")
    seat.see("second | moderate | 250%")
    seat.type("/help\r")
    seat.see("/use BOT")
    seat.see("/quit")


def test_ctrl_c_clears_the_line_then_says_how_to_leave(sit: Sit, repo: Path) -> None:
    before = head(repo)
    seat = sit()
    seat.ready()
    seat.type("/set leverage 50\x03")
    seat.see("Moderate")
    assert "leaves" not in seat.seen.partition("Ctrl-D leaves")[2]
    seat.type("\x03")
    seat.see("Ctrl-D or /quit leaves")
    assert seat.leave() == 0
    assert head(repo) == before


def test_ctrl_c_in_a_command_interrupts_only_that(sit: Sit, repo: Path) -> None:
    """A writer elsewhere that takes its time stands for a slow command; the sign that something is done turns."""
    before = head(repo)
    seat = sit()
    seat.ready()
    with exclusive(repo / ".git/gitscale/lock"):
        seat.type("/set leverage 50\r")
        seat.see("working; Ctrl-C interrupts")
        seat.type("\x03")
        seat.see("interrupted: nothing was committed")
    assert head(repo) == before
    seat.enter("/set leverage 50", "committed")
    assert seat.leave() == 0


def test_ctrl_c_behind_the_commit_says_that_it_landed(sit: Sit, repo: Path) -> None:
    before = head(repo)
    seat = sit(sync=True)
    seat.ready()
    with exclusive(repo / ".git/gitscale/sync.lock"):
        seat.type("/set leverage 50\r")
        seat.see("working; Ctrl-C interrupts")
        while head(repo) == before:
            assert seat.alive()
        seat.type("\x03")
        seat.see("interrupted: committed, but not synced")
    assert seat.leave() == 0


def test_the_window_may_change_its_size(sit: Sit) -> None:
    seat = sit(size=(24, 120))
    seat.ready()
    seat.resize(10, 32)
    seat.type("/profiles\r")
    shown = seat.see("apply one")
    assert "conservative" in shown
    assert seat.leave() == 0


@pytest.mark.parametrize(
    "variables",
    [{"LANG": "C", "LC_ALL": "C"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}],
    ids=["C", "latin-1", "ascii"],
)
def test_signs_the_terminal_lacks_are_replaced(sit: Sit, repo: Path, variables: dict[str, str]) -> None:
    commit_file(repo, "bots/blofin-main.yaml", bot_text("blofin-main"), subject="grün \u2603 \U0001f680")
    seat = sit(**variables)
    seat.enter("/history", "gr")
    seat.enter("/st\xe9tus", "not understood")
    seat.enter("/status", "250% of equity")
    assert seat.leave() == 0


def test_a_dumb_terminal_gets_no_escapes(sit: Sit, repo: Path) -> None:
    seat = sit(TERM="dumb")
    seat.see("[blofin-main | moderate* | 375% | Moderate | not synced]")
    seat.enter("/set leverage 50", "[blofin-main | moderate | 250%")
    seat.enter("/scale degen", "/confirm scale degen")
    seat.ready()
    seat.type("\x03")
    seat.see("Ctrl-D or /quit leaves")
    seat.enter("/status", "Moderate")
    assert seat.leave() == 0
    assert "\x1b" not in seat.seen


def test_no_colour_where_none_is_wanted(sit: Sit) -> None:
    seat = sit(NO_COLOR="1")
    seat.enter("/scale degen", "GS101")
    assert seat.leave() == 0
    assert not any(f"\x1b[{code}m" in seat.seen for code in ("1;31", "31", "32", "33"))
    assert "[38;5;" not in seat.seen.replace("[0;38", "[38")


def test_nothing_foreign_steers_the_terminal(sit: Sit, repo: Path) -> None:
    evil = "\\e]0;owned\\a\\u202e\\e[2J"
    text = (
        repo / "profiles.yaml"
    ).read_text() + f'  "pre{evil}": {{exchange: blofin, symbols: [A/B:B], settings: {{}}}}\n'
    commit_file(repo, "profiles.yaml", text, subject="\x1b]0;owned\x07")
    commit_file(repo, "bots/\x1b]0;owned\x07.yaml", f'name: "{evil}"\n')
    history = Path(os.environ["HOME"]) / ".local/state/gitscale/history"
    history.parent.mkdir(parents=True)
    history.write_bytes(b"\n# then\n+/status \x1b]0;owned\x07\xe2\x80\xae\n")
    seat = sit()
    for line, shown in (
        ("/history", "commit"),
        ("/presets", "there are no presets"),
        ("/new x --preset \t", "x"),
        ("/use \t", ""),
    ):
        seat.enter(line, shown)
    seat.ready()
    seat.type("\x1b[A\x1b[A\x1b[A\x1b[A\x1b[A")
    seat.see("\\x1b]0;owned")
    seat.type("\x03")
    assert seat.leave() == 0
    assert "\x1b]0" not in seat.seen
    assert "\x07" not in seat.seen
    assert "\u202e".encode().decode("latin-1") not in seat.seen


def test_lines_are_remembered_from_session_to_session(sit: Sit) -> None:
    first = sit()
    first.enter("/profiles", "apply one")
    assert first.leave() == 0
    file = Path(os.environ["HOME"]) / ".local/state/gitscale/history"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    second = sit()
    second.ready()
    second.type("\x1b[A\r")
    second.see("apply one")
    assert second.leave() == 0


def test_a_history_that_cannot_be_kept_costs_only_the_history(sit: Sit, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    seat = sit(XDG_STATE_HOME=str(tmp_path / "file"))
    seat.enter("/profiles", "apply one")
    assert seat.leave() == 0


def test_what_others_commit_meanwhile_is_seen(sit: Sit, repo: Path) -> None:
    seat = sit()
    seat.see("blofin-main | moderate* | 375%")
    commit_file(repo, "bots/blofin-main.yaml", bot_text("blofin-main", leverage=20))
    subprocess.run(["git", "gc", "-q", "--prune=now"], cwd=repo, check=True)
    seat.type("/status\r")
    seat.see("100% of equity")
    seat.see("blofin-main | moderate* | 100% | Moderate")


def test_the_first_bot_is_asked_for(sit: Sit, repo: Path) -> None:
    commit_file(repo, "bots/blofin-main.yaml", None)
    seat = sit()
    seat.see("No perp_mm configs found")
    seat.see("/new asks for what a bot needs")
    before = head(repo)
    seat.enter("/new", "name:")
    seat.type("\x03")
    seat.see("nothing changed")
    assert head(repo) == before
    seat.enter("/new", "name:")
    seat.type("My Bot\r")
    seat.see("lower-case letters")
    seat.see("name:")
    seat.type("mine\r")
    seat.see("preset, by number or name:")
    seat.type("BloFin v7 Long Short Countrscalp\r")
    seat.see('did you mean "BloFin v7 Long Short Counterscalp"?')
    seat.see("preset, by number or name:")
    seat.type("1\r")
    seat.see("exchange account [main]:")
    seat.type("\r")
    seat.see("committed")
    assert (repo / "bots/mine.yaml").exists()


def test_no_repository_is_one_line_with_its_remedy(sit: Sit, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    seat = sit(cwd=elsewhere)
    seat.see("is not in a git repository")
    seat.see("gitscale init DIR")
    assert seat.ended() == 4


def test_an_empty_repository_is_no_end(sit: Sit, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    subprocess.run(["git", "init", "-q", str(empty)], check=True)
    seat = sit(cwd=empty)
    seat.see("the repository has no commits")
    seat.enter("/new", "the repository has no commits")
    assert seat.leave() == 0
