"""Machines: parts of a grammar that are read where their code stands, without a table, since each reads little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.automaton import DEAD, Node, grow
from engine.cascade import Event
from engine.compiling.alphabet import WORD_PREFIX, Alphabet
from engine.compiling.program import ACCEPT, Instruction, Tags
from engine.compiling.table import Passes, reached

WHOLE = "whole"
"""The root that the parts of a code end as."""
Places = frozenset[int]
"""The addresses at which reading may stand."""


@dataclass(frozen=True, slots=True)
class Way:
    """How reading may go on: the terminals by name, the same as a set, the tags before them and the address after."""

    names: tuple[str, ...]
    terminals: int
    tags: Tags
    onward: int


class Walk:
    """A code that several machines share; `steps` are remembered by signatures, so only until these are forgotten."""

    def __init__(self, code: list[Instruction], alphabet: Alphabet) -> None:
        self.code = code
        self.alphabet = alphabet
        self.passes = Passes()
        self.known: dict[int, tuple[list[Way], Tags | None]] = {}
        self.steps: dict[tuple[Places, int], Places] = {}

    def ways(self, address: int) -> tuple[list[Way], Tags | None]:
        """The ways on from an address, the preferred first, and the tags with which a part ends there, if it may."""
        found = self.known.get(address)
        if found is None:
            ways: list[Way] = []
            ending: Tags | None = None
            for passed, at in reached(self.code, address, self.passes):
                tags = self.passes.sequences[passed]
                if self.code[at][0] == ACCEPT:
                    ending = tags
                    continue
                _, told, onward = self.code[at]
                terminals = 0
                for key, _ in told:
                    terminals |= self.alphabet.bit(key)
                ways.append(Way(tuple([name for _, name in told]), terminals, tags, onward))
            found = self.known[address] = ways, ending
        return found

    def after(self, places: Places, signature: int) -> Places:
        """Where reading may stand after an item."""
        key = places, signature
        found = self.steps.get(key)
        if found is None:
            mask = self.alphabet.masks[signature]
            onward = [way.onward for place in places for way in self.ways(place)[0] if way.terminals & mask]
            found = self.steps[key] = frozenset(onward)
        return found

    def ends(self, places: Places) -> bool:
        """Whether a part may end there."""
        return any(self.ways(place)[1] is not None for place in places)


class Machine:
    """What reads one part, which begins at an address of a code."""

    def __init__(self, walk: Walk, begin: int) -> None:
        self.walk = walk
        self.begin = begin
        self.start = frozenset((begin,))

    @property
    def nullable(self) -> bool:
        """Whether it may read nothing."""
        return self.walk.ends(self.start)

    @property
    def quoted(self) -> bool:
        """Whether it reads nothing but quoted words, so that a wording can go without it."""
        seen, stack = set(), [self.begin]
        while stack:
            address = stack.pop()
            if address in seen:
                continue
            seen.add(address)
            for way in self.walk.ways(address)[0]:
                if not all(name.startswith(WORD_PREFIX) for name in way.names):
                    return False
                stack.append(way.onward)
        return True

    def ends(self, signatures: Sequence[int], begin: int) -> list[int]:
        """Where a reading that begins there may end."""
        found, places = [], self.start
        for at in range(begin, len(signatures) + 1):
            if self.walk.ends(places):
                found.append(at)
            if at < len(signatures):
                places = self.walk.after(places, signatures[at])
                if not places:
                    break
        return found

    def after(self, signatures: Sequence[int]) -> Places:
        """Where it may stand after these; nowhere if it does not read them."""
        places = self.start
        for signature in signatures:
            if not places:
                break
            places = self.walk.after(places, signature)
        return places

    def reads(self, signatures: Sequence[int]) -> bool:
        """Whether it reads exactly these."""
        return self.walk.ends(self.after(signatures))

    def furthest(self, signatures: Sequence[int], begin: int) -> int | None:
        """Where a reading that begins there stops; None where it ends well."""
        places, at = self.start, begin
        while at < len(signatures) and (following := self.walk.after(places, signatures[at])):
            places, at = following, at + 1
        return None if self.walk.ends(places) else at

    def expected(self, signatures: Sequence[int]) -> set[str]:
        """The names of the terminals that may follow these, as the grammar writes them."""
        return {name for place in self.after(signatures) for way in self.walk.ways(place)[0] for name in way.names}

    def forget(self) -> None:
        """Drop all steps, whose signatures may be forgotten."""
        self.walk.steps.clear()

    def tree(self, signatures: Sequence[int]) -> Node:
        """Its tree of exactly these, by the preferred ways that lead to their end; raises ValueError if none does."""
        masks = [self.walk.alphabet.masks[signature] for signature in signatures]
        path: list[Way] = []
        untried = [iter(self.walk.ways(self.begin)[0])]
        dead: set[tuple[int, int]] = set()
        while untried:
            at, address = len(path), path[-1].onward if path else self.begin
            ending = self.walk.ways(address)[1]
            if at == len(masks) and ending is not None:
                return grow([*(way.tags for way in path), ending], [(way.names[0], n) for n, way in enumerate(path)])
            for way in untried[-1] if at < len(masks) else ():
                if way.terminals & masks[at] and (way.onward, at + 1) not in dead:
                    path.append(way)
                    untried.append(iter(self.walk.ways(way.onward)[0]))
                    break
            else:
                dead.add((address, at))
                untried.pop()
                if path:
                    path.pop()
        raise ValueError("this is not read")


class Whole:
    """A whole grammar, as read by the automaton of its table."""

    def __init__(self, event: Event) -> None:
        self.automaton = event.joint

    def furthest(self, signatures: Sequence[int], begin: int) -> int | None:
        """Where a reading that begins there stops; None where it ends well."""
        state, at = self.automaton.begin(), begin
        for letter in self.automaton.letters.word([*signatures[begin:]]):
            following = self.automaton.after(state, letter)
            if following is DEAD:
                break
            state, at = following, at + 1
        return None if state.accepts else at

    def expected(self, signatures: Sequence[int]) -> set[str]:
        """The names of the terminals that may follow these, as the grammar writes them."""
        state = self.automaton.begin()
        for letter in self.automaton.letters.word([*signatures]):
            state = self.automaton.after(state, letter)
        return self.automaton.expected(state)


def machines(code: list[Instruction], begins: Sequence[int], alphabet: Alphabet) -> list[Machine]:
    """What reads each of the parts of a code that begin at these addresses."""
    walk = Walk(code, alphabet)
    return [Machine(walk, begin) for begin in begins]
