"""What can be asked about rules on trial; runs in the sandbox's process."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from engine.authoring.coverage import Unread
from engine.authoring.explanation import Explanation
from engine.authoring.proposals import Proposal
from engine.authoring.trial import Fact, facts_of
from engine.corpus import all_examples, check_example
from engine.errors import Finding
from engine.facts import Article, Extraction
from engine.reader import Reader
from engine.rulebook import ExampleText, GrammarText, Rulebook, SentenceRead
from engine.rules import rules_of
from engine.sources import Sources

MOST_KEPT = 2
"""Versions of the rules that are kept: those in force and those on trial."""


class Trials:
    """Answers questions; remembers the rules asked about last."""

    def __init__(self) -> None:
        self.known: dict[str, Rulebook] = {}

    def answer(self, sources: Sources, question: str, arguments: Sequence[Any]) -> Any:
        """The answer of the method of that name; raises RulesError."""
        return getattr(self, f"ask_{question}")(self.rulebook(sources), *arguments)

    def rulebook(self, sources: Sources) -> Rulebook:
        """The rules of these files, compiled if they are new."""
        key = sources.content
        found = self.known.pop(key, None)
        if found is None:
            all_examples(sources)
            found = Rulebook(Reader(rules_of(sources, cached=False)))
        self.known[key] = found
        for old in list(self.known)[:-MOST_KEPT]:
            del self.known[old]
        return found

    def ask_version(self, rulebook: Rulebook) -> str:
        """The version of the rules."""
        return rulebook.rules.version

    def ask_read(self, rulebook: Rulebook, article: Article) -> Extraction:
        """All facts of the article."""
        return rulebook.reader.read(article)

    def ask_explain(self, rulebook: Rulebook, text: str, grammar: str | None) -> Explanation:
        """What the rules make of a text."""
        return rulebook.explain(text, grammar)

    def ask_propose(self, rulebook: Rulebook, text: str, grammar: str | None) -> list[Proposal]:
        """Edits that would make a text give more."""
        return rulebook.propose(text, grammar)

    def ask_harvest(self, rulebook: Rulebook, sentences: Sequence[SentenceRead], first: int) -> list[Unread]:
        """The most telling verbs and phrases that no rule reads."""
        return rulebook.harvest(sentences, first)

    def ask_grammars(self, rulebook: Rulebook) -> list[GrammarText]:
        """All grammars."""
        return rulebook.grammars()

    def ask_examples_of(self, rulebook: Rulebook, rule: str) -> tuple[ExampleText, ...]:
        """The examples that a rule reads."""
        return rulebook.examples_of(rule)

    def ask_examples(
        self, rulebook: Rulebook, edited: Sequence[str], skip: int, seconds: float
    ) -> tuple[int, int, list[Finding]]:
        """How many examples there are, how many were read without the first ones, those of the `edited` grammars first,
        for as long as the time allows; and what is wrong with those that are not read as they say."""
        end = time.monotonic() + seconds
        examples = sorted(all_examples(rulebook.rules.sources), key=lambda one: one.grammar not in edited)
        findings: list[Finding] = []
        read = 0
        for one in examples[skip:]:
            findings += check_example(one, rulebook.reader.read)
            read += 1
            if time.monotonic() > end:
                break
        return len(examples), read, findings

    def ask_facts(self, rulebook: Rulebook, articles: Sequence[Article]) -> list[list[Fact]]:
        """The facts of each article."""
        return [facts_of(rulebook.reader, article) for article in articles]
