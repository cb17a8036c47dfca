"""gitscale export: bots of the deployed branch in the words of another engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from gitscale.actions.deploy import deployed_branch
from gitscale.actions.workspace import Scope, Workspace, named
from gitscale.documents.load import Loaded
from gitscale.documents.scalars import NUMBER
from gitscale.documents.words import suggestion
from gitscale.errors import Refused, Usage
from gitscale.model.bot import PerpMMBot
from gitscale.model.fleet import Fleet, FleetBot
from gitscale.sync.engines import kubernetes, registry
from gitscale.sync.engines.connectors import CONNECTORS
from gitscale.sync.engines.folder import put
from gitscale.sync.engines.losses import Loss
from gitscale.sync.engines.sizing import Market, decimal
from gitscale.sync.render import record

NAMES = (*registry.ENGINES, kubernetes.KUBERNETES)
# beyond these nothing is traded, and figures would leave what readers of YAML agree on
_SMALLEST, _LARGEST = Decimal("1e-12"), Decimal("1e15")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: no bots are all of them; `prices` are SYMBOL=P."""

    engine: str
    bots: tuple[str, ...] = ()
    equity: str | None = None
    prices: tuple[str, ...] = ()
    output: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Exported:
    """Texts by file name, losses by bot, and keys that are read while a bot runs (`hot`) or need a restart.

    `left_out` are bots the engine cannot run, with the reason.
    """

    engine: str
    revision: str
    files: Mapping[str, str]
    losses: Mapping[str, Sequence[Loss]] = field(default_factory=dict)
    hot: Sequence[str] = ()
    restart: Sequence[str] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)


class Fitting(NamedTuple):
    """A fleet in an engine's files, as it follows from the configuration alone.

    `owners` are the bots that files are of; `left_out` are those that do not fit, with the reason.
    """

    files: Mapping[str, str]
    owners: Mapping[str, str]
    left_out: Mapping[str, str]


def fitting(engine: str, fleet: Fleet) -> Fitting:
    """What an export of all bots writes, with the equity that policy.yaml has."""
    entries = [fleet.bots[name] for name in sorted(fleet.bots)]
    if engine == kubernetes.KUBERNETES:
        found = kubernetes.files(map(record, entries)) if entries else {}
        return Fitting(found, {f"{name}.json": name for name in fleet.bots}, {})
    bots, left_out = _suited(registry.ENGINES[engine], fleet, entries)
    files: dict[str, str] = {}
    owners: dict[str, str] = {}
    for entry, bot in bots:
        try:
            size = _known_equity(fleet, "/".join(bot.venue))
        except Usage as error:
            left_out[bot.name] = f"{error.message}: write accounts: in policy.yaml"
            continue
        own = registry.files(engine, bot, _markets_of(fleet, bot, size, {}), record(entry).sha256)
        files |= own
        owners |= dict.fromkeys(own, bot.name)
    return Fitting(files, owners, left_out)


def export(workspace: Workspace, wanted: Wanted) -> Exported:
    """Render bots for an engine, and write them where an output folder is given.

    Raises:
        Usage: no such engine, or equity or a price is missing or wrong.
        InvalidConfig: the fleet is not valid.
        Refused: a named bot cannot be exported, or a file in the folder is somebody's.
    """
    if wanted.engine not in NAMES:
        known = suggestion(wanted.engine, list(NAMES)) or f"known: {', '.join(NAMES)}"
        raise Usage(f"there is no engine {wanted.engine!r}", known)
    revision = workspace.tip(Scope(branch=deployed_branch(workspace)))
    loaded = workspace.loaded(revision)
    fleet, chosen = loaded.valid(), _chosen(loaded, wanted.bots)
    if not chosen:
        raise Refused("there is no bot to export", "gitscale presets says what a first one can start from")
    make = _kubernetes if wanted.engine == kubernetes.KUBERNETES else _hummingbot
    exported = make(fleet, chosen, wanted, revision)
    if wanted.output is not None:
        put(wanted.output, exported.files, force=wanted.force)
    return exported


def _chosen(loaded: Loaded, names: Sequence[str]) -> list[FleetBot]:
    return [named(loaded, name) for name in sorted(set(names) or loaded.fleet.bots)]


def _kubernetes(_: Fleet, chosen: Sequence[FleetBot], wanted: Wanted, revision: str) -> Exported:
    if wanted.equity or wanted.prices:
        raise Usage("kubernetes takes neither --equity nor --price", "it holds the bots' own settings")
    return Exported(wanted.engine, revision, kubernetes.files(map(record, chosen)))


def _hummingbot(fleet: Fleet, chosen: Sequence[FleetBot], wanted: Wanted, revision: str) -> Exported:
    engine = registry.ENGINES[wanted.engine]
    bots, left_out = _suited(engine, fleet, chosen)
    if left_out and (wanted.bots or not bots):
        name, reason = next(iter(left_out.items()))
        raise Refused(f"{name} cannot be exported: {reason}")
    markets = _markets(engine, fleet, bots, wanted)
    files: dict[str, str] = {}
    for entry, bot in bots:
        files |= registry.files(wanted.engine, bot, markets[bot.name], record(entry).sha256)
    losses = {bot.name: tuple(engine.losses(bot, markets[bot.name][0])) for _, bot in bots}
    _, first = bots[0]
    hot, restart = registry.heat(engine, engine.settings(first, markets[first.name][0]))
    return Exported(wanted.engine, revision, files, losses, hot, restart, left_out)


_Bots = list[tuple[FleetBot, PerpMMBot]]


def _suited(engine: registry.Engine, fleet: Fleet, chosen: Sequence[FleetBot]) -> tuple[_Bots, dict[str, str]]:
    """The bots that the engine can run, and why it cannot run the others."""
    found: _Bots = []
    left_out = {}
    for entry in chosen:
        bot = entry.bot
        if not isinstance(bot, PerpMMBot):
            left_out[bot.name] = f"it is a {bot.strategy} bot, and only perp_mm is translated"
        elif reason := registry.unsuited(engine, bot, fleet.policy.fees_of(bot.exchange).maker):
            left_out[bot.name] = reason
        else:
            found.append((entry, bot))
    return found, left_out


def _markets(engine: registry.Engine, fleet: Fleet, bots: _Bots, wanted: Wanted) -> dict[str, list[Market]]:
    """Every symbol of every bot with what is known beside its configuration."""
    prices = _prices(engine, bots, wanted)
    equity = _equity(bots, wanted.equity)
    return {
        bot.name: _markets_of(fleet, bot, equity or _known_equity(fleet, "/".join(bot.venue)), prices)
        for _, bot in bots
    }


def _markets_of(fleet: Fleet, bot: PerpMMBot, equity: Decimal, prices: Mapping[str, Decimal]) -> list[Market]:
    maker, connector = fleet.policy.fees_of(bot.exchange).maker, CONNECTORS[bot.exchange]
    return [Market(name, connector, equity, maker, prices.get(name)) for name in bot.symbols]


def _equity(bots: _Bots, given: str | None) -> Decimal | None:
    if given is None:
        return None
    accounts = sorted({"/".join(bot.venue) for _, bot in bots})
    if len(accounts) > 1:
        remedy = "name the bots of one account, or write accounts: in policy.yaml"
        raise Usage(
            f"--equity is of one account, and these bots draw on {len(accounts)}: {', '.join(accounts)}", remedy
        )
    return _amount(given, "--equity")


def _known_equity(fleet: Fleet, account: str) -> Decimal:
    held = fleet.policy.equity_of(account)
    if held is None:
        remedy = f"--equity AMOUNT, or in policy.yaml: accounts: {{{account}: AMOUNT}}"
        raise Usage(f"the equity of {account} is not known", remedy)
    return _bounded(decimal(held), f"the equity of {account}")


def _prices(engine: registry.Engine, bots: _Bots, wanted: Wanted) -> dict[str, Decimal]:
    """The price of every symbol, where the engine asks for prices."""
    if wanted.prices and not engine.priced:
        raise Usage(f"{wanted.engine} takes no --price", "its amounts are in quote")
    found: dict[str, Decimal] = {}
    quoted = {symbol for _, bot in bots for symbol in bot.symbols}
    for text in wanted.prices:
        symbol, _, price = text.partition("=")
        if symbol not in quoted or symbol in found:
            reason = "is given twice" if symbol in found else "names no symbol that these bots quote"
            raise Usage(f"--price {text} {reason}", "for example --price SOL/USDT:USDT=150.5")
        found[symbol] = _amount(price, f"--price {symbol}")
    if engine.priced and (missing := sorted(quoted - found.keys())):
        raise Usage(f"no price is known of {', '.join(missing)}", f"--price {missing[0]}=P, once for each symbol")
    return found


def _amount(text: str, what: str) -> Decimal:
    if not NUMBER.match(text):
        raise Usage(f"{what} is no plain decimal number: {text}", "for example 10000 or 0.25")
    return _bounded(Decimal(text), what)


def _bounded(value: Decimal, what: str) -> Decimal:
    if not _SMALLEST <= value <= _LARGEST:
        raise Usage(f"{what} is {value:.6g}, not within {_SMALLEST:g} to {_LARGEST:g}", "give it in quote currency")
    return value
