"""A kustomization that makes one ConfigMap a bot; kustomize, in Argo CD and Flux, adds the content hash to its name.

A bot's name and that hash are a DNS name by RFC 1123, also where the bot's name ends in a hyphen.
"""

import json
from collections.abc import Iterable

from gitscale.documents.scalars import write
from gitscale.errors import Refused
from gitscale.sync.render import Record

KUBERNETES = "kubernetes"
# what the API server takes in one ConfigMap
_LARGEST = 1024 * 1024
_HEAD = """\
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
configMapGenerator:
"""


def files(records: Iterable[Record]) -> dict[str, str]:
    """`<bot>.json` of every bot and kustomization.yaml, by name.

    Raises:
        Refused: a bot is larger than a ConfigMap may be.
    """
    chosen = sorted(records, key=lambda record: record.name)
    found = {f"{record.name}.json": _text(record) for record in chosen}
    return found | {"kustomization.yaml": _HEAD + "".join(f"  - {write(_generator(one))}\n" for one in chosen)}


def _text(record: Record) -> str:
    """The bot's JSON without what a comment or a move of its file alters: the content hash is of the settings alone."""
    document = record.document | {"gitscale": {"sha256": record.sha256}}
    # ASCII, and no command to a build log: it may be printed
    text = json.dumps(document, indent=2).replace("##[", "#\\u0023[") + "\n"
    if len(text) > _LARGEST:
        raise Refused(f"{record.name} takes {len(text)} bytes, and a ConfigMap holds {_LARGEST}", "shorten advanced")
    return text


def _generator(record: Record) -> dict[str, object]:
    return {
        "name": record.name,
        "files": [f"bot.json={record.name}.json"],
        "options": {
            "labels": {"app.kubernetes.io/managed-by": "gitscale"},
            # not labels: their values may not end in a hyphen
            "annotations": {"gitscale/bot": record.name, "gitscale/sha256": record.sha256},
        },
    }
