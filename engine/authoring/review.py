"""Review: what the examples say about the rules, beyond whether each is read as it says.

Each finding is one line: where, what is wrong, what is allowed, what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from engine.authoring.apart import Apart, GrammarApart
from engine.authoring.classes import unused_classes
from engine.authoring.notation import written
from engine.authoring.quoted import parted_words
from engine.authoring.trial import Steady
from engine.automaton import Node
from engine.cascade import Match
from engine.compiling.grammar import Grammar, references
from engine.compiling.parts import ALL, Part
from engine.contract import MARKS, contract
from engine.corpus import Example, all_examples, brief, check_example, misread
from engine.errors import Finding
from engine.facts import Event
from engine.interpret import Draft, Interpreter
from engine.layers import Item
from engine.rules import Rules
from engine.words import LONGEST_SENTENCE, sentences_of

SAME_WORDS = 0.7
"""Share of their words from which two facts of different types are read from the same words."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of items that a rule read in an example, and the pieces of its text."""

    items: tuple[Item, ...]
    pieces: list[str]
    example: Example

    @property
    def signatures(self) -> tuple[int, ...]:
        """The signatures of the items."""
        return tuple(item.signature for item in self.items)

    @property
    def text(self) -> str:
        """The words."""
        return "".join(self.pieces[self.items[0].begin : self.items[-1].end]).strip()


@dataclass(slots=True)
class Read:
    """What is read in the examples: each rule's alternatives by name, and the runs that each read."""

    spans: dict[tuple[str, str | None], dict[tuple[int, ...], Span]] = field(default_factory=dict)

    def note(self, tree: Node, items: list[Item], pieces: list[str], example: Example) -> None:
        """Keep a run; one of each kind is enough."""
        span = Span(tuple(items), pieces, example)
        self.spans.setdefault((tree[0], tree[1]), {}).setdefault(span.signatures, span)


class Review:
    """A part of the examples of rules, read once, and what they show."""

    def __init__(self, rules: Rules, grammar: str | None = None, part: Part = ALL) -> None:
        self.rules = rules
        self.grammar = grammar
        self.part = part
        self.reader = Steady(rules)
        self.grammars = rules.grammars()
        self.taken_apart: dict[str, GrammarApart] = {}
        self.read = Read()

    @cached_property
    def examples(self) -> list[Example]:
        """All examples."""
        return all_examples(self.rules.sources)

    @cached_property
    def asked(self) -> list[Example]:
        """The part's examples of the grammar asked for, or of all."""
        return self.part.of([example for example in self.examples if self.grammar in (None, example.grammar)])

    @cached_property
    def chosen(self) -> list[Grammar]:
        """The grammar asked for, or all."""
        return [self.grammars[name] for name in self.grammars if self.grammar in (None, name)]

    def faults(self) -> Iterator[Finding]:
        """Examples that are not read as they say."""
        yield from (finding for example in self.asked for finding in check_example(example, self.reader.read))

    def findings(self) -> Iterator[Finding]:
        """The same, and those that tell more than one thing; what reads each is noted meanwhile."""
        for example in self.asked:
            extraction = self.reader.read(example.article(), partial(self.note, self.read, example))
            yield from misread(example, extraction)
            yield from map(as_gap, self.over_matches(example, extraction.events))
        yield from (as_gap(finding) for grammar in self.chosen for finding in self.ambiguous(grammar))

    def unread(self, *, anywhere: bool = False) -> Iterator[Finding]:
        """Alternatives that read nothing in the examples that were found out about, or `anywhere`: in the part's
        examples of all grammars."""
        read = self.read_anywhere() if anywhere else self.read
        yield from (as_gap(finding) for grammar in self.chosen for finding in self.without_span(grammar, read))

    def needless(self) -> Iterator[Finding]:
        """What is asked of files and not of examples: unused classes and rules, grammars without a near-miss."""
        yield from unused_classes(self.rules)
        for grammar in self.chosen:
            yield from parted_words(grammar, self.rules.lexicon)
            yield from map(as_gap, unused(grammar))
            yield from map(as_gap, self.without_near_miss(grammar))

    @cached_property
    def is_of_phrases(self) -> bool:
        """Whether the grammar asked for is one of phrases, which stand in examples of others, too."""
        return self.grammar is not None and "/phrases/" in self.grammars[self.grammar].file

    def over_matches(self, example: Example, events: Iterable[Event]) -> Iterator[Finding]:
        """Facts of other types that grammars read from the words of an example, though it lists none of that type."""
        if not example.facts or "/phrases/" in example.file:
            return
        listed = {fact.kind for fact in example.facts} | set(example.never)
        mine = [event for event in events if event.TYPE.name == example.grammar.upper()]
        for event in events:
            if event.TYPE.name in listed or not any(shared(event, one) > SAME_WORDS for one in mine):
                continue
            rule = event.evidence[0].rule
            grammar = self.grammars[rule.partition(".")[0]]
            what = f"{rule} reads these words too: {event.TYPE.name} {brief(event)}"
            do = f"add that fact to the example if it is right, else narrow {grammar.file}:{grammar.lines[rule]}"
            yield Finding(example.file, example.line, what, "facts of other types that the example lists", do)

    def read_anywhere(self) -> Read:
        """What phrases read in the part's examples of all grammars."""
        found = Read()
        vocabulary, cascade = self.rules.vocabulary, self.rules.cascade
        for example in self.part.of(self.examples):
            passage = vocabulary.passage(example.text)
            for begin, end in sentences_of(passage):
                items = cascade.phrases(vocabulary.items(passage, begin, min(end, begin + LONGEST_SENTENCE)))
                self.note_phrases(found, items, passage.pieces, example)
        return found

    def note(self, found: Read, example: Example, items: list[Item], matches: list[Match], pieces: list[str]) -> None:
        """Keep the runs of an example's sentence that the grammars asked for read."""
        if self.is_of_phrases or self.grammar is None:
            self.note_phrases(found, items, pieces, example)
        for match in matches if "/phrases/" not in example.file else ():
            if match.grammar == example.grammar:
                found.note(match.tree, items[match.begin : match.end], pieces, example)

    def note_phrases(self, found: Read, items: list[Item], pieces: list[str], example: Example) -> None:
        """Keep the runs that phrases read, and those that their parts read."""
        for outer in items:
            item: Item | None = outer
            while item is not None:
                for _, tree, parts in item.reads:
                    found.note(tree, parts, pieces, example)
                if item.reads:
                    self.note_phrases(found, item.reads[0][2], pieces, example)
                item = item.inner

    def apart(self, grammar: Grammar) -> GrammarApart:
        """The alternatives of a grammar; taken apart once."""
        if grammar.name not in self.taken_apart:
            self.taken_apart[grammar.name] = GrammarApart(grammar, self.rules.cascade.alphabet, self.rules.lexicon)
        return self.taken_apart[grammar.name]

    def without_span(self, grammar: Grammar, read: Read) -> Iterator[Finding]:
        """Alternatives that read nothing of what is read."""
        apart = self.apart(grammar)
        names = Counter((each.rule, each.alias) for each in apart.alternatives)
        for number, each in enumerate(apart.alternatives):
            spans = read.spans.get((each.rule, each.alias), {})
            if spans and names[each.rule, each.alias] > 1:
                ahead = [one for one in apart.readers[:number] if one.alternative.alias == each.alias]
                spans = {key: span for key, span in spans.items() if apart.readers and first(apart, number, ahead, key)}
            if not spans:
                what = f"no example is read by {each.name}, {' '.join(map(written, each.parts))}"
                do = f"add one to {grammar.file.removesuffix('.lark')}.corpus, or delete the alternative"
                yield Finding(grammar.file, each.line, what, "an example for each alternative", do)

    def ambiguous(self, grammar: Grammar) -> Iterator[Finding]:
        """Examples that two alternatives read whole with different facts."""
        if "/phrases/" in grammar.file:
            return
        apart = self.apart(grammar)
        for number, reader in enumerate(apart.readers):
            each = reader.alternative
            spans = self.read.spans.get((each.rule, each.alias), {}).values()
            for span in (span for span in spans if span.example.grammar == grammar.name):
                others = apart.readers[number + 1 :] if reader.reads(span.signatures) else []
                for other in others:
                    if other.reads(span.signatures) and other.alternative.alias != each.alias:
                        yield from self.compared(span, reader, other)

    def compared(self, span: Span, winner: Apart, other: Apart) -> Iterator[Finding]:
        """What two alternatives tell of the same words, where it differs."""
        interpreter = Interpreter(self.rules.cascade.alphabet, contract(), span.pieces)
        signatures = list(span.signatures)
        one, two = (
            told(interpreter.draft(apart.machine.tree(signatures), list(span.items))) for apart in (winner, other)
        )
        differs = sorted(name for name in two if one.get(name) != two[name] and name not in MARKS)
        if differs and not span.example.decides(winner.alternative.rule, differs):
            what = f"{span.text!r} is read by {winner.alternative.name} and {other.alternative.name} with other "
            yield Finding(
                span.example.file,
                span.example.line,
                what + ", ".join(differs),
                f"one reading, or an example that says which; {winner.alternative.name} wins, as it stands first",
                f"write {differs[0]}= in it, or narrow line {winner.alternative.line} or {other.alternative.line}",
            )

    def without_near_miss(self, grammar: Grammar) -> Iterator[Finding]:
        """A grammar of facts none of whose examples says what it must not read."""
        if "/phrases/" not in grammar.file and not any(
            example.never for example in self.examples if example.grammar == grammar.name
        ):
            what, allowed = "no near-miss", "an example with the line `nothing` or `no TYPE`"
            do = "add a sentence that looks like one of the wordings and is none"
            yield Finding(f"{grammar.file.removesuffix('.lark')}.corpus", 1, what, allowed, do)


def as_gap(finding: Finding) -> Finding:
    """A finding of what is missing, not of what is read wrongly."""
    return replace(finding, gap=True)


def first(apart: GrammarApart, number: int, ahead: list[Apart], signatures: tuple[int, ...]) -> bool:
    """Whether an alternative reads a run, and none of those ahead that have its name."""
    return apart.readers[number].reads(signatures) and not any(one.reads(signatures) for one in ahead)


def shared(one: Event, other: Event) -> float:
    """The share of their words that two facts are both read from."""
    best = 0.0
    for a in one.evidence:
        for b in other.evidence:
            common = min(a.end, b.end) - max(a.start, b.start)
            best = max(best, common / (max(a.end, b.end) - min(a.start, b.start)))
    return best


def told(draft: Draft) -> dict[str, Any]:
    """What a draft tells, by field, in a form that can be compared."""
    found: dict[str, Any] = {}
    for name, values in draft.fields.items():
        found[name] = sorted(
            {
                value if isinstance(value, str) else repr(sorted(told(value).items())) + (value.alias or "")
                for value in values
            }
        )
    return found


def unused(grammar: Grammar) -> Iterator[Finding]:
    """Rules and terminals of a file that nothing reaches from its roots."""
    reached, stack = set(), list(grammar.roots)
    while stack:
        name = str(stack.pop())
        if name not in reached and name in grammar.rules:
            reached.add(name)
            stack.extend(references(grammar.rules[name][1]))
    used = {str(leaf.name) for name in reached for leaf in grammar.rules[name][1].scan_values(is_terminal)}
    for name, line in grammar.lines.items():
        known = name in grammar.rules or name in grammar.terminals
        if "." not in name and known and name not in reached | used:
            what = f"{name} is used nowhere"
            yield Finding(grammar.file, line, what, "rules that a rule of the file leads to", "delete it, or use it")


def is_terminal(leaf: Any) -> bool:
    """Whether a leaf of a rule's tree is a terminal."""
    return type(leaf).__name__ == "Terminal"
