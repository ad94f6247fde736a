"""Contexts: beside which words the words of each kind stand in the examples, by which a new word's is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

PIECE = re.compile(r"[\w'’-]+|[^\w\s]")
SMOOTHING = 2.0
"""Words met that the common habits of all words count for beside those of a kind."""
EDGE = "."


@dataclass(slots=True)
class Contexts:
    """How often each word stands in the examples (`met`), and beside what: by the word, and for all words."""

    closed: frozenset[str]
    met: Counter[str] = field(default_factory=Counter)
    beside: dict[str, tuple[Counter[str], Counter[str]]] = field(default_factory=dict)
    every: tuple[Counter[str], Counter[str]] = field(default_factory=lambda: (Counter(), Counter()))

    @classmethod
    def of(cls, texts: Iterable[str], closed: frozenset[str]) -> Contexts:
        """The contexts in some texts; `closed` are the words that tell by themselves (function words)."""
        found = cls(closed)
        for text in texts:
            pieces = PIECE.findall(text)
            for at, piece in enumerate(pieces):
                word = piece.lower()
                found.met[word] += 1
                sides = found.beside.setdefault(word, (Counter(), Counter()))
                for side, every, key in zip(sides, found.every, found.around(pieces, at, at + 1), strict=True):
                    side[key] += 1
                    every[key] += 1
        return found

    def around(self, pieces: list[str], begin: int, end: int) -> tuple[str, str]:
        """What stands before and after some words."""
        before = self.key(pieces[begin - 1]) if begin else EDGE
        return before, self.key(pieces[end]) if end < len(pieces) else EDGE

    def key(self, piece: str) -> str:
        """A word itself where it is a function word or a mark, else only how it is written."""
        if piece.lower() in self.closed or not piece[0].isalnum():
            return piece.lower()
        return "0" if piece[0].isdigit() else "A" if piece[0].isupper() else "a"

    def fit(self, words: list[str], around: tuple[str, str]) -> float:
        """How much likelier this context is beside words of a kind than beside any word; 1 where nothing is known."""
        ratio = 1.0
        for side, key in enumerate(around):
            every = self.every[side]
            likely = (every[key] + 0.5) / (every.total() + 1)
            counts = [self.beside[word][side] for word in words if word in self.beside]
            seen, total = sum(count[key] for count in counts), sum(count.total() for count in counts)
            ratio *= (seen + SMOOTHING * likely) / (total + SMOOTHING) / likely
        return ratio
