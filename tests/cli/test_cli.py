"""The command line as a process sees it: arguments, streams, exit codes, JSON."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gitscale.agent.commands import COMMANDS
from gitscale.cli.main import main
from tests.helpers import bot_text, commit_file, delivered, head, row


def process(*words: str, cwd: Path, stdin: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """A real `gitscale` process."""
    command = [sys.executable, "-m", "gitscale", *words]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False, env=env)


def run(repo: Path, *words: str) -> Result:
    """The same in this process."""
    return CliRunner().invoke(main, [words[0], "--repo", str(repo), *words[1:]], standalone_mode=False)


def answer(repo: Path, *words: str) -> dict[str, object]:
    result = run(repo, *words, "--json")
    assert result.exception is None
    found: dict[str, object] = json.loads(result.output)
    assert found["exit_code"] == result.return_value
    return found


def test_set_makes_commit_file_and_row(repo: Path) -> None:
    done = process("set", "leverage", "50", cwd=repo)
    assert (done.returncode, done.stderr) == (0, "")
    assert "committed" in done.stdout
    assert delivered(repo, "blofin-main")["settings"]["leverage"] == 50
    held = row(repo, "blofin-main")
    assert held is not None
    assert held["config"] == delivered(repo, "blofin-main")
    assert held["revision"] == head(repo)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("set", "leverage", "500"), 1, "out of range"),
        (("set", "leverage", "-5"), 1, "leverage -5 is out of range"),
        (("scale", "degen"), 5, "/confirm scale degen"),
        (("set", "leverage"), 2, "Missing argument"),
        (("nosuch",), 2, "No such command"),
        (("status", "--repo", "/nonexistent"), 4, "there is no directory /nonexistent"),
        (("status", "--branch", "--output=x"), 1, "not a branch name"),
        (("status", "--branch", "nosuch"), 1, "the branch nosuch has no commits"),
        (("diff", "nosuch"), 1, "names no commit here"),
        (("history", "--limit", "x"), 2, "--limit takes a whole number"),
        (("agent",), 2, "there is no line to run"),
        (("help", "nosuch"), 1, "there is no command"),
        (("init", "."), 1, "is not an empty folder"),
        (("schema", "burn"), 2, "is not one of"),
    ],
)
def test_exit_codes_and_one_line_errors(repo: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = process(*words, cwd=repo, stdin="")
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_not_a_repository(tmp_path: Path) -> None:
    done = process("status", cwd=tmp_path)
    assert (done.returncode, "is not in a git repository" in done.stderr) == (4, True)


def test_confirm_works_across_processes(repo: Path) -> None:
    assert process("scale", "degen", cwd=repo).returncode == 5
    assert process("confirm", "scale", "degen", cwd=repo).returncode == 0
    assert delivered(repo, "blofin-main")["settings"]["leverage"] == 100


class TestAgent:
    def test_lines_stop_at_the_first_that_fails(self, repo: Path) -> None:
        done = process("agent", "/set leverage 40", "/set leverage 500", "/set leverage 30", cwd=repo)
        assert done.returncode == 1
        assert delivered(repo, "blofin-main")["settings"]["leverage"] == 40

    def test_lines_from_standard_input(self, repo: Path) -> None:
        lines = "# tonight\n\n/set leverage 40\n/set num_levels 9\n"
        done = process("agent", "--json", "--no-sync", cwd=repo, stdin=lines)
        replies = [json.loads(line) for line in done.stdout.splitlines()]
        assert [reply["command"] for reply in replies] == ["/set leverage 40", "/set num_levels 9"]
        assert all(reply["ok"] and reply["not_synced"] == "--no-sync" for reply in replies)


class TestJson:
    def test_write(self, repo: Path) -> None:
        found = answer(repo, "set", "leverage", "50")
        assert found["command"] == "/set leverage 50"
        assert found["ok"] is True
        assert found["bot"] == "blofin-main"
        assert found["changes"] == [{"what": "leverage", "before": "75", "after": "50"}]
        assert found["commit"] == head(repo)
        assert found["exposure"] == {"before": 375.0, "after": 250.0}
        assert found["findings"] == []
        assert isinstance(found["sync"], dict)
        assert found["sync"]["created"] == ["blofin-main"]

    def test_waiting(self, repo: Path) -> None:
        found = answer(repo, "scale", "degen")
        assert (found["ok"], found["exit_code"], found["confirm"]) == (False, 5, "/confirm scale degen")

    def test_problems(self, repo: Path) -> None:
        commit_file(repo, "bots/blofin-main.yaml", bot_text("blofin-main", leverage=500))
        found = answer(repo, "set", "leverage", "50")
        problems = found["problems"]
        assert isinstance(problems, list)
        assert [(item["path"], item["line"], item["column"], item["code"]) for item in problems] == [
            ("bots/blofin-main.yaml", 11, 13, "GS002")
        ]

    @pytest.mark.parametrize(
        ("words", "keys"),
        [
            (("status",), {"bot", "settings", "exposure", "level", "profile", "liquidation_distance"}),
            (("profiles",), {"profiles"}),
            (("presets",), {"presets"}),
            (("history",), {"bot", "commits"}),
            (("diff", "HEAD"), {"bot", "from", "to", "changes"}),
            (("undo",), {"error", "remedy"}),
            (("lint",), {"passed", "findings", "files", "bots", "risk_diff", "counts"}),
            (("sync",), {"revision", "created", "updated", "deleted", "left", "folder", "database"}),
            (("schema", "check"), {"files"}),
        ],
        ids=lambda value: value[0] if isinstance(value, tuple) else "",
    )
    def test_keys(self, repo: Path, words: tuple[str, ...], keys: set[str]) -> None:
        assert keys <= answer(repo, *words).keys()

    def test_help_needs_no_repository(self, tmp_path: Path) -> None:
        done = process("help", "--json", cwd=tmp_path)
        found = json.loads(done.stdout)
        assert [item["usage"] for item in found["commands"]] == [row.usage for row in COMMANDS]


class TestMachineRoom:
    def test_lint_says_place_and_remedy(self, repo: Path) -> None:
        commit_file(repo, "bots/blofin-main.yaml", bot_text("blofin-main", leverage=500))
        done = process("lint", cwd=repo)
        assert done.returncode == 1
        assert "bots/blofin-main.yaml:11:13: GS002 " in done.stdout
        assert "failed: 1 error; 1 bot in 3 files" in done.stdout

    def test_lint_counts_in_words(self, repo: Path) -> None:
        assert run(repo, "lint", "--valid").output == "passed: nothing found; 1 bot in 3 files\n"
        commit_file(repo, "bots/second.yaml", bot_text("second"))
        assert run(repo, "lint", "--valid").output == "passed: nothing found; 2 bots in 4 files\n"

    def test_lint_of_an_empty_fleet(self, repo: Path) -> None:
        for name in ("profiles.yaml", "bots/blofin-main.yaml"):
            commit_file(repo, name, None)
        for _ in range(2):  # the second time from memory
            done = run(repo, "lint")
            text = "passed: nothing found; 0 bots in 1 file (bots are files bots/**/NAME.yaml)\n"
            assert (done.return_value, done.output) == (0, text)

    def test_lint_in_a_bare_repository(self, repo: Path, tmp_path: Path) -> None:
        subprocess.run(["git", "clone", "-q", "--bare", ".", str(tmp_path / "bare.git")], cwd=repo, check=True)
        assert run(tmp_path / "bare.git", "lint", "--valid").output == "passed: nothing found; 1 bot in 3 files\n"

    def test_lint_after_an_edit_does_not_answer_from_memory(self, repo: Path) -> None:
        assert run(repo, "lint").return_value == 0
        (repo / "bots/blofin-main.yaml").write_text("name: [")
        assert run(repo, "lint").return_value == 1

    def test_schemas_that_cannot_be_written(self, repo: Path, tmp_path: Path) -> None:
        subprocess.run(["git", "clone", "-q", "--bare", ".", str(tmp_path / "bare.git")], cwd=repo, check=True)
        assert "a bare repository has no files" in str(run(tmp_path / "bare.git", "schema", "check").exception)
        for path in (repo / "schemas").iterdir():
            path.unlink()
        (repo / "schemas").rmdir()
        (repo / "schemas").write_text("in the way")
        assert "cannot write" in str(run(repo, "schema", "write").exception)

    def test_schema_check_and_write(self, repo: Path) -> None:
        (repo / "schemas/bot.schema.json").write_text("{}")
        assert run(repo, "schema", "check").return_value == 1
        assert run(repo, "schema", "write").return_value == 0
        assert run(repo, "schema", "check").return_value == 0

    def test_db_upgrade(self, repo: Path) -> None:
        assert CliRunner().invoke(main, ["db", "upgrade", "--repo", str(repo)], standalone_mode=False).return_value == 0
        assert (repo / "build/gitscale.db").exists()

    def test_a_database_elsewhere(self, repo: Path, tmp_path: Path) -> None:
        done = process("sync", cwd=repo, GITSCALE_DATABASE_URL=f"sqlite:///{tmp_path}/other.db")
        assert done.returncode == 0
        assert (tmp_path / "other.db").exists()
        assert not (repo / "build/gitscale.db").exists()


def test_inherited_git_variables_do_not_steer(repo: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    process("init", str(other), cwd=tmp_path)
    before = head(other)
    done = process(
        "set", "leverage", "50", cwd=repo, GIT_DIR=str(other / ".git"), GIT_INDEX_FILE=str(other / ".git/index")
    )
    assert done.returncode == 0
    assert head(other) == before
    assert "leverage: 50" in (repo / "bots/blofin-main.yaml").read_text()


def test_control_characters_from_a_file_do_not_reach_the_terminal(repo: Path) -> None:
    text = bot_text("blofin-main") + 'advanced:\n  note: "\\e[2J\\u202e"\n'
    commit_file(repo, "bots/blofin-main.yaml", text, subject="evil \x1b[2J subject")
    for words in (("history",), ("diff",)):
        done = process(*words, cwd=repo)
        assert done.returncode == 0
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout


def test_a_reader_that_leaves_is_no_error(repo: Path) -> None:
    command = f"{sys.executable} -m gitscale profiles | head -c 1"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(["bash", "-c", command], cwd=repo, capture_output=True, text=True, check=False, env=env)
    assert "Traceback" not in done.stderr


def test_help_loads_nothing_heavy(tmp_path: Path) -> None:
    code = "import sys; sys.argv = ['gitscale', '--help']\nfrom gitscale.cli.main import _guarded\n_guarded()\n"
    code += "print(sorted({'pydantic', 'git', 'ruamel', 'sqlalchemy', 'jsonschema', 'subprocess'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith("[]\n")


def test_only_the_console_loads_what_it_is_shown_with(repo: Path) -> None:
    """Every command of the table that reads, as lines in one process."""
    lines = [f"/{row.name}" for row in COMMANDS if not row.writes]
    code = "import sys; from gitscale.cli.main import main\n"
    code += f"for line in {lines!r}: main.main(['agent', '--no-sync', line], standalone_mode=False)\n"
    code += "print(sorted({'rich', 'prompt_toolkit', 'gitscale.cli.console'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=repo, capture_output=True, text=True, check=True)
    assert done.stdout.endswith("\n[]\n")


def test_a_write_loads_nothing_it_does_not_need(repo: Path) -> None:
    words = [sys.executable, "-X", "importtime", "-m", "gitscale", "set", "leverage", "7", "--no-sync"]
    done = subprocess.run(words, cwd=repo, capture_output=True, text=True, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "gitscale.store.commit" in loaded
    # pydantic looks for plugins through the metadata of every installed package, unless it is kept from it
    unwanted = {
        "importlib.metadata",
        "git",
        "ruamel",
        "ruamel.yaml",
        "sqlalchemy",
        "jsonschema",
        "rich",
        "prompt_toolkit",
        "numpy",
        "rapidfuzz",
    }
    assert not loaded & unwanted
