"""What people are told of: made harmless, without a value of a configuration, and complete."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gitscale.actions import notices
from gitscale.actions.follow import Followed, follow
from gitscale.actions.notices import harmless, of_failure, of_look, of_targets
from gitscale.actions.sync import sync
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, InvalidConfig, Problem, Unavailable
from gitscale.notify.notice import Notice
from tests.conftest import NOW
from tests.helpers import bot_text, commit_file

OWN = "bots/blofin-main.yaml"
KEY = "mVz4K8sQ1pXw7LrT2nYb9JdC5hGf3AeU"

HARMLESS = {
    "plain": ("cannot fetch main from origin", "cannot fetch main from origin"),
    "parameters": ("settings.hard_stop_loss_bps of a-b, c", "settings.hard_stop_loss_bps of a-b, c"),
    "everyone": ("@everyone @here me@example.org", "@\u200beveryone @\u200bhere me@\u200bexample.org"),
    "slack": ("<!channel> <@U123>", "<\u200b!channel> <\u200b@\u200bU123>"),
    "link": ("[free](https://evil.example)", "[free]\u200b(https:\u200b//evil.example)"),
    "html": ("<b>x</b>", "<\u200bb>x<\u200b/b>"),
    "control": ("a\x1b[31mb\x00\u202ec", "a\\x1b[31mb\\x00\\u202ec"),
    "lines": ("one\n\n  two\r\nthree\t", "one two three"),
    "in a url": ("at https://bot:pass@host/x", "at https:\u200b//***@\u200bhost/x"),
    "a token": (f"for {KEY}, so", "for *** so"),
    "named": ("failed: password=x api_key: abc, token = t;", "failed: password=*** api_key: ***, token = ***;"),
    "armoured": ("-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY-----"),
    "no secret": ("turnkey=5 monkey: 3", "turnkey=5 monkey: 3"),
    "long": ("x " * 400, "x " * 150 + "..."),
}


@pytest.mark.parametrize(("text", "expected"), HARMLESS.values(), ids=HARMLESS.keys())
def test_texts_are_made_harmless(text: str, expected: str) -> None:
    assert harmless(text) == expected


@given(st.text() | st.lists(st.sampled_from(["@", "<", "](", "://", "\n", "x", "@here", " ", "=", KEY])).map("".join))
def test_no_text_calls_links_or_breaks(text: str) -> None:
    found = harmless(text)
    assert "\n" not in found
    assert not any(sign in found for sign in ("@h", "<!", "<@", "](", "://"))
    assert found.replace("\u200b", "").isprintable()
    assert KEY not in found
    assert len(found) < 700


@pytest.mark.parametrize(
    ("error", "said", "remedy"),
    [
        (Conflict("main moved on", "try again"), "main moved on", "try again"),
        (Unavailable("no", ""), "no", ""),
        (
            FileNotFoundError(2, "No such file", "/x"),
            "/x: No such file",
            "free space or mend permissions, then try again",
        ),
        (ValueError(f"leverage {KEY}"), "a bug: ValueError", "the log says more; please report it"),
        (
            InvalidConfig("leverage 999 is too much", [Problem("GS002", "leverage 999 is too much", OWN, 3)]),
            f"the configuration is not valid: GS002 {OWN}",
            "",
        ),
    ],
)
def test_a_failure_says_why_and_quotes_nothing(error: Exception, said: str, remedy: str) -> None:
    assert of_failure(error) == Notice("failed", ("sync",), said, remedy)


def looked(opened: Workspace) -> dict[str, Notice]:
    return {notice.kind: notice for notice in of_look(follow(opened))}


def test_a_refused_revision_names_rules_and_bots_alone(opened: Workspace, repo: Path) -> None:
    assert not any(notice.about for notice in looked(opened).values())
    bad = commit_file(repo, OWN, bot_text("blofin-main", leverage=120, equity_pct=40))
    found = looked(opened)
    assert found["refused"].about == (bad,)
    assert found["refused"].said == (
        f"{bad[:10]} of main is not delivered: GS101 blofin-main, GS102 blofin-main, GS103 blofin-main, "
        "GS104 blofin-main, GS201 blofin-main; the last good one serves"
    )
    assert not found["failed"].about
    odd = commit_file(repo, "bots/@everyone](https:/evil)<b>.yaml", f"secret: {KEY}\n")
    said = looked(opened)["refused"].said
    assert odd[:10] in said
    assert "@e" not in said
    assert "](" not in said
    assert KEY not in said


def test_many_reasons_are_counted() -> None:
    found = Followed("skipped", "main", "1" * 40, codes=tuple(f"GS002 bots/{n}.yaml" for n in range(9)))
    (_, refused, _) = of_look(found)
    assert "bots/4.yaml and 4 more; the" in refused.said


def test_a_branch_that_parted_is_told_by_its_revision() -> None:
    found = Followed("parted", "main", "2" * 40, ("origin/main at 2222222222 does not hold 1111111111, which is here",))
    kinds = {notice.kind: notice for notice in of_look(found)}
    assert kinds["parted"].about == ("2" * 40,)
    assert "does not hold" in kinds["parted"].said


def test_drift_and_restarts_are_found(opened: Workspace, repo: Path) -> None:
    sync(opened)
    assert [notice.about for notice in of_targets(opened)] == [(), ()]
    place = repo / "build/bots/blofin-main.json"
    good = place.read_text()
    run = repo / "build/run/blofin-main.json"
    run.parent.mkdir()
    beat = {"pid": 1, "sha256": "0" * 64, "started_at": NOW.isoformat(), "heartbeat_at": NOW.isoformat()}
    run.write_text(json.dumps(beat))
    assert [notice.about for notice in of_targets(opened)] == [(), ("blofin-main",)]
    place.write_text(good.replace('"leverage": ', '"leverage": 1'))
    drift, _ = of_targets(opened)
    assert (drift.kind, drift.about) == ("drift", ("blofin-main",))
    run.write_text(json.dumps(beat | {"sha256": json.loads(good)["gitscale"]["sha256"]}))
    place.write_text(good)
    assert [notice.about for notice in of_targets(opened)] == [(), ()]


def test_a_place_is_harmless_too(opened: Workspace) -> None:
    assert notices.place_of(opened) == f"fleet on {opened.host.name}"
