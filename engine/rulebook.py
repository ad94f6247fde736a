"""The rules as texts: what each says, its examples, and why a text was read as it was or was not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from engine.authoring.coverage import Harvest, Unread
from engine.authoring.explanation import Explainer, Explanation
from engine.authoring.proposals import Proposal, Proposer
from engine.compiling.grammar import Grammar, Grammars
from engine.corpus import Example, all_examples, misread
from engine.reader import Reader

SentenceRead = tuple[str, Sequence[tuple[int, int]]]
"""A sentence, and the offsets of the words in it that rules read."""
ReadExample = tuple[Example, bool, set[str]]
"""An example, whether it passes, and the rules that read it."""


@dataclass(frozen=True, slots=True)
class ExampleText:
    """An example of a rule: its text, its line in the .corpus file, and whether it is read as expected."""

    text: str
    line: int
    passes: bool


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule by its full name ("meeting.met"), where it stands, and its definition."""

    name: str
    grammar: str
    line: int
    source: str


@dataclass(frozen=True, slots=True)
class GrammarText:
    """A grammar file; `file` is its path from the project's root, `description` its first comment."""

    name: str
    file: str
    source: str
    description: str
    rules: tuple[RuleText, ...]


class Rulebook:
    """The grammars of a reader; the examples of a grammar are read when first asked for."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.rules = reader.rules
        self.read: dict[str, list[ReadExample]] = {}

    @cached_property
    def proposer(self) -> Proposer:
        """What seeks edits."""
        return Proposer(self.reader)

    def propose(self, text: str, grammar: str | None = None) -> list[Proposal]:
        """Edits that would make a text give more, best first; with `grammar`, facts of that one."""
        return self.proposer.propose(text, grammar)

    def harvest(self, sentences: Iterable[SentenceRead], first: int) -> list[Unread]:
        """The most telling verbs and phrases that no rule reads."""
        harvest = Harvest(self.rules)
        with self.reader.lock:
            for sentence, read in sentences:
                harvest.add(sentence, read)
        return harvest.most(first)

    @cached_property
    def files(self) -> Grammars:
        """The grammars as written."""
        return self.rules.grammars()

    def examples(self, grammar: str) -> list[ReadExample]:
        """The examples of a grammar, with whether each passes and the rules that read it."""
        found = self.read.get(grammar)
        if found is None:
            found = self.read[grammar] = []
            for example in all_examples(self.rules.sources):
                if example.grammar == grammar:
                    extraction = self.reader.read(example.article())
                    used = {evidence.rule for event in extraction.events for evidence in event.evidence}
                    found.append((example, not misread(example, extraction), used))
        return found

    def grammars(self) -> list[GrammarText]:
        """All grammars, event types first."""
        texts = [self.text_of(grammar) for grammar in self.files.values()]
        return sorted(texts, key=lambda text: ("/phrases/" in text.file, text.name))

    def grammar(self, name: str) -> GrammarText | None:
        """The grammar of that name."""
        grammar = self.files.get(name)
        return None if grammar is None else self.text_of(grammar)

    def rule(self, name: str) -> RuleText | None:
        """The rule of that full name."""
        grammar = self.grammar(name.partition(".")[0])
        return next((rule for rule in grammar.rules if rule.name == name), None) if grammar else None

    def examples_of(self, rule: str) -> tuple[ExampleText, ...]:
        """The examples that a rule reads; the first call for any rule reads all of its grammar."""
        read = self.examples(rule.partition(".")[0])
        return tuple(ExampleText(e.text, e.line, passes) for e, passes, used in read if rule in used)

    def text_of(self, grammar: Grammar) -> GrammarText:
        """A grammar with its rules."""
        comment = re.match(r"\s*//\s*(.*)", grammar.source)
        rules = tuple(self.rule_texts(grammar))
        return GrammarText(grammar.name, grammar.file, grammar.source, comment.group(1) if comment else "", rules)

    def rule_texts(self, grammar: Grammar) -> list[RuleText]:
        """The phrasings of a grammar's roots, in the order of the file."""
        lines = grammar.source.splitlines()
        found = []
        for root in grammar.roots:
            names = [key for key in grammar.lines if key.startswith(f"{root}.")] or [root]
            for name in names:
                line = grammar.lines.get(name, grammar.lines.get(root, 1))
                found.append(RuleText(name, grammar.name, line, lines[line - 1].strip()))
        return found

    @cached_property
    def explainer(self) -> Explainer:
        """What explains texts."""
        return Explainer(self.reader, self.files, self.proposer.seeker.anchoring)

    def explain(self, text: str, grammar: str | None = None) -> Explanation:
        """What the rules made of a text; with `grammar`, only the rules of that one."""
        return self.explainer.explain(text, grammar)
