"""Programs: what grammars compile to and an automaton runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

SYMBOL, SPLIT, TAG, ACCEPT = range(4)
CLOSING = None
"""The tag that ends a node."""

Instruction = Sequence[Any]
"""What a program does at one address; plain data, so that it can be kept on disk."""


@dataclass(slots=True, eq=False)
class Program:
    """What an automaton runs: instructions in priority order, greedy first, earlier alternatives first.

    An instruction is (SYMBOL, key of the terminal, its name, next), (SPLIT, nexts), (TAG, (rule, alias) or CLOSING,
    next) or (ACCEPT, root). `start` splits over all roots. `layer` is 0 for event grammars, else the pass in which the
    phrase is read; the programs of one layer share their code.
    """

    name: str
    file: str
    roots: list[str]
    code: list[Instruction] = field(default_factory=list)
    start: int = 0
    layer: int = 0
