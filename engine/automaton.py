"""The automaton that reads tables: a lazy deterministic automaton over letters, and the trees of what it read.

A state is the set of rows where reading can stand; each step is remembered, so reading costs one look-up a token.
Trees are made for what was read only: from row to row by the preferred entries, back where one does not lead to the
end.
"""

from __future__ import annotations

from typing import Any

from engine.alphabet import Letters, numbers_in
from engine.program import CLOSING, Tags
from engine.table import END, WIDTH, Table

MOST_HELD = 200_000
"""Steps, and rows of states, that an automaton remembers before it forgets them all: bounds memory on any text."""
STATE_COST = 10
"""What a state takes beside its rows, in steps."""

Way = tuple[list[Tags], list[tuple[str, int]]]
"""How tokens were read: the tags before each token and after the last, and each token's terminal and index."""
Node = tuple[str, str | None, list[Any]]
"""A tree node: the rule, its alias, and children (nodes, or leaves as (terminal, index of the token))."""


class State:
    """Where reading can stand: the roots that may end here, and the state after each letter met so far.

    `wanted` are the terminals that lead on, as bits; `moves` the rows after each of them that was asked for, `seen` the
    states after several.
    """

    __slots__ = ("accepts", "moves", "rows", "seen", "steps", "wanted")

    def __init__(self, rows: frozenset[int], accepts: list[int], wanted: int) -> None:
        self.rows = rows
        self.accepts = accepts
        self.wanted = wanted
        self.steps: dict[int, State] = {}
        self.moves: dict[int, frozenset[int]] = {}
        self.seen: dict[int, State] = {}


NOWHERE: frozenset[int] = frozenset()
DEAD = State(NOWHERE, [], 0)


class Row:
    """A row unpacked: where its entries stand in their table, by terminal, in order of preference.

    `wanted` are its terminals as bits, `ends` the roots that may end here, `nexts` the rows after each terminal asked
    for.
    """

    __slots__ = ("ends", "nexts", "places", "wanted")

    def __init__(self, table: Table, number: int, numbers: list[int]) -> None:
        self.places: dict[int, list[int]] = {}
        self.nexts: dict[int, list[int]] = {}
        entries, places = table.entries, self.places
        for place in range(table.offsets[number], table.offsets[number + 1], WIDTH):
            terminal = numbers[entries[place]]
            known = places.get(terminal)
            if known is None:
                places[terminal] = [place]
            else:
                known.append(place)
        self.ends = [entries[place + 1] for place in places.pop(END, ())]
        self.wanted = sum([1 << terminal for terminal in places])


class Rows:
    """The rows of a table, unpacked at their first use; terminals are told by their numbers in an alphabet."""

    def __init__(self, table: Table, numbers: dict[str, int]) -> None:
        self.table = table
        # END, which is -1, finds itself at the end of the list.
        self.numbers = [*(numbers[key] for key, _ in table.terminals), END]
        self.locals = {number: local for local, number in enumerate(self.numbers)}
        self.unpacked: list[Row | None] = [None] * (len(table.offsets) - 1)
        self.readers: dict[int, frozenset[int]] = {}

    def having(self, terminal: int) -> frozenset[int]:
        """The rows that have a terminal."""
        found = self.readers.get(terminal)
        if found is None:
            found = self.readers[terminal] = frozenset(self.table.rows_with(self.locals[terminal]))
        return found

    def row(self, number: int) -> Row:
        """A row's entries by terminal."""
        found = self.unpacked[number]
        if found is None:
            found = self.unpacked[number] = Row(self.table, number, self.numbers)
        return found

    def after(self, number: int, terminal: int) -> list[int]:
        """The rows that a row leads to over a terminal."""
        row = self.unpacked[number] or self.row(number)
        found = row.nexts.get(terminal)
        if found is None:
            entries = self.table.entries
            found = row.nexts[terminal] = [entries[place + 1] for place in row.places[terminal]]
        return found


class Automaton:
    """Reads some roots of a table over sequences of letters; roots are told by their number in the table."""

    def __init__(self, rows: Rows, letters: Letters, roots: list[int]) -> None:
        self.rows = rows
        self.letters = letters
        self.roots = roots
        self.states: dict[frozenset[int], State] = {}
        self.held = 0
        self.start = DEAD

    def begin(self) -> State:
        """The state where reading begins."""
        if self.start is DEAD:
            self.start = self.state(frozenset(self.rows.table.starts[root] for root in self.roots))
        return self.start

    def state(self, rows: frozenset[int]) -> State:
        """The state of these rows."""
        if not rows:
            return DEAD
        found = self.states.get(rows)
        if found is None:
            accepts: set[int] = set()
            wanted = 0
            unpacked = self.rows.unpacked
            for number in rows:
                row = unpacked[number] or self.rows.row(number)
                wanted |= row.wanted
                if row.ends:
                    accepts.update(row.ends)
            self.held += len(rows) + STATE_COST
            found = self.states[rows] = State(rows, [root for root in self.roots if root in accepts], wanted)
        return found

    def forget(self) -> None:
        """Drop all remembered steps."""
        self.states = {}
        self.start = DEAD
        self.held = 0

    def after(self, state: State, letter: int) -> State:
        """The state after one more token."""
        following = state.steps.get(letter)
        return self.step(state, letter) if following is None else following

    def step(self, state: State, letter: int) -> State:
        """The state after one more token; computed at its first use."""
        relevant = self.letters.masks[letter] & state.wanted
        found = state.seen.get(relevant) if relevant else DEAD
        if found is None:
            following = NOWHERE
            for terminal in numbers_in(relevant):
                following |= state.moves.get(terminal) or self.move(state, terminal)
            found = state.seen[relevant] = self.state(following)
        state.steps[letter] = found
        self.held += 1
        if self.held > MOST_HELD:
            self.forget()
        return found

    def move(self, state: State, terminal: int) -> frozenset[int]:
        """The rows after a terminal."""
        reading = state.rows & self.rows.having(terminal)
        following: list[int] = []
        for number in reading:
            following += self.rows.after(number, terminal)
        found = state.moves[terminal] = frozenset(following)
        return found

    def longest(self, word: list[int], begin: int, end: int) -> int:
        """Where the longest reading of letters from `begin` ends (exclusive), or `begin` if there is none."""
        state, best, at = self.begin(), begin, begin
        while at < end:
            letter = word[at]
            following = state.steps.get(letter)
            state = self.step(state, letter) if following is None else following
            if state is DEAD:
                break
            at += 1
            if state.accepts:
                best = at
        return best

    def ends(self, word: list[int], begin: int, end: int) -> list[int]:
        """The roots that read exactly these letters."""
        state = self.begin()
        for at in range(begin, end):
            state = self.after(state, word[at])
        return state.accepts

    def derive(self, word: list[int], begin: int, end: int) -> list[Node]:
        """The preferred tree of each root that reads exactly these letters; leaves hold indexes from `begin`."""
        return [self.tree(root, word[begin:end]) for root in self.ends(word, begin, end)]

    def tree(self, root: int, word: list[int]) -> Node:
        """The preferred tree by which a root reads a word."""
        return grow(*self.way(root, word))

    def way(self, root: int, word: list[int]) -> Way:
        """The preferred of all ways in which a root reads a word."""
        gaps: list[Tags] = []
        leaves: list[tuple[str, int]] = []
        if not self.leads(self.rows.table.starts[root], root, word, gaps, leaves, set()):
            raise ValueError(f"{self.rows.table.roots[root]} does not read this")
        return gaps, leaves

    def leads(
        self,
        number: int,
        root: int,
        word: list[int],
        gaps: list[Tags],
        leaves: list[tuple[str, int]],
        failed: set[tuple[int, int]],
    ) -> bool:
        """Whether a row leads over the rest of a word to a root's end; gathers the tags and leaves on its way.

        `failed` are rows with the places from which they do not, so that the cost stays within rows by tokens.
        """
        at, row, table = len(leaves), self.rows.row(number), self.rows.table
        if at == len(word):
            ends = root in row.ends
            if ends:
                gaps.append(table.tags_of(number, root))
            return ends
        offers: list[int] = []
        for terminal in self.letters.terminals[word[at]]:
            offers += row.places.get(terminal, ())
        for place in sorted(offers):
            following = table.entries[place + 1]
            if not self.goes_on(following, word, at + 1) or (following, at) in failed:
                continue
            gaps.append(table.tags[table.entries[place + 2]])
            leaves.append((table.terminals[table.entries[place]][1], at))
            if self.leads(following, root, word, gaps, leaves, failed):
                return True
            gaps.pop()
            leaves.pop()
            failed.add((following, at))
        return False

    def goes_on(self, number: int, word: list[int], at: int) -> bool:
        """Whether a row reads the next letter of a word, or may end with it."""
        row = self.rows.row(number)
        return bool(row.ends) if at == len(word) else row.wanted & self.letters.masks[word[at]] != 0

    def expected(self, state: State) -> set[str]:
        """The names of the terminals that lead on from a state, as the grammar writes them."""
        table = self.rows.table
        found = (place for row in state.rows for places in self.rows.row(row).places.values() for place in places)
        return {table.terminals[table.entries[place]][1] for place in found}


def grow(gaps: list[Tags], leaves: list[tuple[str, int]]) -> Node:
    """The tree of alternating tags and leaves; terminals that begin with an underscore leave no leaf (law 4)."""
    top: list[Any] = []
    stack = [top]
    for index, tags in enumerate(gaps):
        for tag in tags:
            if tag is CLOSING:
                stack.pop()
            else:
                node: Node = (tag[0], tag[1], [])
                stack[-1].append(node)
                stack.append(node[2])
        if index < len(leaves) and leaves[index][0][0] != "_":
            stack[-1].append(leaves[index])
    root: Node = top[0]
    return root
