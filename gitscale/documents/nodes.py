"""A parsed document with the place of everything in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from gitscale.model.change import Keys

# what stands between a key and its value
COLON = re.compile(r"[ \t]*:")


@dataclass(slots=True)
class Node:
    """A scalar, mapping or list; `start` and `end` are character offsets, `line` and `column` count from 1.

    The end of a block mapping or list is the end of the last scalar in it.
    """

    kind: str
    start: int
    end: int
    line: int
    column: int
    flow: bool = False
    value: Any = None
    pairs: dict[str, tuple["Node", "Node"]] = field(default_factory=dict)
    items: list["Node"] = field(default_factory=list)

    def plain(self) -> Any:
        """The value without places."""
        if self.kind == "mapping":
            return {key: child.plain() for key, (_, child) in self.pairs.items()}
        return [child.plain() for child in self.items] if self.kind == "list" else self.value

    def find(self, keys: Keys) -> "Node | None":
        """The node at `keys`, if there is one."""
        node: Node | None = self
        for key in keys:
            node = node.child(key) if node else None
        return node

    def child(self, key: str | int) -> "Node | None":
        """The value under a key, or the item at an index."""
        if isinstance(key, int):
            return self.items[key] if self.kind == "list" and 0 <= key < len(self.items) else None
        return self.pairs[key][1] if key in self.pairs else None

    def nearest(self, keys: Keys) -> "Node":
        """The node at `keys`, or the closest one around where it would be; a key's name counts as its place."""
        node = self
        for key in keys:
            below = node.child(key)
            if below is None:
                break
            node = below
        return node

    def walk(self, above: Keys = ()) -> Iterator[tuple[Keys, "Node"]]:
        """Every node with its keys, parents first."""
        yield above, self
        for key, (_, child) in self.pairs.items():
            yield from child.walk((*above, key))
        for index, child in enumerate(self.items):
            yield from child.walk((*above, index))


def dotted(keys: Keys) -> str:
    """Keys as people write them: settings.leverage, symbols[1]."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")
