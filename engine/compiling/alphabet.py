"""Terminals as bits, and the signatures of words: which terminals a word or a phrase can be.

Words that read alike share one signature (an int), so that an automaton sees a few hundred symbols, not a vocabulary.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO

from engine.compiling.shapes import Shape, Shapes, Words, written_out
from engine.errors import Finding, RulesError
from engine.headers import Header

WORD_PREFIX = "_W_"
PART = re.compile(r"\{([a-z]\w*)\}")
"""A part of a pattern, by its name."""
Listed = tuple[str, str, list[str], list[str], "Words | None"]
"""A shape: its name, its expression, the readings that exclude it and those that give it back, the words it lists."""


@lru_cache(maxsize=10_000)
def literal_terminal(word: str) -> str:
    """The terminal that a quoted word of a grammar stands for; a leading underscore keeps it out of trees (law 4)."""
    if word.isascii() and word.isalnum():
        return WORD_PREFIX + word.upper()
    return WORD_PREFIX + "".join(c.upper() if c.isalnum() and c.isascii() else f"_{ord(c):X}_" for c in word.lower())


@dataclass(slots=True)
class Alphabet:
    """The terminals that the grammars name, each a bit, and the signatures met so far.

    `patterns` are terminals that test a word's shape, `listed` the same as `take_shape` takes them, by name, `tests`
    what tries them;
    `masks[signature]` is the set of its terminals as bits; `joined` keeps the bits of several terminals together.
    """

    bits: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    patterns: list[Shape] = field(default_factory=list)
    listed: dict[str, Listed] = field(default_factory=dict)
    tests: Shapes | None = None
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
        if name not in self.listed:
            self.take_shape(name, pattern, unless, even_if, written_out(pattern))

    def take_shape(self, name: str, pattern: str, unless: list[str], even_if: list[str], words: Words | None) -> None:
        """The same, where the words that the expression lists are known."""
        if name not in self.listed:
            self.listed[name] = name, pattern, unless, even_if, words
            self.patterns.append(Shape(self.bit(name), pattern, words, frozenset(unless), frozenset(even_if)))
            self.tests = None

    def add_shapes(self, table: str, told: Header | None = None) -> None:
        """The terminals of the text of rules/shapes.csv; raises RulesError where it is not as its description told.

        A name in small letters is a part of patterns below it, where it stands in braces.
        """
        findings: list[Finding] = []
        parts: dict[str, str] = {}
        rows = csv.reader(StringIO(table, newline=""))
        header = next(rows, [])
        findings += told.misfit("rules/shapes.csv", header) if told else ()
        for cells in rows if not findings else ():
            row = dict(zip(header, cells, strict=False))
            findings += shape_findings(rows.line_num, header, row, parts)
            if findings:
                continue
            row["pattern"] = PART.sub(lambda found: parts[found[1]], row["pattern"])
            if row["terminal"].islower():
                parts[row["terminal"]] = f"(?:{row['pattern']})"
            else:
                lists = ([part for part in row[name].split("|") if part] for name in ("unless", "even_if"))
                self.add_shape(row["terminal"], row["pattern"], *lists)
        if findings:
            raise RulesError(findings)

    def tested(self) -> Shapes:
        """What tries the patterns, made where it is missing."""
        if self.tests is None:
            self.tests = Shapes(self.patterns)
        return self.tests

    def shapes(self, text: str, readings: set[str]) -> int:
        """The terminals that a word with these lexicon readings is by the way it is written."""
        mask = 0
        for shape in self.tested().fitting(text):
            if shape.allows(readings):
                mask |= shape.bit
        return mask

    def forget(self) -> None:
        """Drop all signatures."""
        self.masks.clear()
        self.signatures.clear()

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
    """What one layer sees of signatures: those that its table reads alike are one letter.

    `labels` are the labels of its table that each terminal has, as bits, by the terminal's number; `kept` are terminals
    that it must tell apart besides. Of each letter `masks` holds the labels that read it, and `kinds` those of `kept`.
    """

    def __init__(self, alphabet: Alphabet, labels: Mapping[int, int], kept: int = 0) -> None:
        self.alphabet = alphabet
        self.labels = labels
        self.read = sum([1 << number for number in labels])
        self.kept = kept
        self.forget()

    def forget(self) -> None:
        """Drop all letters; what was remembered by letter must go with them."""
        self.kinds: list[int] = []
        self.masks: list[int] = []
        self.letters: dict[tuple[int, int], int] = {}
        self.known: dict[int, int] = {}

    def word(self, signatures: list[int]) -> list[int]:
        """The letters of signatures."""
        known = self.known
        return [known[one] if one in known else self.letter(one) for one in signatures]

    def letter_of(self, signature: int) -> int:
        """The letter of one signature."""
        found = self.known.get(signature)
        return self.letter(signature) if found is None else found

    def letter(self, signature: int) -> int:
        """The letter of a signature met for the first time."""
        terminals = self.alphabet.masks[signature]
        labels = 0
        for number in numbers_in(terminals & self.read):
            labels |= self.labels[number]
        seen = labels, terminals & self.kept
        letter = self.letters.get(seen)
        if letter is None:
            letter = self.letters[seen] = len(self.masks)
            self.kinds.append(seen[1])
            self.masks.append(labels)
        self.known[signature] = letter
        return letter


def numbers_in(mask: int) -> list[int]:
    """The numbers of the bits of a set, descending."""
    found = []
    while mask:
        number = mask.bit_length() - 1
        found.append(number)
        mask ^= 1 << number
    return found


def shape_findings(line: int, header: list[str], row: dict[str, str], parts: Mapping[str, str]) -> Iterator[Finding]:
    """What is wrong with a row of rules/shapes.csv."""
    file = "rules/shapes.csv"
    if len(row) != len(header):
        yield Finding(file, line, f"{len(row)} columns", f"the header has {len(header)}", "leave empty cells empty")
        return
    for name in PART.findall(row["pattern"]):
        if name not in parts:
            told = "a part told above it: " + (", ".join(parts) or "none is")
            yield Finding(file, line, f"{{{name}}} is no part", told, "write the part first, or the words themselves")
    try:
        re.compile(row["pattern"])
    except re.error as error:
        yield Finding(file, line, f"{row['terminal']}: {error}", "a regular expression of Python", "mend the pattern")
