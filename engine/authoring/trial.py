"""Trials: what a text gives when one word reads otherwise or one grammar says more, without touching any file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import EnumType
from typing import Any

from engine import facts
from engine.compiling.alphabet import Alphabet
from engine.corpus import PAIR, brief
from engine.facts import Article, Extraction
from engine.lexicon import Form, tokens_of
from engine.reader import Noting, Reader, Reading
from engine.rules import Rules
from engine.words import Vocabulary

FIXED = frozenset(
    {
        "true",
        "false",
        *(name for kind in vars(facts).values() if isinstance(kind, EnumType) for name in kind.__members__),
    }
)
"""Values that do not come from the words of a text."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as authors compare it: its type, itself on one line, the rules that read it, and the offsets it spans."""

    kind: str
    told: str
    rules: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.told}".strip()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Its slots with their values."""
        return [(slot, value.strip('"')) for slot, value in PAIR.findall(self.told)]

    @property
    def values(self) -> list[str]:
        """The values of its slots."""
        return [value for _, value in self.pairs]

    @property
    def words(self) -> list[str]:
        """What it tells from the text: its values but those that are one of a few."""
        return [word for value in self.values for word in value.split(",") if word not in FIXED]

    def tells_no_more_than(self, other: Fact) -> bool:
        """Whether another fact of its type tells all its values, too."""
        return self.kind == other.kind and {*self.values} <= {*other.values}


class Steady(Reader):
    """A reader that forgets nothing: what else goes by the same signatures stays right while a question lasts.

    Whoever asks holds the lock of the reader that the rules are shared with.
    """

    def read(self, article: Article, noting: Noting | None = None) -> Extraction:
        """All that an article says; `noting` is told of each sentence what reads it."""
        return Reading(self, article, noting).extraction()


def facts_of(reader: Reader, article: Article) -> list[Fact]:
    """What a reader reads in an article."""
    return [
        Fact(
            event.TYPE.name,
            brief(event),
            tuple(dict.fromkeys(evidence.rule for evidence in event.evidence)),
            tuple((evidence.start, evidence.end) for evidence in event.evidence),
        )
        for event in reader.read(article).events
    ]


class Trial:
    """A reader by the same rules but for one word at a time, whose forms are tried; what else it reads stays known."""

    def __init__(self, rules: Rules) -> None:
        lexicon = rules.lexicon
        self.lexicon = replace(lexicon, listed=dict(lexicon.listed), longer=dict(lexicon.longer), found={})
        self.vocabulary = Vocabulary(self.lexicon, rules.cascade.alphabet)
        self.reader = Steady(replace(rules, lexicon=self.lexicon, vocabulary=self.vocabulary))
        self.tried = ""
        self.before: list[list[Any]] | None = None

    def begin(self) -> None:
        """Drop all words met in an earlier question, whose signatures may be forgotten."""
        self.take_back()
        self.tried, self.before = "", None
        self.vocabulary.forget()

    def read(self, word: str, forms: list[Form], article: Article) -> list[Fact]:
        """What an article gives where a word, or a name of several, reads as these forms and no others."""
        return facts_of(self.put(word.lower(), forms), article)

    def put(self, word: str, forms: list[Form]) -> Reader:
        """The reader, with a word read as these forms, and the word tried before as the lexicon has it."""
        if word != self.tried:
            self.take_back()
            self.before = self.lexicon.listed.get(word)
            self.tried = word
            self.lexicon.listed[word] = []
            self.lengthen(tokens_of(word))
        self.lexicon.found[word] = forms
        self.forget()
        return self.reader

    def take_back(self) -> None:
        """Have the word tried last read as the lexicon has it."""
        if not self.tried:
            return
        self.lexicon.found.pop(self.tried, None)
        if self.before is None:
            self.lexicon.listed.pop(self.tried, None)
        else:
            self.lexicon.listed[self.tried] = self.before
        self.forget()

    def forget(self) -> None:
        """Drop what is known of the word tried last."""
        for known in (self.vocabulary.known, self.vocabulary.older):
            for piece in [piece for piece in known if piece.strip().lower() == self.tried]:
                del known[piece]
        self.vocabulary.merged.clear()

    def lengthen(self, pieces: list[str]) -> None:
        """Let a name of several words be looked up as one."""
        node = self.lexicon.longer
        for piece in pieces if len(pieces) > 1 else ():
            node[piece] = dict(node.get(piece, {}))
            node = node[piece]
        if len(pieces) > 1:
            node[""] = {}
            self.vocabulary.known.clear()
            self.vocabulary.older.clear()


def bits_of(terminals: tuple[str, ...], alphabet: Alphabet) -> int:
    """The terminals that some grammar names, as bits."""
    found = 0
    for terminal in terminals:
        found |= alphabet.bits.get(terminal, 0)
    return found
