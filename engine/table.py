"""Tables: programs without their empty steps, as arrays of numbers that are kept on disk and unpacked row by row.

A row says what may be read at one place: in order of preference, which terminal, on which row reading goes on, and the
tags passed before the terminal. Only the rows that a text leads to are ever unpacked.
"""

from __future__ import annotations

from array import array
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any

from engine.program import ACCEPT, SPLIT, TAG, Instruction, Tags

END = -1
"""In the place of a terminal: here the root ends whose number stands in the place of the next row."""
WIDTH = 3
"""Numbers of an entry: terminal, next row, tags."""


@dataclass(slots=True)
class Table:
    """The rows of one or several programs.

    `terminals` are keys of the alphabet with the names of their leaves, `tags` the sequences of tags, `roots` the roots
    in their order and `starts` the row where each begins; terminals, tags and roots are numbered within the table.
    `offsets` are where each row's entries begin, with one more at the end; likewise `readers` holds the rows that have
    each terminal.
    """

    terminals: list[tuple[str, str]] = field(default_factory=list)
    tags: list[Tags] = field(default_factory=list)
    roots: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    offsets: array[int] = field(default_factory=lambda: array("i"))
    entries: array[int] = field(default_factory=lambda: array("i"))
    reader_offsets: array[int] = field(default_factory=lambda: array("i"))
    readers: array[int] = field(default_factory=lambda: array("i"))

    def packed(self) -> list[Any]:
        """The table as JSON can hold it."""
        arrays = (self.offsets, self.entries, self.reader_offsets, self.readers)
        texts = (b64encode(numbers.tobytes()).decode() for numbers in arrays)
        return [self.terminals, self.tags, self.roots, self.starts, *texts]

    @classmethod
    def unpacked(cls, data: list[Any]) -> Table:
        """The table of what `packed` gave."""
        terminals, tags, roots, starts, *texts = data
        arrays = (array("i", b64decode(text)) for text in texts)
        return cls([(key, leaf) for key, leaf in terminals], [tuple(passed) for passed in tags], roots, starts, *arrays)

    def rows_with(self, terminal: int) -> array[int]:
        """The rows that have a terminal."""
        return self.readers[self.reader_offsets[terminal] : self.reader_offsets[terminal + 1]]

    def tags_of(self, row: int, root: int) -> Tags:
        """The tags passed at the end of a root that ends in a row."""
        places = range(self.offsets[row], self.offsets[row + 1], WIDTH)
        place = next(at for at in places if self.entries[at] == END and self.entries[at + 1] == root)
        return self.tags[self.entries[place + 2]]


def tabled(code: list[Instruction], starts: list[tuple[str, int]]) -> Table:
    """The table of a code that begins at these addresses, one for each root."""
    table = Table(roots=[root for root, _ in starts])
    terminals: dict[tuple[str, str], int] = {}
    tags: dict[Tags, int] = {}
    rows: dict[int, int] = {}
    addresses: list[int] = []

    def row(address: int) -> int:
        """The number of the row of an address."""
        if address not in rows:
            rows[address] = len(addresses)
            addresses.append(address)
        return rows[address]

    table.starts = [row(address) for _, address in starts]
    roots = {root: number for number, root in enumerate(table.roots)}
    # The list grows while it is walked: rows lead to rows.
    for address in addresses:
        table.offsets.append(len(table.entries))
        for passed, instruction in reached(code, address):
            tag = tags.setdefault(passed, len(tags))
            if instruction[0] == ACCEPT:
                table.entries.extend((END, roots[instruction[1]], tag))
            else:
                terminal = terminals.setdefault((instruction[1], instruction[2]), len(terminals))
                table.entries.extend((terminal, row(instruction[3]), tag))
    table.offsets.append(len(table.entries))
    table.terminals, table.tags = list(terminals), list(tags)
    index(table)
    return table


def index(table: Table) -> None:
    """Tell which rows have which terminal."""
    found: list[dict[int, None]] = [{} for _ in table.terminals]
    for row in range(len(table.offsets) - 1):
        for terminal in table.entries[table.offsets[row] : table.offsets[row + 1] : WIDTH]:
            if terminal != END:
                found[terminal][row] = None
    table.reader_offsets.append(0)
    for rows in found:
        table.readers.extend(rows)
        table.reader_offsets.append(len(table.readers))


def reached(code: list[Instruction], address: int) -> list[tuple[Tags, Instruction]]:
    """What is reached from an address without reading, best first, each with the tags passed before it."""
    found, seen = [], set()
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
            found.append((tags, instruction))
    return found
