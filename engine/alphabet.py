"""Terminals as bits, and the signatures of words: which terminals a word or a phrase can be.

Words that read alike share one signature (an int), so that an automaton sees a few hundred symbols, not a vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

WORD_PREFIX = "_W_"


def literal_terminal(word: str) -> str:
    """The terminal that a quoted word of a grammar stands for; a leading underscore keeps it out of trees (law 4)."""
    return WORD_PREFIX + "".join(c.upper() if c.isalnum() and c.isascii() else f"_{ord(c):X}_" for c in word.lower())


@dataclass(slots=True)
class Alphabet:
    """The terminals that the grammars name, each a bit, and the signatures met so far.

    `patterns` are terminals that test a word's shape; `masks[signature]` is the set of its terminals as bits.
    """

    bits: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    patterns: list[tuple[int, Callable[[str], object]]] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)
    signatures: dict[int, int] = field(default_factory=dict)

    def bit(self, name: str) -> int:
        """The bit of a terminal, given out at its first use."""
        bit = self.bits.get(name)
        if bit is None:
            bit = self.bits[name] = 1 << len(self.names)
            self.names.append(name)
        return bit

    def add_pattern(self, name: str, pattern: str) -> None:
        """A terminal that is any word which the regular expression matches whole."""
        if name not in self.bits:
            self.patterns.append((self.bit(name), re.compile(pattern).fullmatch))

    def signature(self, mask: int) -> int:
        """The signature of a set of terminals."""
        number = self.signatures.get(mask)
        if number is None:
            number = self.signatures[mask] = len(self.masks)
            self.masks.append(mask)
        return number

    def terminals(self, mask: int) -> list[str]:
        """The names of the terminals in a set, sorted."""
        return sorted(name for name, bit in self.bits.items() if mask & bit)
