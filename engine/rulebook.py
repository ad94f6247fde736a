"""The rules as texts: what each says, its examples, and why a text was read as it was or was not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from engine.authoring.proposals import Proposal, Proposer
from engine.automaton import DEAD, Node
from engine.cascade import Event, Item, Match
from engine.corpus import Example, all_examples, check_example
from engine.facts import Article
from engine.grammar import Grammar
from engine.reader import Reader, Reading
from engine.words import LONGEST_SENTENCE, sentences_of

MOST_NEAR_MISSES = 20
FEWEST_ITEMS = 2
"""Items that a rule must have read before it counts as begun."""

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


@dataclass(frozen=True, slots=True)
class TokenText:
    """A token and the terminals that it can be."""

    text: str
    start: int
    end: int
    terminals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A rule that read a stretch of the text, with its parse tree as indented lines."""

    rule: str
    start: int
    end: int
    tree: str


@dataclass(frozen=True, slots=True)
class NearMissText:
    """A rule that began and did not finish: the offset where it stopped, and what it would have accepted there."""

    rule: str
    start: int
    stopped_at: int
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a text gave these facts, and why it gave no others."""

    tokens: list[TokenText] = field(default_factory=list)
    readings: list[ReadingText] = field(default_factory=list)
    near_misses: list[NearMissText] = field(default_factory=list)


class Rulebook:
    """The grammars of a reader; examples are read when first asked for."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.rules = reader.rules

    @cached_property
    def proposer(self) -> Proposer:
        """What seeks edits."""
        return Proposer(self.reader)

    def propose(self, text: str, grammar: str | None = None) -> list[Proposal]:
        """Edits that would make a text give more, best first; with `grammar`, facts of that one."""
        return self.proposer.propose(text, grammar)

    @cached_property
    def files(self) -> dict[str, Grammar]:
        """The grammars as written."""
        return self.rules.grammars()

    @cached_property
    def examples(self) -> dict[str, list[ReadExample]]:
        """All examples by grammar, with whether each passes and the rules that read it."""
        found: dict[str, list[ReadExample]] = {}
        for example in all_examples(self.rules.sources):
            extraction = self.reader.read(example.article())
            used = {evidence.rule for event in extraction.events for evidence in event.evidence}
            passes = not check_example(example, self.reader.read)
            found.setdefault(example.grammar, []).append((example, passes, used))
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
        """The examples that a rule reads; the first call for any rule reads all of them, which takes seconds."""
        read = self.examples.get(rule.partition(".")[0], ())
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

    def explain(self, text: str, grammar: str | None = None) -> Explanation:
        """What the rules made of a text; with `grammar`, only the rules of that one."""
        reading = Reading(self.reader, Article("explained", text))
        explanation = Explanation()
        alphabet = self.rules.cascade.alphabet
        for begin, end in sentences_of(reading.passage):
            words = reading.vocabulary.items(reading.passage, begin, min(end, begin + LONGEST_SENTENCE))
            for word in words:
                start, stop = reading.passage.span(word.begin, word.end)
                terminals = tuple(alphabet.terminals(alphabet.masks[word.signature]))
                explanation.tokens.append(TokenText(text[start:stop], start, stop, terminals))
            items = reading.cascade.phrases(words)
            matches = [m for m in reading.cascade.matches(items) if grammar in (None, m.grammar)]
            for match in matches:
                explanation.readings.append(reading_text(reading, items, match))
            for event in (event for event in reading.cascade.events if grammar in (None, event.name)):
                taken = {at for match in matches if match.grammar == event.name for at in range(match.begin, match.end)}
                explanation.near_misses.extend(near_misses(reading, items, event, taken))
        explanation.near_misses.sort(key=lambda miss: miss.start - miss.stopped_at)
        del explanation.near_misses[MOST_NEAR_MISSES:]
        return explanation


def reading_text(reading: Reading, items: list[Item], match: Match) -> ReadingText:
    """A match as users read it."""
    rule, alias, _ = match.tree
    start, _ = reading.passage.span(items[match.begin].begin, items[match.begin].end)
    _, stop = reading.passage.span(items[match.end - 1].begin, items[match.end - 1].end)
    tree = "\n".join(tree_lines(reading, items[match.begin : match.end], match.tree, 0))
    return ReadingText(f"{rule}.{alias}" if alias else rule, start, stop, tree)


def tree_lines(reading: Reading, items: list[Item], tree: Node, depth: int) -> list[str]:
    """A parse tree as indented lines: rules, and the words that each terminal took."""
    rule, alias, children = tree
    lines = ["  " * depth + rule + (f" -> {alias}" if alias else "")]
    for child in children:
        if len(child) == 3:
            lines += tree_lines(reading, items, child, depth + 1)
            continue
        terminal, index = child
        item = items[index]
        lines.append("  " * (depth + 1) + f"{terminal} {reading.interpreter.words(item.begin, item.end)!r}")
        inner = item.read_as(reading.cascade.alphabet.bits.get(terminal, 0))
        if inner is not None:
            lines += tree_lines(reading, inner[1], inner[0], depth + 2)
    return lines


def near_misses(reading: Reading, items: list[Item], event: Event, taken: set[int]) -> list[NearMissText]:
    """Where a grammar began to read and what it wanted when it stopped; `taken` are items that it has read."""
    automaton = event.joint
    word = event.letters.word([item.signature for item in items])
    found = []
    for begin in range(len(items)):
        state, at = automaton.begin(), begin
        while begin not in taken and at < len(items):
            following = automaton.after(state, word[at])
            if following is DEAD:
                break
            state, at = following, at + 1
        if at - begin < FEWEST_ITEMS:
            continue
        expected = {name.lstrip("_") for name in automaton.expected(state)}
        wanted = tuple(sorted(name.removeprefix("W_").lower() if name.startswith("W_") else name for name in expected))
        start, _ = reading.passage.span(items[begin].begin, items[begin].end)
        stopped = (
            reading.passage.span(items[at].begin, items[at].end)[0] if at < len(items) else len(reading.passage.text)
        )
        found.append(NearMissText(event.name, start, stopped, wanted))
    return found
