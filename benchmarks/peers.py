"""Where the programs are that gitscale is measured against: the `bench` extra installs them."""

import platform
import sys
from importlib.util import find_spec
from pathlib import Path

SCHEMA = "schemas/bot.schema.json"
_MISSING = "missing: pip install -e '.[bench]'"


def check_jsonschema() -> tuple[str, ...]:
    """The command of check-jsonschema."""
    if find_spec("check_jsonschema") is None:
        raise SystemExit(f"check-jsonschema is {_MISSING}")
    return (sys.executable, "-m", "check_jsonschema", "--schemafile", SCHEMA)


def sourcemeta() -> tuple[str, ...]:
    """The native program of the PyPI package sourcemeta-jsonschema, without its Python starter.

    Its script is called `jsonschema`, as that of the package jsonschema is: only the path is unmistakable.
    """
    found = find_spec("sourcemeta_jsonschema")
    if found is None or found.origin is None:
        raise SystemExit(f"sourcemeta-jsonschema is {_MISSING}")
    machine = platform.machine().lower()
    kind = f"{platform.system().lower()}-{ {'amd64': 'x86_64', 'aarch64': 'arm64'}.get(machine, machine) }"
    return (str(Path(found.origin).parent / f"jsonschema-{kind}"), "validate")
