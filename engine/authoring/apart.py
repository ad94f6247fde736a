"""Alternatives taken apart: each as a reader of its own, to see which of them reads what the whole grammar reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.authoring.machines import Machine, machines
from engine.authoring.notation import Alternative, alternatives_of
from engine.compiling.alphabet import Alphabet
from engine.compiling.compiler import compiler_of
from engine.compiling.grammar import Grammar
from engine.compiling.outline import forms_of
from engine.lexicon import Lexicon


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

    def __init__(self, grammar: Grammar, alphabet: Alphabet, lexicon: Lexicon) -> None:
        self.grammar = grammar
        self.alphabet = alphabet
        self.compiler = compiler_of(grammar, forms_of(grammar, lexicon.listed))

    @cached_property
    def alternatives(self) -> list[Alternative]:
        """The alternatives."""
        return alternatives_of(self.grammar)

    @cached_property
    def readers(self) -> list[Apart]:
        """Each alternative with what reads it; none where the grammar is recursive."""
        try:
            begins = [self.compiler.start(each.rule, each.tree) for each in self.alternatives]
        except RecursionError:
            return []
        made = machines(self.compiler.code, begins, self.alphabet)
        return [Apart(each, machine) for each, machine in zip(self.alternatives, made, strict=True)]
