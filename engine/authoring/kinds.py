"""Kinds of words: the classes and columns of the lexicon that a word stands in, which tell its place in a clause."""

from __future__ import annotations

from engine.layers import Item

CLAUSES = frozenset({"PRON", "REL", "SUB", "CONJ"})
"""Classes of function words that stand for somebody, or begin another clause."""
BEFORE_NOUNS = frozenset({"DET", "POSS"})
"""Classes of function words that stand before nouns."""


def kinds(item: Item) -> set[str]:
    """The classes and columns of a word."""
    return {terminal for form in item.forms for terminal in form.terminals}
