"""The automaton that reads a program: a lazy deterministic automaton over signatures that remembers how it read.

Each state is the ordered list of places in the program where reading can stand; each step is computed once and then
remembered, so reading costs one dictionary look-up a token. Steps keep, for every place, the place it came from and the
tags passed on the way, so the tree of the preferred reading is found by walking back: linear in the tokens read.
"""

from __future__ import annotations

from typing import Any

from engine.program import ACCEPT, SYMBOL, TAG, Opening, Program

MOST_STATES = 50_000
"""States remembered before the automaton forgets and starts anew: bounds memory on any text."""

Tags = tuple[Any, ...]
"""The tags passed between two tokens."""
Node = tuple[str, str | None, list[Any]]
"""A tree node: the rule, its alias, and children (nodes, or leaves as (terminal, index of the token))."""


class State:
    """Where reading can stand: `places` in priority order, `accepted` the place of each root that may end here."""

    __slots__ = ("accepted", "back", "next", "places", "seen")

    def __init__(self, places: tuple[int, ...], accepted: dict[str, int]) -> None:
        self.places = places
        self.accepted = accepted
        self.next: dict[int, State] = {}
        self.back: dict[int, list[tuple[int, Tags]]] = {}
        self.seen: dict[int, tuple[State, list[tuple[int, Tags]]]] = {}


DEAD = State((), {})


class Automaton:
    """Reads one program over sequences of signatures; `masks` maps a signature to its terminals as bits."""

    def __init__(self, program: Program, masks: list[int]) -> None:
        self.program = program
        self.masks = masks
        self.symbols = 0
        for instruction in program.code:
            if instruction[0] == SYMBOL:
                self.symbols |= instruction[1]
        self.states: dict[tuple[int, ...], State] = {}
        self.reach: dict[int, list[tuple[int, Tags]]] = {}
        places, entry = self.closure([(program.start, 0)])
        self.start = self.state(places)
        self.entry = entry
        self.first = 0
        for place in places:
            instruction = program.code[place]
            if instruction[0] == SYMBOL:
                self.first |= instruction[1]

    def state(self, places: tuple[int, ...]) -> State:
        """The state of these places."""
        if not places:
            return DEAD
        found = self.states.get(places)
        if found is None:
            if len(self.states) >= MOST_STATES:
                self.forget()
            accepted: dict[str, int] = {}
            for index, place in enumerate(places):
                instruction = self.program.code[place]
                if instruction[0] == ACCEPT:
                    accepted.setdefault(instruction[1], index)
            found = self.states[places] = State(places, accepted)
        return found

    def forget(self) -> None:
        """Drop all remembered steps."""
        self.states = {self.start.places: self.start}
        self.start.next.clear()
        self.start.back.clear()
        self.start.seen.clear()

    def reached(self, address: int) -> list[tuple[int, Tags]]:
        """The places reached from an address without reading, each with the tags passed, best first; computed once."""
        known = self.reach.get(address)
        if known is not None:
            return known
        code = self.program.code
        places: list[tuple[int, Tags]] = []
        seen: set[int] = set()
        stack: list[tuple[int, Tags]] = [(address, ())]
        while stack:
            at, tags = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            instruction = code[at]
            kind = instruction[0]
            if kind in (SYMBOL, ACCEPT):
                places.append((at, tags))
            elif kind == TAG:
                stack.append((instruction[2], (*tags, instruction[1])))
            else:
                stack.extend((way, tags) for way in reversed(instruction[1]))
        self.reach[address] = places
        return places

    def closure(self, sources: list[tuple[int, int]]) -> tuple[tuple[int, ...], list[tuple[int, Tags]]]:
        """The places reached from addresses, each with its source and the tags passed, best first."""
        if len(sources) == 1:
            address, source = sources[0]
            reached = self.reached(address)
            return tuple(place for place, _ in reached), [(source, tags) for _, tags in reached]
        found: dict[int, tuple[int, Tags]] = {}
        for address, source in sources:
            for place, tags in self.reached(address):
                if place not in found:
                    found[place] = (source, tags)
        return tuple(found), list(found.values())

    def step(self, state: State, signature: int) -> State:
        """The state after one more token; computed at its first use."""
        mask = self.masks[signature] & self.symbols
        known = state.seen.get(mask)
        if known is None:
            sources = []
            for index, place in enumerate(state.places):
                instruction = self.program.code[place]
                if instruction[0] == SYMBOL and instruction[1] & mask:
                    sources.append((instruction[3], index))
            places, back = self.closure(sources)
            known = state.seen[mask] = (self.state(places), back)
        state.next[signature], state.back[signature] = known
        return known[0]

    def longest(self, signatures: list[int], begin: int, end: int) -> int:
        """Where the longest reading from `begin` ends (exclusive), or `begin` if there is none."""
        state, best, at = self.start, begin, begin
        while at < end:
            signature = signatures[at]
            following = state.next.get(signature)
            if following is None:
                following = self.step(state, signature)
            if following is DEAD:
                break
            state = following
            at += 1
            if state.accepted:
                best = at
        return best

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Node]:
        """The preferred tree of each root that reads exactly these tokens; leaves hold indexes from `begin`."""
        states = [self.start]
        for at in range(begin, end):
            state = states[-1]
            following = state.next.get(signatures[at])
            states.append(self.step(state, signatures[at]) if following is None else following)
        return [self.tree(states, signatures, begin, place) for place in states[-1].accepted.values()]

    def tree(self, states: list[State], signatures: list[int], begin: int, place: int) -> Node:
        """Walk back from a place of the last state and build the tree."""
        code = self.program.code
        gaps: list[tuple[Any, ...]] = []
        leaves: list[tuple[str, int]] = []
        for index in range(len(states) - 2, -1, -1):
            state = states[index]
            place, tags = state.back[signatures[begin + index]][place]
            gaps.append(tags)
            leaves.append((code[state.places[place]][2], index))
        gaps.append(self.entry[place][1])
        return grow(reversed(gaps), leaves[::-1])


def grow(gaps: Any, leaves: list[tuple[str, int]]) -> Node:
    """The tree of alternating tags and leaves; terminals that begin with an underscore leave no leaf (law 4)."""
    top: list[Any] = []
    stack = [top]
    following = iter(leaves)
    for tags in gaps:
        for tag in tags:
            if isinstance(tag, Opening):
                node: Node = (tag.rule, tag.alias, [])
                stack[-1].append(node)
                stack.append(node[2])
            else:
                stack.pop()
        leaf = next(following, None)
        if leaf is not None and leaf[0][0] != "_":
            stack[-1].append(leaf)
    root: Node = top[0]
    return root
