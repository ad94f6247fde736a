"""Spare terminals: words that no grammar quotes, as they are read while an alternative that quotes them is tried.

A module of its own, as it inherits from what may be compiled and so must be compiled with it.
"""

from __future__ import annotations

from engine.compiling.alphabet import literal_terminal
from engine.lexicon import Form
from engine.rules import Rules
from engine.words import Vocabulary


class SpareVocabulary(Vocabulary):
    """Words of which some are also spare terminals: `spare` maps the terminal of a quoted word to a bit."""

    def __init__(self, rules: Rules, spare: dict[str, int]) -> None:
        super().__init__(rules.lexicon, rules.cascade.alphabet)
        self.spare = spare

    def mask(self, text: str, lower: str, forms: list[Form]) -> int:
        """The terminals that a word can be."""
        return super().mask(text, lower, forms) | self.spare.get(literal_terminal(lower), 0)
