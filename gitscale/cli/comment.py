"""`gitscale comment`: where a report meets its pull request."""

from pathlib import Path

import click


@click.command()
@click.option("--file", "report", metavar="FILE", required=True, help="What lint --format comment wrote.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one line of JSON.")
def comment(report: str, as_json: bool) -> int:
    """Comment a pull request with the gate's report.

    There is one such comment, updated in place. For GitHub Actions: reads GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_REF
    and GITHUB_TOKEN. Where there is no FILE the comment says that the gate came to no verdict.
    """
    from gitscale.actions.comment import NO_VERDICT
    from gitscale.actions.comment import comment as put
    from gitscale.cli.host import pull_request
    from gitscale.cli.machine import echo

    path = Path(report)
    body = path.read_text(encoding="utf-8") if path.exists() else NO_VERDICT
    address = put(pull_request(), body)
    text = address or "no comment: this token may not write here (a fork?); the report stands in the step summary"
    return echo(text, {"comment": address}, 0, as_json=as_json)
