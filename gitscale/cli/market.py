"""gitscale market: what is known of exchanges."""

import click

from gitscale.cli.machine import echo


@click.group()
def market() -> None:
    """Look after what is known of the exchanges."""


@market.command()
@click.option("--repo", metavar="DIR", help="Config repository (default: the one around you).")
@click.option("--branch", metavar="NAME", help="Read and write this branch; the work tree stays as it is.")
@click.option("--json", "as_json", is_flag=True, help="Answer with one line of JSON.")
def pull(repo: str | None, branch: str | None, as_json: bool) -> int:
    """Read tiers, largest leverage, fees and hedge mode from the fleet's exchanges.

    One commit of market/facts.yaml, which the risk rules judge by.
    """
    from gitscale.actions.pull import pull as read
    from gitscale.actions.workspace import Scope
    from gitscale.cli.host import open_workspace

    with open_workspace(repo) as workspace:
        done = read(workspace, Scope(branch=branch))
    missing = {f"{name} {symbol}": why for name, item in done.read.items() for symbol, why in item.missing.items()}
    lines = [f"{name}: {len(item.facts.markets)} markets as of {item.facts.as_of}" for name, item in done.read.items()]
    lines += [f"  not known: {what}: {why}" for what, why in missing.items()]
    lines += [f"error: {name}: its facts stay as they were: {why}" for name, why in done.failed.items()]
    lines.append(f"committed {done.commit.id[:10]} on {done.branch}" if done.commit else "nothing is new")
    data = {
        "commit": done.commit.id if done.commit else None,
        "branch": done.branch,
        "exchanges": {name: sorted(item.facts.markets) for name, item in done.read.items()},
        "missing": missing,
        "failed": dict(done.failed),
    }
    return echo("\n".join(lines), data, 4 if done.failed else 0, as_json=as_json)
