"""plan, drift, heal and adopt, over real files, rows and commits."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gitscale.actions import plan as plans
from gitscale.actions.apply import Order, apply
from gitscale.actions.plan import Plan, parse, plan
from gitscale.actions.sync import sync
from gitscale.actions.targets import Step
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, Refused
from tests.conftest import Git, both, on_postgres
from tests.helpers import bot_text, commit_file, delivered, head, row, say

MAIN = "blofin-main"


def write_file(repo: Path, name: str, **values: Any) -> bool:
    """Change settings in a delivered file, as somebody with an editor would."""
    document = delivered(repo, name)
    document["settings"] |= values
    return bool((repo / f"build/bots/{name}.json").write_text(json.dumps(document)))


def write_row(repo: Path, name: str, **values: Any) -> bool:
    """Change settings in a row, as somebody with a database shell would."""
    for key, value in values.items():
        run_sql(repo, f"update bots set config = json_set(config, '$.settings.{key}', {json.dumps(value)})", name)
    return True


def run_sql(repo: Path, statement: str, name: str) -> None:
    with sqlite3.connect(repo / "build/gitscale.db") as connection:
        connection.execute(f"{statement} where name = ?", (name,))


def only(found: Plan) -> Step:
    """The one step there is."""
    assert len(found.look.steps) == 1
    return found.look.steps[0]


@pytest.fixture
def synced(opened: Workspace) -> Workspace:
    sync(opened)
    return opened


@both
def test_before_the_first_sync_everything_is_pending(opened: Workspace) -> None:
    found = plan(opened)
    assert found.state_code == 10
    assert [(item.target, item.what) for item in only(found).differences] == [("file", "create"), ("row", "create")]
    assert (only(found).takes, only(found).direction) == ("start", "neutral" if not enabled(opened) else "risk-adding")
    assert found.counts == {"create": 1, "update": 0, "delete": 0, "drifted": 0, "unchanged": 0}
    assert not (opened.repository.directory / "build").exists()


def enabled(workspace: Workspace) -> bool:
    return "enabled: true" in (workspace.repository.directory / f"bots/{MAIN}.yaml").read_text()


@both
def test_after_a_sync_nothing_is_left(synced: Workspace) -> None:
    found = plan(synced)
    assert (found.state_code, found.look.steps) == (0, ())
    assert found.counts["unchanged"] == 1


@both
def test_a_commit_is_pending_with_its_direction(synced: Workspace) -> None:
    say(synced, "/set leverage 50")
    found = plan(synced)
    step = only(found)
    assert (found.state_code, step.pending, step.drifted) == (10, True, False)
    assert (step.direction, step.takes) == ("de-risking", "restart")
    assert [item.changes for item in step.differences] == [(("leverage", "75", "50"),)] * 2
    assert plan(synced, "HEAD~1").state_code == 0


# what somebody does to the targets -> which differ and how, and the way it is to heal them
EDITS: dict[str, tuple[Callable[[Path], object], list[tuple[str, str]], str]] = {
    "a file lowered": (lambda repo: write_file(repo, MAIN, leverage=20), [("file", "changed")], "risk-adding"),
    "a file raised": (lambda repo: write_file(repo, MAIN, leverage=100), [("file", "changed")], "de-risking"),
    "a row lowered": (lambda repo: write_row(repo, MAIN, leverage=20), [("row", "changed")], "risk-adding"),
    "a row raised": (lambda repo: write_row(repo, MAIN, leverage=100), [("row", "changed")], "de-risking"),
    "both": (
        lambda repo: (write_file(repo, MAIN, leverage=100), write_row(repo, MAIN, leverage=20)),
        [("file", "changed"), ("row", "changed")],
        "risk-adding",
    ),
    "a column": (
        lambda repo: run_sql(repo, "update bots set enabled = not enabled", MAIN),
        [("row", "changed")],
        "neutral",
    ),
    "a file removed": (lambda repo: (repo / f"build/bots/{MAIN}.json").unlink(), [("file", "missing")], "neutral"),
    "a row removed": (lambda repo: run_sql(repo, "delete from bots", MAIN), [("row", "missing")], "neutral"),
    "a torn file": (
        lambda repo: os.truncate(repo / f"build/bots/{MAIN}.json", 100),
        [("file", "unreadable")],
        "neutral",
    ),
    "a torn row": (
        lambda repo: run_sql(repo, "update bots set config = substr(config, 1, 50)", MAIN),
        [("row", "unreadable")],
        "neutral",
    ),
    "the mark alone": (
        lambda repo: (repo / f"build/bots/{MAIN}.json").write_text(
            (repo / f"build/bots/{MAIN}.json").read_text().replace('"sha256": "', '"sha256": "0')
        ),
        [("file", "changed")],
        "neutral",
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_drift_is_named_and_healed(synced: Workspace, edit: tuple[Any, list[tuple[str, str]], str]) -> None:
    repo = synced.repository.directory
    does, differences, direction = edit
    does(repo)
    found = plan(synced)
    step = only(found)
    assert found.state_code == 11
    assert [(item.target, item.what) for item in step.differences] == differences
    assert (step.drifted, step.pending, step.direction) == (True, False, direction)
    report = apply(synced, Order(heal="safe"))
    assert report.kept == ((MAIN,) if direction == "risk-adding" else ())
    assert plan(synced).state_code == (11 if direction == "risk-adding" else 0)
    apply(synced, Order(heal="all"))
    assert plan(synced).look.steps == ()
    held = row(repo, MAIN)
    assert held is not None
    assert held["config"] == delivered(repo, MAIN)


@on_postgres
def test_a_row_edited_in_postgresql_is_drift(synced: Workspace, database: str) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("update bots set config = jsonb_set(config, '{settings,leverage}', '99')")
        connection.execute(
            "insert into bots select 'other', strategy, exchange, account, enabled, '{}', sha256, path, "
            "blob, revision, updated_at from bots limit 1"
        )
    assert {step.name: step.drifted for step in plan(synced).look.steps} == {MAIN: True, "other": False}
    assert apply(synced, Order("safe")).updated == (MAIN,)
    assert plan(synced).state_code == 0
    sync(synced, full=True, prune=True)
    with psycopg.connect(database) as connection:  # what gitscale did not write stays
        assert connection.execute("select name, config from bots where name = 'other'").fetchone() == ("other", {})


def test_an_edit_is_told_parameter_by_parameter(synced: Workspace) -> None:
    write_file(synced.repository.directory, MAIN, leverage=20, num_levels=3)
    assert only(plan(synced)).differences[0].edits == (("leverage", "75", "20"), ("num_levels", "7", "3"))


def test_pending_and_drift_are_told_apart_and_both_said(synced: Workspace) -> None:
    repo = synced.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second", leverage=20))
    write_file(repo, MAIN, leverage=100)
    found = plan(synced)
    assert found.state_code == 12
    assert [(step.name, step.pending, step.drifted) for step in found.look.steps] == [
        (MAIN, False, True),
        ("second", True, False),
    ]
    assert apply(synced, Order(heal="safe")).created == ("second",)
    assert plan(synced).state_code == 0


@both
def test_an_interrupted_sync_is_no_drift(synced: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    from gitscale.sync.targets.rows import RowTarget

    say(synced, "/set leverage 50")
    with monkeypatch.context() as patch:
        patch.setattr(RowTarget, "apply", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            sync(synced)
    assert plan(synced).state_code == 10
    say(synced, "/set leverage 40")
    assert plan(synced).state_code == 10


def test_a_foreign_file_is_named_and_left(synced: Workspace) -> None:
    repo = synced.repository.directory
    foreign = repo / "build/bots/other.json"
    foreign.write_text('{"theirs": true}')
    found = plan(synced, prune=True)
    assert found.state_code == 0
    assert [item.what for item in only(found).differences] == ["foreign"]
    apply(synced, Order(prune=True))
    commit_file(repo, "bots/other.yaml", bot_text("other"))
    with pytest.raises(Conflict, match="other has no gitscale block"):
        apply(synced, Order())
    assert foreign.read_text() == '{"theirs": true}'


@both
def test_a_bot_gone_from_git_is_left_or_pruned(synced: Workspace) -> None:
    repo = synced.repository.directory
    commit_file(repo, "bots/second.yaml", bot_text("second"))
    sync(synced)
    commit_file(repo, "bots/second.yaml", None)
    assert [item.what for item in only(plan(synced)).differences] == ["left", "left"]
    assert plan(synced).state_code == 0
    assert plan(synced, prune=True).state_code == 10
    assert apply(synced, Order()).left == ("second",)
    assert apply(synced, Order(prune=True)).deleted == ("second",)
    assert plan(synced, prune=True).look.steps == ()


def test_planning_writes_nothing(synced: Workspace) -> None:
    repo = synced.repository.directory
    write_file(repo, MAIN, leverage=20)
    say(synced, "/set leverage 50")

    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in (repo / "build").rglob("*") if path.is_file()}

    before = state()
    plan(synced)
    assert state() == before


class TestKept:
    def test_it_is_applied(self, synced: Workspace) -> None:
        say(synced, "/set leverage 50")
        kept = parse(plan(synced).saved)
        assert apply(synced, Order(kept=kept)).updated == (MAIN,)
        assert plan(synced).state_code == 0
        with pytest.raises(Conflict, match="targets moved"):
            apply(synced, Order(kept=kept))

    def test_a_branch_that_moved(self, synced: Workspace) -> None:
        say(synced, "/set leverage 50")
        kept = parse(plan(synced).saved)
        say(synced, "/set leverage 40")
        with pytest.raises(Conflict, match="the branch moved"):
            apply(synced, Order(kept=kept))

    @pytest.mark.parametrize("edit", [write_file, write_row])
    def test_a_target_that_moved(self, synced: Workspace, edit: Any) -> None:
        say(synced, "/set leverage 50")
        kept = parse(plan(synced).saved)
        edit(synced.repository.directory, MAIN, num_levels=3)
        with pytest.raises(Conflict, match=f"the targets moved since the plan was made: {MAIN}"):
            apply(synced, Order(kept=kept))

    def test_another_version(self, synced: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
        text = plan(synced).saved
        monkeypatch.setattr(plans, "__version__", "99")
        with pytest.raises(Conflict, match="this is 99"):
            parse(text)

    def test_an_altered_file(self, synced: Workspace) -> None:
        say(synced, "/set leverage 50")
        with pytest.raises(Conflict, match="altered"):
            parse(plan(synced).saved.replace('"50"', '"40"'))

    @pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"checksum": 1}'])
    def test_no_plan_at_all(self, text: str) -> None:
        with pytest.raises(Refused, match="no plan"):
            parse(text)


class TestAdopt:
    @pytest.mark.parametrize("edit", [write_file, write_row])
    def test_an_edit_becomes_a_commit(self, synced: Workspace, edit: Any, git: Git) -> None:
        repo = synced.repository.directory
        edit(repo, MAIN, leverage=20)
        reply = say(synced, f"/adopt {MAIN}", sync=True)
        assert reply.exit_code == 0
        assert reply.data["changes"] == [{"what": "leverage", "before": "75", "after": "20"}]
        assert "Gitscale-Command: /adopt blofin-main" in git("log", "-1", "--format=%B")
        assert delivered(repo, MAIN)["settings"]["leverage"] == 20
        assert plan(synced).state_code == 0

    def test_what_git_changed_since_stays(self, synced: Workspace) -> None:
        write_file(synced.repository.directory, MAIN, leverage=20)
        say(synced, "/set num_levels 3")
        assert say(synced, f"/adopt {MAIN}", sync=True).exit_code == 0
        found = delivered(synced.repository.directory, MAIN)["settings"]
        assert (found["leverage"], found["num_levels"]) == (20, 3)

    def test_the_same_setting_changed_on_both_sides(self, synced: Workspace) -> None:
        write_file(synced.repository.directory, MAIN, leverage=20)
        say(synced, "/set leverage 30")
        reply = say(synced, f"/adopt {MAIN}")
        assert reply.exit_code == 3
        assert "leverage was changed in git too" in reply.text

    def test_file_and_row_that_disagree(self, synced: Workspace) -> None:
        repo = synced.repository.directory
        write_file(repo, MAIN, leverage=20), write_row(repo, MAIN, leverage=30)
        assert say(synced, f"/adopt {MAIN}").exit_code == 3

    def test_an_invalid_edit(self, synced: Workspace) -> None:
        write_file(synced.repository.directory, MAIN, leverage=900)
        before = head(synced.repository.directory)
        assert say(synced, f"/adopt {MAIN}").exit_code == 1
        assert head(synced.repository.directory) == before

    def test_a_dangerous_edit_is_confirmed(self, synced: Workspace) -> None:
        write_file(synced.repository.directory, MAIN, leverage=125, equity_pct=50)
        assert say(synced, f"/adopt {MAIN}").exit_code == 5
        assert say(synced, f"/confirm adopt {MAIN}", sync=True).exit_code == 0
        assert plan(synced).state_code == 0

    def test_nothing_to_adopt(self, synced: Workspace) -> None:
        reply = say(synced, f"/adopt {MAIN}")
        assert (reply.exit_code, "nothing to adopt" in reply.text) == (1, True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_after_any_change_a_sync_leaves_nothing_to_plan(opened: Workspace, data: st.DataObject) -> None:
    """Commits and edits behind gitscale's back, in any mixture: plan, apply that plan, and plan is empty."""
    repo = opened.repository.directory
    names = st.sampled_from(["one", "two", "three"])
    apply(opened, Order(force=plan(opened).checksum))
    for name in data.draw(st.sets(names), label="written"):
        leverage = data.draw(st.integers(1, 125), label="leverage")
        (repo / f"bots/{name}.yaml").write_text(bot_text(name, leverage=leverage))
    for name in data.draw(st.sets(names), label="removed"):
        (repo / f"bots/{name}.yaml").unlink(missing_ok=True)
    for words in (("add", "-A"), ("commit", "-qm", "any", "--allow-empty")):
        subprocess.run(["git", *words], cwd=repo, check=True, capture_output=True)
    for name in data.draw(st.sets(names), label="edited"):
        file = repo / f"build/bots/{name}.json"
        if file.exists():
            how = data.draw(st.sampled_from(["edit", "remove", "tear", "row", "no row"]), label="how")
            edits: dict[str, Callable[[], object]] = {
                "edit": partial(write_file, repo, name, leverage=7),
                "remove": file.unlink,
                "tear": partial(os.truncate, file, 30),
                "row": partial(write_row, repo, name, leverage=9),
                "no row": partial(run_sql, repo, "delete from bots", name),
            }
            edits[how]()
    made = plan(opened, prune=True)
    report = apply(opened, Order(prune=True, kept=parse(made.saved), force=made.checksum))
    assert report.changed == sum(step.writes for step in made.look.steps)
    # a torn file of a bot that git no longer has could be anybody's: it is left, and named
    assert all(item.what == "foreign" for step in plan(opened, prune=True).look.steps for item in step.differences)
    assert plan(opened, prune=True).state_code == 0
    assert sync(opened).changed == 0
