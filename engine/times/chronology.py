"""The times of an article in their order: each seen from publication, its verb's direction and the time before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from engine.interpret import Draft, Interpreter
from engine.layers import Item
from engine.times.calendar import Named, named_times, time_spoken_of, value
from engine.times.days import When
from engine.times.tense import direction_of
from engine.times.view import Direction, Timex


@dataclass(slots=True)
class Chronology:
    """What an article's times mean, read sentence by sentence.

    `anchor` is the day of publication, `reference` the time last spoken of, `ahead` the last of these not before
    publication; `told` are the records of the time phrases
    and `resolved` their meanings, by their first token.
    """

    anchor: date | None
    reference: When | None = None
    ahead: When | None = None
    told: dict[int, Draft] = field(default_factory=dict)
    resolved: dict[int, Timex] = field(default_factory=dict)

    def read(self, times: list[Item], phrases: list[Item], interpreter: Interpreter) -> list[Named]:
        """The times of a sentence; `times` are its items with time phrases read, `phrases` those with all phrases."""
        places = {token: place for place, phrase in enumerate(phrases) for token in range(phrase.begin, phrase.end)}
        found: list[Named] = []
        for draft in time_drafts(times, interpreter):
            self.told[draft.begin] = draft
            # What a sentence fronts may stand nowhere any more: "was the first since the 2006 summit to be fired".
            direction = direction_of(phrases, places.get(draft.begin, 0))
            reference = self.spoken_of(draft, direction)
            whole = self.resolved[draft.begin] = value(draft, self.anchor, direction, reference)
            found += named_times(draft, self.anchor, direction, reference)
            self.reference = time_spoken_of(draft, whole, self.reference)
            self.ahead = self.ahead if self.is_past(self.reference) else self.reference
        return found

    def spoken_of(self, draft: Draft, direction: Direction | None) -> When | None:
        """The time that an expression counts from: what is to come on "the next day" comes after a day ahead, not after
        that on which somebody told of it."""
        told_of = direction == "future" and "day" in draft.fields and self.is_past(self.reference)
        return self.ahead if told_of else self.reference

    def is_past(self, when: When | None) -> bool:
        """Whether a time was over when the article was published."""
        return when is not None and self.anchor is not None and when.end < self.anchor


def time_drafts(items: list[Item], interpreter: Interpreter) -> Iterator[Draft]:
    """The drafts of the items that read as a time."""
    for item in items:
        for _, tree, parts in item.reads:
            if tree[0] == "time":
                yield interpreter.draft(tree, parts)
                break
