"""A kustomization that makes one ConfigMap a bot; kustomize, in Argo CD and Flux, adds the content hash to its name.

The hash also makes a name end as RFC 1123 asks where a bot's ends in a hyphen, and kustomize follows it in references.
"""

from collections.abc import Iterable

from gitscale.documents.scalars import write
from gitscale.sync.render import Record


def files(records: Iterable[Record], revision: str) -> dict[str, bytes]:
    """`<bot>.json` of every bot and kustomization.yaml, by name."""
    chosen = sorted(records, key=lambda record: record.name)
    found = {f"{record.name}.json": record.text() for record in chosen}
    return found | {"kustomization.yaml": write(_kustomization(chosen, revision)).encode() + b"\n"}


def _kustomization(records: Iterable[Record], revision: str) -> dict[str, object]:
    return {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
        "configMapGenerator": [_generator(record, revision) for record in records],
    }


def _generator(record: Record, revision: str) -> dict[str, object]:
    marks = {"gitscale/bot": record.name, "gitscale/revision": revision, "gitscale/sha256": record.sha256}
    labels = {"app.kubernetes.io/managed-by": "gitscale"}
    return {
        "name": record.name,
        "files": [f"bot.json={record.name}.json"],
        "options": {"labels": labels, "annotations": marks},
    }
