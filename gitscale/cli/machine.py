"""The machine room: init, schema, db."""

import json
from typing import Any

import click

REPO = click.option("--repo", metavar="DIR", help="Config repository (default: the one around you).")
JSON = click.option("--json", "as_json", is_flag=True, help="Answer with one line of JSON.")


def echo(text: str, data: dict[str, Any], code: int, *, as_json: bool) -> int:
    """Answer as text, or as the one line of JSON that was asked for; the exit code."""
    from gitscale.model.plain import clean

    if as_json:
        click.echo(json.dumps({"ok": code == 0, "exit_code": code} | data))
    else:
        click.echo(clean(text))
    return code


@click.command()
@click.argument("directory", metavar="DIR")
@JSON
def init(directory: str, as_json: bool) -> int:
    """Make a config repository with an example bot."""
    from pathlib import Path

    from gitscale.actions.init import init as make
    from gitscale.cli.host import clean_environment

    clean_environment()
    made = make(Path(directory))
    lines = [
        f"made {made.directory}: {len(made.files)} files, first commit {made.commit[:10]} on main",
        f"  next: cd {made.directory}; gitscale status; gitscale scale moderate",
    ]
    data = {"directory": str(made.directory), "commit": made.commit, "files": list(made.files)}
    return echo("\n".join(lines), data, 0, as_json=as_json)


@click.command()
@click.argument("what", type=click.Choice(["write", "check"]))
@REPO
@JSON
def schema(what: str, repo: str | None, as_json: bool) -> int:
    """Write or check the JSON Schemas for editors, in schemas/."""
    from gitscale.actions.schemas import stale, write
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        names = stale(workspace) if what == "check" else write(workspace)
    code = int(what == "check" and bool(names))
    shown = ", ".join(names)
    text = (
        (f"stale: {shown}; run: gitscale schema write" if code else f"written: {shown}")
        if names
        else "schemas are fresh"
    )
    return echo(text, {"files": names}, code, as_json=as_json)


@click.group()
def db() -> None:
    """Look after the database that sync writes."""


@db.command()
@REPO
@JSON
def upgrade(repo: str | None, as_json: bool) -> int:
    """Bring the database to this version's schema.

    Sync does so by itself for SQLite.
    """
    from gitscale.actions.database import upgrade as bring
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        url, version = bring(workspace)
    return echo(f"{url} has schema {version}", {"database": url, "schema": version}, 0, as_json=as_json)
