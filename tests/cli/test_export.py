"""`gitscale export` end to end: what is refused, where the files go, what is said."""

import json
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from gitscale.actions.export import NAMES
from gitscale.cli.main import main
from gitscale.errors import GitscaleError
from tests.helpers import bot_text, commit_file
from tests.sync.engines.bots import HOSTILE
from tests.sync.engines.test_folder import held

OWN = "bots/blofin-main.yaml"
CONTROLLER = ("hummingbot-controller", "--equity", "10000")
V1 = ("hummingbot-v1", "--equity", "10000", "--price", "SOL/USDT:USDT=100")


@pytest.fixture
def fleet(repo: Path) -> Path:
    """One bot that hummingbot can run: X 250%."""
    commit_file(repo, OWN, None)
    commit_file(repo, "bots/one.yaml", bot_text("one", exchange="bybit"))
    return repo


def run(repo: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["export", *words, "--repo", str(repo)], standalone_mode=False)


def refused(repo: Path, *words: str) -> tuple[str, str, int]:
    """Message, remedy and exit code of a refusal; nothing is on standard output."""
    result = run(repo, *words)
    assert result.output == ""
    if isinstance(result.exception, click.UsageError):
        return result.exception.message, "", 2
    assert isinstance(result.exception, GitscaleError)
    return result.exception.message, result.exception.remedy, result.exception.exit_code


@pytest.mark.parametrize(
    ("words", "message", "remedy", "code"),
    [
        (("humingbot-v1",), "there is no engine 'humingbot-v1'", 'did you mean "hummingbot-v1"?', 2),
        (("x",), "there is no engine 'x'", "known: hummingbot-controller, hummingbot-v1, kubernetes", 2),
        (
            ("hummingbot-controller",),
            "the equity of bybit/main is not known",
            "--equity AMOUNT, or in policy.yaml: accounts: {bybit/main: AMOUNT}",
            2,
        ),
        (
            ("hummingbot-v1", "--equity", "1"),
            "no price is known of SOL/USDT:USDT",
            "--price SOL/USDT:USDT=P, once for each symbol",
            2,
        ),
        ((*CONTROLLER[:2], "1e4"), "--equity is no plain decimal number: 1e4", "for example 10000 or 0.25", 2),
        ((*CONTROLLER[:2], "nan"), "--equity is no plain decimal number: nan", "for example 10000 or 0.25", 2),
        ((*CONTROLLER[:2], "0"), "--equity is 0, not within 1e-12 to 1e+15", "give it in quote currency", 2),
        (
            (*CONTROLLER[:2], "9" * 400),
            "--equity is 1.00000e+400, not within 1e-12 to 1e+15",
            "give it in quote currency",
            2,
        ),
        (
            (*V1[:3], "--price", "SOL/USDT:USDT"),
            "--price SOL/USDT:USDT is no plain decimal number: ",
            "for example 10000 or 0.25",
            2,
        ),
        (
            (*V1, "--price", "SOL=1"),
            "--price SOL=1 names no symbol that these bots quote",
            "for example --price SOL/USDT:USDT=150.5",
            2,
        ),
        (
            (*V1, "--price", "SOL/USDT:USDT=1"),
            "--price SOL/USDT:USDT=1 is given twice",
            "for example --price SOL/USDT:USDT=150.5",
            2,
        ),
        (
            (*CONTROLLER, "--price", "SOL/USDT:USDT=1"),
            "hummingbot-controller takes no --price",
            "its amounts are in quote",
            2,
        ),
        (
            ("kubernetes", "--equity", "1"),
            "kubernetes takes neither --equity nor --price",
            "it holds the bots' own settings",
            2,
        ),
        ((*CONTROLLER, "--force"), "--force goes with --output", "", 2),
        (("kubernetes", "two"), "there is no bot 'two'", "known: one", 1),
    ],
)
def test_refusals(fleet: Path, words: tuple[str, ...], message: str, remedy: str, code: int) -> None:
    assert refused(fleet, *words) == (message, remedy, code)


def test_an_exchange_without_a_connector(repo: Path) -> None:
    said = "blofin-main cannot be exported: no hummingbot connector is known for blofin"
    assert refused(repo, *CONTROLLER) == refused(repo, *CONTROLLER, "blofin-main") == (said, "", 1)


def test_an_invalid_fleet(fleet: Path) -> None:
    commit_file(fleet, "bots/broken.yaml", "name: [")
    assert refused(fleet, *CONTROLLER, "one") == ("the configuration is not valid: 1 problem", "", 1)


def test_no_bot(repo: Path) -> None:
    commit_file(repo, OWN, None)
    assert refused(repo, "kubernetes") == (
        "there is no bot to export",
        "gitscale presets says what a first one can start from",
        1,
    )


def test_one_equity_for_several_accounts(fleet: Path) -> None:
    commit_file(fleet, "bots/two.yaml", bot_text("two", exchange="okx"))
    message, remedy, code = refused(fleet, *CONTROLLER)
    assert (message, code) == ("--equity is of one account, and these bots draw on 2: bybit/main, okx/main", 2)
    assert remedy == "name the bots of one account, or write accounts: in policy.yaml"
    assert run(fleet, *CONTROLLER, "two").exception is None


def test_equity_of_the_policy(fleet: Path) -> None:
    """4,000 x 250% x 2 sides."""
    policy = (fleet / "policy.yaml").read_text()
    commit_file(fleet, "policy.yaml", policy + "accounts: {bybit/main: 4000}\n")
    assert "\ntotal_amount_quote: 20000\n" in run(fleet, "hummingbot-controller").stdout
    assert "\ntotal_amount_quote: 50000\n" in run(fleet, *CONTROLLER).stdout


def test_a_whole_fleet_says_whom_it_leaves_out(fleet: Path) -> None:
    commit_file(fleet, "bots/idle.yaml", bot_text("idle", exchange="bybit", enabled="false"))
    commit_file(fleet, "bots/far.yaml", bot_text("far"))
    commit_file(fleet, "bots/dca.yaml", "name: dca\nstrategy: vortex_dca\nexchange: bybit\n")
    result = run(fleet, *V1)
    assert result.exception is None
    told = result.stderr.splitlines()
    assert told[0].startswith("hummingbot-v1: 1 file, revision ")
    assert told[-3:] == [
        "left out: dca: it is a vortex_dca bot, and only perp_mm is translated",
        "left out: far: no hummingbot connector is known for blofin",
        "left out: idle: it is disabled, and this engine has no switch to say so",
    ]
    assert refused(fleet, *V1, "one", "idle")[0].startswith("idle cannot be exported: it is disabled")
    assert set(json.loads(run(fleet, "kubernetes", "--json").stdout)["files"][0]) == {"name", "text"}
    assert len(json.loads(run(fleet, "kubernetes", "--json").stdout)["files"]) == 5


def test_only_the_deployed_branch_is_exported(fleet: Path) -> None:
    before = run(fleet, *CONTROLLER).stdout
    subprocess.run(["git", "switch", "-qc", "wild"], cwd=fleet, check=True)
    commit_file(fleet, "bots/one.yaml", bot_text("one", exchange="bybit", leverage=100))
    assert run(fleet, *CONTROLLER).stdout == before


def files_of(stdout: str) -> dict[str, str]:
    """The files in a stream of several."""
    parts = re.split(r"^--- # (.+)\n", stdout, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("account", HOSTILE)
def test_output_and_folder_hold_the_same_whatever_is_said(fleet: Path, tmp_path: Path, account: str) -> None:
    quoted = json.dumps(account)
    text = bot_text("one", exchange="bybit", account=quoted) + f"advanced: {{{quoted}: 1}}\n"
    commit_file(fleet, "bots/one.yaml", text)
    for words in (CONTROLLER, ("kubernetes",)):
        folder = tmp_path / words[0]
        printed = run(fleet, *words)
        written = run(fleet, *words, "--output", str(folder))
        assert (written.stdout, written.exception, printed.exception) == ("", None, None)
        assert files_of(printed.stdout) == held(folder)
        for said in (printed.output, written.stderr):
            assert said.replace("\n", "").isprintable()
            assert "##[" not in said
            assert not re.search(r"^ *::", said, re.MULTILINE)
    assert json.loads((tmp_path / "kubernetes/one.json").read_text())["account"] == account


def test_a_single_file_is_printed_as_it_is(fleet: Path, tmp_path: Path) -> None:
    assert run(fleet, *V1, "--output", str(tmp_path)).exception is None
    assert run(fleet, *V1).stdout == (tmp_path / "strategies/one-SOL-USDT.yml").read_text()


def test_losses_are_said_in_all_places(fleet: Path) -> None:
    for words in (CONTROLLER, V1):
        data: dict[str, Any] = json.loads(run(fleet, *words, "--json").stdout)
        result = run(fleet, *words)
        assert len(data["losses"]) >= 8
        for loss in data["losses"]:
            said = f"{loss['kind']}: {loss['what']}: {loss['how']}\n"
            assert f"\n  {said}" in result.stderr
            assert f"\n# {said}" in result.stdout
        assert f"\nneed a restart: {', '.join(data['restart'])}\n" in result.stderr
        assert (data["hot"] == []) is (words == V1)


def test_a_foreign_file_is_kept(fleet: Path, tmp_path: Path) -> None:
    place = tmp_path / "strategies/one-SOL-USDT.yml"
    place.parent.mkdir()
    place.write_text("mine\n")
    message, remedy, code = refused(fleet, *V1, "--output", str(tmp_path))
    assert (message, code) == (f"{place} is not as gitscale export wrote it", 1)
    assert (place.read_text(), remedy) == ("mine\n", "move it away, or overwrite it with --force")
    assert run(fleet, *V1, "--output", str(tmp_path), "--force").exception is None
    assert place.read_text().startswith("# gitscale export hummingbot-v1: one, SOL/USDT:USDT\n")


def test_a_full_disk_leaves_nothing_half_done(fleet: Path, tmp_path: Path) -> None:
    """Stood in for by the largest file the process may write, which the controller's is above."""
    words = [sys.executable, "-B", "-m", "gitscale", "export", *CONTROLLER, "--repo", str(fleet), "--output"]
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))  # noqa: E731
    done = subprocess.run(
        [*words, str(tmp_path / "out")], capture_output=True, text=True, check=False, preexec_fn=limit
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert "File too large" in done.stderr
    assert held(tmp_path / "out") == {}
    assert subprocess.run([*words, str(tmp_path / "out")], capture_output=True, check=False).returncode == 0


def test_the_same_bytes_in_every_process(fleet: Path) -> None:
    words = [sys.executable, "-m", "gitscale", "export", *CONTROLLER, "--repo", str(fleet)]
    first, second = (
        subprocess.run(words, capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": sys.path[0]})
        for seed in ("1", "2")
    )
    assert first.stdout == second.stdout
    assert b"total_amount_quote: 50000\n" in first.stdout


def test_help_names_every_engine() -> None:
    shown = CliRunner().invoke(main, ["export", "--help"]).output
    assert [name for name in NAMES if name not in shown] == []
