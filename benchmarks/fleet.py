"""Fleets to measure with: valid, varied, and the same bytes every time.

usage: python -m benchmarks.fleet DIR [--bots N] [--folders]
"""

import argparse
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gitscale.actions.init import starter_files
from gitscale.store.process import strip_environment

SEED = 20261123
PER_FOLDER = 100
_WHO = {
    "GIT_AUTHOR_NAME": "Bench",
    "GIT_AUTHOR_EMAIL": "bench@example.org",
    "GIT_COMMITTER_NAME": "Bench",
    "GIT_COMMITTER_EMAIL": "bench@example.org",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
}
_MAJORS = ("BTC", "ETH", "SOL", "XRP", "DOGE", "ADA", "AVAX", "LINK", "DOT", "LTC", "BCH", "NEAR", "ATOM", "UNI")
_CHAINS = ("APT", "ARB", "OP", "SUI", "SEI", "TIA", "INJ", "FIL", "ETC", "STX", "IMX", "RUNE", "GRT", "HYPE", "ASTER")
_TOKENS = ("AAVE", "ENA", "WIF", "PEPE", "BONK", "JUP", "PYTH", "WLD", "LDO", "CRV", "SNX", "PENDLE", "ONDO", "JTO")
_COINS = (*_MAJORS, *_CHAINS, *_TOKENS)
_EXCHANGES = {"blofin": "USDT", "bybit": "USDT", "okx": "USDT", "binanceusdm": "USDT", "bitget": "USDT"}
_STYLES = ("scalp", "steady", "wide", "night", "tight", "drift", "swing", "quiet")
_REASONS = (
    "agreed with the desk",
    "thin book on weekends",
    "halved after the long wick",
    "follows the larger sibling",
    "kept small until the rebate tier is reached",
    "wider because funding flips often",
)
_KNOBS = {
    "requote_ms": (250, 4000),
    "inventory_skew_bps": (1, 30),
    "max_order_age_s": (20, 900),
    "atr_window": (7, 60),
    "book_depth": (5, 50),
}


class Fleet(NamedTuple):
    """A generated repository and the paths of its bots in it."""

    root: Path
    bots: list[str]

    def commit(self, text: str, *paths: str) -> None:
        """What people do by hand: add and commit."""
        git(self.root, "add", "--", *paths)
        git(self.root, "commit", "--quiet", "-m", text)


def environment() -> dict[str, str]:
    """The environment of every measured process: who commits, and no git setting of this machine."""
    return strip_environment(os.environ) | _WHO


def git(root: Path, *words: str) -> bytes:
    """Run git in a repository."""
    return subprocess.run(["git", "-C", str(root), *words], env=environment(), check=True, capture_output=True).stdout


def bot(number: int, rng: random.Random) -> tuple[str, str]:
    """Name and YAML text of one bot; small enough in risk to pass every default limit."""
    exchange = rng.choice(list(_EXCHANGES))
    coins = rng.sample(_COINS, rng.randint(1, 4))
    style = rng.choice(_STYLES)
    name = f"{exchange}-{coins[0].lower()}-{style}-{number:05}"
    symbols = ", ".join(f"{coin}/{_EXCHANGES[exchange]}:{_EXCHANGES[exchange]}" for coin in coins)
    floor = rng.randint(6, 12)
    lines = [
        "# yaml-language-server: $schema=../schemas/bot.schema.json",
        f"# {style} grid number {number} on {exchange}, {rng.choice(_REASONS)}",
        f"# reviewed 2026-{rng.randint(1, 11):02}-{rng.randint(1, 28):02} desk {rng.randint(1, 40)}, see the runbook",
        "",
        f"name: {name}",
        "strategy: perp_mm",
        f"exchange: {exchange}",
        f"account: sub-{number:05}",
        f"preset: {rng.choice(('Steady Grid', 'BloFin v7 Long Short Counterscalp', 'Counterscalp Light'))}",
        f"enabled: {rng.choice(('true', 'true', 'true', 'false'))}",
        "margin_mode: cross",
        f"symbols: [{symbols}]",
        "",
        "settings:",
        f"  equity_pct: {rng.randint(2, 12) / 2}",
        f"  leverage: {rng.randint(5, 60)}",
        f"  base_spread_bps: {floor + rng.randint(2, 20)}  # {rng.choice(_REASONS)}",
        f"  min_spread_bps: {floor}",
        f"  target_net_bps: {rng.randint(8, 20)}",
        f"  num_levels: {rng.randint(3, 12)}",
        f"  hard_stop_loss_bps: {rng.randint(10, 40) * 10}",
        f"  xgrid_enabled: {rng.choice(('true', 'false'))}",
        "advanced:",
        *_advanced(rng),
        "accepted_risks: []",
    ]
    return name, "\n".join(lines) + "\n"


def _advanced(rng: random.Random) -> Iterator[str]:
    for key in rng.sample(list(_KNOBS), 3):
        low, high = _KNOBS[key]
        yield f"  {key}: {rng.randint(low, high)}"
    yield f"  quote_hours: {{}}  # {rng.choice(_REASONS)}"


def files(bots: int, *, folders: bool = False) -> Iterator[tuple[str, str]]:
    """Path and text of every bot; with `folders` about a hundred lie in each."""
    rng = random.Random(SEED)
    for number in range(bots):
        name, text = bot(number, rng)
        folder = f"bots/desk-{number // PER_FOLDER:03}" if folders else "bots"
        yield f"{folder}/{name}.yaml", text.replace("$schema=../", "$schema=../../") if folders else text


def make(root: Path, bots: int, *, folders: bool = False) -> Fleet:
    """A new repository at `root` with so many bots, committed."""
    root.mkdir(parents=True)
    git(root, "init", "--quiet", "--initial-branch=main", "--template=")
    for path, content in starter_files().items():
        if not path.startswith("bots/"):
            place = root / path
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(content)
    paths = []
    for path, text in files(bots, folders=folders):
        place = root / path
        place.parent.mkdir(exist_ok=True, parents=True)
        place.write_text(text, encoding="utf-8")
        paths.append(path)
    fleet = Fleet(root, paths)
    fleet.commit(f"A fleet of {bots}", ".")
    return fleet


def main() -> None:
    """Make one by hand."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fleet", description="Make a fleet to measure with.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--bots", type=int, default=1000)
    parser.add_argument("--folders", action="store_true", help="about a hundred bots a folder, not one flat folder")
    given = parser.parse_args()
    fleet = make(given.directory, given.bots, folders=given.folders)
    print(f"{fleet.root}: {len(fleet.bots)} bots")


if __name__ == "__main__":
    main()
