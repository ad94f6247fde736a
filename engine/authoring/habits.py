"""Habits: what the facts of the examples tell most often, by which one of two guesses is the likelier."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from engine.authoring.trial import FIXED, Fact
from engine.corpus import Example

SMOOTHING = 1.0


@dataclass(frozen=True, slots=True)
class Habits:
    """How often each value of each kind of fact stands in the examples, of those that are one of a few."""

    told: Counter[tuple[str, str, str]]
    most: dict[tuple[str, str], int]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Habits:
        """The habits of some examples."""
        told = Counter(
            (fact.kind, slot, value)
            for example in examples
            for fact in example.facts
            for slot, value in fact.slots.items()
            if value in FIXED
        )
        most: dict[tuple[str, str], int] = {}
        for (kind, slot, _), times in told.items():
            most[kind, slot] = max(times, most.get((kind, slot), 0))
        return cls(told, most)

    def usual(self, facts: Iterable[Fact]) -> float:
        """How much rarer the rarest value of some facts is than the most frequent one in its place: 0 or less, in
        powers of ten."""
        rare = [
            (self.told[fact.kind, slot, value] + SMOOTHING) / (self.most[fact.kind, slot] + SMOOTHING)
            for fact in facts
            for slot, value in fact.pairs
            if value in FIXED and (fact.kind, slot) in self.most
        ]
        return math.log10(min(rare, default=1.0))
