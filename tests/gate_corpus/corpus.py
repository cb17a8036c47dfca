"""The labelled changes that judge the risk gate, read from the YAML files beside this one.

Each label follows from the design by arithmetic, written out in the case's `why`. A case:

    - name: stop-at-75                      # unique
      why: 750% x 1000 bps = 75.0%, not above 75
      label: harmless                       # dangerous | harmless | de-risking
      base: {a: 10x75/900}                  # bots by name, and policy, profiles, presets, facts, deploy, files
      head: {a: 10x75/984}                  # laid over base: only what differs; `gone` removes
      expect: {shows: [GS104], direction: {a: risk-adding}}

`expect`: `fails` are exactly the codes the gate fails for (none: it passes), `shows` must be reported without failing,
`silent` must not be reported at all, `direction` is the class of changed bots.
A family shares keys: its `rows` maps names to what each row adds (`name` of the case: family-row).

Bots. `5x50/500` is equity_pct x leverage / hard_stop_loss_bps; `degen` is a profile of the reference; else a mapping:
x, profile, stop, base, min, target, levels, xgrid, mode (margin_mode), ex (exchange), acct (account), sym (bases of
USDT swaps), enabled, preset, strategy, advanced, settings (as written), accepts (`GS101 2000 until 2026-12-31`),
and of the file: at (folder), stem, comment, append (lines behind), text (all of it), bytes (padded to that size).
`m{1..9}` stands for m1 to m9. What is not said: blofin, an account and a market of the bot's own, enabled, cross,
xgrid as the parameters have it. Facts grant 125x in every market either side names, as of 2026-11-20;
policy.yaml states the design's defaults and profiles.yaml the reference's four profiles. Today is 2026-12-01.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from gitscale.model.exchanges import KNOWN

HERE = Path(__file__).parent
LABELS = ("dangerous", "harmless", "de-risking")
DIRECTIONS = ("risk-adding", "neutral", "de-risking")
CODES = tuple(
    f"GS{number:03}" for span in ((1, 9), (101, 110), (201, 206), (901, 904)) for number in range(span[0], span[1] + 1)
)
LEAST = {"dangerous": 120, "harmless": 100, "de-risking": 60}
TODAY, AS_OF, UNTIL = date(2026, 12, 1), "2026-11-20", "2026-12-31"
GONE = "gone"

POLICY: dict[str, Any] = {
    "max_exposure": 1000,
    "max_account_exposure": 1500,
    "loss_at_stop": {"warn": 25, "max": 75},
    "levels": {"moderate": 100, "high": 500, "extreme": 1500},
    "growth_factor": 3,
    "mass_change": {"share": 30, "bots": 3},
    "maintenance_margin": 0.5,
    "slippage_bps": 10,
    "acceptance_days": 30,
    "facts_max_age_days": 30,
}
_FIVE = ("equity_pct", "leverage", "base_spread_bps", "target_net_bps", "hard_stop_loss_bps")
PROFILES: dict[str, dict[str, float]] = {
    "conservative": dict(zip(_FIVE, (3, 10, 25, 15, 200), strict=True)),
    "moderate": dict(zip(_FIVE, (5, 50, 15, 11, 500), strict=True)),
    "aggressive": dict(zip(_FIVE, (12, 75, 10, 8, 800), strict=True)),
    "degen": dict(zip(_FIVE, (20, 100, 8, 6, 1500), strict=True)),
}
_SETTINGS = {
    "stop": "hard_stop_loss_bps",
    "base": "base_spread_bps",
    "min": "min_spread_bps",
    "target": "target_net_bps",
    "levels": "num_levels",
    "xgrid": "xgrid_enabled",
}
_TOP = {"mode": "margin_mode", "ex": "exchange", "acct": "account", "enabled": "enabled", "preset": "preset"}
_FILE = {"at", "stem", "comment", "append", "text", "bytes"}
_BOT = {
    *_SETTINGS,
    *_TOP,
    *_FILE,
    "x",
    "profile",
    "sym",
    "strategy",
    "advanced",
    "settings",
    "accepts",
    "equity",
    "lev",
}
_COMMON = {"policy", "profiles", "presets", "facts", "deploy", "files"}
_SIZE = re.compile(r"(?P<equity>[0-9.]+)x(?P<leverage>[0-9]+)(?:/(?P<stop>[0-9.]+))?")
_RANGE = re.compile(r"(.*)\{([0-9]+)\.\.([0-9]+)\}(.*)")
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*(?::[A-Z]+)?(?<! )")
_ACCEPTS = re.compile(r"(GS[0-9]{3}) ([0-9.]+)(?: until ([0-9-]{10}))?")

Files = Mapping[str, bytes]
Tree = dict[str, Any]


class Symlink(bytes):
    """A symbolic link (git mode 120000); the bytes are its target."""


class Submodule(bytes):
    """A submodule (git mode 160000); the bytes are the commit's hex id."""


@dataclass(frozen=True, slots=True)
class Case:
    """One change to a repository, and what the gate must say of it."""

    name: str
    theme: str
    why: str
    label: str
    base: Files
    head: Files
    today: date
    fails: frozenset[str]
    shows: frozenset[str]
    silent: frozenset[str]
    direction: Mapping[str, str]
    base_invalid: bool


Verdict = tuple[Collection[str], Collection[str], Mapping[str, str]]
Judge = Callable[[Files, Files, date], Verdict]


@dataclass(frozen=True, slots=True)
class Score:
    """How well a gate does: both shares lie between 0 and 1; `wrong` says every difference in words."""

    recall: float
    false_block_rate: float
    wrong: list[str]


def score(cases: Sequence[Case], judge: Judge) -> Score:
    """Ask `judge` (base, head, today -> codes that fail, codes shown, direction by bot) about every case."""
    caught, blocked = 0, 0
    wrong: list[str] = []
    for case in cases:
        fails, shown, directions = judge(case.base, case.head, case.today)
        if fails:
            caught += case.label == "dangerous"
            blocked += case.label != "dangerous"
        wrong.extend(f"{case.name}: {text}" for text in _differences(case, set(fails), set(shown), directions))
    dangerous = sum(case.label == "dangerous" for case in cases)
    others = len(cases) - dangerous
    return Score(caught / dangerous if dangerous else 1.0, blocked / others if others else 0.0, wrong)


def _differences(case: Case, fails: set[str], shown: set[str], directions: Mapping[str, str]) -> Iterator[str]:
    if fails != case.fails:
        yield f"fails for {_words(fails)}, not for {_words(case.fails)} ({case.why})"
    if lacking := case.shows - shown:
        yield f"does not show {_words(lacking)} ({case.why})"
    if loud := case.silent & (shown | fails):
        yield f"reports {_words(loud)} ({case.why})"
    for bot, wanted in case.direction.items():
        # a bot the gate does not list is one it sees no change in
        if (found := directions.get(bot, "neutral")) != wanted:
            yield f"{bot} is {found}, not {wanted} ({case.why})"


def _words(codes: Collection[str]) -> str:
    return ", ".join(sorted(codes)) or "nothing"


def load_cases(folder: Path = HERE) -> list[Case]:
    """Every case of the corpus.

    Raises:
        ValueError: when one is malformed, or two have the same name.
    """
    cases = [case for path in sorted(folder.glob("*.yaml")) for case in _file_cases(path)]
    seen: set[str] = set()
    for case in cases:
        if case.name in seen:
            raise ValueError(f"{case.theme}: two cases are named {case.name}")
        seen.add(case.name)
    return cases


def _file_cases(path: Path) -> Iterator[Case]:
    for item in YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")):
        for raw in _rows(item):
            try:
                yield _case(path.stem, raw)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}: {raw.get('name')}: {error!r}") from error


def _rows(item: Tree) -> Iterator[Tree]:
    if "family" not in item:
        yield item
        return
    shared = {key: value for key, value in item.items() if key not in ("family", "rows")}
    for key, row in item["rows"].items():
        yield _over(shared, row) | {"name": f"{item['family']}-{key}"}


def _case(theme: str, raw: Tree) -> Case:
    known = {"name", "why", "label", "base", "head", "today", "expect", "base_invalid"}
    expect = _kept(raw.get("expect", {}))
    if extra := (set(raw) - known) | (set(expect) - {"fails", "shows", "silent", "direction"}):
        raise ValueError(f"unknown keys {sorted(extra)}")
    codes = {key: frozenset(expect.get(key, ())) for key in ("fails", "shows", "silent")}
    if unknown := frozenset().union(*codes.values()) - set(CODES):
        raise ValueError(f"unknown codes {sorted(unknown)}")
    if raw["label"] not in LABELS or (raw["label"] == "dangerous") != bool(codes["fails"]):
        raise ValueError(f"the label {raw['label']} does not go with what it fails for")
    direction = expect.get("direction", {})
    if not set(direction.values()) <= set(DIRECTIONS):
        raise ValueError(f"unknown direction in {direction}")
    base = _expand(raw["base"])
    head = _over(base, _expand(raw.get("head", {})))
    markets = _markets(base) | _markets(head)
    return Case(
        raw["name"],
        theme,
        str(raw["why"]),
        raw["label"],
        _files(base, markets),
        _files(head, markets),
        date.fromisoformat(str(raw.get("today", TODAY))),
        **codes,
        direction=direction,
        base_invalid=raw.get("base_invalid", False),
    )


def _over(lower: Tree, upper: Tree) -> Tree:
    """`upper` laid over `lower`: mappings merge, `gone` removes, anything else replaces."""
    merged = deepcopy(lower)
    for key, value in upper.items():
        if value == GONE:
            # a file of the repository is only known to be gone once all are written
            merged[key] = GONE
        elif isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = _over(merged[key], value)
        else:
            merged[key] = deepcopy(value)
    return merged


def _kept(tree: Tree) -> Tree:
    return {key: _kept(value) if isinstance(value, dict) else value for key, value in tree.items() if value != GONE}


def _expand(side: Tree) -> Tree:
    """Ranges of names spelled out, short bots as mappings."""
    spelled: Tree = {}
    for key, value in side.items():
        found = _RANGE.fullmatch(key)
        numbers = range(int(found[2]), int(found[3]) + 1) if found else ()
        for name in [f"{found[1]}{number}{found[4]}" for number in numbers] if found else [key]:
            if name in _COMMON or value == GONE:
                spelled[name] = value
            else:
                earlier = spelled.get(name, {})
                spelled[name] = _over({} if earlier == GONE else earlier, _long(value))
    return spelled


def _long(bot: Any) -> Tree:
    if not isinstance(bot, dict):
        bot = {"profile": bot} if bot in PROFILES else {"x": bot}
    if unknown := set(bot) - _BOT:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    size = {key: value for key, value in bot.items() if key not in ("x", "profile")}
    if "x" in bot:
        match = _SIZE.fullmatch(bot["x"])
        if not match:
            raise ValueError(f"not a size: {bot['x']}")
        size = {"equity": _number(match["equity"]), "lev": int(match["leverage"])} | size
        if match["stop"]:
            size = {"stop": _number(match["stop"])} | size
    if "profile" in bot:
        values = PROFILES[bot["profile"]]
        size = (
            dict(zip(("equity", "lev", "base", "target", "stop"), (values[key] for key in _FIVE), strict=True)) | size
        )
    return size


def _number(text: str) -> int | float:
    return float(text) if "." in text else int(text)


def _bots(side: Tree) -> Iterator[tuple[str, Tree]]:
    return ((name, bot) for name, bot in side.items() if name not in _COMMON and bot != GONE)


def _symbols(name: str, bot: Tree) -> list[str]:
    return [f"{base}/USDT:USDT" for base in bot.get("sym", [name.upper()])]


def _markets(side: Tree) -> set[tuple[str, str]]:
    found = {(bot.get("ex", "blofin"), symbol) for name, bot in _bots(side) for symbol in _symbols(name, bot)}
    found |= {("binanceusdm", symbol) for exchange, symbol in found if exchange == "binance"}
    return {(exchange, symbol) for exchange, symbol in found if exchange in KNOWN}


def _files(side: Tree, markets: set[tuple[str, str]]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, written in _bots(side):
        bot = _kept(written)
        place = "/".join(part for part in ("bots", bot.get("at"), f"{bot.get('stem', name)}.yaml") if part)
        files[place] = _bot_file(name, bot)
    if (policy := side.get("policy", {})) != GONE:
        files["policy.yaml"] = _document(_kept(_over(POLICY, policy)))
    files["profiles.yaml"] = _document(_profiles(side))
    if (facts := side.get("facts", {})) != GONE:
        files["market/facts.yaml"] = _document(_facts(facts, markets))
    if deploy := side.get("deploy"):
        files["gitscale.yaml"] = _document(deploy)
    for path, content in side.get("files", {}).items():
        if content == GONE:
            files.pop(path, None)
        else:
            files[path] = _content(content)
    return files


def _profiles(side: Tree) -> Tree:
    plain: Tree = {name: {"settings": values} for name, values in PROFILES.items()}
    plain["degen"] = {"confirm": True, **plain["degen"]}
    found = {"profiles": _kept(_over(plain, side.get("profiles", {})))}
    return found | ({"presets": _kept(side["presets"])} if "presets" in side else {})


def _facts(facts: Tree, markets: set[tuple[str, str]]) -> Tree:
    granted: Tree = {}
    for exchange, symbol in sorted(markets):
        granted.setdefault(exchange, {})[symbol] = 125
    said = {key: value for key, value in facts.items() if key != "as_of"}
    exchanges = {
        exchange: {
            "as_of": str(facts.get("as_of", AS_OF)),
            "markets": {symbol: {"max_leverage": value} for symbol, value in grants.items()},
        }
        for exchange, grants in _kept(_over(granted, said)).items()
    }
    return {"exchanges": exchanges}


def _bot_file(name: str, bot: Tree) -> bytes:
    if "text" in bot:
        return _content(bot["text"])
    text = "".join(f"# {line}\n" for line in bot.get("comment", "").splitlines())
    text += _document(_bot_document(name, bot)).decode() + bot.get("append", "")
    if "bytes" in bot:
        text += "#" * (bot["bytes"] - len(text.encode()) - 1) + "\n"
    return bytes(text, "utf-8")


def _bot_document(name: str, bot: Tree) -> Tree:
    whole: Tree = {"name": name, "strategy": bot.get("strategy", "perp_mm"), "exchange": "blofin", "account": name}
    whole |= {_TOP[key]: value for key, value in bot.items() if key in _TOP}
    whole["symbols"] = _symbols(name, bot)
    settings = {_SETTINGS[key]: value for key, value in bot.items() if key in _SETTINGS}
    if "equity" in bot:
        settings = {"equity_pct": bot["equity"], "leverage": bot["lev"]} | settings
    whole["settings"] = settings | bot.get("settings", {})
    if "advanced" in bot:
        whole["advanced"] = bot["advanced"]
    if "accepts" in bot:
        whole["accepted_risks"] = [_acceptance(text) for text in bot["accepts"]]
    return whole


def _acceptance(text: str) -> Tree:
    match = _ACCEPTS.fullmatch(text)
    if not match:
        raise ValueError(f"not an acceptance: {text}")
    limit = _number(match[2])
    return {"rule": match[1], "limit": limit, "reason": "a trial", "by": "ada", "until": match[3] or UNTIL}


def _document(value: Tree) -> bytes:
    """YAML text as people write it: mappings a key a line, lists between brackets."""
    return "".join(_lines(value, "")).encode()


def _lines(value: Tree, indent: str) -> Iterator[str]:
    for key, item in value.items():
        if isinstance(item, dict) and item:
            yield f"{indent}{_scalar(key)}:\n"
            yield from _lines(item, indent + "  ")
        elif isinstance(item, list) and item and isinstance(item[0], dict):
            yield f"{indent}{_scalar(key)}:\n"
            for entry in item:
                first, *rest = _lines(entry, indent + "    ")
                yield f"{indent}  - {first.lstrip()}"
                yield from rest
        else:
            yield f"{indent}{_scalar(key)}: {_scalar(item)}\n"


def _scalar(value: Any) -> str:
    if (
        isinstance(value, str)
        and _PLAIN.fullmatch(value)
        and value not in ("null", "true", "false", "yes", "no", "off")
    ):
        return value
    if isinstance(value, list):
        return f"[{', '.join(_scalar(item) for item in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _content(content: Any) -> bytes:
    """What `files` and `text` say: text, or one of {link}, {module}, {hex}."""
    if isinstance(content, str):
        return content.encode()
    ((kind, value),) = content.items()
    if kind == "hex":
        return bytes.fromhex(value)
    return Symlink(value, "utf-8") if kind == "link" else Submodule(value, "utf-8")
