"""Tables: programs without their empty steps, as arrays of numbers that are kept on disk and read in place.

A row says what may be read at one place: words of which label, on which row reading goes on, the tags passed before the
word, and how the row's ways are preferred. A label stands for all terminals that lead the same way.
"""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, TypeAlias

from engine.compiling.program import ACCEPT, SPLIT, TAG, Instruction, Tags

END = 0
"""The label of an entry by which a root ends, whose number stands in the place of the next row."""
Numbers: TypeAlias = "array[int]"
Entry = tuple[int, int, int, int]
"""An entry of a row that is made: its label, rank, next row and tags."""


@dataclass(slots=True)
class Graph:
    """Rows of entries: what may be read at each place, and where reading goes on.

    An entry is one number in each of `labels` and `nexts`; those of a row stand together, sorted by label. `offsets`
    are where each row's entries begin, with one more at the end, `starts` the row where each root begins.
    """

    starts: list[int] = field(default_factory=list)
    offsets: Numbers = field(default_factory=lambda: array("i"))
    labels: Numbers = field(default_factory=lambda: array("i"))
    nexts: Numbers = field(default_factory=lambda: array("i"))

    def labels_of(self, row: int) -> Numbers:
        """The labels of a row's entries."""
        return self.labels[self.offsets[row] : self.offsets[row + 1]]

    def places(self, row: int, label: int) -> range:
        """Where the entries of a row with a label stand, the preferred first."""
        last = self.offsets[row + 1]
        begin = bisect_left(self.labels, label, self.offsets[row], last)
        end = begin
        while end < last and self.labels[end] == label:
            end += 1
        return range(begin, end)

    def ends(self, row: int) -> list[int]:
        """The roots that may end in a row."""
        return [self.nexts[place] for place in self.places(row, END)]


@dataclass(slots=True)
class Net(Graph):
    """A graph that is asked which rows lead on by a label: `readers` holds the rows that have each, and `firsts` the
    place of its first entry there; `reader_offsets` are where those of each label begin."""

    reader_offsets: Numbers = field(default_factory=lambda: array("i"))
    readers: Numbers = field(default_factory=lambda: array("i"))
    firsts: Numbers = field(default_factory=lambda: array("i"))

    def rows_with(self, label: int) -> dict[int, int]:
        """The rows that have a label, each with the place of its first entry."""
        having = slice(self.reader_offsets[label], self.reader_offsets[label + 1])
        return dict(zip(self.readers[having], self.firsts[having], strict=True))


@dataclass(slots=True)
class Table(Graph):
    """The rows of one or several programs, with all that trees are made of.

    `terminals` are keys of the alphabet with the names of their leaves, the first of them for END; `sets` the terminals
    of each label, also of those that only the net has; `tags` the sequences of tags and `roots` the roots in their
    order; all are numbered within the table. An entry also has a number in `passed` (its tags) and in `ranks` (its
    place in its row's order of preference). `net` reads the same words as the same roots, mostly by fewer rows: it
    tells what is read, before the rows of the table tell how.
    """

    terminals: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    sets: list[tuple[int, ...]] = field(default_factory=lambda: [(END,)])
    tags: list[Tags] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    passed: Numbers = field(default_factory=lambda: array("i"))
    ranks: Numbers = field(default_factory=lambda: array("i"))
    net: Net = field(default_factory=Net)

    def packed(self) -> list[Any]:
        """The table as JSON can hold it."""
        own, net = (self.offsets, self.labels, self.nexts, self.passed, self.ranks), self.net
        nets = (net.offsets, net.labels, net.nexts, net.reader_offsets, net.readers, net.firsts)
        starts = [self.starts, net.starts]
        return [self.terminals, self.sets, self.tags, self.roots, starts, [*map(text_of, own)], [*map(text_of, nets)]]

    @classmethod
    def unpacked(cls, data: list[Any]) -> Table:
        """The table of what `packed` gave."""
        terminals, sets, tags, roots, starts, own, nets = data
        offsets, labels, nexts, passed, ranks = map(numbers_of, own)
        named, held = [(key, leaf) for key, leaf in terminals], [*map(tuple, sets)]
        net, passes = Net(starts[1], *map(numbers_of, nets)), [*map(tuple, tags)]
        return cls(starts[0], offsets, labels, nexts, named, held, passes, roots, passed, ranks, net)

    def leaf_of(self, label: int) -> str:
        """What the leaves of a label are called; "_" where none is left (law 4), as by all labels of several names."""
        leaf = self.terminals[self.sets[label][0]][1]
        return "_" if leaf[0] == "_" else leaf

    def tags_of(self, row: int, root: int) -> Tags:
        """The tags passed at the end of a root that ends in a row."""
        place = next(place for place in self.places(row, END) if self.nexts[place] == root)
        return self.tags[self.passed[place]]


def numbers_of(text: str) -> Numbers:
    """The array of what `text_of` gave."""
    return array(text[0], b64decode(text[1:]))


def text_of(numbers: Numbers) -> str:
    """An array as text: the type of its numbers, as small as they allow, and they themselves."""
    if numbers.typecode == "i" and not halves(numbers, UPPER).strip(b"\0"):
        return f"H{b64encode(halves(numbers, LOWER)).decode()}"
    return numbers.typecode + b64encode(numbers.tobytes()).decode()


LOWER, UPPER = (0, 1) if sys.byteorder == "little" else (1, 0)
"""Which half of a number of type "i" is the lower in memory."""


def halves(numbers: Numbers, half: int) -> bytes:
    """One half of each number of type "i", without looking at the numbers one by one."""
    data = numbers.tobytes()
    found = bytearray(len(data) // 2)
    found[0::2], found[1::2] = data[2 * half :: 4], data[2 * half + 1 :: 4]
    return bytes(found)


def tabled(code: list[Instruction], starts: list[tuple[str, int]], *, net: bool = True) -> Table:
    """The table of a code that begins at these addresses, one for each root; without its net where that comes later."""
    table = Table(roots=[root for root, _ in starts])
    making = Tabling(code, table)
    table.starts = [making.row(address) for _, address in starts]
    entries: list[Entry] = []
    # The list grows while it is walked: rows lead to rows.
    for address in making.addresses:
        table.offsets.append(len(entries))
        entries += making.entries(address)
    take(table, entries)
    table.terminals, table.sets, table.tags = list(making.terminals), list(making.labels), making.sequences
    if net:
        table.net = indexed(table, len(making.labels))
    return table


class Tabling:
    """The rows of a code while they are made; what an instruction that reads gives to all rows that reach it is worked
    out once."""

    def __init__(self, code: list[Instruction], table: Table) -> None:
        self.code = code
        self.roots = {root: number for number, root in enumerate(table.roots)}
        self.terminals: dict[tuple[str, str], int] = {table.terminals[END]: END}
        self.labels: dict[tuple[int, ...], int] = {table.sets[END]: END}
        self.passes = Passes()
        self.tags: dict[int, int] = {}
        self.rows: dict[int, int] = {}
        self.addresses: list[int] = []
        self.steps: dict[int, tuple[int, str, tuple[int, ...]]] = {}
        self.known: dict[tuple[tuple[int, ...], ...], int] = {}

    @property
    def sequences(self) -> list[Tags]:
        """The sequences of tags that entries pass, by their number in the table."""
        return [self.passes.sequences[passed] for passed in self.tags]

    def row(self, address: int) -> int:
        """The row of an address."""
        found = self.rows.get(address)
        if found is None:
            found = self.rows[address] = len(self.addresses)
            self.addresses.append(address)
        return found

    def step(self, at: int) -> tuple[int, str, tuple[int, ...]]:
        """Of an instruction that reads: the row after it, its leaf ("" for none: law 4), its terminals; remembered."""
        _, told, onward = self.code[at]
        leaf, terminals = told[0][1], self.terminals
        numbers = tuple([terminals.setdefault(one, len(terminals)) for one in told])
        found = self.steps[at] = (self.row(onward), "" if leaf[0] == "_" else leaf, numbers)
        return found

    def label(self, held: tuple[tuple[int, ...], ...]) -> int:
        """The label of all these terminals; remembered."""
        terminals = tuple(sorted({number for numbers in held for number in numbers}))
        found = self.known[held] = self.labels.setdefault(terminals, len(self.labels))
        return found

    def entries(self, address: int) -> list[Entry]:
        """The row of an address, sorted."""
        entries = []
        # What leaves no leaf and goes on alike is one way, as good as the best of it.
        alike: dict[tuple[int, int, str], tuple[int, list[tuple[int, ...]]]] = {}
        tags, steps = self.tags, self.steps
        for rank, (passed, at) in enumerate(reached(self.code, address, self.passes)):
            tag = tags.setdefault(passed, len(tags))
            step = steps.get(at)
            if step is None:
                if self.code[at][0] == ACCEPT:
                    entries.append((END, rank, self.roots[self.code[at][1]], tag))
                    continue
                step = self.step(at)
            following, leaf, numbers = step
            way = (following, tag, leaf)
            if way in alike:
                alike[way][1].append(numbers)
            else:
                alike[way] = (rank, [numbers])
        known = self.known
        for (following, tag, _), (rank, held) in alike.items():
            key = (*held,)
            label = known.get(key)
            entries.append((self.label(key) if label is None else label, rank, following, tag))
        entries.sort()
        return entries


def take(table: Table, entries: list[Entry]) -> None:
    """Take the entries of all rows, whose offsets are told."""
    table.offsets.append(len(entries))
    for numbers, column in zip((table.labels, table.ranks, table.nexts, table.passed), range(4), strict=True):
        numbers.fromlist([entry[column] for entry in entries])


def indexed(graph: Graph, labels: int) -> Net:
    """A graph that can be asked, with so many labels."""
    net = Net(graph.starts, graph.offsets, graph.labels, graph.nexts)
    rows: list[list[int]] = [[] for _ in range(labels)]
    places: list[list[int]] = [[] for _ in range(labels)]
    for row in range(len(net.offsets) - 1):
        before = -1
        for place, label in enumerate(net.labels_of(row), net.offsets[row]):
            if label != before:
                rows[label].append(row)
                places[label].append(place)
                before = label
    net.reader_offsets.append(0)
    for having, firsts in zip(rows, places, strict=True):
        net.readers.extend(having)
        net.firsts.extend(firsts)
        net.reader_offsets.append(len(net.readers))
    return net


class Passes:
    """Sequences of tags, each by a number that is found without looking at the sequence; 0 is the empty one."""

    def __init__(self) -> None:
        self.sequences: list[Tags] = [()]
        self.numbers: dict[Tags, int] = {(): 0}
        self.longer: dict[tuple[int, Any], int] = {}

    def then(self, number: int, tag: Any) -> int:
        """The number of a sequence with one more tag."""
        key = number, tag
        found = self.longer.get(key)
        if found is None:
            tags = (*self.sequences[number], tag)
            found = self.longer[key] = self.numbers.setdefault(tags, len(self.sequences))
            if found == len(self.sequences):
                self.sequences.append(tags)
        return found


def reached(code: list[Instruction], address: int, passes: Passes) -> list[tuple[int, int]]:
    """The instructions that read or accept and are reached from an address without reading, best first, each with the
    number of the tags passed before it."""
    found, seen = [], set()
    stack: list[tuple[int, int]] = [(address, 0)]
    while stack:
        at, passed = stack.pop()
        if at in seen:
            continue
        seen.add(at)
        instruction = code[at]
        kind = instruction[0]
        if kind == SPLIT:
            stack.extend(zip(reversed(instruction[1]), repeat(passed)))
        elif kind == TAG:
            stack.append((instruction[2], passes.then(passed, instruction[1])))
        else:
            found.append((passed, at))
    return found
