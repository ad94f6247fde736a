"""Programs: what grammars compile to, before their empty steps are taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

SYMBOL, SPLIT, TAG, ACCEPT = range(4)
CLOSING = None
"""The tag that ends a node."""

Tags = tuple[Any, ...]
"""The tags passed between two tokens: (rule, alias), or CLOSING."""
Instruction = Sequence[Any]
"""What a program does at one address.

(SYMBOL, (key of a terminal, its name) of each that leads on alike, next), (SPLIT, nexts in order of preference),
(TAG, (rule, alias) or CLOSING, next) or (ACCEPT, root).
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A grammar as compiled: `layer` is 0 for event grammars, else the pass in which the phrase is read.

    A `recursive` one has no code: Lark's Earley parser reads it.
    """

    name: str
    file: str
    roots: list[str]
    layer: int = 0
    recursive: bool = False


class Reads(Protocol):
    """What reads a grammar that no automaton can: Lark's Earley parser, where the grammar is recursive."""

    program: Program

    @property
    def first(self) -> int:
        """The terminals with which a reading can begin, as bits."""

    def longest(self, signatures: list[int], begin: int, end: int) -> int:
        """Where the longest reading from `begin` ends (exclusive), or `begin` if there is none."""

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Any]:
        """The tree of each root that reads exactly these tokens; leaves hold indexes from `begin`."""
