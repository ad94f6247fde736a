"""Headings: lines that end without a stop. They state only what the text under them does not state again."""

from __future__ import annotations

from collections.abc import Iterator

from engine import facts
from engine.facts import Event, Person
from engine.interpret import Draft
from engine.words import Passage, lacks_stop

LONG_LINE = 20
"""Tokens from which a line, most of them in small letters, is a sentence whose stop is lost."""
AGREED = frozenset({facts.AgreementAction.NEGOTIATE, facts.AgreementAction.REACH, facts.AgreementAction.SIGN})
"""What titles tell of an agreement by one word for another."""
PAST = frozenset({"SAY_VBD", "TELL_VBD"})
"""What is said in the past stands in no heading: headings tell in the present."""


class Headings:
    """The sentences of an article that lack their stop: titles stand above its text, others are headings within it.

    `runs` are the sentences as runs of tokens.
    """

    def __init__(self, passage: Passage, runs: list[tuple[int, int]]) -> None:
        self.passage = passage
        self.runs = runs
        self.bare = [lacks_stop(passage, begin, end) for begin, end in runs]
        self.titles = next((at for at, bare in enumerate(self.bare) if not bare), len(runs))

    def states(self, index: int, draft: Draft) -> bool:
        """Whether a sentence states what was read in it: it has a stop, is a title, or is no heading after all."""
        begin, end = self.runs[index]
        words = self.passage.words
        if not self.bare[index] or index < self.titles:
            return True
        small = sum(word.text[:1].islower() for word in words[begin:end])
        if end - begin >= LONG_LINE and 2 * small > end - begin:
            return True
        told = (form for word in words[draft.begin : draft.end] for form in word.forms)
        return any(not PAST.isdisjoint(form.terminals) for form in told)

    def once(self, events: list[Event], people: list[Person]) -> Iterator[Event]:
        """The events, without what titles state where the text states something of the same side, and what they tell
        where the text tells it of the same sides and others."""
        sides = {person.name: person.country or person.organization or person.name for person in people}
        stated = [event for event in events if isinstance(event, facts.Statement) and not self.is_title(event)]
        told = {sides.get(speaker, speaker) for event in stated for speaker in event.speaker}
        for event in events:
            if not isinstance(event, facts.Statement) and self.is_title(event):
                if not any(again(event, other) for other in events if not self.is_title(other)):
                    yield event
                continue
            if not (stated and isinstance(event, facts.Statement) and self.is_title(event)):
                yield event
                continue
            own = {sides.get(speaker, speaker) for speaker in event.speaker}
            if own and own.isdisjoint(told):
                yield event

    def is_title(self, event: Event) -> bool:
        """Whether an event is told above the text only."""
        return all(evidence.sentence < self.titles for evidence in event.evidence)


def again(title: Event, event: Event) -> bool:
    """Whether an event of the text is that of a title, which tells it more shortly and perhaps of fewer sides."""
    done, does = getattr(event, "action", None), getattr(title, "action", None)
    course = done == does or (done in AGREED and does in AGREED)
    return type(title) is type(event) and course and sides_told(title) <= sides_told(event)


def sides_told(event: Event) -> set[str]:
    """The states, bodies and people that an event tells as its sides."""
    target = getattr(event, "target", None) or []
    person = getattr(event, "person", None)
    return {*event.parties, *([target] if isinstance(target, str) else target), *([person] if person else [])}
