"""The thesaurus: words that no rule reads, each beside the class of words that mean about the same.

It makes no text give a fact: it only tells which of several rows an author is likeliest to want.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import PurePosixPath

from engine.sources import Sources

FILE = "thesaurus.csv"
BRITISH = re.compile(r"(?<=\w{3})ise\Z")
"""The ending of verbs that are written in two ways."""


class Likeness(IntEnum):
    """How much a word is like those of a class: by what the thesaurus tells, by what it tells of a part of it, as far
    as it says nothing of it, or not as it tells of it."""

    SAME = 3
    PARTLY = 2
    UNTOLD = 1
    OTHER = 0


@dataclass(slots=True)
class Thesaurus:
    """The classes of each word by the file that it would stand in; `small` are the words that tell nothing (articles),
    `told` all words that it has, `begun` those that some word of several begins with."""

    small: frozenset[str]
    listed: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    begun: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, sources: Sources, small: frozenset[str]) -> Thesaurus:
        """The thesaurus of some rules; empty where they have none."""
        found = cls(small)
        for row in csv.DictReader(io.StringIO(sources.text(FILE) if FILE in sources.files else "", newline="")):
            for word in (row["LIKE"] or "").split("|"):
                key = row["file"], found.key(word.split())
                found.listed.setdefault(key, set()).add(f"{row['class']} {row['act']}".strip())
                found.told.add(found.key(word.split()))
                found.begun.add(word.split()[0].lower())
        return found

    def key(self, words: Iterable[str]) -> str:
        """Words as they are looked up: in small letters, without articles and what says whose."""
        pieces = " ".join(words).lower().replace("-", " ").split()
        return " ".join(BRITISH.sub("ize", piece) for piece in pieces if piece not in self.small)

    def classes(self, file: str, word: str) -> set[str]:
        """The classes of words that a word, or several, is like, with their act where that differs; `file` is that of
        the lexicon."""
        return self.listed.get((PurePosixPath(file).stem, self.key(word.split())), set())

    def ends(self, word: str) -> bool:
        """Whether something may end with a word: not with an article."""
        return word not in self.small

    def in_part(self, file: str, word: str) -> set[str]:
        """The classes that parts of several words are like: those without the last, the first alone, those within."""
        pieces = word.split()
        return {name for part in parts(pieces) for name in self.classes(file, " ".join(part))}

    def further(self, file: str, word: str, classes: Iterable[str]) -> int:
        """How many of some classes a word is not told to be like, beside one."""
        told = {name.partition(" ")[0] for name in self.classes(file, word) | self.in_part(file, word)}
        each = [name in told for name in classes]
        return each.count(False) - (True not in each and bool(each))

    def likeness(self, file: str, word: str, kinds: set[str]) -> Likeness:
        """How much a word is like those of a kind, given by its classes, each also with an act."""
        same = self.classes(file, word)
        if same & kinds:
            return Likeness.SAME
        if same or self.key(word.split()) in self.told:
            return Likeness.OTHER
        return Likeness.PARTLY if self.in_part(file, word) & kinds else Likeness.UNTOLD


def parts(pieces: list[str]) -> Iterator[list[str]]:
    """The parts of an idiom that may tell what it means: "pour scorn" and "scorn" of "pour scorn on"."""
    for begin in range(len(pieces)):
        for end in range(begin + 1, len(pieces) + (begin > 0)):
            yield pieces[begin:end]
