"""plan, sync, drift and metrics: what the targets hold, what they should, and bringing them there."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gitscale.cli.machine import JSON, REPO, echo

if TYPE_CHECKING:
    from gitscale.actions.deliver import SyncReport
    from gitscale.actions.sync import Terms
    from gitscale.agent.replies import Reply

_FORMS = ("text", "json", "markdown")
_FORMAT = click.option(
    "--format", "form", metavar="FORMAT", type=click.Choice(_FORMS), default="text", help="Text, json or markdown."
)
_EXIT = click.option("--exit-code", is_flag=True, help="End with 0 in sync, 10 pending, 11 drift, 12 both.")
_NOTIFY = click.option("--notify", is_flag=True, help="Send what people should know to GITSCALE_NOTIFY.")
_PRUNE = click.option("--prune", is_flag=True, help="Remove files and rows of bots that git no longer has.")


@click.command()
@click.argument("rev", required=False, metavar="[REV]")
@_PRUNE
@click.option("--out", metavar="FILE", help="Keep the plan, for: gitscale sync --plan FILE.")
@_FORMAT
@_EXIT
@REPO
@JSON
def plan(rev: str | None, repo: str | None, as_json: bool, **given: Any) -> int:
    """Show what a sync would do to files and rows as they really are.

    REV is any revision (default: the tip of the deployed branch, which alone can be synced).
    """
    from gitscale.actions.plan import plan as make
    from gitscale.agent.plan import plan_reply
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        found = make(workspace, rev, prune=given["prune"])
    if given["out"] is not None:
        Path(given["out"]).write_text(found.saved, encoding="utf-8")
    return _show(plan_reply(found, found.state_code if given["exit_code"] else 0), "json" if as_json else given["form"])


@click.command()
@_FORMAT
@_EXIT
@_NOTIFY
@REPO
@JSON
def drift(repo: str | None, as_json: bool, **given: Any) -> int:
    """Show which files and rows were changed behind gitscale's back.

    It writes nothing.
    """
    from gitscale.actions.plan import plan as make
    from gitscale.agent.plan import drift_reply
    from gitscale.cli.host import notify_urls, open_workspace

    if given["notify"]:
        notify_urls()
    with open_workspace(repo) as workspace:
        found = make(workspace)
    reply = drift_reply(found, found.state_code if given["exit_code"] else 0)
    code = _show(reply, "json" if as_json else given["form"])
    if given["notify"]:
        from gitscale.actions.notices import of_plan
        from gitscale.cli.notify import telling

        with telling(repo) as herald:
            herald.tell([of_plan(found)])
    return code


def _show(reply: "Reply", form: str) -> int:
    if form == "markdown":
        from gitscale.agent.render.markdown import markdown

        click.echo(markdown(reply.blocks))
        return reply.exit_code
    return echo(reply.text, reply.data, reply.exit_code, as_json=form == "json")


@click.command()
@_PRUNE
@click.option("--full", is_flag=True, help="Compare every bot with the targets, not only what changed.")
@click.option("--allow-older", is_flag=True, help="Deliver a tip that is older than what was delivered.")
@click.option(
    "--heal",
    is_flag=False,
    flag_value="safe",
    metavar="HOW",
    type=click.Choice(["safe", "all"]),
    help="Repair drift too: safe (the default) leaves what would add risk, all repairs everything.",
)
@click.option("--plan", "file", metavar="FILE", help="Do exactly what this kept plan says, or nothing.")
@click.option("--force-plan", metavar="CHECKSUM", help="Do what was refused as too much, if it is still the same.")
@click.option("--require-signed", is_flag=True, help="Refuse commits without a good signature since the last sync.")
@click.option("--wait", metavar="SECONDS", type=click.FloatRange(0), help="How long for another sync to end (120).")
@click.option("--watch", is_flag=True, help="Go on following the branch until stopped: the controller.")
@click.option("--remote", metavar="NAME", help="With --watch: fetch from there first (default: only what is here).")
@click.option("--interval", metavar="SECONDS", type=click.FloatRange(1), help="With --watch: between looks (30).")
@click.option("--listen", metavar="HOST:PORT", help="With --watch: serve /healthz there, and /hook.")
@_NOTIFY
@REPO
@JSON
def sync(repo: str | None, as_json: bool, **given: Any) -> int:
    """Deliver the deployed branch: bot JSON and database rows."""
    from gitscale.cli.host import notify_urls

    if notify := given.pop("notify"):
        notify_urls()
    watching = {name: given.pop(name) for name in ("remote", "interval", "listen")}
    if given.pop("watch"):
        return _watch(repo, as_json, given, watching)
    if misplaced := [name for name, value in watching.items() if value is not None]:
        raise click.UsageError(f"--{misplaced[0]} goes with --watch")
    if not notify:
        return _shown(_synced(repo, given), as_json=as_json)
    from gitscale.cli.notify import after_sync, telling

    with telling(repo) as herald:
        report = _synced(repo, given)
        code = _shown(report, as_json=as_json)
        after_sync(repo, herald, report)
    return code


def _shown(report: "SyncReport", *, as_json: bool) -> int:
    from gitscale.agent.render.text import text
    from gitscale.agent.replies import sync_blocks, sync_data

    return echo(text(sync_blocks(report)), sync_data(report), 0, as_json=as_json)


def _watch(repo: str | None, as_json: bool, given: dict[str, Any], watching: dict[str, Any]) -> int:
    from gitscale.cli.watch.run import Watch, watch

    signed, spoken = given.pop("require_signed"), {"file": "plan"}
    if misplaced := [
        spoken.get(name, name) for name, value in given.items() if value is not None and value is not False
    ]:
        raise click.UsageError(f"--{misplaced[0].replace('_', '-')} does not go with --watch")
    asked = watching | {"interval": watching["interval"] or 30}
    return watch(Watch(repo, **asked, as_json=as_json, signed=signed))


def _synced(repo: str | None, given: dict[str, Any]) -> "SyncReport":
    from gitscale.cli.host import open_workspace
    from gitscale.errors import Usage

    file, force, heal, prune = given["file"], given["force_plan"], given["heal"], given["prune"]
    terms = _terms(given)
    if file and (heal or given["full"] or prune):
        raise Usage("--plan does what the plan says, so --heal, --full and --prune do not go with it", "leave them out")
    with open_workspace(repo) as workspace:
        if not (file or force or heal):
            from gitscale.actions.sync import sync as deliver

            return deliver(workspace, prune=prune, full=given["full"], terms=terms)
        from gitscale.actions.apply import Order, apply
        from gitscale.actions.plan import parse

        kept = parse(Path(file).read_text(encoding="utf-8", errors="replace")) if file else None
        wanted = bool(kept["prune"]) if kept else prune
        return apply(workspace, Order(heal or "all", wanted, kept, force or "", terms))


def _terms(given: dict[str, Any]) -> "Terms":
    from gitscale.actions.sync import PATIENCE, Terms

    patience = PATIENCE if given["wait"] is None else given["wait"]
    return Terms(allow_older=given["allow_older"], signed=given["require_signed"], patience=patience)


@click.command()
@REPO
def metrics(repo: str | None) -> int:
    """Print the state of every bot as Prometheus text."""
    from gitscale.actions.metrics import metrics as measure
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        click.echo(measure(workspace), nl=False)
    return 0
