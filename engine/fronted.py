"""Fronted: sentences that put first what they make much of, in the order in which others tell the same.

"It was Norway that lifted them", "what Norway did was to lift them", "not only did Norway lift them", "also signed was
a treaty", "was the first to be fired", "was signed on Monday by X".
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.compiling.alphabet import Alphabet
from engine.deferred import circumstance
from engine.gaps import LONGEST, Gaps
from engine.landmarks import joined_bits
from engine.layers import Item
from engine.recast import PARTICIPLE, Recast, reads_as

RANKS = frozenset({"first", "second", "third", "only", "last", "latest", "next"})
"""Words for which of several was done something to: "the latest to be fired"."""


def in_order(alphabet: Alphabet, recast: Recast, items: list[Item]) -> list[Item]:
    """A sentence with what it fronts put back."""
    fronts = Fronts(alphabet, recast, items)
    ways = fronts.ways()
    for at in range(len(items) - 2):
        told = None if at else fronts.also(at)
        for bits, put_back in ways:
            if told is None and fronts.masks[at] & bits:
                told = put_back(at)
        if told:
            begin, end, put = told
            kept = {id(item) for item in put}
            between = enumerate(items[begin:end], begin)
            days = [item for on, item in between if fronts.has(on, "TIME") and id(item) not in kept]
            return in_order(alphabet, recast, [*items[:begin], *days, *put, *items[end:]])
    return items


Told = tuple[int, int, list[Item]]
"""From where to where a sentence is put in order, and what stands there then."""


class Fronts(Gaps):
    """What a sentence fronts."""

    def ways(self) -> list[tuple[int, Callable[[int], Told | None]]]:
        """What is done about items of some terminals, as bits."""
        bits = partial(joined_bits, self.alphabet)
        by_somebody = any(mask & bits("by") for mask in self.masks)
        agents = [(bits("VERB_PASSIVE", "PARTICIPLE"), self.agent)] if by_somebody else []
        fronts = [(bits("it"), self.cleft), (bits("what"), self.did), (bits("not"), self.not_only)]
        return [*fronts, (bits("BE_ACTIVE"), self.to_be), *agents]

    def alone(self, at: int, *words: str) -> bool:
        """Whether an item is a verb of one word, and which."""
        item = self.items[at]
        return item.end - item.begin == 1 and any(form.text.lower() in words for form in item.forms)

    def cleft(self, at: int) -> Told | None:
        """ "It was X that did": "X did"."""
        if not self.has(at, "it") or not self.has(at + 1, "BE_ACTIVE") or not self.alone(at + 1, "is", "was", "'s"):
            return None
        for that in range(at + 2, min(at + LONGEST, len(self.items) - 1)):
            if self.has(that, "that", "which", "PERSON_RELATIVE"):
                whole = self.has(that - 1, "ACTORS") and self.finite(that + 1) and not self.has(that + 1, "SAY_ACTIVE")
                return (at, that + 1, self.items[at + 2 : that]) if whole else None
            if self.finite(that) or self.has(that, "COMMA", "STOP", "QUOTE", "NEG"):
                break
        return None

    def did(self, at: int) -> Told | None:
        """ "What X did on Monday was to lift them": "on Monday X lifted them"."""
        if not (self.has(at, "what") and self.has(at + 1, "ACTORS")):
            return None
        if words(self.items[at + 2])[:2] == ["did", "was"]:
            made = self.recast.active(self.items[at + 2], "active")
            return (at, at + 3, [self.items[at + 1], made]) if made else None
        if not self.alone(at + 2, "did", "does"):
            return None
        for on in range(at + 3, min(at + LONGEST, len(self.items) - 1)):
            if self.has(on, "BE_ACTIVE") and self.alone(on, "was", "is"):
                made = self.recast.active(self.items[on + 1], "base", "to")
                return (at, on + 2, [self.items[at + 1], *self.items[at + 3 : on], made]) if made else None
            if self.has(on, "VERB_ACTIVE") and not self.has(on, "NOUNS"):
                made = self.recast.active(self.items[on], "active")
                return (at, on + 1, [self.items[at + 1], *self.items[at + 3 : on], made]) if made else None
        return None

    def not_only(self, at: int) -> Told | None:
        """ "Not only did X lift them": "X lifted them"."""
        if not (self.has(at, "not") and self.has(at + 1, "VERB_ACTIVE") and self.has(at + 2, "ACTORS")):
            return None
        made = self.recast.active(self.items[at + 3], "base")
        return (at, at + 4, [self.items[at + 2], made]) if made else None

    def also(self, at: int) -> Told | None:
        """ "Also signed on Monday was a treaty": "a treaty was signed on Monday"."""
        if at or words(self.items[at])[:1] != ["also"] or not reads_as(self.items[at], PARTICIPLE):
            return None
        made = self.recast.passive(self.items[at], PARTICIPLE, only=True)
        for on in range(at + 1, min(at + LONGEST, len(self.items) - 1)):
            if made and self.has(on, "BE_ACTIVE") and self.alone(on, "is", "was", "were", "are"):
                end = next((to for to in range(on + 1, len(self.items)) if self.has(to, "STOP", "COMMA")), on)
                return (at, end, [*self.items[on + 1 : end], made, *self.items[at + 1 : on]])
            if self.has(on, "COMMA", "STOP"):
                break
        return None

    def agent(self, at: int) -> Told | None:
        """ "Was signed on Monday by X": "was signed by X on Monday"."""
        behind = at + 1
        while length := circumstance(self.alphabet, self.masks, behind):
            behind += length
        placed = any(self.has(on, "PLACE") for on in range(at + 1, behind))
        if placed or behind == at + 1 or not (self.has(behind, "by") and self.has(behind + 1, "ACTORS")):
            return None
        return (at + 1, behind + 2, [*self.items[behind : behind + 2], *self.items[at + 1 : behind]])

    def to_be(self, at: int) -> Told | None:
        """ "Was the first to be fired": "was fired"; "was on Monday fired by": "was fired on Monday by"."""
        if not self.alone(at, "is", "was", "were", "are") or not self.has(at + 1, "the"):
            return None
        ranked = False
        for on in range(at + 2, min(at + LONGEST, len(self.items) - 1)):
            ranked = ranked or self.has(on, "ORDINAL") or not RANKS.isdisjoint(words(self.items[on])[:1])
            if reads_as(self.items[on], "to_passive"):
                made = self.recast.passive(self.items[on], "to_passive", only=True)
                return (at, on + 1, [made]) if made and ranked else None
            if not self.noun(on) and not ranked:
                break
        return None


def words(item: Item) -> list[str]:
    """The words of a verb group, or a word alone, in small letters."""
    parts = item.reads[0][2] if item.reads else [item]
    return [next((form.text.lower() for form in part.forms), "") for part in parts]
