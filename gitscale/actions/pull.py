"""gitscale market pull: what the fleet's exchanges grant, read from them, into market/facts.yaml as a commit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from gitscale.actions.symbols import Query, feed_of
from gitscale.actions.workspace import Scope, Workspace, choose
from gitscale.documents import load
from gitscale.documents.facts import text_of
from gitscale.errors import Unavailable
from gitscale.market.facts import Read, Wanted, read
from gitscale.model.exchanges import ALIASES
from gitscale.model.facts import Facts
from gitscale.model.fleet import FACTS_FILE, Fleet
from gitscale.store.commit import Committed, Draft, commit

# asked anew each time: what is written down with today's date was read today
_FRESH = Query(max_age=timedelta(0))


@dataclass(frozen=True, slots=True)
class Pulled:
    """What was read by exchange, what failed with the reason, and the commit; none: nothing is new."""

    branch: str
    read: Mapping[str, Read]
    failed: Mapping[str, str]
    commit: Committed | None


def pull(workspace: Workspace, scope: Scope) -> Pulled:
    """Read and commit; an exchange that does not answer keeps the facts, and the date, that it has.

    Raises:
        Refused: no perp_mm bot says what to ask for.
        Unavailable: not one exchange answered.
    """
    branch = workspace.branch(scope)
    loaded = workspace.loaded(workspace.tip(scope))
    wanted = _wanted(loaded.fleet)
    if not wanted:
        choose(loaded, None)
    found: dict[str, Read] = {}
    failed: dict[str, str] = {}
    for exchange, symbols in sorted(wanted.items()):
        question = Wanted(exchange, sorted(symbols), workspace.today().isoformat())
        try:
            found[exchange] = read(feed_of(workspace, exchange, _FRESH), question, workspace.host.progress)
        except Unavailable as error:
            failed[exchange] = error.message
    if not found:
        raise Unavailable("; ".join(failed.values()), "try again later; the facts stay as they are")
    return Pulled(branch, found, failed, _commit(workspace, branch, found))


def _wanted(fleet: Fleet) -> dict[str, set[str]]:
    """The symbols by exchange that bots quote, and those whose facts are there already."""
    symbols: dict[str, set[str]] = {}
    for entry in fleet.perp_mm():
        symbols.setdefault(entry.venue[0], set()).update(entry.bot.symbols)
    for exchange, known in fleet.facts.exchanges.items() if fleet.facts else ():
        symbols.get(ALIASES.get(exchange, exchange), set()).update(known.markets)
    return symbols


def _commit(workspace: Workspace, branch: str, found: Mapping[str, Read]) -> Committed | None:
    def decide(base: str) -> Draft | None:
        before = workspace.loaded(base).fleet.facts or Facts()
        kept = {name: item for name, item in before.exchanges.items() if ALIASES.get(name, name) not in found}
        text = text_of(Facts(exchanges=kept | {name: item.facts for name, item in found.items()})).encode()
        load.facts(FACTS_FILE, text)
        source = workspace.source(base, FACTS_FILE)
        return None if source and source.data == text else Draft({FACTS_FILE: text}, _message(found))

    return commit(workspace.repository, branch, decide)


def _message(found: Mapping[str, Read]) -> str:
    rows = [f"{name}: {len(item.facts.markets)} markets as of {item.facts.as_of}" for name, item in found.items()]
    return "\n".join([f"market: facts of {', '.join(found)}", "", *rows, "", "Gitscale-Command: market pull"])
