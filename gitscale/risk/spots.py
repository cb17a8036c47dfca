"""Where the values that a rule judges stand: as far down as they are written, since a default has no place."""

from pydantic import BaseModel

from gitscale.model.change import Keys, below
from gitscale.model.fleet import POLICY_FILE, FleetBot
from gitscale.model.numbers import spell
from gitscale.model.policy import Policy
from gitscale.risk.rule import Scene, Spot

Note = tuple[Spot, str]


def in_bot(entry: FleetBot, *keys: str | int) -> Spot:
    """A value of a bot, or what is written of the way to it."""
    return Spot(entry.path, written(entry.bot, keys))


def in_policy(policy: Policy, *keys: str) -> Spot:
    """A value of the policy, or what is written of the way to it."""
    return Spot(POLICY_FILE, written(policy, keys))


def setting(entry: FleetBot, name: str, note: str) -> tuple[Note, ...]:
    """A further setting that matters, where the bot writes it."""
    spot = in_bot(entry, "settings", name)
    return ((spot, note),) if spot.keys[-1:] == (name,) else ()


def bound(scene: Scene, *keys: str) -> tuple[Note, ...]:
    """The policy's line, where it writes one, with what it says there: a change may show another value than base's."""
    policy = scene.fleet.policy
    spot = in_policy(policy, *keys)
    return ((spot, f"the policy says {spell(policy.number(keys))}"),) if spot.keys == keys else ()


def written(model: BaseModel | None, keys: Keys) -> Keys:
    """The keys as far as the model was given them; None is no file."""
    value: object = model
    for depth, key in enumerate(keys):
        try:
            value = _given(value, key)
        except KeyError:
            return keys[:depth]
    return keys


def _given(value: object, key: str | int) -> object:
    """What was given at `key`: a default was not."""
    if not isinstance(value, BaseModel):
        return below(value, key)
    if key not in value.model_fields_set:
        raise KeyError(key)
    return getattr(value, str(key))
