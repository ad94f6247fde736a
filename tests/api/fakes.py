"""An engine without rules, for tests that read nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.engine import ExampleText, ExplanationText, GrammarText, ProposalText, UnreadText
from engine.facts import Article, Extraction


class NoReader:
    """Reads nothing."""

    version = "none"

    def read(self, article: Article) -> Extraction:
        """Nothing was read."""
        return Extraction(article, [], [], [], [], set())


class NoRules:
    """Has no rules."""

    def grammars(self) -> Sequence[GrammarText]:
        """None."""
        return ()

    def explain(self, text: str, grammar: str | None = None) -> ExplanationText:
        """Never called, as there is no rule to explain."""
        raise LookupError(text)

    def examples_of(self, rule: str) -> Sequence[ExampleText]:
        """None."""
        return ()

    def propose(self, text: str, grammar: str | None = None) -> Sequence[ProposalText]:
        """Never called, as there is no rule to edit."""
        raise LookupError(text)

    def harvest(self, sentences: Iterable[str], first: int) -> Sequence[UnreadText]:
        """Never called, as there is nothing unread."""
        raise LookupError(first)


NO_READER = NoReader()
NO_RULES = NoRules()
