"""The compiler: grammars become programs that an automaton runs.

Two of Lark's habits are cured here: an alias no longer replaces the rule's name (a tree node keeps both), and quoted
words match whole words only.
"""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache
from typing import Any

from lark import Token, Tree

from engine.alphabet import Alphabet, literal_terminal
from engine.errors import Finding, RulesError
from engine.expressions import pattern_of
from engine.grammar import Grammar, words_of
from engine.program import ACCEPT, CLOSING, SPLIT, SYMBOL, TAG, Instruction


def written(bound: dict[str, Any]) -> tuple[Any, ...]:
    """A template's arguments in a form that can be compared."""
    return tuple((name, id(tree), written(outer)) for name, (tree, outer) in bound.items())


class Compiler:
    """Turns one grammar into code; sub-rules are written in place, so the grammar must not be recursive.

    `code` is what the programs of one layer share, `known` the address of everything in it: what goes on alike is
    written once.
    """

    def __init__(
        self,
        grammar: Grammar,
        alphabet: Alphabet,
        forms: Container[str],
        code: list[Instruction],
        known: dict[Any, int],
    ) -> None:
        self.grammar = grammar
        self.forms = forms
        self.alphabet = alphabet
        self.code = code
        self.known = known
        self.open_rules: list[str] = []
        self.begun: list[int] = []

    def starts(self) -> list[int]:
        """The address of each root; raises RecursionError for a recursive grammar."""
        if self.begun:
            return self.begun
        for name, pattern in self.grammar.terminals.items():
            self.alphabet.add_shape(self.grammar.key_of(name), pattern, [], [])
        self.begun = [self.rule(root, {}, self.emit((ACCEPT, root))) for root in self.grammar.roots]
        return self.begun

    def start(self, root: str, alternative: Any) -> int:
        """The address of a root that has but one of its alternatives."""
        return self.alternative(root, alternative, {}, self.emit((TAG, CLOSING, self.emit((ACCEPT, root)))))

    def emit(self, instruction: tuple[Any, ...]) -> int:
        """The address of an instruction, added where it is new."""
        key = instruction
        if instruction[0] == SPLIT:
            ways = self.ways(instruction[1])
            if len(ways) == 1:
                return int(ways[0])
            key, instruction = (SPLIT, *ways), (SPLIT, ways)
        address = self.known.get(key)
        if address is None:
            address = self.known[key] = len(self.code)
            self.code.append(instruction)
        return address

    def ways(self, ways: list[int]) -> list[int]:
        """Ways to go on, each once; terminals that leave no leaf (law 4) and lead on alike are one."""
        alike: dict[int, dict[tuple[str, str], None]] = {}
        places: dict[int, int | None] = {}
        for way in dict.fromkeys(ways):
            instruction = self.code[way]
            if instruction[0] == SYMBOL and instruction[1][0][1][0] == "_":
                places.setdefault(-1 - instruction[2])
                alike.setdefault(instruction[2], {}).update(dict.fromkeys(instruction[1]))
            else:
                places[way] = way
        return [
            self.emit((SYMBOL, tuple(alike[-1 - place]), -1 - place)) if way is None else way
            for place, way in places.items()
        ]

    def symbol(self, key: str, name: str, after: int) -> int:
        """An instruction that reads a terminal; `name` is what leaves of trees call it."""
        self.alphabet.bit(key)
        return self.emit((SYMBOL, ((key, name),), after))

    def rule(self, name: str, bound: dict[str, Any], after: int) -> int:
        """A rule written in place, once for each way to go on; raises RecursionError where it stands in itself."""
        key = ("rule", name, id(self.grammar.rules[name][1]), written(bound), after)
        if key not in self.known:
            self.known[key] = self.rule_anew(name, bound, after)
        return self.known[key]

    def rule_anew(self, name: str, bound: dict[str, Any], after: int) -> int:
        """A rule written in place: each alternative between its tags, `_rules` without tags (law 4)."""
        if name in self.open_rules:
            raise RecursionError(name)
        self.open_rules.append(name)
        _, tree = self.grammar.rules[name]
        alternatives = tree.children if tree.data == "expansions" else [tree]
        if not name.startswith("_"):
            after = self.emit((TAG, CLOSING, after))
        ways = [self.alternative(name, alternative, bound, after) for alternative in alternatives]
        self.open_rules.pop()
        return ways[0] if len(ways) == 1 else self.emit((SPLIT, ways))

    def alternative(self, name: str, tree: Any, bound: dict[str, Any], after: int) -> int:
        """One alternative of a rule, to go on at `after`, where its tag is closed."""
        alias = None
        if tree.data == "alias":
            tree, alias = tree.children
        way = self.tree(tree, bound, after)
        if name.startswith("_"):
            return way
        slot, value = self.grammar.told_by(name)
        return self.emit((TAG, (slot, str(alias.name) if alias else value), way))

    def tree(self, tree: Any, bound: dict[str, Any], after: int) -> int:
        """Any part of an EBNF tree, compiled to go on at `after`."""
        if tree.data == "expansions":
            ways = [self.tree(child, bound, after) for child in tree.children]
            return ways[0] if len(ways) == 1 else self.emit((SPLIT, ways))
        if tree.data == "expansion":
            for child in reversed(tree.children):
                after = self.tree(child, bound, after)
            return after
        if tree.data == "maybe":
            return self.emit((SPLIT, [self.tree(tree.children[0], bound, after), after]))
        if tree.data == "expr":
            return self.repeated(tree, bound, after)
        if tree.data == "value":
            return self.value(tree.children[0], bound, after)
        if tree.data == "alias":
            raise RulesError([Finding(self.grammar.file, 1, "an alias inside a group", "-> at a rule's alternative")])
        return self.value(tree, bound, after)

    def repeated(self, tree: Any, bound: dict[str, Any], after: int) -> int:
        """x?, x*, x+, x~n and x~n..m."""
        body, operator, *counts = tree.children
        if operator == "?":
            return self.emit((SPLIT, [self.tree(body, bound, after), after]))
        if operator in ("*", "+"):
            return self.loop(body, bound, after, operator)
        least, most = int(counts[0]), int(counts[-1])
        for _ in range(most - least):
            after = self.emit((SPLIT, [self.tree(body, bound, after), after]))
        for _ in range(least):
            after = self.tree(body, bound, after)
        return after

    def loop(self, body: Any, bound: dict[str, Any], after: int, operator: str) -> int:
        """x* and x+; the loop of the same words that goes on alike is written once."""
        key = ("loop", id(body), written(bound), after)
        if key not in self.known:
            loop = len(self.code)
            self.code.append((SPLIT, []))
            way = self.tree(body, bound, loop)
            self.code[loop] = (SPLIT, [way, after])
            self.known[key], self.known[*key, "+"] = loop, way
        return self.known[key if operator == "*" else (*key, "+")]

    def value(self, leaf: Any, bound: dict[str, Any], after: int) -> int:
        """A rule, terminal, quoted word, expression or template use."""
        if isinstance(leaf, Tree):
            if leaf.data == "literal":
                return self.literal(leaf.children[0], after)  # type: ignore[arg-type]
            if leaf.data == "template_usage":
                return self.template(leaf, bound, after)
            return self.tree(leaf, bound, after)
        name = str(leaf.name)
        if name in bound:
            inner, outer = bound[name]
            return self.tree(inner, outer, after)
        if name in self.grammar.rules:
            return self.rule(name, bound, after)
        key = self.grammar.key_of(name)
        return self.symbol(key, name, after)

    def template(self, usage: Any, bound: dict[str, Any], after: int) -> int:
        """A template with its arguments, each read where it was written."""
        name, *arguments = usage.children
        parameters, _ = self.grammar.rules[str(name.name)]
        inner = {p: (a, bound) for p, a in zip(parameters, arguments, strict=True)}
        return self.rule(str(name.name), inner, after)

    def literal(self, token: Token, after: int) -> int:
        """A quoted wording, word by word or as the forms that the lexicon takes as one; or one word's shape."""
        if token.type == "REGEXP":
            name = f"_{token}"
            self.alphabet.add_shape(name, pattern_of(token, self.grammar.file), [], [])
            return self.symbol(name, name, after)
        words = words_of(str(token))
        reach = [after] * (len(words) + 1)
        for begin in range(len(words) - 1, -1, -1):
            ways = []
            for end in range(len(words), begin, -1):
                run = " ".join(words[begin:end])
                if end == begin + 1 or run in self.forms:
                    name = literal_terminal(run)
                    ways.append(self.symbol(name, name, reach[end]))
            reach[begin] = ways[0] if len(ways) == 1 else self.emit((SPLIT, ways))
        return reach[0]


@lru_cache(maxsize=1)
def compiler_of(grammar: Grammar, forms: frozenset[str]) -> Compiler:
    """The compiler of one grammar alone; the last is remembered with all that it wrote, as who has its program made
    asks for its parts next."""
    return Compiler(grammar, Alphabet(), forms, [], {})
