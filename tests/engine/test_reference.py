"""The automaton reads as Lark's own Earley parser does, on all examples and gold texts: places, ends and trees."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from lark.exceptions import UnexpectedInput
from lark.grammar import NonTerminal

from engine.automaton import DEAD, Automaton, Node, Rows, Way, grow
from engine.cascade import Event
from engine.compiling.earley import Bnf, EarleyReader, key_of, parser_of
from engine.compiling.grammar import Grammar
from engine.compiling.program import CLOSING, Program
from engine.compiling.table import Table
from engine.corpus import all_examples
from engine.facts import Article
from engine.layers import Layer, Phrases
from engine.reader import Reader
from engine.record import record
from engine.rules import RULES, Rules, load_rules
from engine.words import sentences_of
from tests.tables import FIELDS, SETS, golds

MOST_PLACES = 120
"""Places read by Earley for each grammar, drawn from all; it reads about a hundred in a second."""
MOST_TEXTS = int(os.environ.get("REFERENCE_TEXTS") or 12)
"""Texts read wholly both ways, drawn from all; `make reference` reads all of them, which takes hours."""
NAMES = sorted(file.stem for file in (*RULES.glob("*.lark"), *RULES.glob("phrases/*.lark")))


@pytest.fixture(scope="module")
def grammars(reader: Reader) -> dict[str, Grammar]:
    return reader.rules.grammars()


@pytest.fixture(scope="module")
def stages(reader: Reader) -> list[list[list[int]]]:
    """The signatures of every sentence of the examples and gold texts: its words, and after each layer."""
    texts = [example.text for example in all_examples(RULES)]
    texts += [gold["text"] for name in SETS.values() for gold in golds(name).values()]
    return [stage for text in texts for stage in staged(reader.rules, text)]


def staged(rules: Rules, text: str) -> Iterator[list[list[int]]]:
    passage = rules.vocabulary.passage(text)
    for begin, end in sentences_of(passage):
        words = rules.vocabulary.items(passage, begin, end)
        yield [[item.signature for item in stage] for stage in rules.cascade.stages(words)]


def layer_of(rules: Rules, name: str) -> tuple[Layer, int]:
    """The layer of a grammar, and the stage that it reads."""
    cascade = rules.cascade
    at = cascade.stage_of(name)
    return (cascade.layers[at - 1], at - 1) if at else (next(e for e in cascade.events if e.name == name), -1)


def places(layer: Layer, name: str, sentences: list[list[int]]) -> list[tuple[int, ...]]:
    """What stands where a grammar begins, up to the token that it cannot read; each once."""
    automaton, found = layer.alone(name), set()
    for signatures in sentences:
        word = layer.letters.word(signatures)
        for begin in range(len(word)):
            state, at = automaton.begin(), begin
            while at < len(word) and state is not DEAD:
                state, at = automaton.after(state, word[at]), at + 1
            if at > begin + 1:
                found.add(tuple(signatures[begin:at]))
    return sorted(found)


def roots_of(automaton: Automaton, word: list[int]) -> list[int]:
    """The roots that read exactly these letters."""
    state = automaton.begin()
    for letter in word:
        state = automaton.after(state, letter)
    return state.accepts


@dataclass
class Marked:
    """Lark's Earley parser for trees written as tokens: it reads exactly the trees that the grammar derives."""

    rules: Rules
    parser: Any
    starts: dict[str, NonTerminal]

    @classmethod
    def of(cls, grammar: Grammar, rules: Rules) -> Marked:
        made = cls(rules, None, {})
        bnf = Bnf(grammar, rules.cascade.alphabet, rules.lexicon.listed, marked=True)
        made.starts = {root: bnf.named(root, {}) for root in grammar.roots}
        made.parser = parser_of(bnf.rules, list(made.starts.values()), made.matches)
        return made

    def matches(self, terminal: Any, token: Any) -> bool:
        if isinstance(token, str):
            return bool(terminal.name == token)
        name, signature = token
        alphabet = self.rules.cascade.alphabet
        leaf, mark, _ = terminal.name.partition("\0")
        own = bool(mark) and name == ("_" if leaf[0] == "_" else leaf)
        return own and bool(alphabet.masks[signature] & alphabet.bits[key_of(terminal)])

    def derives(self, way: Way, signatures: tuple[int, ...]) -> bool:
        """Whether a way of reading is a derivation of the grammar."""
        gaps, leaves = way
        written: list[Any] = []
        for index, tags in enumerate(gaps):
            written += [">" if tag is CLOSING else f"<{tag[0]} {tag[1]}" for tag in tags]
            if index < len(leaves):
                written.append((leaves[index][0], signatures[index]))
        self.tokens = written
        try:
            self.parser.parse(self, self.starts[gaps[0][0][0]].name)
        except UnexpectedInput:
            return False
        return True

    def lex(self, _: Any) -> Iterator[Any]:
        return iter(self.tokens)


class Compared(EarleyReader):
    """Reads by Earley in the place of a layer's automaton; counts the readings where it prefers another tree."""

    def __init__(self, grammar: Grammar, rules: Rules, layer: Layer, number: int) -> None:
        super().__init__(grammar, rules.cascade.alphabet, rules.lexicon.listed, number)
        self.layer, self.automaton = layer, layer.alone(grammar.name)
        self.marked = Marked.of(grammar, rules)
        self.ambiguous = 0

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Node]:
        trees = super().derive(signatures, begin, end)
        window = signatures[begin:end]
        word = self.layer.letters.word(window)
        ways = [self.automaton.way(root, word) for root in roots_of(self.automaton, word)]
        if [grow(*way) for way in ways] != trees:
            assert len(ways) == len(trees)
            assert all(self.marked.derives(way, tuple(window)) for way in ways)
            self.ambiguous += 1
        return trees


def read_by_earley() -> tuple[Reader, list[Compared]]:
    """A reader by Earley, and all that reads in it."""
    rules = load_rules()
    grammars = rules.grammars()
    made: list[Compared] = []

    def instead(layer: Layer, number: int) -> tuple[list[Program], list[Any]]:
        others = [Compared(grammars[program.name], rules, layer, number) for program in layer.programs]
        made.extend(others)
        return [replace(program, recursive=True) for program in layer.programs], list(others)

    cascade, none = rules.cascade, Rows(Table(), {})
    alphabet = cascade.alphabet
    for number, layer in enumerate(cascade.layers, 1):
        cascade.layers[number - 1] = Phrases(alphabet, none, *instead(layer, number), layer.heads)
    cascade.events = [Event(alphabet, none, *instead(event, 0), 0, event.number) for event in cascade.events]
    return Reader(rules), made


@pytest.fixture(scope="module")
def compared() -> tuple[Reader, list[Compared]]:
    return read_by_earley()


@pytest.mark.parametrize("name", NAMES)
def test_begins_where_earley_does(reader: Reader, grammars: dict[str, Grammar], name: str) -> None:
    alphabet = reader.rules.cascade.alphabet
    earley = EarleyReader(grammars[name], alphabet, reader.rules.lexicon.listed, 0)
    layer, _ = layer_of(reader.rules, name)
    automaton = layer.alone(name)
    begins = layer.rows.alphabetic(automaton.begin().wanted)
    assert alphabet.terminals(earley.first) == alphabet.terminals(begins)


@pytest.mark.parametrize("name", NAMES)
def test_reads_as_earley_does(
    reader: Reader, grammars: dict[str, Grammar], stages: list[list[list[int]]], name: str
) -> None:
    rules = reader.rules
    layer, stage = layer_of(rules, name)
    automaton = layer.alone(name)
    earley = EarleyReader(grammars[name], rules.cascade.alphabet, rules.lexicon.listed, 0)
    marked = Marked.of(grammars[name], rules)
    found = places(layer, name, [sentence[stage] for sentence in stages])
    assert found
    for window in random.Random(1).sample(found, min(MOST_PLACES, len(found))):
        signatures = list(window)
        word = layer.letters.word(signatures)
        end = automaton.longest(word, 0, len(word))
        assert earley.longest(signatures, 0, len(signatures)) == end
        trees = {tree[0]: tree for tree in earley.derive(signatures, 0, end)} if end else {}
        ways = [automaton.way(root, word[:end]) for root in roots_of(automaton, word[:end])] if end else []
        assert {gaps[0][0][0] for gaps, _ in ways} == set(trees)
        for way in ways:
            assert marked.derives(way, window)


def prefers_another_tree(article: Article) -> bool:
    """Whether Earley, remembering nothing of other texts, prefers another of the trees of some phrase or event."""
    earley, made = read_by_earley()
    earley.read(article)
    return any(one.ambiguous for one in made)


def test_facts_are_those_of_earley(reader: Reader, compared: tuple[Reader, list[Compared]]) -> None:
    articles = [example.article() for example in all_examples(RULES)]
    articles += [Article(key, g["text"], *map(g.get, FIELDS)) for n in SETS.values() for key, g in golds(n).items()]
    earley, _ = compared
    for article in random.Random(2).sample(articles, min(MOST_TEXTS, len(articles))):
        same = record(earley.read(article)) == record(reader.read(article))
        assert same or prefers_another_tree(article), article.id


def test_asides_are_read_by_earley_too(compared: tuple[Reader, list[Compared]]) -> None:
    earley, _ = compared
    text = "Peruvian President Ana Rios, who met Chilean President Luis Prado on Monday, will meet Ecuador's Juan Mora."
    told = [(event.TYPE.name, event.status.name) for event in earley.read(Article("aside", text)).events]
    assert told == [("MEETING", "PLANNED"), ("MEETING", "OCCURRED")]
