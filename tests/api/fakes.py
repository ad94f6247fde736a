"""An engine without rules, for tests that read nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from engine.authoring.coverage import Unread
from engine.authoring.explanation import Explanation
from engine.authoring.proposals import Proposal
from engine.facts import Article, Extraction
from engine.rulebook import ExampleText, GrammarText, SentenceRead


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

    def explain(self, text: str, grammar: str | None = None) -> Explanation:
        """Never called, as there is no rule to explain."""
        raise LookupError(text)

    def examples_of(self, rule: str) -> Sequence[ExampleText]:
        """None."""
        return ()

    def propose(self, text: str, grammar: str | None = None) -> Sequence[Proposal]:
        """Never called, as there is no rule to edit."""
        raise LookupError(text)

    def harvest(self, sentences: Iterable[SentenceRead], first: int) -> Sequence[Unread]:
        """Never called, as there is nothing unread."""
        raise LookupError(first)


NO_READER = NoReader()
NO_RULES = NoRules()
