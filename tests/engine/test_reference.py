"""The automaton reads as Lark's own Earley parser does, on all examples and gold texts: places, ends and trees."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from lark.exceptions import UnexpectedInput
from lark.grammar import NonTerminal

from engine.automaton import CLOSING, DEAD, Automaton, Node, Way, grow
from engine.corpus import all_examples
from engine.earley import Bnf, EarleyReader, key_of, parser_of
from engine.facts import Article
from engine.grammar import Grammar
from engine.reader import Reader
from engine.record import record
from engine.rules import RULES, Rules, load_rules
from engine.words import sentences_of
from tests.tables import FIELDS, SETS, golds

MOST_PLACES = 120
"""Places read by Earley for each grammar, drawn from all; it reads about a hundred in a second."""
MOST_TEXTS = 40
"""Texts read wholly both ways, drawn from all."""
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


def automaton_of(rules: Rules, name: str) -> Automaton:
    """The automaton of one grammar alone."""
    cascade = rules.cascade
    found = [*(a for layer in cascade.layers for a in layer.automata), *cascade.events]
    return next(one for one in found if one.program.name == name)


def places(automaton: Automaton, stages: list[list[list[int]]]) -> list[tuple[int, ...]]:
    """What stands where a grammar begins, up to the token that it cannot read; each once."""
    found = set()
    for stage in stages:
        signatures = stage[automaton.program.layer - 1]
        for begin in range(len(signatures)):
            state, at = automaton.start, begin
            while at < len(signatures) and state is not DEAD:
                state, at = state[signatures[at]], at + 1
            if at > begin + 1:
                found.add(tuple(signatures[begin:at]))
    return sorted(found)


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
        own = terminal.name.partition("\0")[0] == name and "\0" in terminal.name
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


class Compared:
    """Reads by Earley in the place of automata, and counts the readings of several trees where it prefers another."""

    def __init__(self, automaton: Automaton, readers: list[EarleyReader], marked: list[Marked]) -> None:
        self.automaton, self.readers, self.marked = automaton, readers, marked
        self.program, self.start, self.first = automaton.program, automaton.start, automaton.first
        self.ambiguous = 0

    def longest(self, signatures: list[int], begin: int, end: int) -> int:
        return max(reader.longest(signatures, begin, end) for reader in self.readers)

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Node]:
        trees = [tree for reader in self.readers for tree in reader.derive(signatures, begin, end)]
        ways = self.automaton.ways(signatures, begin, end)
        if [grow(*way) for way in ways] != trees:
            window = tuple(signatures[begin:end])
            assert len(ways) == len(trees)
            for way in ways:
                assert any(one.derives(way, window) for one in self.marked if way[0][0][0][0] in one.starts)
            self.ambiguous += 1
        return trees


@pytest.fixture(scope="module")
def compared(grammars: dict[str, Grammar]) -> tuple[Reader, list[Compared]]:
    """A reader by Earley, and all that reads in it."""
    rules = load_rules()
    cascade = rules.cascade

    def instead(automaton: Automaton, of: list[Automaton]) -> Compared:
        names = [(one.program.name, one.program.layer) for one in of]
        readers = [EarleyReader(grammars[n], cascade.alphabet, rules.lexicon.listed, layer) for n, layer in names]
        return Compared(automaton, readers, [Marked.of(grammars[n], rules) for n, _ in names])

    made = [instead(event, [event]) for event in cascade.events]
    cascade.events = list[Any](made)
    for layer in cascade.layers:
        joint: Any = instead(layer.joint, layer.automata)
        layer.joint = joint
        made.append(joint)
    return Reader(rules), made


@pytest.mark.parametrize("name", NAMES)
def test_begins_where_earley_does(reader: Reader, grammars: dict[str, Grammar], name: str) -> None:
    alphabet = reader.rules.cascade.alphabet
    earley = EarleyReader(grammars[name], alphabet, reader.rules.lexicon.listed, 0)
    assert alphabet.terminals(earley.first) == alphabet.terminals(automaton_of(reader.rules, name).first)


@pytest.mark.parametrize("name", NAMES)
def test_reads_as_earley_does(
    reader: Reader, grammars: dict[str, Grammar], stages: list[list[list[int]]], name: str
) -> None:
    rules = reader.rules
    automaton = automaton_of(rules, name)
    earley = EarleyReader(grammars[name], rules.cascade.alphabet, rules.lexicon.listed, 0)
    marked = Marked.of(grammars[name], rules)
    found = places(automaton, stages)
    assert found
    for window in random.Random(1).sample(found, min(MOST_PLACES, len(found))):
        signatures = list(window)
        end = automaton.longest(signatures, 0, len(signatures))
        assert earley.longest(signatures, 0, len(signatures)) == end
        trees = {tree[0]: tree for tree in earley.derive(signatures, 0, end)} if end else {}
        ways = automaton.ways(signatures, 0, end) if end else []
        assert {gaps[0][0][0] for gaps, _ in ways} == set(trees)
        for way in ways:
            assert marked.derives(way, window)


def test_facts_are_those_of_earley(reader: Reader, compared: tuple[Reader, list[Compared]]) -> None:
    articles = [example.article() for example in all_examples(RULES)]
    articles += [Article(key, g["text"], *map(g.get, FIELDS)) for n in SETS.values() for key, g in golds(n).items()]
    earley, made = compared
    for article in random.Random(2).sample(articles, MOST_TEXTS):
        before = sum(one.ambiguous for one in made)
        by_earley = record(earley.read(article))
        assert sum(one.ambiguous for one in made) > before or by_earley == record(reader.read(article)), article.id
