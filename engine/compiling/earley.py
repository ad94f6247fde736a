"""Lark's own Earley parser over signatures: the reference that the automaton is tested against, and the way to read
recursive grammars, which no automaton can."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any

from lark import Token, Tree
from lark.common import LexerConf, ParserConf
from lark.exceptions import UnexpectedInput
from lark.grammar import NonTerminal, Rule, RuleOptions, Symbol, Terminal
from lark.parsers.earley import Parser
from lark.parsers.earley_common import Item

from engine.automaton import Node
from engine.compiling.alphabet import Alphabet, literal_terminal
from engine.compiling.expressions import pattern_of
from engine.compiling.grammar import Grammar
from engine.compiling.program import Program
from engine.lexicon import tokens_of

LONGEST_READING = 60
"""Items that one reading may span: Earley's cost grows with their square and more."""


class Spliced(list[Any]):
    """What a group gives: its children, which go to the node around it."""


class Bnf:
    """A grammar's EBNF trees as Lark's plain rules; optional and repeated parts become rules of their own.

    Optional parts so do not multiply the alternatives out. `marked` sets a terminal before and after each named rule,
    so that a tree written as tokens is read in one way only.
    """

    def __init__(self, grammar: Grammar, alphabet: Alphabet, forms: Container[str], *, marked: bool = False) -> None:
        self.grammar = grammar
        self.alphabet = alphabet
        self.forms = forms
        self.marked = marked
        self.rules: dict[Rule, Any] = {}
        self.orders: Counter[NonTerminal] = Counter()
        self.made: dict[str, NonTerminal] = {}
        self.numbers = 0
        for name, pattern in grammar.terminals.items():
            alphabet.add_shape(grammar.key_of(name), pattern, [], [])

    def add(self, origin: NonTerminal, symbols: list[Symbol], callback: Any) -> None:
        """One rule with what it gives for its children; alternatives are preferred in their order."""
        rule = Rule(origin, symbols, self.orders[origin], None, RuleOptions())
        if rule not in self.rules:
            self.orders[origin] += 1
            self.rules[rule] = callback

    def new(self, name: str) -> NonTerminal:
        """A rule of a name that no other has."""
        self.numbers += 1
        return NonTerminal(f"{name}_{self.numbers}")

    def group(self, alternatives: Iterable[list[Symbol]]) -> NonTerminal:
        """A rule of its own for a group."""
        made = self.new("group")
        for symbols in alternatives:
            self.add(made, symbols, spliced)
        return made

    def named(self, name: str, bound: dict[str, Any]) -> NonTerminal:
        """The rule of a name, with the arguments of a template."""
        _, tree = self.grammar.rules[name]
        key = f"{name}{bound}"
        if key in self.made:
            return self.made[key]
        made = self.made[key] = self.new(name)
        slot, value = self.grammar.told_by(name)
        for alternative in tree.children if tree.data == "expansions" else [tree]:
            alias = None
            if alternative.data == "alias":
                alternative, alias = alternative.children
            symbols = self.symbols(with_arguments(alternative, bound))
            if name[0] == "_":
                self.add(made, symbols, spliced)
                continue
            told = str(alias.name) if alias else value
            if self.marked:
                symbols = [Terminal(f"<{slot} {told}"), *symbols, Terminal(">")]
            self.add(made, symbols, node_maker(slot, told))
        return made

    def symbols(self, tree: Any) -> list[Symbol]:
        """The symbols of a part of a tree."""
        if not isinstance(tree, Tree):
            return [self.symbol(str(tree.name))]
        if tree.data == "expansion":
            return [symbol for child in tree.children for symbol in self.symbols(child)]
        if tree.data == "expansions":
            return [self.group([self.symbols(child) for child in tree.children])]
        if tree.data == "maybe":
            return [self.group([self.symbols(tree.children[0]), []])]
        if tree.data == "expr":
            return self.repeated(tree)
        if tree.data == "literal":
            return self.literal(tree.children[0])  # type: ignore[arg-type]
        if tree.data == "template_usage":
            called, *arguments = tree.children
            name = str(called.name)  # type: ignore[union-attr]
            parameters, _ = self.grammar.rules[name]
            return [self.named(name, dict(zip(parameters, arguments, strict=True)))]
        return self.symbols(tree.children[0])

    def symbol(self, name: str) -> Symbol:
        """A rule, or a terminal."""
        if name in self.grammar.rules:
            return self.named(name, {})
        return self.leaf(self.grammar.key_of(name), name)

    def leaf(self, key: str, name: str) -> NonTerminal:
        """A terminal in a rule of its own, which gives the leaf, or nothing where law 4 wants no trace."""
        told = f"leaf {name} {key}"
        if told not in self.made:
            self.alphabet.bit(key)
            made = self.made[told] = NonTerminal(told)
            self.add(made, [Terminal(f"{name}\0{key}")], leaf_maker(name))
        return self.made[told]

    def repeated(self, tree: Any) -> list[Symbol]:
        """x?, x*, x+, x~n and x~n..m."""
        body, operator, *counts = tree.children
        symbols = self.symbols(body)
        if operator == "?":
            return [self.group([symbols, []])]
        if operator in ("*", "+"):
            loop = self.new("loop")
            self.add(loop, [loop, *symbols], spliced)
            self.add(loop, symbols if operator == "+" else [], spliced)
            return [loop]
        least, most = int(counts[0]), int(counts[-1])
        tail: list[Symbol] = []
        for _ in range(most - least):
            tail = [self.group([[*symbols, *tail], []])]
        return symbols * least + tail

    def literal(self, token: Token) -> list[Symbol]:
        """A quoted wording, or an expression for one word's shape."""
        if token.type == "REGEXP":
            name = f"_{token}"
            self.alphabet.add_shape(name, pattern_of(token, self.grammar.file), [], [])
            return [self.leaf(name, name)]
        words = [word.lower() for word in tokens_of(token.rstrip("i")[1:-1])]
        return [self.run(words)] if len(words) > 1 else [self.word(words[0])]

    def word(self, words: str) -> NonTerminal:
        """The terminal of a quoted word."""
        name = literal_terminal(words)
        return self.leaf(name, name)

    def run(self, words: list[str]) -> NonTerminal:
        """Several words, each alone or as the forms that the lexicon takes as one."""
        ways: list[list[Symbol]] = []
        for end in range(len(words), 0, -1):
            joined = " ".join(words[:end])
            if end == 1 or joined in self.forms:
                ways.append([self.word(joined), *([self.run(words[end:])] if end < len(words) else [])])
        return self.group(ways)


def with_arguments(tree: Any, bound: dict[str, Any]) -> Any:
    """A tree with a template's parameters replaced by its arguments."""
    if not isinstance(tree, Tree):
        return bound.get(str(tree.name), tree) if hasattr(tree, "name") else tree
    return Tree(tree.data, [with_arguments(child, bound) for child in tree.children]) if bound else tree


def spliced(children: list[Any]) -> Spliced:
    """The children of a group, in one list; marks and words leave none."""
    found = Spliced()
    for child in children:
        if isinstance(child, Spliced):
            found.extend(child)
    return found


def node_maker(rule: str, alias: str | None) -> Any:
    """What a named rule gives: a node of the tree."""
    return lambda children: Spliced([(rule, alias, list(spliced(children)))])


def leaf_maker(name: str) -> Any:
    """What a terminal gives: a leaf with the index of its token."""
    return lambda children: Spliced() if name[0] == "_" else Spliced([(name, children[0][0])])


class EarleyReader:
    """Reads like an Automaton, by Lark's Earley parser; slow, and for any grammar that Lark accepts.

    `program` tells the grammar's name, file, roots and layer.
    """

    def __init__(self, grammar: Grammar, alphabet: Alphabet, forms: Container[str], layer: int) -> None:
        self.program = Program(grammar.name, grammar.file, grammar.roots, layer, recursive=True)
        self.alphabet = alphabet
        bnf = Bnf(grammar, alphabet, forms)
        self.starts = [bnf.named(root, {}) for root in grammar.roots]
        self.rules = bnf.rules

    @cached_property
    def parser(self) -> Any:
        """Lark's parser."""
        return parser_of(self.rules, self.starts, self.matches)

    @cached_property
    def first(self) -> int:
        """The terminals with which a reading can begin."""
        bits = self.alphabet.bits
        firsts = set().union(*(self.parser.FIRST[start] for start in self.starts))
        return sum({bits[key_of(terminal)] for terminal in firsts})

    def matches(self, terminal: Terminal, token: tuple[int, int]) -> bool:
        """Whether a token (its index and signature) can be a terminal."""
        return bool(self.alphabet.masks[token[1]] & self.alphabet.bits[key_of(terminal)])

    def longest(self, signatures: list[int], begin: int, end: int) -> int:
        """Where the longest reading from `begin` ends (exclusive), or `begin` if there is none."""
        parser, stop = self.parser, min(end, begin + LONGEST_READING)
        best = begin
        if not self.alphabet.masks[signatures[begin]] & self.first:
            return begin
        for start in self.starts:
            columns, to_scan = [parser.Set()], parser.Set()
            for rule in parser.predictions[start]:
                item = Item(rule, 0, 0)  # type: ignore[no-untyped-call]
                (to_scan if item.expect in parser.TERMINALS else columns[0]).add(item)
            # Lark raises where no reading goes on; what was complete until then stands in the columns.
            with suppress(UnexpectedInput):
                parser._parse(Tokens(signatures, begin, stop), columns, to_scan, start)
            for index, column in enumerate(columns):
                if begin + index > best and any(i.is_complete and i.s == start and i.start == 0 for i in column):
                    best = begin + index
        return best

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Node]:
        """A tree of each root that reads exactly these tokens; leaves hold indexes from `begin`."""
        found = []
        if end - begin <= LONGEST_READING:
            for start in self.starts:
                with suppress(UnexpectedInput):
                    found.append(self.parser.parse(Tokens(signatures, begin, end), start.name)[0])
        return found


def parser_of(rules: dict[Rule, Any], starts: list[NonTerminal], matches: Any) -> Any:
    """Lark's Earley parser for plain rules."""
    lexer = LexerConf([], re)
    lexer.lexer_type = "basic"
    configuration = ParserConf(list(rules), rules, [start.name for start in starts])  # type: ignore[arg-type]
    return Parser(lexer, configuration, matches)


def key_of(terminal: Terminal) -> str:
    """The name by which the alphabet knows a terminal."""
    return terminal.name.partition("\0")[2]


class Tokens:
    """A run of signatures as Lark's parser asks for them: pairs of index from `begin` and signature."""

    def __init__(self, signatures: list[int], begin: int, end: int) -> None:
        self.run = list(enumerate(signatures[begin:end]))

    def lex(self, _: Any) -> Iterator[tuple[int, int]]:
        """The tokens in order."""
        return iter(self.run)
