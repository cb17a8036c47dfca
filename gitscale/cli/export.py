"""`gitscale export`: the files on standard output or in a folder, and what was lost on standard error."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gitscale.actions.export import Exported


@click.command()
@click.argument("engine", metavar="ENGINE")
@click.argument("bots", nargs=-1, metavar="[BOT]...")
@click.option("--equity", metavar="AMOUNT", help="Equity of the bots' account in quote (default: as policy has it).")
@click.option("--price", "prices", metavar="SYMBOL=P", multiple=True, help="Price of a symbol; may be repeated.")
@click.option("--output", metavar="DIR", help="Write the files there (default: standard output).")
@click.option("--force", is_flag=True, help="Overwrite files there that gitscale export did not write.")
@click.option("--repo", metavar="DIR", help="Config repository (default: the one around you).")
@click.option("--json", "as_json", is_flag=True, help="Answer with one line of JSON.")
def export(repo: str | None, output: str | None, as_json: bool, **given: Any) -> int:
    """Translate bots for another engine.

    All bots of the deployed branch, or BOTs. ENGINE is hummingbot-controller, hummingbot-v1 or kubernetes. What has no
    counterpart there, or only an approximate one, is told on standard error and in the files.
    """
    from gitscale.actions.export import Wanted
    from gitscale.actions.export import export as translate
    from gitscale.cli.host import open_workspace
    from gitscale.cli.machine import echo
    from gitscale.model.plain import clean

    if given["force"] and output is None:
        raise click.UsageError("--force goes with --output")
    folder = None if output is None else Path(output)
    with open_workspace(repo) as workspace:
        done = translate(workspace, Wanted(output=folder, **given))
    if not as_json:
        click.echo(clean("\n".join(_report(done, output))), err=True)
        if output is not None:
            return 0
    # every file is plain as it is: whoever redirects gets its very bytes
    return echo(_stream(done).removesuffix("\n"), _data(done, output), 0, as_json=as_json)


def _stream(done: "Exported") -> str:
    """One file as it is; several as documents of one stream, each behind its name."""
    if len(done.files) == 1:
        return next(iter(done.files.values()))
    return "".join(f"--- # {name}\n{text}" for name, text in done.files.items())


def _report(done: "Exported", output: str | None) -> Iterator[str]:
    """What was exported, and what was lost."""
    count = len(done.files)
    where = f" to {output}" if output is not None else ""
    yield f"{done.engine}: {count} file{'s' * (count > 1)}{where}, revision {done.revision[:10]}"
    for bot, losses in done.losses.items():
        yield bot
        yield from (f"  {loss.kind}: {loss.what}: {loss.how}" for loss in losses)
    heat = (("read while a bot runs", done.hot), ("need a restart", done.restart))
    yield from (f"{title}: {', '.join(keys)}" for title, keys in heat if keys)
    yield from (f"left out: {name}: {reason}" for name, reason in done.left_out.items())


def _data(done: "Exported", output: str | None) -> dict[str, Any]:
    return {
        "engine": done.engine,
        "revision": done.revision,
        "directory": output,
        "files": [{"name": name, "text": text} for name, text in done.files.items()],
        "losses": [{"bot": bot} | loss._asdict() for bot, losses in done.losses.items() for loss in losses],
        "hot": list(done.hot),
        "restart": list(done.restart),
        "left_out": [{"bot": name, "reason": reason} for name, reason in done.left_out.items()],
    }
