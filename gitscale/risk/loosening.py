"""What a change of policy, profiles, facts, gitscale.yaml and acceptances allows that was not allowed before."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from gitscale.model.change import Keys
from gitscale.model.fleet import DEPLOY_FILE, FACTS_FILE, POLICY_FILE, PROFILES_FILE, Fleet
from gitscale.model.numbers import spell
from gitscale.model.parameters import PARAMETERS, Settings
from gitscale.model.policy import Policy
from gitscale.risk.rule import Spot
from gitscale.risk.spots import written

if TYPE_CHECKING:
    from gitscale.model.facts import Market, Tier

UNSET = "unset"
UP, DOWN = 1, -1
# the looser direction of every number in policy.yaml; `POLICY_TABLES` has the keys that hold more than one number
POLICY: Mapping[tuple[str, ...], int] = {
    ("max_exposure",): UP,
    ("max_account_exposure",): UP,
    ("loss_at_stop", "warn"): UP,
    ("loss_at_stop", "max"): UP,
    ("levels", "moderate"): UP,
    ("levels", "high"): UP,
    ("levels", "extreme"): UP,
    ("growth_factor",): UP,
    ("mass_change", "share"): UP,
    ("mass_change", "bots"): UP,
    ("mass_sync", "share"): UP,
    ("mass_sync", "bots"): UP,
    ("maintenance_margin",): DOWN,
    ("slippage_bps",): DOWN,
    ("acceptance_days",): UP,
    ("facts_max_age_days",): UP,
}
# 0: neither direction is riskier by itself
SETTINGS: Mapping[str, int] = {
    "equity_pct": UP,
    "leverage": UP,
    "base_spread_bps": DOWN,
    "min_spread_bps": DOWN,
    "target_net_bps": DOWN,
    "num_levels": 0,
    "hard_stop_loss_bps": UP,
    "xgrid_enabled": 0,
}


class Loosened(NamedTuple):
    """A value that moved to the looser side: its file and keys, where it can be shown, and both states in words."""

    path: str
    keys: Keys
    spot: Spot
    old: str
    new: str


Move = tuple[Keys, str, str]


def loosened(base: Fleet, head: Fleet) -> Iterator[Loosened]:
    """Every such value, file by file."""
    for keys, old, new in _policy(base.policy, head.policy):
        yield Loosened(POLICY_FILE, keys, Spot(POLICY_FILE, written(head.policy, keys)), old, new)
    for keys, old, new in _profiles(base, head):
        yield Loosened(PROFILES_FILE, keys, Spot(PROFILES_FILE, written(head.profiles, keys)), old, new)
    for keys, old, new in _facts(base, head):
        yield Loosened(FACTS_FILE, keys, Spot(FACTS_FILE, written(head.facts, keys)), old, new)
    for keys, old, new in _deployment(base, head):
        yield Loosened(DEPLOY_FILE, keys, Spot(DEPLOY_FILE, written(head.deployment, keys)), old, new)
    for name in sorted(head.bots):
        entry = head.bots[name]
        if entry.has_text_of(base.bots.get(name)):
            continue
        for keys, old, new in _acceptances(base, head, name):
            yield Loosened(entry.path, keys, Spot(entry.path, keys), old, new)


def _policy(base: Policy, head: Policy) -> Iterator[Move]:
    for keys, looser in POLICY.items():
        old, new = base.number(keys), head.number(keys)
        if (new - old) * looser > 0:
            yield keys, spell(old), spell(new)
    for table in POLICY_TABLES.values():
        yield from table(base, head)


def _fees(base: Policy, head: Policy) -> Iterator[Move]:
    for exchange in sorted(base.fees.keys() | head.fees.keys()):
        old, new = base.fees_of(exchange), head.fees_of(exchange)
        for name in old._fields:
            if getattr(new, name) < getattr(old, name):
                yield ("fees", exchange, name), spell(getattr(old, name)), spell(getattr(new, name))


# what is judged by two severities (a warning, or an error) lies between the two where the policy says nothing
_BETWEEN = ("GS104", "GS205")
_RANKS = {"off": 0.0, "note": 1.0, "warning": 2.0, "error": 3.0}


def _severity(base: Policy, head: Policy) -> Iterator[Move]:
    from gitscale.risk.rules import BY_CODE  # the rules' table names GS205, which asks here

    def state(policy: Policy, code: str) -> tuple[float, str]:
        own = BY_CODE[code].severity if code in BY_CODE else "error"
        said = policy.severity.get(code)
        if said is None:
            return 2.5 if code in _BETWEEN else _RANKS[own], "the rule's own"
        return _RANKS[said], said

    for code in sorted(base.severity.keys() | head.severity.keys()):
        (before, old), (after, new) = state(base, code), state(head, code)
        if after < before:
            yield ("severity", code), old, new


def _accounts(base: Policy, head: Policy) -> Iterator[Move]:
    for name in sorted(base.accounts.keys() | head.accounts.keys()):
        old, new = base.equity_of(name), head.equity_of(name)
        if old is not None and (new is None or new > old):
            yield ("accounts", name), spell(old), UNSET if new is None else spell(new)


def _not_secrets(base: Policy, head: Policy) -> Iterator[Move]:
    for index, name in enumerate(head.not_secrets):
        if name not in base.not_secrets:
            yield ("not_secrets", index), UNSET, name


POLICY_TABLES = {"fees": _fees, "severity": _severity, "accounts": _accounts, "not_secrets": _not_secrets}


def _profiles(base: Fleet, head: Fleet) -> Iterator[Move]:
    for kind in ("profiles", "presets"):
        before, after = getattr(base.profiles, kind), getattr(head.profiles, kind)
        for name in sorted(before.keys() & after.keys()):
            old, new = before[name], after[name]
            if old.confirm and not new.confirm:
                yield (kind, name, "confirm"), "true", "false"
            for key, was, now in _settings(old.settings, new.settings):
                yield (kind, name, "settings", *key), was, now


def _settings(old: Settings, new: Settings) -> Iterator[Move]:
    """A setting that is not written counts as its default, as it does when profiles are judged."""
    for name in PARAMETERS:
        before, after = getattr(old, name), getattr(new, name)
        if (after - before) * SETTINGS[name] > 0:
            yield (name,), spell(before), spell(after)


def _facts(base: Fleet, head: Fleet) -> Iterator[Move]:
    """More leverage or less margin granted, what is known no more, or facts that count as older and soon expire."""
    known = [side.facts.exchanges.keys() for side in (base, head) if side.facts]
    for exchange in sorted(set().union(*known)):
        old, new = (side.facts.of(exchange) if side.facts else None for side in (base, head))
        if old is None:
            continue
        keys = ("exchanges", exchange)
        if old.hedge_mode is False and (new is None or new.hedge_mode is not False):
            yield (*keys, "hedge_mode"), "false", "true" if new and new.hedge_mode else UNSET
        if new and new.as_of < old.as_of:
            yield (*keys, "as_of"), old.as_of, new.as_of
        for symbol, market in sorted(old.markets.items()):
            now = new.markets.get(symbol) if new else None
            place = (*keys, "markets", symbol)
            if now is None or now.max_leverage > market.max_leverage:
                yield (
                    (*place, "max_leverage"),
                    spell(market.max_leverage),
                    UNSET if now is None else spell(now.max_leverage),
                )
            if now is not None:
                yield from _tiers((*place, "tiers"), market, now)


def _tiers(place: Keys, old: "Market", new: "Market") -> Iterator[Move]:
    """The first position, of those at either's bounds, that needs less margin or is granted more leverage."""
    if old.tiers and not new.tiers:
        yield place, f"{len(old.tiers)} tiers", UNSET
    for size in sorted({item.up_to for item in (*old.tiers, *new.tiers)}):
        was, now = old.tier(size), new.tier(size)
        if was and now and (now.maintenance < was.maintenance or new.granted(size) > old.granted(size)):
            yield place, _said(was, old, size), _said(now, new, size)
            return


def _said(tier: "Tier", market: "Market", size: float) -> str:
    return f"{spell(tier.maintenance)}% and {spell(market.granted(size))}x at {spell(size)}"


def _deployment(base: Fleet, head: Fleet) -> Iterator[Move]:
    """Another branch, which nobody may guard, or another folder, where running bots do not look."""
    if base.deployment == head.deployment:
        return
    from gitscale.model.deployment import Deployment
    from gitscale.model.snapshot import USUAL_BRANCH

    old, new = (side.deployment or Deployment() for side in (base, head))
    for name in ("branch", "output"):
        was, now = (getattr(one, name) or USUAL_BRANCH for one in (old, new))
        if was != now:
            yield (name,), was, now


def _acceptances(base: Fleet, head: Fleet, name: str) -> Iterator[Move]:
    had = base.bots[name].bot.accepted_risks if name in base.bots else []
    for index, entry in enumerate(head.bots[name].bot.accepted_risks):
        same = [item for item in had if item.rule == entry.rule]
        if not any(item.limit >= entry.limit and item.until >= entry.until for item in same):
            was = ", ".join(f"{item.rule} up to {spell(item.limit)} until {item.until}" for item in same)
            yield (
                ("accepted_risks", index),
                was or UNSET,
                f"{entry.rule} up to {spell(entry.limit)} until {entry.until}",
            )
