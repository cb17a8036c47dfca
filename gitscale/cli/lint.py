"""`gitscale lint`: the risk gate, its reports, and where they go."""

import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gitscale.actions.ask import Ask
    from gitscale.actions.workspace import Workspace
    from gitscale.risk.finding import Report
    from gitscale.store.repository import Repository

FORMATS = ("text", "json", "github", "sarif", "markdown", "comment", "gitlab", "junit")
_STANDARD_OUTPUT = "-"
_FORMAT = f"{', '.join(FORMATS[:-1]).capitalize()} or {FORMATS[-1]}; may be repeated."


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--base", metavar="REV", help="Judge the change since REV, by REV's policy: only what gets worse fails.")
@click.option("--head", metavar="REV", help="Judge this revision instead of the work tree.")
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--valid", "valid_only", is_flag=True, help="Only ask whether the files are valid (GS001-GS009).")
@click.option("--format", "formats", metavar="FORMAT", type=click.Choice(FORMATS), multiple=True, help=_FORMAT)
@click.option(
    "--output", "outputs", metavar="FILE", multiple=True, help="Where each format goes; - is standard output."
)
@click.option("--accept", metavar="CODE", help="Instead of judging, commit that a risk of a bot is accepted.")
@click.option("--limit", type=float, metavar="FIGURE", help="The worst figure that is accepted.")
@click.option("--reason", metavar="WHY", help="Why it is acceptable.")
@click.option("--until", metavar="DAY", help="Last day it holds, YYYY-MM-DD (default: as policy has it).")
@click.option("--bot", metavar="NAME", help="Which bot; needed only when there are several.")
@click.option("--repo", metavar="DIR", help="Config repository (default: the one around you).")
@click.option("--json", "as_json", is_flag=True, help="Answer with one line of JSON.")
def lint(repo: str | None, formats: tuple[str, ...], outputs: tuple[str, ...], as_json: bool, **given: Any) -> int:
    """Judge what the fleet, or a change of it, can cost.

    Errors end in exit code 1. PATHs limit what is shown, never what is judged.
    """
    signature = {key: given.pop(key) for key in ("accept", "limit", "reason", "until", "bot")}
    if signature["accept"] is not None:
        return _accepted(repo, signature, as_json=as_json)
    from gitscale.actions.ask import Ask
    from gitscale.cli.host import open_repository

    asked = Ask(**given)
    wanted = _destinations(formats or (("answer",) if as_json else ("text",)), outputs)
    with open_repository(repo) as repository:
        return _answered(repository, replace(asked, paths=_from_root(repository, asked.paths)), wanted)


def _from_root(repository: "Repository", paths: Sequence[str]) -> tuple[str, ...]:
    """Paths as they are named where we stand, from the top of the repository; the top itself is everything.

    Raises:
        Usage: one lies outside.
    """
    from gitscale.errors import Usage

    if repository.root is None:
        return tuple(paths)
    found = tuple(os.path.relpath(os.path.abspath(path), os.path.realpath(repository.root)) for path in paths)  # noqa: PTH100
    for path, given in zip(found, paths, strict=True):
        if path.startswith(".."):
            raise Usage(f"{given} is not in {repository.root}", "name paths inside the repository")
    return () if "." in found else found


def _accepted(repo: str | None, given: dict[str, Any], *, as_json: bool) -> int:
    from gitscale.actions.accept import Signature, accept
    from gitscale.actions.workspace import Scope
    from gitscale.agent.replies import written
    from gitscale.cli.agent import show
    from gitscale.cli.host import open_workspace
    from gitscale.errors import Usage

    if given["limit"] is None or not given["reason"]:
        raise Usage("--accept needs --limit and --reason", "gitscale lint --accept GS101 --limit 2000 --reason WHY")
    wanted = Signature(given["accept"], given["limit"], given["reason"], given["until"])
    with open_workspace(repo) as workspace:
        reply = written(accept(workspace, Scope(bot=given["bot"]), wanted))
    return show(reply, f"lint --accept {wanted.rule}", as_json=as_json)


def _destinations(formats: tuple[str, ...], outputs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each format with its file.

    Raises:
        Usage: there are not as many files as formats.
    """
    from gitscale.errors import Usage

    if outputs and len(outputs) != len(formats):
        remedy = "one --output for each --format, in the same order; - is standard output"
        raise Usage(f"formats: {len(formats)}, outputs: {len(outputs)}", remedy)
    return list(zip(formats, outputs or (_STANDARD_OUTPUT,) * len(formats), strict=True))


def _answered(repository: "Repository", asked: "Ask", wanted: list[tuple[str, str]]) -> int:
    """The exit code; what was answered before about the very same files is said again."""
    from gitscale.actions.unchanged import Answer, Glance, glance, remember
    from gitscale.cli.host import colour, today

    plain = asked.base is None and asked.head is None and [place for _, place in wanted] == [_STANDARD_OUTPUT]
    question = repr((asked, wanted, today(), colour(sys.stdout)))
    first = glance(repository, question, partial(_judge_of, asked)) if plain else Glance(b"")
    if first.answer is not None:
        _put(first.answer.text, _STANDARD_OUTPUT)
        return first.answer.code
    report = _judged(repository, asked, first.seen if plain else None)
    texts = [_rendered(report, name) for name, _ in wanted]
    for text, (_, place) in zip(texts, wanted, strict=True):
        _put(text, place)
    if plain:
        remember(repository, first.seen, question, Answer(texts[0], int(bool(report.failing))))
    return int(bool(report.failing))


def _judged(repository: "Repository", asked: "Ask", seen: bytes | None) -> "Report":
    from gitscale.cli.host import workspace_of

    return _judge_of(asked)(workspace_of(repository), asked, seen)


def _judge_of(asked: "Ask") -> "Callable[[Workspace, Ask, bytes | None], Report]":
    if asked.valid_only:
        from gitscale.actions.validity import validity as judge
    else:
        from gitscale.actions.gate import gate as judge
    return judge


def _rendered(report: "Report", name: str) -> str:
    if name == "text":
        from gitscale.cli.host import colour
        from gitscale.risk.reporters.text import text

        return text(report, colour=colour(sys.stdout))
    from gitscale.risk.reporters.table import REPORTERS

    if name == "answer":  # the JSON report, with what every answer to --json has
        code = int(bool(report.failing))
        return json.dumps({"ok": code == 0, "exit_code": code} | json.loads(REPORTERS["json"](report))) + "\n"
    return REPORTERS[name](report)


def _put(text: str, place: str) -> None:
    if place == _STANDARD_OUTPUT:
        click.echo(text, nl=False)
        return
    temporary = Path(f"{place}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, place)
