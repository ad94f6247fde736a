"""Terminals as bits, and the signatures of words: which terminals a word or a phrase can be.

Words that read alike share one signature (an int), so that an automaton sees a few hundred symbols, not a vocabulary.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from io import StringIO

WORD_PREFIX = "_W_"


def literal_terminal(word: str) -> str:
    """The terminal that a quoted word of a grammar stands for; a leading underscore keeps it out of trees (law 4)."""
    return WORD_PREFIX + "".join(c.upper() if c.isalnum() and c.isascii() else f"_{ord(c):X}_" for c in word.lower())


@dataclass(frozen=True, slots=True)
class Shape:
    """A terminal that tests how a word is written, unless the lexicon reads the word as one of `unless`.

    A reading as one of `even_if` gives the terminal back ("Ban" is a verb and a family name).
    """

    bit: int
    pattern: str
    unless: frozenset[str] = frozenset()
    even_if: frozenset[str] = frozenset()

    def allows(self, readings: set[str]) -> bool:
        """Whether a word so written, with these lexicon readings, is the terminal."""
        return self.unless.isdisjoint(readings) or not self.even_if.isdisjoint(readings)


Test = tuple[Callable[[str], "re.Match[str] | None"], list[list[Shape]]]
"""An expression with a group for each of several patterns, and the shapes of each group."""
OWN_GROUP = re.compile(r"\((?!\?)|\(\?P<")


@dataclass(slots=True)
class Alphabet:
    """The terminals that the grammars name, each a bit, and the signatures met so far.

    `patterns` are terminals that test a word's shape, `listed` the same as they were written, `tests` compiled;
    `masks[signature]` is the set of its terminals as bits; `joined` keeps the bits of several terminals together.
    """

    bits: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    patterns: list[Shape] = field(default_factory=list)
    listed: list[tuple[str, str, list[str], list[str]]] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    masks: list[int] = field(default_factory=list)
    signatures: dict[int, int] = field(default_factory=dict)
    joined: dict[tuple[str, ...], int] = field(default_factory=dict)

    def bit(self, name: str) -> int:
        """The bit of a terminal, given out at its first use."""
        bit = self.bits.get(name)
        if bit is None:
            bit = self.bits[name] = 1 << len(self.names)
            self.names.append(name)
        return bit

    def number(self, name: str) -> int:
        """The number of a terminal's bit."""
        return self.bit(name).bit_length() - 1

    def add_shape(self, name: str, pattern: str, unless: list[str], even_if: list[str]) -> None:
        """A terminal that is any word which the regular expression matches whole."""
        if name not in self.bits or all(listed[0] != name for listed in self.listed):
            self.listed.append((name, pattern, unless, even_if))
            self.patterns.append(Shape(self.bit(name), pattern, frozenset(unless), frozenset(even_if)))
            self.tests = []

    def add_shapes(self, table: str) -> None:
        """The terminals of the text of rules/shapes.csv."""
        for row in csv.DictReader(StringIO(table, newline="")):
            lists = ([part for part in row[name].split("|") if part] for name in ("unless", "even_if"))
            self.add_shape(row["terminal"], row["pattern"], *lists)

    def shapes(self, text: str, readings: set[str]) -> int:
        """The terminals that a word with these lexicon readings is by the way it is written."""
        mask = 0
        for fits, shapes in self.tests or self.compiled():
            found = fits(text)
            # Patterns stand in groups that may be left out: those that took part fit.
            for number, part in enumerate(found.groups()) if found else ():
                if part is not None:
                    for shape in shapes[number]:
                        if shape.allows(readings):
                            mask |= shape.bit
        return mask

    def compiled(self) -> list[Test]:
        """All patterns as one expression, but for those that have groups of their own; `re.error` where one is none."""
        shapes: dict[str, list[Shape]] = {}
        for shape in self.patterns:
            shapes.setdefault(shape.pattern, []).append(shape)
        plain = [pattern for pattern in shapes if not OWN_GROUP.search(re.sub(r"\\.", "", pattern))]
        together = "".join(rf"(?=((?:{pattern})\Z)?)" for pattern in plain)
        self.tests = [(re.compile(together).match, [shapes[pattern] for pattern in plain])]
        for pattern in shapes.keys() - set(plain):
            whole = re.compile(rf"((?:{pattern})\Z)")
            self.tests.append((whole.match, [shapes[pattern], *([] for _ in range(whole.groups - 1))]))
        return self.tests

    def signature(self, mask: int) -> int:
        """The signature of a set of terminals."""
        number = self.signatures.get(mask)
        if number is None:
            number = self.signatures[mask] = len(self.masks)
            self.masks.append(mask)
        return number

    def terminals(self, mask: int) -> list[str]:
        """The names of the terminals in a set, sorted."""
        return sorted(self.names[number] for number in numbers_in(mask))


class Letters:
    """What one layer sees of signatures: those that differ only in terminals which it does not name are one letter.

    `used` are the terminals that it names, as bits; `terminals` the numbers of the terminals of each letter.
    """

    def __init__(self, alphabet: Alphabet, used: int) -> None:
        self.alphabet = alphabet
        self.used = used
        self.forget()

    def forget(self) -> None:
        """Drop all letters; what was remembered by letter must go with them."""
        self.terminals: list[list[int]] = []
        self.letters: dict[int, int] = {}
        self.known: dict[int, int] = {}

    def word(self, signatures: list[int]) -> list[int]:
        """The letters of signatures."""
        known = self.known
        return [known[one] if one in known else self.letter(one) for one in signatures]

    def letter(self, signature: int) -> int:
        """The letter of a signature met for the first time."""
        seen = self.alphabet.masks[signature] & self.used
        letter = self.letters.get(seen)
        if letter is None:
            letter = self.letters[seen] = len(self.terminals)
            self.terminals.append(numbers_in(seen))
        self.known[signature] = letter
        return letter


def numbers_in(mask: int) -> list[int]:
    """The numbers of the bits of a set, ascending."""
    digits = f"{mask:b}"[::-1]
    found, at = [], digits.find("1")
    while at >= 0:
        found.append(at)
        at = digits.find("1", at + 1)
    return found
