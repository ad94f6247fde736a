"""Interjected: what a sentence sets between its own words and what tells nothing of its facts.

The letters that a name is called by after it ("the African Union (AU) delegation") and an age ("Solberg, 61, resigned")
would else have to stand in every wording.
"""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.landmarks import Marks, joined_bits
from engine.layers import Item

OWNERS = ("COUNTRY", "AGENCY", "CAPITAL")
"""What letters in brackets may tell of the name before them: where it is of, for whom it writes."""
NO_NAMES = ("MONTH", "WEEKDAY", "NUMBER")
"""Words after which a number tells no age."""
CLAUSE = ("PREP", "ADV", "LY", "VBD", "VBZ", "VBN", "MODAL", "STOP", "and", "to")
"""What goes on with a clause after an age; else the name before it is told about: "Solberg, 61, a farmer"."""

CLAUSAL = ("VBD", "VBZ", "MODAL", "QUOTE", "STOP", "MARK", "DASH", "that")
"""What stands in no phrase that splits a verb group."""
LONGEST = 9
"""Items that such a phrase takes at most, with its commas."""


def without_interjected(alphabet: Alphabet, items: list[Item]) -> list[Item]:
    """The words of a sentence without what is interjected."""
    between = Between(alphabet, items)
    bracket, ages, comma = (joined_bits(alphabet, name) for name in ("(", "AGE", "COMMA"))
    masks, kept = between.masks, items[:1]
    at, last = 1, len(items) - 1
    while at <= last:
        passed = 0
        if at + 2 <= last:
            if masks[at] & bracket:
                passed = between.letters(at)
            elif masks[at + 1] & ages:
                passed = between.age(at)
            if masks[at] & comma and not passed and between.splits(at):
                told, passed = between.inside(at)
                kept += items[at + 1 : at + 1 + told]
        if not passed:
            kept.append(items[at])
        at += passed or 1
    return kept


class Between(Marks):
    """What may be interjected in a sentence."""

    def letters(self, at: int) -> int:
        """How many items the letters in brackets take by which a name is called; 0 for others: "SEOUL (KBS) --"."""
        if not (self.has(at + 1, "ACRONYM") and self.has(at + 2, ")")) or self.has(at + 3, "DASH"):
            return 0
        telling = self.has(at + 1, *OWNERS) and not self.has(at - 1, "COUNTRY")
        return 0 if telling else 3

    def age(self, at: int) -> int:
        """How many items an age takes with the comma or bracket before it; 0 where it is none."""
        if not self.has(at - 1, "CAPITALIZED") or self.has(at - 1, *NO_NAMES):
            return 0
        if self.has(at, "("):
            return 3 if self.has(at + 2, ")") else 0
        if not self.has(at, "COMMA") or not self.has(at + 2, "COMMA", "STOP"):
            return 0
        return 3 if self.has(at + 2, "COMMA") and self.has(at + 3, *CLAUSE) else 2

    def splits(self, at: int) -> bool:
        """Whether a comma stands right after the first word of a verb group: "will, for once, meet"."""
        return self.has(at - 1, "MODAL", "BE", "HAVE") and not self.has(at + 1, "VBD", "VBN", "QUOTE")

    def inside(self, at: int) -> tuple[int, int]:
        """How many items between the commas that split a verb group are kept, as they tell its day, and how many there
        are with the commas; none where they split no group."""
        closing = next((end for end in range(at + 2, at + LONGEST) if self.has(end, "COMMA")), 0)
        begin = at + 3 if self.has(at + 1, "as") and self.has(at + 2, "VBN") else at + 1
        clause = any(self.has(here, *CLAUSAL) for here in range(begin, closing))
        if not closing or clause or not self.has(closing + 1, "VB", "VBN", "VBG") or self.has(closing + 1, "DET"):
            return 0, 0
        day = self.has(at + 1, "WEEKDAY") or self.has(at + 2, "WEEKDAY", "MONTH")
        return (closing - at - 1 if day else 0), closing + 1 - at
