"""Cuts: terminals of which every reading of a grammar has at least one, so that it need not try a sentence without."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from engine.compiling.alphabet import WORD_PREFIX
from engine.compiling.table import END, Graph, Table

EVERYWHERE = 10**6
"""How common a phrase is taken to be; words are counted."""
FUNCTION_WORD = 50
"""How common a quoted word is taken to be."""


class Commonness:
    """How often terminals may stand in text: the fewer words read so, the rarer; `phrases` stand everywhere."""

    def __init__(self, counts: Mapping[str, int], phrases: Container[str]) -> None:
        """`counts` tells how many words of the lexicon read as each terminal."""
        self.counts = counts
        self.phrases = phrases

    def of(self, terminal: str) -> int:
        """The number of words, or what stands for it."""
        if terminal in self.phrases:
            return EVERYWHERE
        base = terminal if terminal in self.counts else terminal.rpartition("_")[0]
        if base in self.counts:
            return self.counts[base]
        return FUNCTION_WORD if terminal.startswith(WORD_PREFIX) else EVERYWHERE - 1

    def order(self, terminals: Iterable[str]) -> list[str]:
        """Terminals, the commonest first."""
        return sorted(set(terminals), key=lambda terminal: (-self.of(terminal), terminal))


def cheapest_cut(table: Table, order: Iterable[str]) -> list[str]:
    """What is left of a table's terminals once all that can be spared are gone, in this order."""
    labels: dict[str, set[int]] = {key: set() for key, _ in table.terminals[END + 1 :]}
    for label, terminals in enumerate(table.sets[END + 1 :], END + 1):
        for terminal in terminals:
            labels[table.terminals[terminal][0]].add(label)
    reach = Reach(table.net, set(range(END + 1, len(table.sets))))
    spared: set[str] = set()
    if reach.extend(table.net.starts):
        for key in order:
            opened = labels[key] & reach.cut
            reach.cut -= opened
            if reach.extend([row for label in opened for row in reach.stopped.get(label, ())]):
                spared.add(key)
            else:
                reach.cut |= opened
    return sorted(labels.keys() - spared)


class Reach:
    """Where a graph leads without the labels of a cut; `stopped` are the rows behind each of them."""

    def __init__(self, graph: Graph, cut: set[int]) -> None:
        self.graph = graph
        self.cut = cut
        self.reached: set[int] = set()
        self.stopped: dict[int, list[int]] = {}

    def extend(self, rows: list[int]) -> bool:
        """Go on from rows too; false, and nothing changes, where a reading would end there."""
        offsets, labels, nexts = self.graph.offsets, self.graph.labels, self.graph.nexts
        new: set[int] = set()
        stops: list[tuple[int, int]] = []
        stack = list(rows)
        while stack:
            row = stack.pop()
            if row in new or row in self.reached:
                continue
            new.add(row)
            for place in range(offsets[row], offsets[row + 1]):
                label, following = labels[place], nexts[place]
                if label == END:
                    return False
                if label in self.cut:
                    stops.append((label, following))
                else:
                    stack.append(following)
        self.reached |= new
        for label, following in stops:
            self.stopped.setdefault(label, []).append(following)
        return True
