"""The focus: which states and people the last sentences named, by where, and which groups they told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from engine.facts import Person
from engine.resolve.actors import Actor, is_country, state_of, unique

BACK = 1
"""Sentences back to the two states that "the two countries" are, besides the one that tells them so."""
PEOPLE_BACK = 2
"""The same for two people."""
MOST = 60
"""Names at which one looks back at most."""
TWO = 2


@dataclass(slots=True)
class Focus:
    """What the sentences have named so far: `opened` is at which token each began, and how many groups were told then,
    `states` and `people` are who was named at which token, `often` is how often each state was."""

    opened: list[tuple[int, int]] = field(default_factory=list)
    states: list[tuple[int, str]] = field(default_factory=list)
    people: list[tuple[int, Person]] = field(default_factory=list)
    often: Counter[str] = field(default_factory=Counter)

    def opens(self, begin: int, groups: int) -> None:
        """A new sentence, which begins at a token, after so many groups."""
        self.opened.append((begin, groups))

    def tell(self, states: Iterable[tuple[int, str]]) -> None:
        """States were named, each at a token."""
        told = [(begin, state) for begin, state in states if is_country(state)]
        self.states += told
        self.often.update(state for _, state in told)

    def since(self, back: int) -> tuple[int, int]:
        """The token and number of groups where the sentence began that many before the one being read."""
        return self.opened[max(0, len(self.opened) - 1 - back)] if self.opened else (0, 0)

    def naming(self, actors: list[Actor], begin: int) -> list[Actor]:
        """The same actors, now named at a token."""
        self.people += [(begin, one) for one in actors if isinstance(one, Person)]
        self.tell((begin, state) for state in map(state_of, actors) if state is not None)
        return actors

    def last_states(self, before: int) -> list[str]:
        """The states named lately before a token, each once."""
        start = self.since(BACK)[0]
        found = unique([state for begin, state in reversed(self.states[-MOST:]) if start <= begin < before])
        return [one for one in found if isinstance(one, str)]

    def last_people(self, before: int) -> list[Person]:
        """The people named lately before a token, each once, who was named last first."""
        start = self.since(PEOPLE_BACK)[0]
        found = unique([one for begin, one in reversed(self.people[-MOST:]) if start <= begin < before])
        return [one for one in found if isinstance(one, Person)]


def main_pair(focus: Focus, before: int, told: list[str]) -> list[Actor]:
    """The two states that alone the last sentences named, where an article names these most often, as `told`, or has
    told of them most so far."""
    near = focus.last_states(before)
    main = set(told[:TWO]), {state for state, _ in focus.often.most_common(TWO)}
    return [*near] if len(near) == TWO and set(near) in main else []


def last_two(focus: Focus, before: int) -> list[Actor]:
    """The two people, of two states, whom alone the last sentences named."""
    near = focus.last_people(before)
    states = {state_of(one) for one in near} - {None}
    return [*reversed(near)] if len(near) == len(states) == TWO else []
