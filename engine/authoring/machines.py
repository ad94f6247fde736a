"""Machines: parts of a grammar as automata of their own, which share one table and the alphabet of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property

from engine.alphabet import WORD_PREFIX, Alphabet, Letters
from engine.automaton import DEAD, Automaton, Node, Rows, State
from engine.program import Instruction
from engine.table import END, tabled

WHOLE = "whole"
"""The root that the parts of a code end as."""


class Machine:
    """What reads one part; it remembers the runs of the sentence read last."""

    def __init__(self, rows: Rows, letters: Letters, root: int, automaton: Automaton | None = None) -> None:
        self.rows = rows
        self.root = root
        self.automaton = automaton or Automaton(rows, letters, [root])

    @cached_property
    def nullable(self) -> bool:
        """Whether it may read nothing."""
        return bool(self.automaton.begin().accepts)

    @cached_property
    def quoted(self) -> bool:
        """Whether it reads nothing but quoted words, so that a wording can go without it."""
        table, net = self.rows.table, self.rows.net
        seen, stack = set(), [net.starts[self.root]]
        while stack:
            number = stack.pop()
            if number in seen:
                continue
            seen.add(number)
            for label in set(net.labels_of(number)) - {END}:
                if not all(table.terminals[one][0].startswith(WORD_PREFIX) for one in table.sets[label]):
                    return False
                stack.extend(self.rows.after(frozenset([number]), label))
        return True

    def forget(self) -> None:
        """Drop all steps and letters of an earlier question, whose signatures may be forgotten."""
        self.automaton.forget()
        self.automaton.letters.forget()

    def ends(self, signatures: Sequence[int], begin: int) -> list[int]:
        """Where a reading that begins there may end."""
        found = [begin] if self.nullable else []
        state = self.automaton.begin()
        for at, letter in enumerate(self.automaton.letters.word(list(signatures[begin:])), begin + 1):
            state = self.automaton.after(state, letter)
            if state is DEAD:
                break
            if state.accepts:
                found.append(at)
        return found

    def reads(self, signatures: Sequence[int]) -> bool:
        """Whether it reads exactly these."""
        return bool(self.after(signatures).accepts)

    def after(self, signatures: Sequence[int]) -> State:
        """Where it stands after these."""
        state = self.automaton.begin()
        for letter in self.automaton.letters.word(list(signatures)):
            state = self.automaton.after(state, letter)
        return state

    def tree(self, signatures: Sequence[int]) -> Node:
        """Its tree of exactly these."""
        return self.automaton.tree(self.root, self.automaton.letters.word(list(signatures)))


def machines(code: list[Instruction], begins: Sequence[int], alphabet: Alphabet) -> list[Machine]:
    """What reads each of the parts of a code that begin at these addresses and all end with the same instruction, so
    that what they end with in common is written once."""
    if not begins:
        return []
    numbers = {name: number for number, name in enumerate(alphabet.names)}
    rows = Rows(tabled(code, [(WHOLE, begin) for begin in begins]), numbers)
    letters = Letters(alphabet, rows.labels)
    # Roots of one name end as the last of them.
    root = len(begins) - 1
    found = []
    for start in rows.table.starts:
        # Each part begins on a row of its own, and shares all rows that are unpacked.
        mine = copy(rows)
        mine.table = replace(rows.table, starts=[start] * len(begins))
        mine.net = replace(rows.net, starts=[start] * len(begins))
        found.append(Machine(mine, letters, root))
    return found
