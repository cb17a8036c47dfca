"""Law 3: what is rendered depends on the configuration alone, and syncing twice changes nothing the second time."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gitscale.actions.init import init
from gitscale.actions.sync import sync
from gitscale.actions.workspace import Host, Workspace
from gitscale.documents import load
from gitscale.model.parameters import PARAMETERS
from gitscale.model.snapshot import SourceFile
from gitscale.sync.render import render
from tests.conftest import Clock
from tests.documents.texts import KEYS, Draw, values, written
from tests.helpers import row

Config = dict[str, dict[str, Any]]

free = st.dictionaries(st.sampled_from(sorted(set(KEYS) - PARAMETERS.keys())), values, max_size=4)
tuned = st.fixed_dictionaries(
    {},
    optional={
        "equity_pct": st.sampled_from([0, 5, 2.5]),
        "leverage": st.sampled_from([1, 75]),
        "base_spread_bps": st.sampled_from([15, 20.5]),
        "min_spread_bps": st.sampled_from([3, 8]),
        "num_levels": st.just(9),
        "hard_stop_loss_bps": st.sampled_from([500, 62.5]),
        "xgrid_enabled": st.booleans(),
    },
)
common: dict[str, st.SearchStrategy[Any]] = {
    "account": st.sampled_from(["main", "spare one"]),
    "preset": st.just("BloFin v7 Long"),
    "enabled": st.booleans(),
    "margin_mode": st.sampled_from(["cross", "isolated"]),
    "advanced": free,
}
exchange = st.sampled_from(["blofin", "okx"])
symbols = st.permutations(["SOL/USDT:USDT", "XRP/USDT:USDT"])
perp = st.fixed_dictionaries(
    {"strategy": st.just("perp_mm"), "exchange": exchange, "symbols": symbols}, optional=common | {"settings": tuned}
)
other = st.fixed_dictionaries(
    {"strategy": st.just("vortex_dca"), "exchange": exchange}, optional=common | {"settings": free}
)
configs = st.dictionaries(st.sampled_from(["a", "b", "main-1", "z9"]), perp | other, min_size=1, max_size=3)


@st.composite
def respelled(draw: Draw, value: Any) -> Any:
    """The same configuration with keys in another order, and 5 as 5.0 or the other way round."""
    if isinstance(value, dict):
        return {key: draw(respelled(value[key])) for key in draw(st.permutations(list(value)))}
    if isinstance(value, list):
        return [draw(respelled(item)) for item in value]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value):
        return value
    return draw(st.sampled_from([int(value), float(value)])) if abs(value) < 10**15 else value


@st.composite
def spellings(draw: Draw, config: Config) -> dict[str, str]:
    """Path -> text of a fleet, in one of the ways it can be written."""
    texts = {}
    for name in draw(st.permutations(list(config))):
        bot = draw(respelled({"name": name, **config[name]}))
        if bot["strategy"] == "perp_mm":  # which takes whole numbers for whole numbers only
            bot["settings"] = bot.get("settings", {}) | {
                key: value for key, value in config[name].get("settings", {}).items() if PARAMETERS[key].kind is int
            }
        texts[f"bots/{name}.yaml"] = draw(written(bot))
    return texts


def rendered(texts: dict[str, str]) -> dict[str, Any]:
    files = [SourceFile(path, "100644", "0" * 40, text.encode()) for path, text in texts.items()]
    return {record.name: (record.sha256, record.document) for record in render(load.fleet(files).valid().bots.values())}


@given(st.data())
def test_one_configuration_is_rendered_in_one_way(data: st.DataObject) -> None:
    config = data.draw(configs)
    assert rendered(data.draw(spellings(config))) == rendered(data.draw(spellings(config)))


@given(st.data())
def test_another_configuration_has_another_hash(data: st.DataObject) -> None:
    config = data.draw(configs)
    name = data.draw(st.sampled_from(sorted(config)))
    changed = config | {name: config[name] | {"account": "another"}}
    before, after = rendered(data.draw(spellings(config))), rendered(data.draw(spellings(changed)))
    assert {key for key in before if before[key][0] != after[key][0]} == {name}


def commit(repo: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        (repo / path).write_bytes(text.encode())
    for words in (("add", "-A"), ("commit", "-qm", "spelled", "--allow-empty")):
        subprocess.run(["git", *words], cwd=repo, check=True, capture_output=True)


def targets(repo: Path, config: Config) -> list[Any]:
    """Every delivered file with what a rewrite would change, and every row."""
    files = [(path, path.read_bytes(), path.stat().st_ino) for path in sorted((repo / "build/bots").iterdir())]
    return [files, [row(repo, name) for name in sorted(config)]]


@settings(max_examples=5)
@given(st.data())
def test_syncing_again_changes_nothing(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Neither at once nor after everything was written anew in other words."""
    config, repo = data.draw(configs), tmp_path_factory.mktemp("law3") / "fleet"
    init(repo)
    commit(repo, data.draw(spellings(config)))
    with Workspace.open(repo, Host(Clock())) as workspace:
        assert set(sync(workspace).created) == {"blofin-main", *config}
        held = targets(repo, config)
        assert (sync(workspace).changed, targets(repo, config)) == (0, held)
        commit(repo, data.draw(spellings(config)))
        assert (sync(workspace).changed, targets(repo, config)) == (0, held)
        assert (sync(workspace).changed, targets(repo, config)) == (0, held)
