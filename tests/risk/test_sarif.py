"""SARIF before Microsoft's own checker, with the rules of SARIF and of GitHub."""

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gitscale.risk.finding import Place, Report
from gitscale.risk.reporters.fingerprint import line_hashes
from gitscale.risk.reporters.table import REPORTERS
from tests.risk import hostile
from tests.risk.reports import EMPTY, EXTREME, FULL, NOT_KNOWN, SOURCES

FOLDER = Path(__file__).parent.parent.parent / ".tools" / "sarif-multitool"


def test_the_checker_finds_nothing(tmp_path: Path) -> None:
    assert FOLDER.is_dir(), "the SARIF checker is not here: run scripts/tools.sh (make test does)"
    reports = [EMPTY, FULL, replace(FULL, base=""), hostile.everything()]
    for at, report in enumerate(reports):
        (tmp_path / f"{at:02}.sarif").write_text(REPORTERS["sarif"](report))
    assert _checked(tmp_path, len(reports)) == []


def test_the_checker_would_find_something(tmp_path: Path) -> None:
    broken = (
        REPORTERS["sarif"](FULL).replace('"startLine": 7', '"startLine": 0').replace('"ruleIndex": 0', '"ruleIndex": 9')
    )
    (tmp_path / "00.sarif").write_text(broken)
    assert _checked(tmp_path, 1)


def _checked(folder: Path, files: int) -> list[str]:
    """What the checker says of the folder's files, notes left out; it exits 0 whatever that is."""
    log = folder / "log.json"
    words = ["validate", str(folder / "*.sarif"), "--rule-kind", "Sarif;Gh", "--log", "ForceOverwrite"]
    words += ["--json-schema", str(FOLDER / "sarif-2.1.0.json"), "--output", str(log)]
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    command = [str(FOLDER / "Sarif.Multitool"), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert f"{files} files scanned" in done.stdout, done.stdout + done.stderr
    runs = json.loads(log.read_text(encoding="utf-8-sig"))["runs"]
    assert all(call["executionSuccessful"] for run in runs for call in run["invocations"])
    results = [item for run in runs for item in run["results"]]
    return [f"{item['ruleId']} {item['message']}" for item in results if item.get("level") != "note"]


def results(report: Report) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(REPORTERS["sarif"](report))["runs"][0]["results"]
    return found


def test_places_fingerprints_and_links() -> None:
    first = results(FULL)[0]
    where = first["locations"][0]["physicalLocation"]
    assert where["artifactLocation"] == {"uri": "bots/blofin-main.yaml", "uriBaseId": "%SRCROOT%"}
    assert where["region"] == {"startLine": 7, "startColumn": 13, "endColumn": 16}
    assert first["partialFingerprints"]["primaryLocationLineHash"] == line_hashes(SOURCES["bots/blofin-main.yaml"])[6]
    assert "See [the other factor](1), [the limit](2)." in first["message"]["text"]
    assert [place["id"] for place in first["relatedLocations"]] == [1, 2]


def test_foreign_text_makes_neither_link_nor_placeholder() -> None:
    (found,) = results(replace(EMPTY, findings=(replace(NOT_KNOWN, message="[a](1) {0} \\"),)))
    assert found["message"]["text"] == "\\[a\\](1) {{0}} \\\\."


def test_states() -> None:
    states = {item["ruleId"]: (item.get("baselineState"), bool(item.get("suppressions"))) for item in results(FULL)}
    assert states["GS101"] == ("new", False)
    assert states["GS102"] == ("unchanged", False)
    assert states["GS103"] == ("unchanged", True)
    assert not any("baselineState" in item for item in results(replace(FULL, base="")))


@pytest.mark.parametrize(
    ("path", "uri"),
    [("a b/c%d:e#f?.yaml", "a%20b/c%25d%3Ae%23f%3F.yaml"), ("ü\udcff", "%C3%BC%FF"), ("a\nb", "a%0Ab")],
)
def test_paths_are_uris(path: str, uri: str) -> None:
    (found,) = results(replace(EMPTY, findings=(replace(EXTREME, place=Place(path), related=()),)))
    assert found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    assert found["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    assert "primaryLocationLineHash" not in found["partialFingerprints"]


def test_too_many_results_are_counted() -> None:
    said = json.loads(REPORTERS["sarif"](replace(EMPTY, findings=(NOT_KNOWN,) * 25_003)))["runs"][0]
    assert len(said["results"]) == 25_000
    assert said["properties"]["resultsLeftOut"] == 3
