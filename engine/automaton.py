"""The automaton that reads tables: a lazy deterministic automaton over letters, and the trees of what it read.

A state is the set of rows where reading can stand; each step is remembered, so reading costs one look-up a token.
Trees are made for what was read only: from row to row by the preferred entries, back where one does not lead to the
end.
"""

from __future__ import annotations

from typing import Any

from engine.alphabet import Letters, numbers_in
from engine.program import CLOSING, Tags
from engine.table import END, Table

MOST_HELD = 200_000
"""Steps, and rows of states, that an automaton remembers before it forgets them all: bounds memory on any text."""
ENDING = 1 << END
"""The bit of END among the terminals of a row."""
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


class Rows:
    """The rows of a table as automata read them; `numbers` are the numbers of its terminals in an alphabet.

    `wants` are the terminals of each row as bits, by their numbers in the table; all is made at its first use.
    """

    def __init__(self, table: Table, numbers: dict[str, int]) -> None:
        self.table = table
        self.numbers = [numbers[key] for key, _ in table.terminals[END + 1 :]]
        self.wants: list[int | None] = [None] * (len(table.offsets) - 1)
        self.readers: dict[int, frozenset[int]] = {}
        self.led: dict[tuple[int, int], list[int]] = {}

    def having(self, terminal: int) -> frozenset[int]:
        """The rows that have a terminal."""
        found = self.readers.get(terminal)
        if found is None:
            found = self.readers[terminal] = frozenset(self.table.rows_with(terminal))
        return found

    def wanted(self, row: int) -> int:
        """The terminals of a row, as bits; that of END tells that a root may end."""
        found = self.wants[row]
        if found is None:
            found = self.wants[row] = sum([1 << terminal for terminal in set(self.table.terms_of(row))])
        return found

    def after(self, row: int, terminal: int) -> list[int]:
        """The rows that a row leads to over a terminal."""
        found = self.led.get((row, terminal))
        if found is None:
            nexts = self.table.nexts
            found = self.led[row, terminal] = [nexts[place] for place in self.table.places(row, terminal)]
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
            for number in rows:
                wants = self.rows.wants[number] or self.rows.wanted(number)
                wanted |= wants
                if wants & ENDING:
                    accepts.update(self.rows.table.ends(number))
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
        at, table = len(leaves), self.rows.table
        if at == len(word):
            ends = root in table.ends(number)
            if ends:
                gaps.append(table.tags_of(number, root))
            return ends
        offers: list[tuple[int, int]] = []
        for terminal in numbers_in(self.rows.wanted(number) & self.letters.masks[word[at]]):
            offers += [(table.ranks[place], place) for place in table.places(number, terminal)]
        onward = self.letters.masks[word[at + 1]] if at + 1 < len(word) else ENDING
        for _, place in sorted(offers):
            following = table.nexts[place]
            if not self.rows.wanted(following) & onward or (following, at) in failed:
                continue
            gaps.append(table.tags[table.passed[place]])
            leaves.append((table.terminals[table.terms[place]][1], at))
            if self.leads(following, root, word, gaps, leaves, failed):
                return True
            gaps.pop()
            leaves.pop()
            failed.add((following, at))
        return False

    def expected(self, state: State) -> set[str]:
        """The names of the terminals that lead on from a state, as the grammar writes them."""
        terminals = self.rows.table.terminals
        return {terminals[number][1] for number in numbers_in(state.wanted & ~ENDING)}


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
