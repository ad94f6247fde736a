"""Reduction: the net of a table with as few rows as are told apart by what can be read after or before them.

Rows from which the same words lead to the same ends are one, and so are rows to which the same words lead from the
beginning. Both are found by splitting classes of rows until nothing splits them any more. How something is read is not
asked here: tags and ranks stay with the table.
"""

from __future__ import annotations

from collections.abc import Iterable

from engine.table import END, Graph, Net, Table, indexed

Edges = list[list[tuple[int, int]]]
"""For each row the labels, which stand for sets of terminals, with the row that each leads to or comes from."""


class Reduction:
    """Rows by number: `onward` the terminals by which each leads to others, `ends` the roots that may end there."""

    def __init__(self, graph: Graph) -> None:
        size = len(graph.offsets) - 1
        self.starts = list(graph.starts)
        self.onward: list[dict[int, frozenset[int]]] = []
        self.ends = [frozenset(graph.ends(row)) for row in range(size)]
        for row in range(size):
            leads: dict[int, list[int]] = {}
            for place in range(graph.offsets[row], graph.offsets[row + 1]):
                if graph.terms[place] != END:
                    leads.setdefault(graph.nexts[place], []).append(graph.terms[place])
            self.onward.append({to: frozenset(terms) for to, terms in leads.items()})

    def merge_by_future(self) -> None:
        """Make one row of those from which the same can be read."""
        labels: dict[frozenset[int], int] = {}
        edges = [[(labels.setdefault(terms, len(labels)), to) for to, terms in leads.items()] for leads in self.onward]
        self.take(split(numbered(self.ends), edges))

    def merge_by_past(self) -> None:
        """Make one row of those to which the same can be read."""
        labels: dict[frozenset[int], int] = {}
        edges: Edges = [[] for _ in self.onward]
        for row, leads in enumerate(self.onward):
            for to, terms in leads.items():
                edges[to].append((labels.setdefault(terms, len(labels)), row))
        starts = set(self.starts)
        self.take(split([int(row in starts) for row in range(len(self.onward))], edges))

    def take(self, classes: list[int]) -> None:
        """Make one row of each class of rows."""
        size = max(classes, default=-1) + 1
        onward: list[dict[int, frozenset[int]]] = [{} for _ in range(size)]
        ends: list[frozenset[int]] = [frozenset()] * size
        for row, own in enumerate(classes):
            ends[own] |= self.ends[row]
            for to, terms in self.onward[row].items():
                onward[own][classes[to]] = onward[own].get(classes[to], frozenset()) | terms
        self.onward, self.ends = onward, ends
        self.starts = [classes[start] for start in self.starts]

    def graph(self) -> Graph:
        """What is left."""
        made = Graph(self.starts)
        for leads, ends in zip(self.onward, self.ends, strict=True):
            made.offsets.append(len(made.terms))
            entries = [(END, root) for root in ends]
            entries += [(term, to) for to, terms in leads.items() for term in terms]
            for term, to in sorted(entries):
                made.terms.append(term)
                made.nexts.append(to)
        made.offsets.append(len(made.terms))
        return made


def reduced(table: Table) -> Net:
    """The net of a table of one program by fewer rows."""
    reduction = Reduction(table)
    reduction.merge_by_future()
    reduction.merge_by_past()
    return indexed(reduction.graph(), len(table.terminals))


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
