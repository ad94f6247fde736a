"""Joining: one table of those of several grammars that are read together, so that only what an edit changes is made
anew."""

from __future__ import annotations

from collections.abc import Sequence

from engine.compiling.program import Tags
from engine.compiling.table import END, Graph, Table, indexed


class Joining:
    """Tables that become one; roots keep the order of the tables, rows and labels of the largest their numbers."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = tables
        self.order = sorted(range(len(tables)), key=lambda number: -len(tables[number].labels))
        self.first_roots = [sum(len(table.roots) for table in tables[:number]) for number in range(len(tables))]
        self.terminals: dict[tuple[str, str], int] = {}
        self.labels: dict[tuple[int, ...], int] = {}
        self.numbers = {at: [*map(self.label, self.named(tables[at]))] for at in self.order}

    def named(self, table: Table) -> list[tuple[int, ...]]:
        """The terminals of a table's labels by their numbers among those of all."""
        numbers = [self.terminals.setdefault(told, len(self.terminals)) for told in table.terminals]
        return [tuple(sorted(numbers[terminal] for terminal in held)) for held in table.sets]

    def label(self, terminals: tuple[int, ...]) -> int:
        """The label of some terminals among those of all."""
        return self.labels.setdefault(terminals, len(self.labels))

    def table(self) -> Table:
        """The table of all."""
        made = Table(roots=[root for table in self.tables for root in table.roots])
        made.starts = [0] * len(made.roots)
        made.net.starts = [0] * len(made.roots)
        tags: list[Tags] = []
        for number in self.order:
            table = self.tables[number]
            places = self.add(made, table, number)
            made.ranks.extend(map(table.ranks.__getitem__, places))
            made.passed.extend(len(tags) + table.passed[place] for place in places)
            tags += table.tags
            self.add(made.net, table.net, number)
        for graph in (made, made.net):
            graph.offsets.append(len(graph.labels))
        made.terminals, made.sets, made.tags = list(self.terminals), list(self.labels), tags
        made.net = indexed(made.net, len(self.labels))
        return made

    def add(self, made: Graph, graph: Graph, number: int) -> Sequence[int]:
        """Add the rows of one table; gives the places of its entries in the order in which they stand now."""
        row, root, numbers = len(made.offsets), self.first_roots[number], self.numbers[number]
        for at, start in enumerate(graph.starts, root):
            made.starts[at] = row + start
        first = len(made.labels)
        made.offsets.extend(first + offset for offset in graph.offsets[:-1])
        labels, nexts = graph.labels, graph.nexts
        order: Sequence[int] = range(len(labels))
        if numbers != list(range(len(numbers))):
            # Sorted by label within each row; entries of one label stay in their order.
            bounds = zip(graph.offsets, graph.offsets[1:], strict=False)
            rows = (sorted(range(*bound), key=lambda place: numbers[labels[place]]) for bound in bounds)
            order = [place for places in rows for place in places]
        made.labels.extend(numbers[labels[place]] for place in order)
        made.nexts.extend(nexts[place] + (root if labels[place] == END else row) for place in order)
        return order
