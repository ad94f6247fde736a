"""The automaton that reads tables: a lazy deterministic automaton over letters, and the trees of what it read.

A state is the set of rows where reading can stand; each step is remembered, so reading costs one look-up a token.
Trees are made for what was read only: from row to row by the preferred entries, back where one does not lead to the
end.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.compiling.alphabet import Letters, numbers_in
from engine.compiling.program import CLOSING, Tags
from engine.compiling.table import END, Table

MOST_HELD = 150_000
"""Steps, and rows of states, that an automaton remembers before it forgets them all."""
MOST_TREES = 2_000
"""Readings whose trees an automaton remembers before it forgets them all."""
MOST_WAYS = 2_000
"""Ways on from rows that are remembered before they are all forgotten."""
ENDING = 1 << END
"""The bit of END among the labels of a row."""
STATE_COST = 10
"""What a state takes beside its rows, in steps."""

Way = tuple[list[Tags], list[tuple[str, int]]]
"""How tokens were read: the tags before each token and after the last, and each token's terminal and index."""
Onward = tuple[int, int, Tags, str]
"""A way on from a row: the next row with the labels that it wants, the tags passed, and the name of the leaf."""
Node = tuple[str, str | None, list[Any]]
"""A tree node: the rule, its alias, and children (nodes, or leaves as (terminal, index of the token))."""


class State:
    """Where reading can stand: the roots that may end here, and the state after each letter met so far.

    `wanted` are the labels that lead on, as bits, `asked` these and their parts, made where trees are read; `moves` the
    rows after each of those that lead on, as far as asked for, `seen` the states after several. `often` tells whether
    more than one step leads to it.
    """

    __slots__ = ("accepts", "asked", "moves", "often", "rows", "seen", "steps", "wanted")

    def __init__(self, rows: frozenset[int], accepts: list[int], wanted: int) -> None:
        self.rows = rows
        self.accepts = accepts
        self.wanted = wanted
        self.often = False
        self.asked = 0
        self.steps: dict[int, State] = {}
        self.moves: dict[int, frozenset[int]] = {}
        self.seen: dict[int, State] = {}


NOWHERE: frozenset[int] = frozenset()
DEAD = State(NOWHERE, [], 0)


class Rows:
    """The rows of a table and of its net as automata read them; `labels` are those that a terminal has, as bits, by the
    terminal's number in an alphabet whose terminals have these `numbers`.

    States are made of rows of the net, trees of rows of the table: `wants` are the labels of each row of the net as
    bits, `known` those of the table's; all is made at its first use.
    """

    def __init__(self, table: Table, numbers: dict[str, int]) -> None:
        self.table = table
        self.net = table.net
        self.numbers = [0, *(numbers[key] for key, _ in table.terminals[END + 1 :])]
        self.labels: dict[int, int] = {}
        for label, terminals in enumerate(table.sets[END + 1 :], END + 1):
            for terminal in terminals:
                # Two terminals of a table may be one of the alphabet: "x" and a shape of that word.
                number = self.numbers[terminal]
                self.labels[number] = self.labels.get(number, 0) | 1 << label
        self.wants: list[int | None] = [None] * (len(table.net.offsets) - 1)
        self.known: list[int | None] = [None] * (len(table.offsets) - 1)
        self.readers: dict[int, dict[int, int]] = {}
        self.known_ways: dict[tuple[int, int], list[Onward]] = {}
        self.within: dict[int, int] = {}

    def alphabetic(self, labels: int) -> int:
        """The terminals of labels, both as bits, those of the alphabet; END has none."""
        found = 0
        for label in numbers_in(labels & ~ENDING):
            for terminal in self.table.sets[label]:
                found |= 1 << self.numbers[terminal]
        return found

    def parts(self, label: int) -> int:
        """A label with all others whose terminals are among its own, as bits: those by which trees may be read where
        the net reads it."""
        found = self.within.get(label)
        if found is None:
            sets = self.table.sets
            own, near = {*sets[label]}, 0
            for terminal in sets[label]:
                near |= self.labels.get(self.numbers[terminal], 0)
            found = 1 << label
            for number in numbers_in(near):
                if own.issuperset(sets[number]):
                    found |= 1 << number
            self.within[label] = found
        return found

    def having(self, label: int) -> dict[int, int]:
        """The rows of the net that have a label, each with the place of its first entry."""
        found = self.readers.get(label)
        if found is None:
            found = self.readers[label] = self.net.rows_with(label)
        return found

    def wanted(self, row: int) -> int:
        """The labels of a row of the net, as bits; that of END tells that a root may end."""
        found = self.wants[row]
        if found is None:
            found = self.wants[row] = bits_in(self.net.labels_of(row))
        return found

    def offered(self, row: int) -> int:
        """The same of a row of the table."""
        found = self.known[row]
        if found is None:
            found = self.known[row] = bits_in(self.table.labels_of(row))
        return found

    def after(self, rows: frozenset[int], label: int) -> set[int]:
        """The rows that rows of the net lead to over a label."""
        net, having = self.net, self.having(label)
        labels, nexts, offsets = net.labels, net.nexts, net.offsets
        found = set()
        for row in having.keys() & rows:
            place, last = having[row], offsets[row + 1]
            while place < last and labels[place] == label:
                found.add(nexts[place])
                place += 1
        return found

    def ways(self, row: int, letter: int) -> list[Onward]:
        """The ways on from a row of the table over a letter, told as its labels' bits; the preferred first."""
        key = row, self.offered(row) & letter
        found = self.known_ways.get(key)
        if found is None:
            if len(self.known_ways) >= MOST_WAYS:
                self.known_ways.clear()
            table = self.table
            places = [place for label in numbers_in(key[1]) for place in table.places(row, label)]
            found = self.known_ways[key] = [
                (
                    table.nexts[place],
                    self.offered(table.nexts[place]),
                    table.tags[table.passed[place]],
                    table.leaf_of(table.labels[place]),
                )
                for place in sorted(places, key=table.ranks.__getitem__)
            ]
        return found


def bits_in(labels: Iterable[int]) -> int:
    """Labels as bits."""
    return sum([1 << label for label in set(labels)])


class Automaton:
    """Reads some roots of a table over sequences of letters; roots are told by their number in the table."""

    def __init__(self, rows: Rows, letters: Letters, roots: list[int]) -> None:
        self.rows = rows
        self.letters = letters
        self.roots = roots
        self.states: dict[frozenset[int], State] = {}
        self.sets: dict[frozenset[int], frozenset[int]] = {}
        self.trees: dict[tuple[int, ...], list[Node]] = {}
        self.held = 0
        self.start = DEAD

    def begin(self) -> State:
        """The state where reading begins."""
        if self.start is DEAD:
            self.start = self.state(frozenset(self.rows.net.starts[root] for root in self.roots))
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
                    accepts.update(self.rows.net.ends(number))
            self.held += len(rows) + STATE_COST
            rows = self.sets.setdefault(rows, rows)
            found = self.states[rows] = State(rows, [root for root in self.roots if root in accepts], wanted)
        else:
            found.often = True
        return found

    def forget(self) -> None:
        """Drop all remembered steps."""
        self.states = {}
        self.sets = {}
        self.trees = {}
        self.start = DEAD
        self.held = 0

    def thin(self) -> None:
        """Drop the states that one step only led to since this was last done, and the steps to them."""
        self.states = {rows: state for rows, state in self.states.items() if state.often or state is self.start}
        self.sets = {rows: rows for rows in self.states}
        self.held = 0
        for state in self.states.values():
            state.moves = {}
            state.steps = {letter: to for letter, to in state.steps.items() if to.often or to is DEAD}
            state.seen = {labels: to for labels, to in state.seen.items() if to.often or to is DEAD}
            self.held += len(state.steps) + len(state.rows) + STATE_COST
        for state in self.states.values():
            state.often = False

    def after(self, state: State, letter: int) -> State:
        """The state after one more token."""
        following = state.steps.get(letter)
        return self.step(state, letter) if following is None else following

    def step(self, state: State, letter: int) -> State:
        """The state after one more token; computed at its first use."""
        relevant = self.letters.masks[letter] & state.wanted
        found = state.seen.get(relevant) if relevant else DEAD
        if found is not None:
            found.often = True
        else:
            sets = [state.moves.get(label) or self.move(state, label) for label in numbers_in(relevant)]
            following = sets[0] if len(sets) == 1 else NOWHERE.union(*sets)
            found = state.seen[relevant] = self.state(following)
        state.steps[letter] = found
        self.held += 1
        if self.held > MOST_HELD:
            self.forget()
        return found

    def move(self, state: State, label: int) -> frozenset[int]:
        """The rows after a label."""
        rows = frozenset(self.rows.after(state.rows, label))
        # Most moves lead to sets that others lead to: each is held once.
        found = state.moves[label] = self.sets.setdefault(rows, rows)
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

    def derive(self, word: list[int], begin: int, end: int) -> list[Node]:
        """The preferred tree of each root that reads exactly these letters; leaves hold indexes from `begin`.

        Letters that differ only in what was not asked for on the way are read alike, so a tree is found once for all.
        """
        state, way = self.begin(), []
        for letter in word[begin:end]:
            way.append(self.letters.masks[letter] & (state.asked or self.asked(state)))
            state = self.after(state, letter)
        key = tuple(way)
        found = self.trees.get(key)
        if found is None:
            if len(self.trees) >= MOST_TREES:
                self.trees.clear()
            found = self.trees[key] = [self.tree(root, word[begin:end]) for root in state.accepts]
        return found

    def asked(self, state: State) -> int:
        """The labels by which trees may read on from a state, as bits."""
        for label in numbers_in(state.wanted):
            state.asked |= self.rows.parts(label)
        return state.asked

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
        onward = self.letters.masks[word[at + 1]] if at + 1 < len(word) else ENDING
        for following, wants, tags, leaf in self.rows.ways(number, self.letters.masks[word[at]]):
            if not wants & onward or (following, at) in failed:
                continue
            gaps.append(tags)
            leaves.append((leaf, at))
            if self.leads(following, root, word, gaps, leaves, failed):
                return True
            gaps.pop()
            leaves.pop()
            failed.add((following, at))
        return False

    def expected(self, state: State) -> set[str]:
        """The names of the terminals that lead on from a state, as the grammar writes them."""
        table = self.rows.table
        labels = numbers_in(state.wanted & ~ENDING)
        return {table.terminals[terminal][1] for label in labels for terminal in table.sets[label]}


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


SENTENCE_END = "END"
"""The terminal that reads the stop of a sentence where only its end is told."""


def heads(tree: Node) -> list[tuple[str, int]]:
    """The tokens under the nodes named `head` and `control` of a phrase's tree."""
    found: list[tuple[str, int]] = []
    for child in tree[2]:
        if len(child) == 3:
            if child[0] in ("head", "control"):
                found += [(child[0], leaf[1]) for leaf in child[2] if len(leaf) == 2]
            else:
                found += heads(child)
    return found


def aside(tree: Node) -> list[int]:
    """The tokens under the nodes named `aside` of a reading's tree: what it steps over that tells of something."""
    told = (child[2] for child in tree[2] if len(child) == 3 and child[0] == "aside")
    return [leaf[1] for leaves in told for leaf in leaves if len(leaf) == 2]


def closes(tree: Node) -> bool:
    """Whether what a tree reads last is the end of its sentence."""
    last: Any = tree
    while len(last) == 3 and last[2]:
        last = last[2][-1]
    return bool(last[0] == SENTENCE_END)
