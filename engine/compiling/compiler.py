"""The compiler: grammars become programs that an automaton runs.

Two of Lark's habits are cured here: an alias no longer replaces the rule's name (a tree node keeps both), and quoted
words match whole words only.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from typing import Any

from engine.compiling.alphabet import Alphabet
from engine.compiling.grammar import Grammar
from engine.compiling.notes import (
    CHOICE,
    LOOP,
    OPTIONAL,
    PARAMETER,
    RULE,
    SEQUENCE,
    TEMPLATE,
    TERMINAL,
    TIMES,
    WORDING,
    Note,
    Noted,
    Notes,
)
from engine.compiling.program import ACCEPT, CLOSING, SPLIT, SYMBOL, TAG, Instruction

Bound = tuple[dict[str, Any], tuple[Any, ...]]
"""What a template's parameters stand for, each a part with what is bound where it was written; and the same in a form
that can be compared."""
UNBOUND: Bound = ({}, ())


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
        self.alphabet = alphabet
        self.notes = Notes(grammar, alphabet, forms)
        self.code = code
        self.known = known
        self.open_rules: list[str] = []
        self.begun: list[int] = []
        self.ways: dict[int, Callable[[Any, Bound, int], int]] = {
            SEQUENCE: self.sequence,
            CHOICE: self.choice,
            OPTIONAL: self.optional,
            LOOP: self.loop,
            TIMES: self.times,
            RULE: self.named,
            TEMPLATE: self.template,
            PARAMETER: self.parameter,
            TERMINAL: self.terminal,
            WORDING: self.wording,
        }

    def starts(self) -> list[int]:
        """The address of each root; raises RecursionError for a recursive grammar."""
        if self.begun:
            return self.begun
        for name, pattern in self.grammar.terminals.items():
            self.alphabet.add_shape(self.grammar.key_of(name), pattern, [], [])
        self.begun = [self.rule(self.notes.rule(root), UNBOUND, self.end(root)) for root in self.grammar.roots]
        return self.begun

    def start(self, root: str, alternative: Any) -> int:
        """The address of a root that has but one of its alternatives, as Lark's tree of that."""
        return self.tagged(
            *self.notes.alternative(root, alternative), UNBOUND, self.emit((TAG, CLOSING, self.end(root)))
        )

    def tree(self, tree: Any, after: int) -> int:
        """The address of any part of a root, as Lark's tree of it, to go on at `after`."""
        kind, told = self.notes.part(tree)
        return self.ways[kind](told, UNBOUND, after)

    def end(self, root: str) -> int:
        """Where what is named so ends."""
        return self.emit((ACCEPT, root))

    def emit(self, instruction: tuple[Any, ...]) -> int:
        """The address of an instruction that is no SPLIT, added where it is new."""
        address = self.known.get(instruction)
        if address is None:
            address = self.known[instruction] = len(self.code)
            self.code.append(instruction)
        return address

    def split(self, ways: Sequence[int]) -> int:
        """The address of a SPLIT, added where it is new and is one; terminals that leave no leaf (law 4) and lead on
        alike are one way."""
        alike: dict[int, dict[tuple[str, str], None]] = {}
        places: dict[int, int | None] = {}
        for way in dict.fromkeys(ways):
            instruction = self.code[way]
            if instruction[0] == SYMBOL and instruction[1][0][1][0] == "_":
                places.setdefault(-1 - instruction[2])
                alike.setdefault(instruction[2], {}).update(dict.fromkeys(instruction[1]))
            else:
                places[way] = way
        found = [
            self.emit((SYMBOL, tuple(alike[-1 - place]), -1 - place)) if way is None else way
            for place, way in places.items()
        ]
        if len(found) == 1:
            return found[0]
        key = (SPLIT, *found)
        address = self.known.get(key)
        if address is None:
            address = self.known[key] = len(self.code)
            self.code.append((SPLIT, found))
        return address

    def rule(self, rule: Noted, bound: Bound, after: int) -> int:
        """A rule written in place, once for each way to go on; raises RecursionError where it stands in itself."""
        key = ("rule", rule.name, rule.which, bound[1], after)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self.rule_anew(rule, bound, after)
        return found

    def rule_anew(self, rule: Noted, bound: Bound, after: int) -> int:
        """A rule written in place: each alternative between its tags, `_rules` without tags (law 4)."""
        if rule.name in self.open_rules:
            raise RecursionError(rule.name)
        self.open_rules.append(rule.name)
        if rule.hidden:
            ways = [self.ways[kind](told, bound, after) for _, (kind, told) in rule.alternatives]
        else:
            after = self.emit((TAG, CLOSING, after))
            ways = [self.tagged(tag, note, bound, after) for tag, note in rule.alternatives]
        self.open_rules.pop()
        return ways[0] if len(ways) == 1 else self.split(ways)

    def tagged(self, tag: Any, note: Note, bound: Bound, after: int) -> int:
        """An alternative after its tag, to go on at `after`, where the tag is closed."""
        kind, told = note
        return self.emit((TAG, tag, self.ways[kind](told, bound, after)))

    def sequence(self, parts: list[Note], bound: Bound, after: int) -> int:
        """Parts one after the other, told from the last to the first."""
        ways = self.ways
        for kind, told in parts:
            after = ways[kind](told, bound, after)
        return after

    def choice(self, parts: list[Note], bound: Bound, after: int) -> int:
        """One of some parts."""
        return self.split([self.ways[kind](told, bound, after) for kind, told in parts])

    def optional(self, part: Note, bound: Bound, after: int) -> int:
        """A part or nothing."""
        return self.split([self.ways[part[0]](part[1], bound, after), after])

    def times(self, told: tuple[Note, int, int], bound: Bound, after: int) -> int:
        """A part so often at least and at most."""
        part, least, most = told
        for _ in range(most - least):
            after = self.optional(part, bound, after)
        for _ in range(least):
            after = self.ways[part[0]](part[1], bound, after)
        return after

    def loop(self, told: tuple[int, Note, bool], bound: Bound, after: int) -> int:
        """x* and x+; the loop of the same words that goes on alike is written once."""
        which, (kind, inner), may_lack = told
        key = ("loop", which, bound[1], after)
        if key not in self.known:
            loop = len(self.code)
            self.code.append((SPLIT, []))
            way = self.ways[kind](inner, bound, loop)
            self.code[loop] = (SPLIT, [way, after])
            self.known[key], self.known[*key, "+"] = loop, way
        return self.known[key if may_lack else (*key, "+")]

    def named(self, name: str, _: Bound, after: int) -> int:
        """A rule, which knows no parameters of the rule that names it."""
        return self.rule(self.notes.rule(name), UNBOUND, after)

    def template(self, told: tuple[str, tuple[Any, ...]], bound: Bound, after: int) -> int:
        """A template with its arguments, each read as where it was written."""
        name, arguments = told
        inner = {parameter: (part, bound) for parameter, _, part in arguments}
        compared = tuple([(parameter, which, bound[1]) for parameter, which, _ in arguments])
        return self.rule(self.notes.rule(name), (inner, compared), after)

    def parameter(self, name: str, bound: Bound, after: int) -> int:
        """What a parameter stands for."""
        (kind, told), outer = bound[0][name]
        return self.ways[kind](told, outer, after)

    def terminal(self, told: tuple[tuple[str, str]], _: Bound, after: int) -> int:
        """An instruction that reads a terminal."""
        return self.emit((SYMBOL, told, after))

    def wording(self, told: tuple[int, list[tuple[int, int, Any]]], _: Bound, after: int) -> int:
        """Several quoted words, of which the lexicon may take some as one."""
        size, runs = told
        reach = [after] * (size + 1)
        ways: list[int] = []
        for at, (begin, end, terminal) in enumerate(runs):
            ways.append(self.emit((SYMBOL, terminal, reach[end])))
            if at + 1 == len(runs) or runs[at + 1][0] != begin:
                reach[begin] = ways[0] if len(ways) == 1 else self.split(ways)
                ways = []
        return reach[0]


@lru_cache(maxsize=1)
def compiler_of(grammar: Grammar, forms: frozenset[str]) -> Compiler:
    """The compiler of one grammar alone; the last is remembered with all that it wrote, as who has its program made
    asks for its parts next."""
    return Compiler(grammar, Alphabet(), forms, [], {})
