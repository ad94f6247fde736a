"""Reduction: the net of a table with as few rows as are told apart by what can be read after or before them.

Rows from which the same words lead to the same ends are one, and so are rows to which the same words lead from the
beginning. Both are found by splitting classes of rows until nothing splits them any more. How something is read is not
asked here: tags and ranks stay with the table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from engine.compiling.table import END, Graph, Table, indexed

Edges = list[list[tuple[int, int]]]
"""For each row the labels with the row that each leads to or comes from."""


class Reduction:
    """Rows by number: `onward` the label by which each leads to others, `ends` the roots that may end there; `sets`
    are the terminals of each label."""

    def __init__(self, graph: Graph, sets: Sequence[tuple[int, ...]]) -> None:
        size = len(graph.offsets) - 1
        self.starts = list(graph.starts)
        self.sets = list(sets)
        self.labels = {terminals: label for label, terminals in enumerate(self.sets)}
        self.unions: dict[frozenset[int], int] = {}
        self.onward: list[dict[int, int]] = []
        self.ends = [frozenset(graph.ends(row)) for row in range(size)]
        for row in range(size):
            leads: dict[int, list[int]] = {}
            for place in range(graph.offsets[row], graph.offsets[row + 1]):
                if graph.labels[place] != END:
                    leads.setdefault(graph.nexts[place], []).append(graph.labels[place])
            self.onward.append({to: self.union(labels) for to, labels in leads.items()})

    def union(self, labels: Collection[int]) -> int:
        """The label of all terminals of some labels."""
        if len(labels) == 1:
            (only,) = labels
            return only
        key = frozenset(labels)
        found = self.unions.get(key)
        if found is None:
            terminals = tuple(sorted({terminal for label in key for terminal in self.sets[label]}))
            found = self.unions[key] = self.labels.setdefault(terminals, len(self.sets))
            if found == len(self.sets):
                self.sets.append(terminals)
        return found

    def merge_by_future(self) -> None:
        """Make one row of those from which the same can be read."""
        edges = [[(label, to) for to, label in leads.items()] for leads in self.onward]
        self.take(split(numbered(self.ends), edges))

    def merge_by_past(self) -> None:
        """Make one row of those to which the same can be read."""
        edges: Edges = [[] for _ in self.onward]
        for row, leads in enumerate(self.onward):
            for to, label in leads.items():
                edges[to].append((label, row))
        starts = set(self.starts)
        self.take(split([int(row in starts) for row in range(len(self.onward))], edges))

    def take(self, classes: list[int]) -> None:
        """Make one row of each class of rows."""
        size = max(classes, default=-1) + 1
        onward: list[dict[int, set[int]]] = [{} for _ in range(size)]
        ends: list[frozenset[int]] = [frozenset()] * size
        for row, own in enumerate(classes):
            ends[own] |= self.ends[row]
            for to, label in self.onward[row].items():
                onward[own].setdefault(classes[to], set()).add(label)
        self.onward = [{to: self.union(labels) for to, labels in leads.items()} for leads in onward]
        self.ends = ends
        self.starts = [classes[start] for start in self.starts]

    def graph(self) -> Graph:
        """What is left."""
        made = Graph(self.starts)
        for leads, ends in zip(self.onward, self.ends, strict=True):
            made.offsets.append(len(made.labels))
            entries = [(END, root) for root in ends]
            entries += [(label, to) for to, label in leads.items()]
            for label, to in sorted(entries):
                made.labels.append(label)
                made.nexts.append(to)
        made.offsets.append(len(made.labels))
        return made


def reduce(table: Table) -> None:
    """Give a table of one program its net of fewer rows, and the labels of it."""
    reduction = Reduction(table, table.sets)
    reduction.merge_by_future()
    reduction.merge_by_past()
    table.net = indexed(reduction.graph(), len(reduction.sets))
    table.sets = reduction.sets


def numbered(kinds: Iterable[frozenset[int]]) -> list[int]:
    """A number for each kind, the same for the same."""
    known: dict[frozenset[int], int] = {}
    return [known.setdefault(kind, len(known)) for kind in kinds]


def split(classes: list[int], edges: Edges) -> list[int]:
    """The classes of rows, numbered from 0, split until all of a class have the same labels with rows of the same
    classes."""
    together: dict[int, list[int]] = {}
    for row, own in enumerate(classes):
        together.setdefault(own, []).append(row)
    count, found = len(together), list(classes)
    for number, rows in enumerate(together.values()):
        for row in rows:
            found[row] = number
    # A row alone cannot be split off.
    several = [rows for rows in together.values() if len(rows) > 1]
    while several:
        parts: list[list[int]] = []
        apart: list[list[int]] = []
        for rows in several:
            kinds: dict[frozenset[tuple[int, int]], list[int]] = {}
            for row in rows:
                kinds.setdefault(frozenset([(label, found[to]) for label, to in edges[row]]), []).append(row)
            first, *others = kinds.values()
            parts += (first, *others)
            apart += others
        if not apart:
            break
        for number, rows in enumerate(apart, count):
            for row in rows:
                found[row] = number
        count += len(apart)
        several = [rows for rows in parts if len(rows) > 1]
    return found
