"""Phrasing: what the phrases of a sentence are, and hold inside, whatever stands around them."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.compiling.alphabet import Alphabet
from engine.landmarks import joined_bits
from engine.layers import Item

LABEL = 5
"""Words of the rest of such a name."""


@dataclass(slots=True)
class Phrasing:
    """The items of one sentence; `at` is always an index into them."""

    alphabet: Alphabet
    items: list[Item]
    masks: list[int] = field(default_factory=list)
    """The terminals of each item, as bits."""

    def bits_of(self, names: tuple[str, ...]) -> int:
        """The bits of several terminals or words."""
        return joined_bits(self.alphabet, *names)

    def has(self, at: int, *names: str) -> bool:
        """Whether an item is one of these terminals or words."""
        if not 0 <= at < len(self.masks):
            return False
        wanted = self.alphabet.joined.get(names)
        return self.masks[at] & (self.bits_of(names) if wanted is None else wanted) != 0

    def where(self, *names: str) -> list[int]:
        """The items that are one of these terminals or words."""
        bits = self.bits_of(names)
        return [at for at, mask in enumerate(self.masks) if mask & bits]

    @property
    def comma(self) -> int:
        """The bit of a comma."""
        return self.alphabet.bits["COMMA"]

    def several(self, at: int) -> bool:
        """Whether an item names more than one actor."""
        return self.items[at].end - self.items[at].begin > 2 and any(
            sum(1 for child in tree[2] if child[0] == "member") > 1 for _, tree, _ in self.items[at].reads
        )

    def long(self, at: int) -> bool:
        """Whether an item is more than one word."""
        return self.items[at].end - self.items[at].begin > 1

    def many(self, at: int) -> bool:
        """Whether an item tells of several, whose present is bare: "Egypt and Mali cooperate", no "the US move"."""
        return self.several(at) or self.plural(at)

    def ends_with_comma(self, at: int) -> bool:
        """Whether the phrase at `at` took the comma after it ("his envoy, Jan Pronk,")."""
        item = self.items[min(at, len(self.items) - 1)]
        while item.reads or item.inner:
            item = item.reads[0][2][-1] if item.reads else item.inner  # type: ignore[assignment]
        return item.begin == self.items[at].end - 1 and bool(self.comma & self.alphabet.masks[item.signature])

    def parts(self, at: int) -> list[Item]:
        """The items that a phrase of one actor was read from."""
        item: Item | None = self.items[at]
        while item is not None and (item.inner or (item.reads and len(item.reads[0][2]) == 1)):
            item = item.inner or item.reads[0][2][0]
        return item.reads[0][2] if item is not None and item.reads else []

    def labelled(self, at: int) -> list[int]:
        """The person before the rest of a name that no list has, of which he is: "Lund of the Oslo | Seafood Board"."""
        back = at
        while at - back < LABEL and self.has(back, "CAPITALIZED") and not (back == at and self.has(back, "ACTORS")):
            back -= 1
        told = back < at and self.has(back, "PERSON") and not self.several(back)
        of = self.alphabet.bits["PREP"] | self.bits_of(("of",))
        parts = self.parts(back) if told else []
        return [back] if any(of & self.alphabet.masks[part.signature] for part in parts) else []

    def plural(self, at: int) -> bool:
        """Whether a phrase of one actor tells of several ("US officials")."""
        several = self.alphabet.bits.get("NOUNS", 0) | self.alphabet.bits.get("POSTS", 0)
        return any(self.alphabet.masks[part.signature] & several for part in self.parts(at))

    def holds_comma(self, at: int) -> bool:
        """Whether a phrase has a comma inside: "the leaders of Chile and Peru, Prado and Rios"."""
        return any(self.comma & self.alphabet.masks[part.signature] for part in self.parts(at))
