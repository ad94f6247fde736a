"""Recast: verb groups as the one that another form of theirs amounts to where they stand.

"The minister fired by X" was fired, "having been fired by X" too; what somebody did "was to impose" is that he imposed.
Grammars read the passive and the active, and need not know of the others.
"""

from __future__ import annotations

from engine.automaton import Node
from engine.layers import Item, Phrases

VERB = "verb"
"""The phrase that is a verb group."""
PARTICIPLE = "participle"
"""The phrase that is a participle alone."""


class Recast:
    """Makes verb groups anew; `layer` is the one that reads them."""

    def __init__(self, layer: Phrases) -> None:
        self.layer = layer

    def passive(self, item: Item, *forms: str, only: bool = False) -> Item | None:
        """A participle, or a verb group of these forms, also as what was done, or `only` so; None where it is none."""
        return self.made(item, "passive", forms, only=only)

    def active(self, item: Item, *forms: str) -> Item | None:
        """A verb group of these forms as what somebody did."""
        return self.made(item, "active", forms, only=True)

    def made(self, item: Item, alias: str, forms: tuple[str, ...], *, only: bool) -> Item | None:
        """An item with its readings of these forms as another one, and with its other readings."""
        layer, reads = self.layer, []
        mask = 0 if only else layer.alphabet.masks[item.signature]
        for tree, parts in readings(item, forms):
            told: Node = (VERB, alias, [child for child in tree[2] if child[0] == "head"])
            bits = layer.terminals(told, layer.letters.word([part.signature for part in parts]))
            reads.append((bits, told, parts))
            mask |= bits
        if not reads:
            return None
        found = Item(layer.alphabet.signature(mask), item.begin, item.end, item.forms)
        found.reads, found.inner = reads, None if only else item
        return found


def readings(item: Item, forms: tuple[str, ...]) -> list[tuple[Node, list[Item]]]:
    """The trees of an item, and their items, that read it as a verb group of one of these forms."""
    found: list[tuple[Node, list[Item]]] = []
    inner: Item | None = item
    while inner is not None:
        found += [(tree, parts) for _, tree, parts in inner.reads if (tree[1] if tree[0] == VERB else tree[0]) in forms]
        inner = inner.inner
    return found


def reads_as(item: Item, *forms: str) -> bool:
    """Whether an item may be a verb group of one of these forms."""
    return bool(readings(item, forms))
