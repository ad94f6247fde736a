"""Alternatives taken apart: each as a reader of its own, to see which of them reads what the whole grammar reads."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.alphabet import Alphabet
from engine.authoring.machines import WHOLE, Machine, machines
from engine.authoring.notation import Alternative, alternatives_of
from engine.compiler import Compiler
from engine.grammar import Grammar
from engine.program import ACCEPT, Instruction


@dataclass(frozen=True, slots=True)
class Apart:
    """One alternative of a grammar and what reads it alone."""

    alternative: Alternative
    machine: Machine

    def reads(self, signatures: Sequence[int]) -> bool:
        """Whether it reads exactly these items."""
        return self.machine.reads(signatures)


class GrammarApart:
    """The alternatives of a grammar's root rules, in order; compiled when first asked for."""

    def __init__(self, grammar: Grammar, alphabet: Alphabet, forms: frozenset[str]) -> None:
        self.grammar = grammar
        self.alphabet = alphabet
        self.forms = forms

    @cached_property
    def alternatives(self) -> list[Alternative]:
        """The alternatives."""
        return alternatives_of(self.grammar)

    @cached_property
    def readers(self) -> list[Apart]:
        """Each alternative with what reads it; none where the grammar is recursive."""
        code: list[Instruction] = []
        known: dict[Any, int] = {}
        begins = []
        for each in self.alternatives:
            parameters, _ = self.grammar.rules[each.rule]
            alone = copy(self.grammar)
            alone.rules = {**self.grammar.rules, each.rule: (parameters, each.tree)}
            compiler = Compiler(alone, self.alphabet, self.forms, code, known)
            try:
                begins.append(compiler.rule(each.rule, {}, compiler.emit((ACCEPT, WHOLE))))
            except RecursionError:
                return []
        made = machines(code, begins, self.alphabet)
        return [Apart(each, machine) for each, machine in zip(self.alternatives, made, strict=True)]
