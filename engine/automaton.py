"""The automaton that reads a program: a lazy deterministic automaton over signatures.

A state is the set of places in the program where reading can stand, as the bits of one integer, so a step not taken
before costs a few operations on integers; each step is remembered, so reading costs one dictionary look-up a token.
Trees are made for what was read only: walk back to the places that lead to the end, then forward by the preferred ways.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from engine.program import ACCEPT, CLOSING, SPLIT, SYMBOL, TAG, Program

MOST_BYTES = 12_000_000
"""About how much an automaton may remember before it forgets and starts anew: bounds memory on any text."""
STEP_BYTES = 120
STATE_BYTES = 1_200
"""What a remembered step and a state take beside their places."""

Tags = tuple[Any, ...]
"""The tags passed between two tokens."""
Way = tuple[list[Tags], list[tuple[str, int]]]
"""How tokens were read: the tags before each token and after the last, and each token's terminal and index."""
Node = tuple[str, str | None, list[Any]]
"""A tree node: the rule, its alias, and children (nodes, or leaves as (terminal, index of the token))."""


class State(dict[int, "State"]):
    """Where reading can stand, and the state after each signature met so far; others are computed when asked for.

    `places` are addresses as bits, `wanted` the terminals that lead on, `accepts` the places where reading may end.
    """

    __slots__ = ("accepts", "automaton", "matched", "moves", "places", "seen", "wanted")

    def __init__(self, automaton: Automaton | None, places: int, wanted: int) -> None:
        super().__init__()
        self.automaton = automaton
        self.places = places
        self.wanted = wanted
        self.accepts = places & automaton.accepting if automaton else 0
        self.moves: dict[int, tuple[int, int]] = {}
        self.seen: dict[int, State] = {}
        self.matched: dict[int, list[tuple[int, int]]] = {}

    def __missing__(self, signature: int) -> State:
        return self.automaton.step(self, signature) if self.automaton else self


DEAD = State(None, 0, 0)


def bits_in(places: int) -> list[int]:
    """The numbers of the bits of a set, ascending."""
    found = []
    while places:
        low = places & -places
        found.append(low.bit_length() - 1)
        places ^= low
    return found


class Automaton:
    """Reads one program over sequences of signatures; `masks` maps a signature to its terminals as bits."""

    def __init__(self, program: Program, bits: dict[str, int], masks: list[int]) -> None:
        self.program = program
        self.bits = bits
        self.masks = masks
        self.states: dict[int, State] = {}
        self.follows: dict[int, tuple[int, int]] = {}
        self.reach: dict[int, dict[int, tuple[int, Tags]]] = {}
        self.held = 0

    @cached_property
    def having(self) -> dict[int, int]:
        """For each terminal, the places that read it."""
        listed: dict[str, list[int]] = {}
        for address, instruction in enumerate(self.program.code):
            if instruction[0] == SYMBOL:
                listed.setdefault(instruction[1], []).append(address)
        found: dict[int, int] = {}
        for key, addresses in listed.items():
            places = bytearray(addresses[-1] // 8 + 1)
            for address in addresses:
                places[address >> 3] |= 1 << (address & 7)
            found[self.bits[key]] = int.from_bytes(places, "little")
        return found

    @cached_property
    def accepting(self) -> int:
        """The places where a root has been read."""
        return sum(1 << at for at, instruction in enumerate(self.program.code) if instruction[0] == ACCEPT)

    @cached_property
    def start(self) -> State:
        """Where reading begins."""
        return self.state(*self.follow(self.program.start))

    @property
    def first(self) -> int:
        """The terminals with which a reading can begin."""
        return self.start.wanted

    def state(self, places: int, wanted: int) -> State:
        """The state of these places."""
        found = self.states.get(places)
        if found is None:
            found = self.states[places] = State(self, places, wanted)
            self.held += STATE_BYTES + places.bit_length() // 4
        return found

    def forget(self) -> None:
        """Drop all remembered steps."""
        start = self.start
        self.states = {start.places: start}
        for remembered in (start, start.seen, start.matched):
            remembered.clear()
        self.held = 0

    def follow(self, address: int) -> tuple[int, int]:
        """The places reached from an address without reading, and the terminals that lead on from them."""
        found = self.follows.get(address)
        if found is not None:
            return found
        code, places, wanted = self.program.code, 0, 0
        seen, stack = {address}, [address]
        while stack:
            at = stack.pop()
            instruction = code[at]
            kind = instruction[0]
            if kind == SYMBOL:
                places |= 1 << at
                wanted |= self.bits[instruction[1]]
            elif kind == ACCEPT:
                places |= 1 << at
            else:
                for way in instruction[1] if kind == SPLIT else instruction[2:]:
                    if way not in seen:
                        seen.add(way)
                        stack.append(way)
        self.follows[address] = places, wanted
        return places, wanted

    def preferred(self, address: int) -> dict[int, tuple[int, Tags]]:
        """The places reached from an address without reading, each with its rank, best first, and the tags passed."""
        found = self.reach.get(address)
        if found is not None:
            return found
        found = self.reach[address] = {}
        code, seen = self.program.code, set()
        stack: list[tuple[int, Tags]] = [(address, ())]
        while stack:
            at, tags = stack.pop()
            if at in seen:
                continue
            seen.add(at)
            instruction = code[at]
            if instruction[0] == TAG:
                stack.append((instruction[2], (*tags, instruction[1])))
            elif instruction[0] == SPLIT:
                stack.extend((way, tags) for way in reversed(instruction[1]))
            else:
                found[at] = len(found), tags
        return found

    def move(self, state: State, terminal: int) -> tuple[int, int]:
        """The places after a terminal, and the terminals that lead on from them."""
        places = wanted = 0
        code = self.program.code
        for address in bits_in(state.places & self.having[terminal]):
            reached, leading = self.follow(code[address][3])
            places |= reached
            wanted |= leading
        state.moves[terminal] = places, wanted
        return places, wanted

    def step(self, state: State, signature: int) -> State:
        """The state after one more token; computed at its first use."""
        relevant = self.masks[signature] & state.wanted
        found = state.seen.get(relevant) if relevant else DEAD
        if found is None:
            places = wanted = 0
            rest = relevant
            while rest:
                terminal = rest & -rest
                rest ^= terminal
                move = state.moves.get(terminal) or self.move(state, terminal)
                places |= move[0]
                wanted |= move[1]
            found = state.seen[relevant] = self.state(places, wanted)
        self.held += STEP_BYTES
        if self.held > MOST_BYTES:
            self.forget()
        state[signature] = found
        return found

    def longest(self, signatures: list[int], begin: int, end: int) -> int:
        """Where the longest reading from `begin` ends (exclusive), or `begin` if there is none."""
        state, best, at = self.start, begin, begin
        while at < end:
            state = state[signatures[at]]
            if state is DEAD:
                break
            at += 1
            if state.accepts:
                best = at
        return best

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Node]:
        """The preferred tree of each root that reads exactly these tokens; leaves hold indexes from `begin`."""
        return [grow(gaps, leaves) for gaps, leaves in self.ways(signatures, begin, end)]

    def ways(self, signatures: list[int], begin: int, end: int) -> list[Way]:
        """How each root reads exactly these tokens."""
        states = [self.start]
        for at in range(begin, end):
            states.append(states[-1][signatures[at]])
        return [self.way(states, signatures, begin, place) for place in bits_in(states[-1].accepts)]

    def way(self, states: list[State], signatures: list[int], begin: int, accept: int) -> Way:
        """The preferred of all ways through the states that end at a place."""
        leading = [1 << accept]
        for index in range(len(states) - 2, -1, -1):
            target, live = leading[-1], 0
            for address, behind in self.matching(states[index], signatures[begin + index]):
                if behind & target:
                    live |= 1 << address
            leading.append(live)
        leading.reverse()
        at, gaps, leaves = self.program.start, [], []
        for index, live in enumerate(leading):
            reached = self.preferred(at)
            place = min((p for p in bits_in(live) if p in reached), key=lambda p: reached[p][0])
            gaps.append(reached[place][1])
            instruction = self.program.code[place]
            if instruction[0] == SYMBOL:
                leaves.append((instruction[2], index))
                at = instruction[3]
        return gaps, leaves

    def matching(self, state: State, signature: int) -> list[tuple[int, int]]:
        """The places of a state that read a token, each with the places reached behind it."""
        relevant = self.masks[signature] & state.wanted
        found = state.matched.get(relevant)
        if found is None:
            code, places, rest = self.program.code, 0, relevant
            while rest:
                terminal = rest & -rest
                rest ^= terminal
                places |= state.places & self.having[terminal]
            found = [(place, self.follow(code[place][3])[0]) for place in bits_in(places)]
            state.matched[relevant] = found
            self.held += STEP_BYTES * (1 + len(found))
        return found

    def expected(self, state: State) -> set[str]:
        """The names of the terminals that lead on from a state, as the grammar writes them."""
        code = self.program.code
        return {code[place][2] for place in bits_in(state.places) if code[place][0] == SYMBOL}


def grow(gaps: list[Tags], leaves: list[tuple[str, int]]) -> Node:
    """The tree of alternating tags and leaves; terminals that begin with an underscore leave no leaf (law 4)."""
    top: list[Any] = []
    stack = [top]
    following = iter(leaves)
    for tags in gaps:
        for tag in tags:
            if tag is CLOSING:
                stack.pop()
            else:
                node: Node = (tag[0], tag[1], [])
                stack[-1].append(node)
                stack.append(node[2])
        leaf = next(following, None)
        if leaf is not None and leaf[0][0] != "_":
            stack[-1].append(leaf)
    root: Node = top[0]
    return root
