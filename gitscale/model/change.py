"""The three ways a configuration document changes, and what each means for its value.

`documents.edit` does the same to the text: load(edit(text, change)) == change.apply(load(text)).
"""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gitscale.model.numbers import spell

Keys = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """Set the value at `keys`, making missing mappings on the way; `source` is its exact YAML, where known."""

    keys: Keys
    value: Any
    source: str | None = None

    def apply(self, document: Any) -> Any:
        """The document with the value in place."""
        parent = document
        for key in self.keys[:-1]:
            parent = parent.setdefault(key, {}) if isinstance(parent, dict) else below(parent, key)
        if not isinstance(parent, dict):
            below(parent, self.keys[-1])
        parent[self.keys[-1]] = copy.deepcopy(self.value)
        return document


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove the key or item at `keys`; a list or mapping that it leaves empty stays, empty."""

    keys: Keys

    def apply(self, document: Any) -> Any:
        """The document without it."""
        parent = document
        for key in self.keys[:-1]:
            parent = below(parent, key)
        below(parent, self.keys[-1])
        del parent[self.keys[-1]]
        return document


@dataclass(frozen=True, slots=True)
class Append:
    """Add an item to the end of the list at `keys`, making the list where it is missing."""

    keys: Keys
    value: Any

    def apply(self, document: Any) -> Any:
        """The document with the longer list."""
        parent, last = document, self.keys[-1]
        for key in self.keys[:-1]:
            parent = below(parent, key)
        if isinstance(parent, dict):
            parent.setdefault(last, [])
        items = below(parent, last)
        if not isinstance(items, list):
            raise KeyError(last)
        items.append(copy.deepcopy(self.value))
        return document


Change = Put | Drop | Append


def below(value: Any, key: str | int) -> Any:
    """What a mapping or list holds at `key`.

    Raises:
        KeyError: there is nothing.
    """
    if isinstance(value, dict) and key in value:
        return value[key]
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    raise KeyError(key)


def same(one: Any, other: Any) -> bool:
    """Whether two values are one configuration: 5.0 is 5, and true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(item, other[key]) for key, item in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def apply_all(changes: Sequence[Change], document: Any) -> Any:
    """A changed copy of `document`; the original stays as it is."""
    result = copy.deepcopy(document)
    for change in changes:
        result = change.apply(result)
    return result


def difference(old: Any, new: Any, keys: Keys = ()) -> list[Change]:
    """Changes that turn `old` into `new`: removals first, last item first; lists grow or shrink at the end, or swap."""
    if isinstance(old, dict) and isinstance(new, dict):
        found: list[Change] = [Drop((*keys, key)) for key in old if key not in new]
        for key, value in new.items():
            found += difference(old[key], value, (*keys, key)) if key in old else [Put((*keys, key), value)]
        return found
    if same(old, new):
        return []
    if isinstance(old, list) and isinstance(new, list) and keys:
        if same(new[: len(old)], old):
            return [Append(keys, item) for item in new[len(old) :]]
        if same(old[: len(new)], new):
            return [Drop((*keys, index)) for index in range(len(old) - 1, len(new) - 1, -1)]
    return [Put(keys, new)]


def rows(old: Any, new: Any) -> tuple[tuple[str, str, str], ...]:
    """What differs, for people: (key, before, after); settings by their bare name, absent values as `unset`."""
    flat_old, flat_new = dict(_flat(old)), dict(_flat(new))
    return tuple(
        (key, flat_old.get(key, "unset"), flat_new.get(key, "unset"))
        for key in dict.fromkeys((*flat_new, *flat_old))
        if flat_old.get(key) != flat_new.get(key)
    )


def _flat(value: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and (value or not keys):
        for key, item in value.items():
            yield from _flat(item, keys if (keys, key) == ((), "settings") else (*keys, str(key)))
    elif keys == ("accepted_risks",):
        for item in value:
            yield f"accepted {item['rule']}", f"up to {spell(item['limit'])} until {item['until']}"
    else:
        yield ".".join(keys), _shown(value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_shown(item)}' for key, item in value.items())}}}"
    return spell(value)
