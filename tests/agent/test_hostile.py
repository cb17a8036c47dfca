"""Nothing that a file, a commit or a run file holds steers the terminal that a command is typed at."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gitscale.actions.sync import sync
from gitscale.actions.workspace import Workspace
from gitscale.agent.render.markdown import markdown
from gitscale.agent.render.text import text
from tests.agent.test_render import COLOURS
from tests.conftest import Git
from tests.helpers import commit_file, say

# what YAML, as gitscale reads it, lets into a text: C1, bidi and line separators; C0 comes in by git alone
IN_FILES = ("\x9b2J", "\u202etxt", "\u2066a\u2069", "\u2028::error::x", "\u200b##[error]x", "<img src=x>|@all")
IN_GIT = ("\x1b[2Jx", "\x1b]0;x\x07", "a\rb", "\x9b2J", "\u202etxt", "::error::x", "##[error]x")
READS = (
    *("/status", "/risk check", "/overview", "/advise safety", "/presets", "/profiles", "/history", "/diff HEAD~1"),
    *("/explain", "/explain calm", "/explain low", "/explain liquidation", "/explain fees", "/explain GS104"),
)
BOT = """\
name: hostile
strategy: vortex_dca
exchange: okx
account: "A {0}"
preset: "P {0}"
symbols: ["S {0}"]
settings: {{"k {0}": "v {0}"}}
"""
PERP = """\
name: blofin-main
strategy: perp_mm
exchange: blofin
account: "A {0}"
preset: "P {0}"
symbols: [SOL/USDT:USDT]
settings: {{equity_pct: 10, leverage: {1}}}
accepted_risks: [{{rule: GS102, limit: 9000, reason: "R {0}", by: "B {0}", until: 2026-12-01}}]
"""
PROFILES = """\
profiles:
  calm: {{summary: "U {0}", expected: "E {0}", settings: {{leverage: 10}}}}
presets:
  "N {0}": {{summary: "U {0}", exchange: okx, symbols: [SOL/USDT:USDT], settings: {{leverage: 10}}}}
"""


def harmless(said: str) -> bool:
    """Whether a terminal shows it as it is, and no build takes it for a command."""
    rows = said.split("\n")
    return said.replace("\n", "").isprintable() and not any(row.lstrip().startswith("::") for row in rows)


@pytest.mark.parametrize("foreign", IN_FILES, ids=ascii)
def test_files(opened: Workspace, foreign: str) -> None:
    root = opened.repository.directory
    escaped = foreign.encode("unicode_escape").decode().replace("\\x", "\\u00").replace("\\u0000", "\\u00")
    assert json.loads(f'"{escaped}"') == foreign
    commit_file(root, "bots/hostile.yaml", BOT.format(escaped))
    commit_file(root, "profiles.yaml", PROFILES.format(escaped))
    commit_file(root, "bots/blofin-main.yaml", PERP.format(escaped, 20))
    commit_file(root, "bots/blofin-main.yaml", PERP.format(escaped, 125))
    shown = ""
    for line in READS:
        for bot in ("blofin-main", "hostile") if line.startswith(("/history", "/diff")) else ("blofin-main",):
            reply = say(opened, line, bot=bot)
            shown += reply.text
            assert reply.exit_code == 0, reply.text
            assert harmless(reply.text)
            assert harmless(COLOURS.sub("", text(reply.blocks, styled=True)))
            assert harmless(markdown(reply.blocks))
            assert reply.json(line).isascii()
    # what waits names accounts, and the guide to a first bot names presets
    for line, bot, code in (("/set equity_pct 50", "blofin-main", 5), ("/status", "hostile", 1)):
        reply = say(opened, line, bot=bot)
        assert (reply.exit_code, harmless(reply.text), harmless(markdown(reply.blocks))) == (code, True, True)
    for letter in "ABPSRUEN":
        assert f"{letter} " in shown


@pytest.mark.parametrize("foreign", IN_GIT, ids=ascii)
def test_commits(opened: Workspace, git: Git, foreign: str) -> None:
    git("config", "user.name", f"Ada {foreign}")
    commit_file(
        opened.repository.directory, "bots/blofin-main.yaml", PERP.format("x", 20), subject=f"by hand {foreign}"
    )
    for line in ("/history", "/undo", "/set leverage 30", "/history"):
        reply = say(opened, line)
        assert harmless(reply.text)
        assert harmless(markdown(reply.blocks))
    assert "Ada" in reply.text
    assert "by hand" in reply.text


def test_run_files(opened: Workspace) -> None:
    sync(opened)
    root = opened.repository.root
    assert root is not None
    (root / "build/run").mkdir()
    beat = {"pid": 1, "sha256": "\x1b[2J", "started_at": "2026-11-23", "heartbeat_at": "2026-11-23T12:00:00Z"}
    (root / "build/run/blofin-main.json").write_text(json.dumps(beat))
    (root / "build/run/\x1b[2Jx.json").write_text(json.dumps(beat))
    for line in ("/status", "/overview"):
        assert harmless(say(opened, line).text)
        assert harmless(markdown(say(opened, line).blocks))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_of_few_signs(repo: Path, encoding: str) -> None:
    """What it cannot show becomes a question mark, never a crash."""
    done = subprocess.run(
        [sys.executable, "-m", "gitscale", "overview"],
        cwd=repo,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(repo),
            "PYTHONIOENCODING": encoding,
            "PYTHONPATH": ":".join(sys.path),
        },
        capture_output=True,
        check=True,
    )
    assert ("? Moderate Risk Level" in done.stdout.decode(encoding).replace("??", "?")) == (encoding != "utf-8")
