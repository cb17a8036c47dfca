"""The table of hummingbot's engines, what each refuses, and its files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from gitscale.documents.scalars import write
from gitscale.model.bot import PerpMMBot
from gitscale.model.exposure import exposure
from gitscale.model.numbers import spell
from gitscale.model.plain import line
from gitscale.sync.engines import hummingbot_controller, hummingbot_v1
from gitscale.sync.engines.connectors import CONNECTORS
from gitscale.sync.engines.losses import Loss
from gitscale.sync.engines.sizing import Market, config_id, take_profit_bps

Values = Mapping[str, object]


class Engine(NamedTuple):
    """A kind of configuration: the folder of hummingbot's conf it belongs in, and how it is made.

    `hot` keys are read while the bot runs, the others need a restart; `priced`: amounts are in base units;
    `switch`: it can say that a bot is disabled; `script`: what runs the symbols of one bot.
    """

    folder: str
    settings: Callable[[PerpMMBot, Market], Values]
    losses: Callable[[PerpMMBot, Market], Iterator[Loss]]
    hot: frozenset[str] = frozenset()
    priced: bool = False
    switch: bool = False
    script: Callable[[PerpMMBot, Sequence[Market]], Values] | None = None


ENGINES: Mapping[str, Engine] = MappingProxyType(
    {
        "hummingbot-controller": Engine(
            "controllers",
            hummingbot_controller.settings,
            hummingbot_controller.losses,
            hot=hummingbot_controller.HOT,
            switch=True,
            script=hummingbot_controller.script,
        ),
        "hummingbot-v1": Engine("strategies", hummingbot_v1.settings, hummingbot_v1.losses, priced=True),
    }
)


def unsuited(engine: Engine, bot: PerpMMBot, maker_bps: float) -> str:
    """Why hummingbot cannot run this bot; empty where it can."""
    if bot.exchange not in CONNECTORS:
        return f"no hummingbot connector is known for {bot.exchange}"
    if exposure(bot.settings) == 0:
        return "equity_pct is 0, and hummingbot has no order of no size"
    if not (bot.enabled or engine.switch):
        return "it is disabled, and this engine has no switch to say so"
    if (gross := take_profit_bps(bot, maker_bps)) <= 0:
        return f"take-profit and maker rebate make {spell(gross)} bps gross, and hummingbot asks for more than 0"
    odd = (reason for symbol in bot.symbols if (reason := _unspeakable(symbol)))
    return next(odd, "") or _ambiguous(bot)


def _unspeakable(symbol: str) -> str:
    """Why hummingbot has no word for a symbol: it splits BASE-QUOTE at the hyphen, and amounts are in quote."""
    base, _, rest = symbol.partition("/")
    quote, _, settle = rest.partition(":")
    if quote != settle:
        return f"{symbol} is settled in {settle}, and amounts are in {quote}"
    return f"{symbol} has a hyphen, which separates base and quote there" if "-" in base else ""


def _ambiguous(bot: PerpMMBot) -> str:
    """Why two symbols would be one market or, where letter case does not count, one file."""
    seen: dict[str, str] = {}
    for symbol in bot.symbols:
        pair = CONNECTORS[bot.exchange].pair(symbol)
        if (other := seen.setdefault(pair.lower(), symbol)) != symbol:
            return f"{other} and {symbol} are both {pair} there"
    return ""


def files(name: str, bot: PerpMMBot, markets: Sequence[Market], sha256: str) -> dict[str, str]:
    """Texts by name below hummingbot's conf folder: one a symbol, and the script where the engine has one."""
    engine = ENGINES[name]
    found = {}
    for market in markets:
        title = f"gitscale export {name}: {bot.name}, {market.symbol}"
        head = [title, f"from configuration {sha256}", *_head(engine, bot, market)]
        found[f"{engine.folder}/{config_id(bot, market)}.yml"] = _comment(head) + yaml(engine.settings(bot, market))
    if engine.script is not None:
        head = [f"gitscale export {name}: {bot.name}, what runs its controllers", "restart: every key"]
        found[f"scripts/{bot.name}.yml"] = _comment(head) + yaml(engine.script(bot, markets))
    return found


def heat(engine: Engine, keys: Iterable[str]) -> tuple[list[str], list[str]]:
    """The keys that are read while the bot runs, and those that need a restart."""
    keys = list(keys)
    return [key for key in keys if key in engine.hot], [key for key in keys if key not in engine.hot]


def yaml(values: Values) -> str:
    """One key a line, in the engine's order."""
    return "".join(f"{key}: {write(value)}\n" for key, value in values.items())


def _head(engine: Engine, bot: PerpMMBot, market: Market) -> Iterator[str]:
    """What the figures follow from beside the configuration, what was lost, and how the keys are read."""
    price = "" if market.price is None else f", price {spell(float(market.price))}"
    yield f"equity {spell(float(market.equity))}{price}, maker fee {spell(market.maker_bps)} bps"
    yield from (f"{kind}: {what}: {how}" for kind, what, how in engine.losses(bot, market))
    hot, restart = heat(engine, engine.settings(bot, market))
    yield from (f"{title}: {', '.join(keys)}" for title, keys in (("hot", hot), ("restart", restart)) if keys)


def _comment(lines: Iterable[str]) -> str:
    """Lines as comments in ASCII; nothing foreign in them can end one."""
    return "".join(f"# {line(text)}\n" for text in lines).encode("ascii", "backslashreplace").decode()
