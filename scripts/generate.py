"""Writes every generated file, or with --check says which are stale.

usage: python scripts/generate.py [--check]
"""

import sys
from hashlib import sha256
from pathlib import Path

import generate_exchanges
import generate_learned
import generate_ranges

from gitscale.actions.init import starter_files
from gitscale.documents import schema
from gitscale.risk import pages
from gitscale.risk.reporters.json import SCHEMA_PATH, schema_text

ROOT = Path(__file__).parent.parent
DIGESTS = ROOT / "gitscale/documents/digests.py"
# this project is a config repository too: these files are the ones `gitscale init` hands out
SHARED = ("profiles.yaml", "policy.yaml", "bots/blofin-main.yaml")


def generated() -> dict[Path, str]:
    """Path -> text of everything that derives from something else."""
    starter = starter_files()
    files = {ROOT / path: text for path, text in (schema.files() | pages.files()).items()}
    files |= {ROOT / path: starter[path].decode() for path in SHARED}
    return (
        files
        | {one.TARGET: one.render() for one in (generate_exchanges, generate_learned, generate_ranges)}
        | {ROOT / SCHEMA_PATH: schema_text(), DIGESTS: digests()}
    )


def digests() -> str:
    """The module that knows this version's schema files by their sha256: making them takes too long for every lint."""
    rows = [f'    "{path}": "{sha256(text.encode()).hexdigest()}",' for path, text in schema.files().items()]
    head = '"""The sha256 of every schema file of this version; written by scripts/generate.py."""\n\n# fmt: off'
    return "\n".join([head, "DIGESTS = {", *rows, "}", ""])


def main() -> int:
    """0 when fresh or written, 1 when --check finds something stale."""
    stale = {path: text for path, text in generated().items() if not path.exists() or path.read_text() != text}
    for path, text in stale.items():
        print(path.relative_to(ROOT))
        if "--check" not in sys.argv[1:]:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
    return int(bool(stale) and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
