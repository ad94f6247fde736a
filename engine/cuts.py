"""Cuts: terminals of which every reading of a grammar has at least one, so that it need not try a sentence without."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from engine.alphabet import WORD_PREFIX
from engine.lexicon import Lexicon
from engine.table import END, Table

EVERYWHERE = 10**6
"""How common a phrase is taken to be; words are counted."""
FUNCTION_WORD = 50
"""How common a quoted word is taken to be."""


class Commonness:
    """How often terminals may stand in text: the fewer words read so, the rarer; `phrases` stand everywhere."""

    def __init__(self, lexicon: Lexicon, phrases: Container[str]) -> None:
        self.phrases = phrases
        self.counts = Counter(
            terminal
            for forms in lexicon.listed.values()
            for _, reading, _ in forms
            for terminal in lexicon.readings[reading]
        )

    def of(self, terminal: str) -> int:
        """The number of words, or what stands for it."""
        if terminal in self.phrases:
            return EVERYWHERE
        base = terminal if terminal in self.counts else terminal.rpartition("_")[0]
        if base in self.counts:
            return self.counts[base]
        return FUNCTION_WORD if terminal.startswith(WORD_PREFIX) else EVERYWHERE - 1


def cheapest_cut(table: Table, commonness: Commonness) -> list[str]:
    """What is left of a table's terminals once all that can be spared are gone, the commonest first."""
    keys = [key for key, _ in table.terminals]
    cut = set(range(END + 1, len(keys)))
    reach = Reach(table, cut)
    if reach.extend(table.starts):
        for terminal in sorted(cut, key=lambda number: (-commonness.of(keys[number]), keys[number])):
            cut.remove(terminal)
            if not reach.extend(reach.stopped.get(terminal, [])):
                cut.add(terminal)
    return sorted(keys[number] for number in cut)


class Reach:
    """Where a table leads without the terminals of a cut; `stopped` are the rows behind each of them."""

    def __init__(self, table: Table, cut: set[int]) -> None:
        self.table = table
        self.cut = cut
        self.reached: set[int] = set()
        self.stopped: dict[int, list[int]] = {}

    def extend(self, rows: list[int]) -> bool:
        """Go on from rows too; false, and nothing changes, where a reading would end there."""
        offsets, terms, nexts = self.table.offsets, self.table.terms, self.table.nexts
        new: set[int] = set()
        stops: list[tuple[int, int]] = []
        stack = list(rows)
        while stack:
            row = stack.pop()
            if row in new or row in self.reached:
                continue
            new.add(row)
            for place in range(offsets[row], offsets[row + 1]):
                terminal, following = terms[place], nexts[place]
                if terminal == END:
                    return False
                if terminal in self.cut:
                    stops.append((terminal, following))
                else:
                    stack.append(following)
        self.reached |= new
        for terminal, following in stops:
            self.stopped.setdefault(terminal, []).append(following)
        return True
