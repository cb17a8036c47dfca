"""The machine room: init, sync, schema, db."""

import json
from typing import Any

import click

_REPO = click.option("--repo", metavar="DIR", help="Config repository (default: the one around you).")
_JSON = click.option("--json", "as_json", is_flag=True, help="Answer with one line of JSON.")


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
@_JSON
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
@click.option("--prune", is_flag=True, help="Remove files and rows of bots that git no longer has.")
@click.option("--full", is_flag=True, help="Compare every bot with the targets, not only what changed.")
@click.option("--allow-older", is_flag=True, help="Deliver a tip that is older than what was delivered.")
@click.option("--wait", metavar="SECONDS", type=click.FloatRange(0), help="How long for another sync to end (120).")
@click.option("--watch", is_flag=True, help="Go on following the branch until stopped: the controller.")
@click.option("--remote", metavar="NAME", help="With --watch: fetch from there first (default: only what is here).")
@click.option("--interval", metavar="SECONDS", type=click.FloatRange(1), help="With --watch: between looks (30).")
@click.option("--listen", metavar="HOST:PORT", help="With --watch: serve /healthz there, and /hook.")
@_REPO
@_JSON
def sync(repo: str | None, as_json: bool, **given: Any) -> int:
    """Deliver the deployed branch: bot JSON and database rows."""
    flags = {name: given[name] for name in ("prune", "full", "allow_older")}
    watching = {name: given[name] for name in ("remote", "interval", "listen")}
    if given["watch"]:
        return _watch(repo, as_json, flags, watching)
    if misplaced := [name for name, value in watching.items() if value is not None]:
        raise click.UsageError(f"--{misplaced[0]} goes with --watch")
    return _sync(repo, as_json, flags, given["wait"])


def _watch(repo: str | None, as_json: bool, flags: dict[str, bool], watching: dict[str, Any]) -> int:
    from gitscale.cli.watch.run import Watch, watch

    if misplaced := [name.replace("_", "-") for name, value in flags.items() if value]:
        raise click.UsageError(f"--{misplaced[0]} does not go with --watch")
    return watch(Watch(repo, **(watching | {"interval": watching["interval"] or 30}), as_json=as_json))


def _sync(repo: str | None, as_json: bool, flags: dict[str, bool], wait: float | None) -> int:
    from gitscale.actions.sync import PATIENCE
    from gitscale.actions.sync import sync as deliver
    from gitscale.agent.render.text import text
    from gitscale.agent.replies import sync_blocks, sync_data
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        patience = PATIENCE if wait is None else wait
        prune, full, allow_older = flags["prune"], flags["full"], flags["allow_older"]
        report = deliver(workspace, prune=prune, full=full, allow_older=allow_older, patience=patience)
    return echo(text(sync_blocks(report)), sync_data(report), 0, as_json=as_json)


@click.command()
@click.argument("what", type=click.Choice(["write", "check"]))
@_REPO
@_JSON
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
@_REPO
@_JSON
def upgrade(repo: str | None, as_json: bool) -> int:
    """Bring the database to this version's schema.

    Sync does so by itself for SQLite.
    """
    from gitscale.actions.database import upgrade as bring
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        url, version = bring(workspace)
    return echo(f"{url} has schema {version}", {"database": url, "schema": version}, 0, as_json=as_json)
