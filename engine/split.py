"""Split: verb groups that a day or place parts: "was on Monday fired by X", "has in recent weeks met Y".

The day or place is put before the group, where every wording takes it.
"""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.deferred import circumstance
from engine.landmarks import Marks, joined_bits
from engine.layers import Item

UNDERGONE = ("by", "on", "to", "from", "against", "for", "as", "STOP")
"""What follows a participle that is no verb of its own: "the envoy who was in Oslo met"."""


def without_splits(alphabet: Alphabet, items: list[Item]) -> list[Item]:
    """A sentence with its verb groups in one piece; before these are read."""
    groups = Groups(alphabet, items)
    helping = joined_bits(alphabet, "BE", "HAVE", "MODAL")
    ordered: list[Item] | None = None
    for at in range(1, len(items) - 2):
        behind = groups.goes_on(at) if groups.masks[at] & helping else 0
        if behind:
            ordered = ordered or list(items)
            ordered[at:behind] = [*items[at + 1 : behind], items[at]]
    return ordered or items


class Groups(Marks):
    """The words of a sentence before its verb groups are read."""

    def goes_on(self, at: int) -> int:
        """Where a verb group goes on after the day or place that parts it; 0 where none does."""
        behind = at + 1
        while length := self.apart(behind):
            behind += length
        if behind == at + 1:
            return 0
        if self.has(at, "BE"):
            sure = not self.has(behind, "VBD") or self.has(behind + 1, *UNDERGONE)
            return behind if self.has(behind, "VBN") and sure else 0
        return behind if self.has(behind, "VBN" if self.has(at, "HAVE") else "BE") else 0

    def apart(self, at: int) -> int:
        """How many items the day or place takes that begins at one."""
        manner = self.has(at, "ADV", "LY") and not self.has(at, "TIME", "PLACE")
        return 0 if manner else circumstance(self.alphabet, self.masks, at)
