"""The kustomization of a fleet: one generated ConfigMap a bot, the same bytes in any order."""

from ruamel.yaml import YAML

from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import FleetBot
from gitscale.sync.engines.kubernetes import files
from gitscale.sync.render import record

RECORDS = [
    record(
        FleetBot(
            f"bots/{name}.yaml", "b" * 40, PerpMMBot(name=name, strategy="perp_mm", exchange="okx", symbols=["A/B:B"])
        )
    )
    for name in ("on", "1", "a-")
]


def test_every_bot_has_a_generator_whose_file_is_there() -> None:
    found = files(RECORDS, "1" * 40)
    stated = YAML(typ="safe", pure=True).load(found["kustomization.yaml"])["configMapGenerator"]
    assert [item["name"] for item in stated] == ["1", "a-", "on"]
    assert [item["files"] for item in stated] == [[f"bot.json={name}.json"] for name in ("1", "a-", "on")]
    assert stated[2]["options"]["annotations"]["gitscale/revision"] == "1" * 40
    assert found["on.json"] == RECORDS[0].text()


def test_order_does_not_matter() -> None:
    assert list(files(RECORDS, "r").items()) == list(files(RECORDS[::-1], "r").items())
