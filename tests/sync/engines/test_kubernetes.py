"""The kustomization of a fleet: valid ConfigMaps, DNS names, the same bytes in any order and for any comment."""

import json
import re
from typing import Any

import kubernetes_validate
import pytest
import yaml as pyyaml

from gitscale.errors import Refused
from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import FleetBot
from gitscale.sync.engines.kubernetes import files
from gitscale.sync.render import Record, record

# RFC 1123 as Kubernetes states it for the names of objects
SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\Z")


def rendered(name: str, blob: str = "b" * 40, **values: Any) -> Record:
    bot = PerpMMBot(**({"name": name, "strategy": "perp_mm", "exchange": "okx", "symbols": ["A/B:B"]} | values))
    return record(FleetBot(f"bots/{name}.yaml", blob, bot))


RECORDS = [rendered(name) for name in ("on", "1", "a-", "z" * 63)]


def config_maps(found: dict[str, str]) -> list[dict[str, Any]]:
    """What kustomize makes of the files; its hash is ten letters and digits."""
    kustomization = pyyaml.safe_load(found["kustomization.yaml"])
    assert (kustomization.pop("apiVersion"), kustomization.pop("kind")) == (
        "kustomize.config.k8s.io/v1beta1",
        "Kustomization",
    )
    assert list(kustomization) == ["configMapGenerator"]
    made = []
    for generator in kustomization["configMapGenerator"]:
        pairs = (item.split("=") for item in generator["files"])
        metadata = {"name": f"{generator['name']}-g5k2m7h9tb", **generator["options"]}
        data = {key: found[source] for key, source in pairs}
        made.append({"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data})
    return made


def test_config_maps_are_what_kubernetes_takes() -> None:
    made = config_maps(files(RECORDS))
    assert [item["metadata"]["name"][:-11] for item in made] == ["1", "a-", "on", "z" * 63]
    for item in made:
        kubernetes_validate.validate(item, kubernetes_validate.latest_version(), strict=True)
        assert SUBDOMAIN.match(item["metadata"]["name"])
        assert len(item["metadata"]["name"]) <= 253
        stated = json.loads(item["data"]["bot.json"])
        assert item["metadata"]["annotations"]["gitscale/sha256"] == stated["gitscale"]["sha256"]
        assert item["metadata"]["annotations"]["gitscale/bot"] == stated["name"]


def test_the_validator_refuses() -> None:
    item = config_maps(files(RECORDS))[0] | {"data": {"bot.json": 1}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(item, kubernetes_validate.latest_version(), strict=True)


def test_order_does_not_matter() -> None:
    assert list(files(RECORDS).items()) == list(files(RECORDS[::-1]).items())


def test_a_comment_rolls_nothing_and_a_setting_does() -> None:
    """An edit of comments is another blob of the same configuration."""
    assert files([rendered("on", "a" * 40)]) == files([rendered("on", "c" * 40)])
    assert files([rendered("on")])["on.json"] != files([rendered("on", enabled=False)])["on.json"]


@pytest.mark.parametrize("text", ["##[error]up", "\u202etxt.exe", "\x85", "</pre>", "yes"])
def test_hostile_texts_come_back_and_steer_nothing(text: str) -> None:
    found = files([rendered("on", account="main", advanced={text: text})])
    assert json.loads(found["on.json"])["advanced"] == {text: text}
    assert "##[" not in found["on.json"]
    assert found["on.json"].replace("\n", "").isprintable()
    assert found["on.json"].isascii()


def test_a_bot_that_no_config_map_holds_is_refused() -> None:
    with pytest.raises(Refused, match=r"on takes [0-9]+ bytes, and a ConfigMap holds 1048576"):
        files([rendered("on", advanced={"a": [1] * 150_000})])
