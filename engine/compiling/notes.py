"""Notes: a grammar's rules as a compiler goes through them, which takes each part of them many times.

Lark's trees tell what a part is by names, and names of rules, terminals and parameters alike; here each part is told
once, as its kind and what that needs.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from lark import Token, Tree

from engine.compiling.alphabet import Alphabet, literal_terminal
from engine.compiling.expressions import pattern_of
from engine.compiling.grammar import COMMENT, Grammar, words_of
from engine.errors import Finding, RulesError

SEQUENCE, CHOICE, OPTIONAL, LOOP, TIMES, RULE, TEMPLATE, PARAMETER, TERMINAL, WORDING = range(10)

Note = tuple[int, Any]
"""A part of a rule.

(SEQUENCE, its parts from the last to the first), (CHOICE, its parts), (OPTIONAL, its part), (LOOP, (which, its part,
whether it may be left out)), (TIMES, (its part, least, most)), (RULE, its name), (TEMPLATE, (its name, (parameter,
which, part) of each argument)), (PARAMETER, its name), (TERMINAL, ((its key, its name),)) or (WORDING, (how many words,
(begin, end, terminals) of each run of them that is read as one, from the last to the first)). `which` is the number of
the tree: the same for the same place of a file.
"""


@dataclass(frozen=True, slots=True)
class Noted:
    """A rule: `which` tells its tree from others', `hidden` that trees do not show it (law 4), and its alternatives
    each with its tag."""

    name: str
    which: int
    hidden: bool
    alternatives: list[tuple[Any, Note]]


class Notes:
    """The notes of one grammar, each made at its first use; terminals get their bits of the alphabet then."""

    def __init__(self, grammar: Grammar, alphabet: Alphabet, forms: Container[str]) -> None:
        self.grammar = grammar
        self.alphabet = alphabet
        self.forms = forms
        self.known: dict[str, Noted] = {}

    def rule(self, name: str) -> Noted:
        """A rule of the grammar."""
        found = self.known.get(name)
        if found is None:
            parameters, tree = self.grammar.rules[name]
            told = tree.children if tree.data == "expansions" else [tree]
            alternatives = [self.alternative(name, one, parameters) for one in told]
            found = self.known[name] = Noted(name, id(tree), name.startswith("_"), alternatives)
        return found

    def alternative(self, name: str, tree: Any, parameters: Container[str] = ()) -> tuple[Any, Note]:
        """An alternative of a rule, with the tag that tells what its node is."""
        slot, value = self.grammar.told_by(name)
        if tree.data == "alias":
            tree, alias = tree.children
            value = str(alias.name)
        return (slot, value), self.part(tree, parameters)

    def part(self, tree: Any, parameters: Container[str] = ()) -> Note:
        """A part of a rule with these parameters; raises RulesError."""
        if tree.data in ("expansions", "expansion"):
            parts = [self.part(child, parameters) for child in tree.children]
            if len(parts) == 1:
                return parts[0]
            return (CHOICE, parts) if tree.data == "expansions" else (SEQUENCE, parts[::-1])
        if tree.data == "maybe":
            return OPTIONAL, self.part(tree.children[0], parameters)
        if tree.data == "expr":
            return self.repeated(tree, parameters)
        if tree.data == "value":
            return self.value(tree.children[0], parameters)
        if tree.data == "alias":
            raise RulesError([Finding(self.grammar.file, 1, "an alias inside a group", "-> at a rule's alternative")])
        return self.value(tree, parameters)

    def repeated(self, tree: Any, parameters: Container[str]) -> Note:
        """x?, x*, x+, x~n and x~n..m."""
        body, operator, *counts = tree.children
        part = self.part(body, parameters)
        if operator == "?":
            return OPTIONAL, part
        if operator in ("*", "+"):
            return LOOP, (id(body), part, operator == "*")
        return TIMES, (part, int(counts[0]), int(counts[-1]))

    def value(self, leaf: Any, parameters: Container[str]) -> Note:
        """A rule, terminal, quoted word, expression or template use."""
        if isinstance(leaf, Tree):
            if leaf.data == "literal":
                return self.literal(leaf.children[0])  # type: ignore[arg-type]
            if leaf.data == "template_usage":
                return self.template(leaf, parameters)
            return self.part(leaf, parameters)
        name = str(leaf.name)
        if name in parameters:
            return PARAMETER, name
        if name in self.grammar.rules:
            if self.grammar.rules[name][0]:
                raise RulesError([self.lacking(name)])
            return RULE, name
        return self.terminal(self.grammar.key_of(name), name)

    def template(self, usage: Any, parameters: Container[str]) -> Note:
        """A template with its arguments, each as it is where it was written."""
        called, *arguments = usage.children
        name = str(called.name)
        taken = zip(self.grammar.rules[name][0], arguments, strict=True)
        return TEMPLATE, (name, tuple((one, id(tree), self.part(tree, parameters)) for one, tree in taken))

    def lacking(self, name: str) -> Finding:
        """The finding that a template stands without what it is a template for."""
        needs, _ = self.grammar.rules[name]
        bare = re.compile(rf"\b{name}\b(?!\w*{{)")
        lines = enumerate(self.grammar.source.splitlines(), 1)
        line = next((number for number, text in lines if bare.search(COMMENT.sub("", text))), 1)
        called = f"{name}{{{', '.join(needs)}}}"
        what, do = f"{name} is called without {', '.join(needs)}", f"call it as {called}, or by a value"
        return Finding(self.grammar.file, line, what, called, do)

    def terminal(self, key: str, name: str) -> Note:
        """A terminal; `name` is what leaves of trees call it."""
        self.alphabet.bit(key)
        return TERMINAL, ((key, name),)

    def literal(self, token: Token) -> Note:
        """A quoted wording, word by word or as the forms that the lexicon takes as one; or one word's shape."""
        if token.type == "REGEXP":
            name = f"_{token}"
            self.alphabet.add_shape(name, pattern_of(token, self.grammar.file), [], [])
            return self.terminal(name, name)
        words = words_of(str(token))
        runs = []
        for begin in range(len(words) - 1, -1, -1):
            for end in range(len(words), begin, -1):
                run = " ".join(words[begin:end])
                if end == begin + 1 or run in self.forms:
                    name = literal_terminal(run)
                    runs.append((begin, end, self.terminal(name, name)[1]))
        return (TERMINAL, runs[0][2]) if len(words) == 1 else (WORDING, (len(words), runs))
