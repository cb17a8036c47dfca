"""Engines as targets of sync: their files follow the fleet, are seen by plan, drift and status, healed and pruned."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gitscale.actions.apply import Order, apply
from gitscale.actions.condition import conditions
from gitscale.actions.deliver import SyncReport
from gitscale.actions.export import NAMES, Wanted, export
from gitscale.actions.plan import Plan, parse, plan
from gitscale.actions.sync import sync
from gitscale.actions.workspace import Workspace
from gitscale.errors import Conflict, InvalidConfig, Refused
from gitscale.model.deployment import Deployment
from gitscale.sync.engines.folder import MANIFEST
from tests.helpers import bot_text, commit_file, delivered
from tests.sync.engines.test_folder import held

CONTROLLER = "hummingbot-controller/controllers/one-SOL-USDT.yml"
SCRIPT = "hummingbot-controller/scripts/one.yml"
JSON = "kubernetes/one.json"
ALL = (CONTROLLER, SCRIPT, JSON, "kubernetes/blofin-main.json", "kubernetes/kustomization.yaml")
LEFT_OUT = "hummingbot-controller: blofin-main: no hummingbot connector is known for blofin"


@pytest.fixture
def fleet(repo: Path, opened: Workspace) -> Path:
    """A bot that hummingbot can run, one that it cannot, and both engines."""
    policy = (repo / "policy.yaml").read_text()
    commit_file(repo, "policy.yaml", policy + "accounts: {bybit/main: 10000}\n")
    commit_file(repo, "bots/one.yaml", bot_text("one", exchange="bybit"))
    commit_file(repo, "gitscale.yaml", "engines: [hummingbot-controller, kubernetes]\n")
    return repo


def place(repo: Path, path: str) -> Path:
    return repo / "build" / path


def everything(repo: Path) -> dict[str, tuple[bytes, int]]:
    """Every file below the engines' folders, and when it was written."""
    found = (path for name in NAMES for path in (repo / "build" / name).rglob("*") if path.is_file())
    return {str(path.relative_to(repo)): (path.read_bytes(), path.stat().st_mtime_ns) for path in found}


def whats(made: Plan) -> dict[str, tuple[str, bool, bool]]:
    return {item.path: (item.what, item.pending, item.drifted) for item in made.exports}


def test_they_hold_what_export_writes(fleet: Path, opened: Workspace, tmp_path: Path) -> None:
    assert whats(plan(opened)) == dict.fromkeys(ALL, ("create", True, False))
    report = sync(opened)
    assert (set(report.exported), report.left_out) == (set(ALL), (LEFT_OUT,))
    for engine in ("hummingbot-controller", "kubernetes"):
        export(opened, Wanted(engine, output=tmp_path / engine))
        assert held(fleet / "build" / engine) == held(tmp_path / engine)
    assert "total_amount_quote: 50000\n" in place(fleet, CONTROLLER).read_text()  # 2 x 10,000 x 250%
    assert plan(opened).state_code == 0


def test_the_second_sync_writes_nothing(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    before = everything(fleet)
    for report in (sync(opened), sync(opened, full=True), apply(opened, Order())):
        assert (report.exported, report.changed) == ((), 0)
    assert everything(fleet) == before


def test_one_changed_bot_moves_its_own_files(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    before = everything(fleet)
    commit_file(fleet, "bots/one.yaml", bot_text("one", exchange="bybit", leverage=20))
    made = plan(opened)
    moved = {CONTROLLER, SCRIPT, JSON, "kubernetes/kustomization.yaml"}
    assert whats(made) == dict.fromkeys(moved, ("update", True, False))
    assert conditions(opened).of("one") == "Pending"
    assert conditions(opened).of("blofin-main") == "Synced"
    assert set(sync(opened).exported) == moved
    after = everything(fleet)
    assert before["build/kubernetes/blofin-main.json"] == after["build/kubernetes/blofin-main.json"]
    assert "total_amount_quote: 20000\n" in place(fleet, CONTROLLER).read_text()


def test_equity_and_fees_of_the_policy_count(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    text = (fleet / "policy.yaml").read_text().replace("10000", "5000")
    commit_file(fleet, "policy.yaml", text)
    assert set(sync(opened).exported) == {CONTROLLER, SCRIPT}
    commit_file(fleet, "policy.yaml", text.replace("accounts: {bybit/main: 5000}\n", ""))
    report = sync(opened)
    assert report.exported == ()
    assert any("the equity of bybit/main is not known" in reason for reason in report.left_out)
    assert set(report.left) == {CONTROLLER, SCRIPT}


def edited(path: Path) -> None:
    path.write_text(path.read_text() + "# mine\n")


def removed(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("path", [CONTROLLER, JSON])
@pytest.mark.parametrize(
    ("spoil", "what", "plain"), [(edited, "changed", False), (removed, "missing", True)], ids=["edited", "removed"]
)
def test_drift_is_told_and_healed(
    fleet: Path, opened: Workspace, path: str, spoil: Callable[[Path], None], what: str, plain: bool
) -> None:
    sync(opened)
    good = place(fleet, path).read_text()
    spoil(place(fleet, path))
    made = plan(opened)
    assert (whats(made), made.state_code) == ({path: (what, False, True)}, 11)
    assert conditions(opened).of("one") == "Drifted"
    for report in (sync(opened), apply(opened, Order(heal="safe"))):
        assert report.kept == (() if plain else (path,))
    assert (place(fleet, path).exists() and place(fleet, path).read_text() == good) is plain
    assert apply(opened, Order(heal="all")).exported == (() if plain else (path,))
    assert place(fleet, path).read_text() == good
    assert plan(opened).state_code == 0


def test_a_commit_is_delivered_over_an_edit(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    edited(place(fleet, CONTROLLER))
    commit_file(fleet, "bots/one.yaml", bot_text("one", exchange="bybit", leverage=20))
    assert whats(plan(opened))[CONTROLLER] == ("changed", True, True)
    assert CONTROLLER in sync(opened).exported
    assert "# mine" not in place(fleet, CONTROLLER).read_text()


def test_an_older_content_is_an_edit(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    old = place(fleet, CONTROLLER).read_text()
    commit_file(fleet, "bots/one.yaml", bot_text("one", exchange="bybit", leverage=20))
    sync(opened)
    place(fleet, CONTROLLER).write_text(old)
    assert whats(plan(opened)) == {CONTROLLER: ("changed", False, True)}


@pytest.mark.parametrize("path", [CONTROLLER, "kubernetes/kustomization.yaml"])
def test_what_is_somebodys_stays(fleet: Path, opened: Workspace, path: str) -> None:
    place(fleet, path).parent.mkdir(parents=True)
    place(fleet, path).write_text("mine\n")
    assert whats(plan(opened))[path] == ("foreign", True, False)
    for again in (sync, lambda workspace: apply(workspace, Order())):
        with pytest.raises(Conflict, match=f"engine files are not: {path} is not gitscale's"):
            again(opened)
    assert place(fleet, path).read_text() == "mine\n"
    assert not place(fleet, JSON).exists()
    assert delivered(fleet, "one")["name"] == "one"  # what bots read is in its place
    place(fleet, path).unlink()
    assert set(sync(opened).exported) == set(ALL)


@pytest.mark.parametrize("folder", ["hummingbot-controller/controllers", "kubernetes"])
def test_no_link_is_followed(fleet: Path, opened: Workspace, tmp_path: Path, folder: str) -> None:
    place(fleet, folder).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "away").mkdir()
    place(fleet, folder).symlink_to(tmp_path / "away")
    with pytest.raises(Refused, match="link"):
        sync(opened)
    assert list((tmp_path / "away").iterdir()) == []


def test_files_of_a_removed_bot_stay_until_pruned(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    commit_file(fleet, "bots/one.yaml", None)
    report = sync(opened)
    assert set(report.left) == {"one", CONTROLLER, SCRIPT, JSON}
    assert place(fleet, CONTROLLER).exists()
    edited(place(fleet, SCRIPT))
    assert set(sync(opened, prune=True).exported) == {CONTROLLER, JSON}
    assert not place(fleet, CONTROLLER).exists()
    assert place(fleet, SCRIPT).exists()  # somebody's work is not removed
    assert sync(opened, prune=True).exported == ()


def test_an_engine_that_is_named_no_more_is_left_alone(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    commit_file(fleet, "gitscale.yaml", "engines: [kubernetes]\n")
    report = sync(opened, prune=True)
    assert (report.exported, report.left) == ((), ())
    assert place(fleet, CONTROLLER).exists()


def test_without_engines_nothing_is_there(repo: Path, opened: Workspace) -> None:
    report: SyncReport = sync(opened)
    assert (report.exported, report.left_out) == ((), ())
    assert {path.name for path in (repo / "build").iterdir()} == {"bots", "gitscale.db"}


def test_a_kept_plan_is_carried_out_or_refused(fleet: Path, opened: Workspace) -> None:
    sync(opened)
    edited(place(fleet, CONTROLLER))
    kept = parse(plan(opened).saved)
    assert [item["file"] for item in kept["engines"]] == ["controllers/one-SOL-USDT.yml"]
    edited(place(fleet, CONTROLLER))
    with pytest.raises(Conflict, match="moved since the plan was made: engine files"):
        apply(opened, Order(kept=kept))
    assert apply(opened, Order(kept=parse(plan(opened).saved))).exported == (CONTROLLER,)


def test_a_planted_manifest_reaches_nothing_else(fleet: Path, opened: Workspace, tmp_path: Path) -> None:
    sync(opened)
    victim = fleet.parent / "victim"
    victim.write_text("x")
    manifest = place(fleet, f"kubernetes/{MANIFEST}")
    known = json.loads(manifest.read_text())
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    manifest.write_text(json.dumps(known | {"../../../victim": [digest], str(victim): [digest], "x": 1}))
    assert sync(opened, prune=True).exported == ()
    assert victim.exists()


@pytest.mark.parametrize("name", ["hummingbot-v1", "hummingbot", "[]"])
def test_only_what_a_commit_says_all_of(fleet: Path, opened: Workspace, name: str) -> None:
    commit_file(fleet, "gitscale.yaml", f"engines: [{name}]\n")
    with pytest.raises(InvalidConfig):
        sync(opened)


def test_every_name_is_an_engine() -> None:
    (names,) = (Deployment.model_json_schema()["properties"]["engines"]["items"]["enum"],)
    assert set(names) == set(NAMES) - {"hummingbot-v1"}
