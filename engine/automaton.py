"""The automaton that reads tables: a lazy deterministic automaton over letters, and the trees of what it read.

A state is the set of rows where reading can stand; each step is remembered, so reading costs one look-up a token.
Trees are made for what was read only: from row to row by the preferred entries, back where one does not lead to the
end.
"""

from __future__ import annotations

from typing import Any

from engine.alphabet import Letters
from engine.program import CLOSING, Tags
from engine.table import END, WIDTH, Table

MOST_STEPS = 200_000
"""Steps that an automaton remembers before it forgets them all: bounds memory on any text."""

Way = tuple[list[Tags], list[tuple[str, int]]]
"""How tokens were read: the tags before each token and after the last, and each token's terminal and index."""
Node = tuple[str, str | None, list[Any]]
"""A tree node: the rule, its alias, and children (nodes, or leaves as (terminal, index of the token))."""


class State:
    """Where reading can stand: the roots that may end here, and the state after each letter met so far.

    `moves` are the rows after each terminal asked for.
    """

    __slots__ = ("accepts", "moves", "rows", "steps")

    def __init__(self, rows: frozenset[int], accepts: list[int]) -> None:
        self.rows = rows
        self.accepts = accepts
        self.steps: dict[int, State] = {}
        self.moves: dict[int, frozenset[int]] = {}


NOWHERE: frozenset[int] = frozenset()
DEAD = State(NOWHERE, [])


class Part:
    """A table among others: its rows are numbered from `row`, its roots from `root`; `numbers` are its terminals'."""

    def __init__(self, table: Table, row: int, root: int, numbers: dict[str, int]) -> None:
        self.row = row
        self.root = root
        self.size = len(table.offsets) - 1
        self.table = table
        self.entries = table.entries
        # END, which is -1, finds itself at the end of the list.
        self.numbers = [*(numbers[key] for key, _ in table.terminals), END]
        self.locals = {number: local for local, number in enumerate(self.numbers)}


class Row:
    """A row unpacked: where its entries stand in their table, by terminal, in order of preference."""

    __slots__ = ("part", "places")

    def __init__(self, part: Part, number: int) -> None:
        self.part = part
        self.places: dict[int, list[int]] = {}
        offsets, entries, numbers = part.table.offsets, part.entries, part.numbers
        begin, end = offsets[number - part.row], offsets[number - part.row + 1]
        for place in range(begin, end, WIDTH):
            terminal = numbers[entries[place]]
            known = self.places.get(terminal)
            if known is None:
                self.places[terminal] = [place]
            else:
                known.append(place)

    def after(self, terminal: int) -> list[int]:
        """The rows after a terminal."""
        first, entries = self.part.row, self.part.entries
        return [first + entries[place + 1] for place in self.places[terminal]]

    def ends(self) -> list[int]:
        """The roots that may end here."""
        return [self.part.root + self.part.entries[place + 1] for place in self.places.get(END, ())]

    def tags(self, place: int) -> Tags:
        """The tags of an entry."""
        return self.part.table.tags[self.part.entries[place + 2]]

    def name(self, place: int) -> str:
        """What the leaf of an entry is called."""
        return self.part.table.terminals[self.part.entries[place]][1]


class Rows:
    """The rows of one or several tables, numbered through and unpacked at their first use."""

    def __init__(self, tables: list[Table], numbers: dict[str, int]) -> None:
        self.parts: list[Part] = []
        self.roots: list[str] = []
        self.starts: list[int] = []
        self.owners: list[Part] = []
        for table in tables:
            part = Part(table, len(self.owners), len(self.roots), numbers)
            self.parts.append(part)
            self.roots += table.roots
            self.starts += [part.row + start for start in table.starts]
            self.owners += [part] * part.size
        self.unpacked: list[Row | None] = [None] * len(self.owners)
        self.readers: dict[int, frozenset[int]] = {}

    @property
    def named(self) -> set[int]:
        """The terminals that some row reads."""
        return {number for part in self.parts for number in part.numbers if number != END}

    def having(self, terminal: int) -> frozenset[int]:
        """The rows that have a terminal, or END."""
        found = self.readers.get(terminal)
        if found is None:
            rows: set[int] = set()
            for part in self.parts:
                local = part.locals.get(terminal)
                if local is not None:
                    rows.update([part.row + row for row in part.table.rows_with(local)])
            found = self.readers[terminal] = frozenset(rows)
        return found

    def row(self, number: int) -> Row:
        """A row's entries by terminal."""
        found = self.unpacked[number]
        if found is None:
            found = self.unpacked[number] = Row(self.owners[number], number)
        return found


class Automaton:
    """Reads some roots of tables (`places` among them) over sequences of letters; roots are told by number."""

    def __init__(self, rows: Rows, letters: Letters, places: list[int]) -> None:
        self.rows = rows
        self.letters = letters
        self.places = places
        self.states: dict[frozenset[int], State] = {}
        self.held = 0
        self.start = DEAD

    def begin(self) -> State:
        """The state where reading begins."""
        if self.start is DEAD:
            self.start = self.state(frozenset(self.rows.starts[place] for place in self.places))
        return self.start

    def state(self, rows: frozenset[int]) -> State:
        """The state of these rows."""
        if not rows:
            return DEAD
        found = self.states.get(rows)
        if found is None:
            ending = rows & self.rows.having(END)
            accepts = {root for number in ending for root in self.rows.row(number).ends()}
            found = self.states[rows] = State(rows, sorted(accepts))
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
        following = NOWHERE
        for terminal in self.letters.terminals[letter]:
            move = state.moves.get(terminal)
            if move is None:
                move = self.move(state, terminal)
            if move:
                following = following | move if following else move
        found = state.steps[letter] = self.state(following)
        self.held += 1
        if self.held > MOST_STEPS:
            self.forget()
        return found

    def move(self, state: State, terminal: int) -> frozenset[int]:
        """The rows after a terminal."""
        reading = state.rows & self.rows.having(terminal)
        following: list[int] = []
        for number in reading:
            following += self.rows.row(number).after(terminal)
        found = state.moves[terminal] = frozenset(following)
        return found

    def longest(self, word: list[int], begin: int, end: int) -> int:
        """Where the longest reading of letters from `begin` ends (exclusive), or `begin` if there is none."""
        state, best, at = self.begin(), begin, begin
        while at < end:
            state = self.after(state, word[at])
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
        if not self.leads(self.rows.starts[root], root, word, gaps, leaves, set()):
            raise ValueError(f"{self.rows.roots[root]} does not read this")
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
        at = len(leaves)
        row = self.rows.row(number)
        if at == len(word):
            for place in row.places.get(END, ()):
                if row.part.root + row.part.entries[place + 1] == root:
                    gaps.append(row.tags(place))
                    return True
            return False
        offers: list[int] = []
        for terminal in self.letters.terminals[word[at]]:
            offers += row.places.get(terminal, ())
        for place in sorted(offers):
            following = row.part.row + row.part.entries[place + 1]
            if (following, at) in failed:
                continue
            gaps.append(row.tags(place))
            leaves.append((row.name(place), at))
            if self.leads(following, root, word, gaps, leaves, failed):
                return True
            gaps.pop()
            leaves.pop()
            failed.add((following, at))
        return False

    def expected(self, state: State) -> set[str]:
        """The names of the terminals that lead on from a state, as the grammar writes them."""
        rows = [self.rows.row(number) for number in state.rows]
        places = [(row, p) for row in rows for number, places in row.places.items() if number != END for p in places]
        return {row.name(place) for row, place in places}


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
