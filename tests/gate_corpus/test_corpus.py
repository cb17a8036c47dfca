"""The corpus itself: well formed, large enough, and its files as valid or broken as each case says."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from gitscale.documents import admission, load
from gitscale.model.snapshot import SourceFile
from tests.gate_corpus.corpus import CODES, HERE, LEAST, Case, Files, Submodule, Symlink, load_cases, score
from tests.gate_corpus.gatekeeper import gatekeeper

WARNED = {"GS110", "GS206", "GS901", "GS902", "GS903", "GS904"}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return load_cases()


def problems(files: Files) -> set[str]:
    """The codes of what is invalid in a repository that holds `files`."""
    modes: dict[type, str] = {Symlink: "120000", Submodule: "160000"}
    sources = (
        SourceFile(path, modes.get(type(data), "100644"), "", bytes(data))
        for path, data in sorted(files.items())
        if admission.is_config(path) or type(data) in modes
    )
    return {problem.code for problem in load.fleet(sources).problems}


def test_there_are_enough_cases_of_each_label(cases: list[Case]) -> None:
    counts = Counter(case.label for case in cases)
    assert len(cases) >= 300
    assert all(counts[label] >= least for label, least in LEAST.items()), counts


@pytest.mark.parametrize("code", CODES)
def test_every_rule_is_covered(cases: list[Case], code: str) -> None:
    fails = sum(code in case.fails for case in cases)
    shows = sum(code in case.shows for case in cases)
    silent = sum(code in case.silent or code not in case.fails | case.shows for case in cases)
    # a rule with a limit is seen on both sides of it; notes can only be shown
    assert shows if code[2] == "9" else fails, code
    assert silent, code
    if code in WARNED:
        assert shows, code


@pytest.mark.parametrize("direction", ["risk-adding", "neutral", "de-risking"])
def test_every_direction_is_covered(cases: list[Case], direction: str) -> None:
    assert sum(direction in case.direction.values() for case in cases) >= 30


def test_every_case_says_why_in_one_line(cases: list[Case]) -> None:
    assert not [case.name for case in cases if not case.why.strip() or "\n" in case.why]


def test_every_base_is_valid_unless_the_case_says_otherwise(cases: list[Case]) -> None:
    wrong = {case.name: found for case in cases if bool(found := problems(case.base)) is not case.base_invalid}
    assert not wrong


def test_every_head_is_as_invalid_as_its_case_says(cases: list[Case]) -> None:
    wrong = {}
    for case in cases:
        # base's policy says what is no secret, head's does not count
        found = problems({**case.head, "policy.yaml": case.base["policy.yaml"]})
        found |= problems({"policy.yaml": case.head["policy.yaml"]})
        if found != {code for code in case.fails if code < "GS100"}:
            wrong[case.name] = found
    assert not wrong


def test_base_and_head_differ_or_the_case_says_that_nothing_changes(cases: list[Case]) -> None:
    assert [case.name for case in cases if case.base == case.head] == ["words-nothing"]


def test_a_code_is_expected_in_one_way_only(cases: list[Case]) -> None:
    wrong = [
        case.name for case in cases if case.fails & case.shows or case.fails & case.silent or case.shows & case.silent
    ]
    assert not wrong


def test_a_perfect_judge_scores_fully(cases: list[Case]) -> None:
    answers = {id(case.head): case for case in cases}

    def judge(base: Files, head: Files, today: date) -> tuple[set[str], set[str], Mapping[str, str]]:
        case = answers[id(head)]
        return set(case.fails), set(case.shows), case.direction

    result = score(cases, judge)
    assert (result.recall, result.false_block_rate, result.wrong) == (1, 0, [])


def test_a_judge_that_always_passes_or_always_fails_is_seen_through(cases: list[Case]) -> None:
    asleep = score(cases, lambda *_: ((), (), {}))
    assert (asleep.recall, asleep.false_block_rate) == (0, 0)
    afraid = score(cases, lambda *_: (["GS101"], (), {}))
    assert (afraid.recall, afraid.false_block_rate) == (1, 1)
    named = {line.split(":")[0] for line in asleep.wrong}
    assert named >= {case.name for case in cases if case.label == "dangerous"}


def test_what_differs_is_said_with_the_reason(cases: list[Case]) -> None:
    case = chosen(cases, "jump-above-three")
    result = score([case], lambda *_: (["GS102"], ["GS202"], {"a": "neutral"}))
    assert result.wrong == [
        f"{case.name}: fails for GS102, not for GS201 ({case.why})",
        f"{case.name}: a is neutral, not risk-adding ({case.why})",
    ]


def chosen(cases: list[Case], name: str) -> Case:
    return next(case for case in cases if case.name == name)


def test_the_short_forms_are_written_out(cases: list[Case]) -> None:
    case = chosen(cases, "moved-and-worse-degen")
    assert set(case.base) - set(case.head) == {"bots/a.yaml"}
    assert (
        case.head["bots/prod/a.yaml"].decode()
        == """\
name: a
strategy: perp_mm
exchange: blofin
account: a
symbols: [A/USDT:USDT]
settings:
  equity_pct: 20
  leverage: 100
  hard_stop_loss_bps: 1500
  base_spread_bps: 8
  target_net_bps: 6
"""
    )
    assert b"      A/USDT:USDT:\n        max_leverage: 125\n" in case.head["market/facts.yaml"]


@pytest.mark.parametrize("theme", sorted(path.stem for path in HERE.glob("*.yaml")))
def test_the_gate_says_what_the_labels_say(cases: list[Case], theme: str, tmp_path: Path) -> None:
    """Every code and direction of every case; that is more than the recall and false blocks that are asked for."""
    with gatekeeper(tmp_path / "fleet") as judge:
        found = score([case for case in cases if case.theme == theme], judge)
    assert found.wrong == []
    assert (found.recall, found.false_block_rate) == (1, 0)
