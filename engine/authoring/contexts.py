"""Contexts: beside which words the words of each kind stand in the examples, by which a new word's is guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

PIECE = re.compile(r"[\w'’-]+|[^\w\s]")
SMOOTHING = 2.0
"""Words met that the common habits of all words count for beside those of a kind."""
EDGE = "."
REACH = 6
"""Words behind a word among which the noun that it is said of is sought."""

Around = tuple[str, ...]
"""What stands around some words: each kind of neighbour."""
Sides = list[Counter[str]]
SIDES = 5


def sides() -> Sides:
    """Nothing met yet."""
    return [Counter() for _ in range(SIDES)]


@dataclass(slots=True)
class Contexts:
    """How often each word stands in the examples (`met`), and beside what: by the word, and for all words.

    Words are told by what `names` calls them (states, bodies), function words (`closed`) by themselves, others by how
    they are written; `classes` are the kinds of nouns, `links` prepositions and what joins subjects.
    """

    closed: frozenset[str]
    classes: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    met: Counter[str] = field(default_factory=Counter)
    beside: dict[str, list[dict[str, int]]] = field(default_factory=dict)
    every: Sides = field(default_factory=sides)

    def counted(self, texts: Iterable[str]) -> list[Any]:
        """What stands beside what in some texts, as a piece: how often each word is met, and what beside it and all."""
        met, beside, each = Counter[str](), dict[str, Sides](), sides()
        for text in texts:
            pieces = PIECE.findall(text)
            for at, piece in enumerate(pieces):
                word = piece.lower()
                met[word] += 1
                own = beside.setdefault(word, sides())
                for side, every, key in zip(own, each, self.around(pieces, at, at + 1), strict=True):
                    side[key] += 1
                    every[key] += 1
        return [met, beside, each]

    def take(self, counted: list[Any]) -> None:
        """Take what was counted."""
        met, self.beside, every = counted
        self.met, self.every = Counter(met), [*map(Counter, every)]

    def around(self, pieces: list[str], begin: int, end: int) -> Around:
        """What stands before and after some words, what noun they are said of, what links the subject before them, and
        what they are linked to behind the next word."""
        before = EDGE
        if begin:
            before = self.classes.get(pieces[begin - 1].lower(), self.key(pieces[begin - 1]))
        after = self.key(pieces[end]) if end < len(pieces) else EDGE
        joined = self.link(pieces[max(begin - REACH, 0) : begin][::-1])
        return before, after, self.noun_after(pieces, end), joined, self.link(pieces[end + 1 : end + 1 + REACH])

    def link(self, pieces: list[str]) -> str:
        """The first of some words that links."""
        return next((piece.lower() for piece in pieces if piece.lower() in self.links), EDGE)

    def noun_after(self, pieces: list[str], end: int) -> str:
        """The kind of the first noun of a class behind some words, within their clause."""
        for at, piece in enumerate(pieces[end : end + REACH], end):
            if not piece[0].isalnum():
                break
            for words in (" ".join(pieces[at : at + 2]), piece):
                if words.lower() in self.classes:
                    return self.classes[words.lower()]
        return EDGE

    def key(self, piece: str) -> str:
        """A word itself where it is a function word or a mark, else only how it is written."""
        if piece.lower() in self.closed or not piece[0].isalnum():
            return piece.lower()
        if piece in self.names:
            return self.names[piece]
        return "0" if piece[0].isdigit() else "A" if piece[0].isupper() else "a"

    def often(self, words: list[str]) -> int:
        """How often some words stand in the examples."""
        return sum(self.met[word] for word in words)

    def fit(self, words: list[str], around: Around) -> float:
        """How much likelier this context is beside words of a kind than beside any word; 1 where nothing is known."""
        ratio = 1.0
        for side, key in enumerate(around):
            every = self.every[side]
            likely = (every[key] + 0.5) / (every.total() + 1)
            counts = [self.beside[word][side] for word in words if word in self.beside]
            seen, total = sum(count.get(key, 0) for count in counts), sum(sum(count.values()) for count in counts)
            ratio *= (seen + SMOOTHING * likely) / (total + SMOOTHING) / likely
        return ratio
