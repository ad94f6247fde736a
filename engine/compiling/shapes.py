"""Shapes: terminals that test how a word is written.

Most of the expressions that grammars write list words ("threats?|demands?"). They are written out once, so that a word
is looked up instead of tried; only the others are matched, all at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MOST_REMEMBERED = 2_000
"""Expressions that are remembered as they were written out."""
MOST_WORDS = 400
"""Words that an expression may stand for to be written out."""
OWN_GROUP = re.compile(r"\((?!\?)|\(\?P<")
LITERAL = re.compile(r"\\.|\[[^\]]*\]")
SPECIAL = frozenset(".^$*+{}[]()|?\\")


Word = tuple[str, bool]
"""A word that an expression matches, and whether in any capitalisation (then it is in small letters)."""
Words = Sequence[Sequence[str]]
"""The words that an expression matches as they are written, and those, in small letters, in any capitalisation."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A terminal that tests how a word is written, unless the lexicon reads the word as one of `unless`.

    A reading as one of `even_if` gives the terminal back ("Ban" is a verb and a family name). `words` are all that the
    pattern stands for, where it lists words.
    """

    bit: int
    pattern: str
    words: Words | None
    unless: frozenset[str] = frozenset()
    even_if: frozenset[str] = frozenset()

    def allows(self, readings: set[str]) -> bool:
        """Whether a word so written, with these lexicon readings, is the terminal."""
        return self.unless.isdisjoint(readings) or not self.even_if.isdisjoint(readings)


Test = tuple[Callable[[str], "re.Match[str] | None"], list[list[Shape]]]
"""An expression with a group for each of several patterns, and the shapes of each group."""


class Shapes:
    """Finds which of several shapes a word has; their patterns are known to be expressions."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self.exact: dict[str, list[Shape]] = {}
        self.folded: dict[str, list[Shape]] = {}
        together: dict[str, list[Shape]] = {}
        for shape in shapes:
            if shape.words is None:
                together.setdefault(shape.pattern, []).append(shape)
                continue
            for known, words in zip((self.exact, self.folded), shape.words, strict=True):
                for word in words:
                    known.setdefault(word, []).append(shape)
        self.tests = tests_of(together)

    def fitting(self, text: str) -> list[Shape]:
        """The shapes that a text has, whatever the lexicon says."""
        found = [*self.exact.get(text, ()), *self.folded.get(text.lower(), ())]
        for fits, shapes in self.tests:
            match = fits(text)
            # Patterns stand in groups that may be left out: those that took part fit.
            for number, part in enumerate(match.groups()) if match else ():
                if part is not None:
                    found += shapes[number]
        return found


def tests_of(shapes: dict[str, list[Shape]]) -> list[Test]:
    """All patterns as one expression, but for those that have groups of their own."""
    plain = [pattern for pattern in shapes if not OWN_GROUP.search(LITERAL.sub("", pattern))]
    together = "".join(rf"(?=((?:{pattern})\Z)?)" for pattern in plain)
    tests: list[Test] = [(re.compile(together).match, [shapes[pattern] for pattern in plain])]
    for pattern in shapes.keys() - set(plain):
        whole = re.compile(rf"((?:{pattern})\Z)")
        tests.append((whole.match, [shapes[pattern], *([] for _ in range(whole.groups - 1))]))
    return tests


class Unlisted(Exception):  # noqa: N818 - no error, but the answer that a pattern is no list of words
    """An expression that does not list words, or too many."""


@lru_cache(maxsize=2_000)
@lru_cache(maxsize=MOST_REMEMBERED)
def written_out(pattern: str) -> Words | None:
    """The words that an expression lists, sorted; None where it is no list of words."""
    try:
        found = sorted(Listing(pattern).words())
        return [[word for word, folded in found if folded is case] for case in (False, True)]
    except (Unlisted, IndexError):
        # It may also be no expression at all, which is told where all are compiled.
        return None


class Listing:
    """Writes an expression out, where it is made of words, alternatives, optional parts and lists of characters."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def words(self) -> set[Word]:
        """All words that the expression matches; raises Unlisted where it is no list."""
        found = self.alternatives(folded=False)
        if self.at < len(self.pattern):
            raise Unlisted
        return found

    def alternatives(self, folded: bool) -> set[Word]:
        """What stands between "|" up to the end or a closing bracket."""
        found = self.sequence(folded)
        while self.pattern[self.at : self.at + 1] == "|":
            self.at += 1
            found |= self.sequence(folded)
        return found

    def sequence(self, folded: bool) -> set[Word]:
        """One part after the other."""
        found = {("", folded)}
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            part = self.part(folded)
            if self.pattern[self.at : self.at + 1] == "?":
                self.at += 1
                part |= {("", folded)}
            if {case for _, case in found | part} == {True, False} and found != {("", False)}:
                raise Unlisted
            found = {(a + b, case) for a, _ in found for b, case in part}
            if len(found) > MOST_WORDS:
                raise Unlisted
        return found

    def part(self, folded: bool) -> set[Word]:
        """A group, a list of characters or one character."""
        for opening, inner in (("(?:", folded), ("(?i:", True)):
            if self.pattern.startswith(opening, self.at):
                self.at += len(opening)
                found = self.alternatives(inner)
                self.at += 1
                return found
        if self.pattern[self.at] == "[":
            return {(one, folded) for one in self.characters(folded)}
        return {(self.character(folded), folded)}

    def characters(self, folded: bool) -> list[str]:
        """The characters of a list, without ranges."""
        end = self.pattern.find("]", self.at)
        inside = self.pattern[self.at + 1 : end]
        if end < 0 or not inside or set(inside) & {"^", "-", "\\", "["}:
            raise Unlisted
        self.at = end + 1
        return [one.lower() if folded else one for one in inside]

    def character(self, folded: bool) -> str:
        """One character that stands for itself."""
        one = self.pattern[self.at]
        if one == "\\":
            self.at += 1
            one = self.pattern[self.at]
            if one.isalnum():
                raise Unlisted
        elif one in SPECIAL:
            raise Unlisted
        self.at += 1
        return one.lower() if folded else one
