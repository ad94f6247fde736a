"""Explanation: why a text gave these facts, and why it gave no others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.authoring.apart import GrammarApart
from engine.authoring.machines import Machine, Whole
from engine.authoring.tables import Table, Tables
from engine.authoring.trial import Steady
from engine.authoring.unmade import told_there, why_unmade
from engine.automaton import Node
from engine.cascade import Event, Match
from engine.compiling.alphabet import WORD_PREFIX
from engine.compiling.grammar import Grammar, Grammars
from engine.compiling.outline import read_outlines
from engine.facts import Article, Extraction
from engine.interpret import leaves_of
from engine.layers import Item
from engine.reader import Reader, Reading
from engine.resolve.events import Reports
from engine.words import LONGEST_SENTENCE, sentences_of

MOST_NEAR_MISSES = 20
SHOWN_WORDS = 4
"""Words of a class that are named as examples of it."""


@dataclass(frozen=True, slots=True)
class TokenText:
    """A token and the terminals that it can be."""

    text: str
    start: int
    end: int
    terminals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SlotText:
    """A slot that a rule filled, and the words that it took; `mark` is what `->` says of it."""

    name: str
    mark: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReadingText:
    """A rule that read a stretch of the text: where it stands, its parse tree as indented lines, the words that each
    slot took, and the facts that it gave, one a line; `unmade` says why where it gave none."""

    rule: str
    file: str
    line: int
    start: int
    end: int
    tree: str
    slots: tuple[SlotText, ...]
    facts: tuple[str, ...]
    unmade: str | None = None


@dataclass(frozen=True, slots=True)
class ClassText:
    """A class or shape of words as a grammar names it, the file that holds it, and some of its words."""

    name: str
    file: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        told = ", ".join(self.words)
        return f"{self.name} ({self.file.removeprefix('rules/')}{': ' if told else ''}{told})"


@dataclass(frozen=True, slots=True)
class NearMissText:
    """A rule that began and did not finish: the offset where it stopped, what stood there, and what it would have
    accepted: words, phrases, and classes and shapes of words, as the grammar names them (`expected`) and told apart.

    `telling` is how many words it read that tell that a sentence may be one of its grammar.
    """

    rule: str
    file: str
    line: int
    start: int
    stopped_at: int
    stood: str
    expected: tuple[str, ...]
    words: tuple[str, ...]
    phrases: tuple[str, ...]
    classes: tuple[ClassText, ...]
    telling: int


@dataclass(frozen=True, slots=True)
class Missed:
    """A near miss before it is told in full: the items that were read, from `begin` to `at`, and of what."""

    reading: Reading
    items: list[Item]
    name: str
    line: int
    machine: Machine | Whole
    begin: int
    at: int
    telling: int

    @property
    def size(self) -> int:
        """How many characters it read."""
        start, _ = span(self.reading, self.items[self.begin : self.at])
        return self.stopped_at - start

    @property
    def stopped_at(self) -> int:
        """The offset where it stopped."""
        after = self.items[self.at : self.at + 1]
        return span(self.reading, after)[0] if after else len(self.reading.passage.text)


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a text gave these facts, and why it gave no others; `untouched` is what no rule read."""

    tokens: list[TokenText] = field(default_factory=list)
    readings: list[ReadingText] = field(default_factory=list)
    untouched: list[Stretch] = field(default_factory=list)
    near_misses: list[NearMissText] = field(default_factory=list)


class Explainer:
    """Explains texts by the rules of a reader; alternatives are taken apart when first needed."""

    def __init__(self, reader: Reader, grammars: Grammars, telling: Callable[[str], int]) -> None:
        """`telling` gives the terminals, as bits, by which a word tells that a sentence may be one of a grammar."""
        self.lock = reader.lock
        self.reader = Steady(reader.rules)
        self.telling = telling
        self.rules = reader.rules
        self.grammars = grammars
        self.apart: dict[str, GrammarApart] = {}

    @cached_property
    def tables(self) -> Tables:
        """The files of the lexicon."""
        return Tables(self.rules.sources)

    def explain(self, text: str, grammar: str | None = None) -> Explanation:
        """What the rules made of a text; with `grammar`, only the rules of that one."""
        with self.lock:
            if self.rules.cascade.full:
                self.rules.forget()
            for apart in (each for grammars in self.apart.values() for each in grammars.readers):
                apart.machine.forget()
            return self.explained(text, grammar)

    def explained(self, text: str, grammar: str | None) -> Explanation:
        """The same, once nothing stale is remembered."""
        article = Article("explained", text)
        reading, told = Reading(self.reader, article), Reading(self.reader, article)
        extraction = told.extraction()
        explanation, near = Explanation(), list[Missed]()
        alphabet = self.rules.cascade.alphabet
        for begin, end in sentences_of(reading.passage):
            words = reading.items(begin, min(end, begin + LONGEST_SENTENCE))
            for word in (one for one in words if one.begin < one.end):
                start, stop = reading.passage.span(word.begin, word.end)
                terminals = tuple(alphabet.terminals(alphabet.masks[word.signature]))
                explanation.tokens.append(TokenText(text[start:stop], start, stop, terminals))
            given: list[Match] = []
            every: list[Match] = []
            for items, found in reading.cascade.readings(reading.cascade.phrases(words)):
                matches = [match for match in found if grammar in (None, match.grammar)]
                readings = [self.read(reading, items, match, extraction, told.reports) for match in matches]
                explanation.readings.extend(readings)
                every += matches
                given += [match for match, read in zip(matches, readings, strict=True) if read.facts]
            explanation.readings.extend(
                self.read(reading, clause, match, extraction, told.reports)
                for clause, match in told.written_out
                if begin <= clause[1].begin < end and grammar in (None, match.grammar)
            )
            explanation.untouched.extend(untouched(reading, items, every))
            events = [event for event in reading.cascade.events if grammar in (None, event.name)]
            missed = [miss for event in events for miss in self.missed(reading, items, event, given, bool(grammar))]
            # Where something is told, what begins with any words at all is of no use.
            useful = [miss for miss in missed if miss.telling or grammar]
            near += useful if useful or given else missed
        near.sort(key=lambda miss: (-miss.telling, -miss.size))
        explanation.near_misses.extend(map(self.near_miss, near[:MOST_NEAR_MISSES]))
        return explanation

    def read(
        self, reading: Reading, items: list[Item], match: Match, extraction: Extraction, reports: Reports
    ) -> ReadingText:
        """A match as authors read it."""
        rule, alias, children = match.tree
        name = f"{rule}.{alias}" if alias else rule
        grammar = self.grammars[match.grammar]
        mine = items[match.begin : match.end]
        start, stop = span(reading, mine)
        facts = told_there(extraction.events, name, start, stop)
        unmade = None if facts else why_unmade(reports, name, start, stop)
        tree = "\n".join(tree_lines(reading, mine, match.tree, 0))
        line = grammar.lines.get(name, grammar.lines.get(rule, 1))
        return ReadingText(
            name, grammar.file, line, start, stop, tree, tuple(slots(reading, mine, children)), facts, unmade
        )

    def missed(
        self, reading: Reading, items: list[Item], event: Event, matches: Sequence[Match], asked: bool
    ) -> Iterator[Missed]:
        """Where a grammar began to read and stopped: each of its alternatives where the sentence has telling words of
        its, else all together."""
        free = [
            begin
            for begin in range(len(items))
            if not any(match.begin <= begin < match.end for match in matches if match.grammar == event.name)
        ]
        telling = self.telling(event.name)
        masks = self.rules.cascade.alphabet.masks
        anchors = [bool(masks[item.signature] & telling) for item in items]
        signatures = [item.signature for item in items]
        for name, line, machine in self.readers(event, asked or any(anchors)):
            reached = [(far, begin) for begin in free if (far := machine.furthest(signatures, begin)) is not None]
            far, begin = max(reached, key=lambda one: (sum(anchors[one[1] : one[0]]), one[0] - one[1]), default=(0, 0))
            if far > begin:
                told = sum(anchors[begin:far])
                yield Missed(reading, items, name, line, machine, begin, far, told)

    def readers(self, event: Event, each: bool) -> Iterator[tuple[str, int, Machine | Whole]]:
        """The alternatives of a grammar, each with its name and line, or the grammar as a whole."""
        if not each:
            yield event.name, 1, Whole(event)
            return
        if event.name not in self.apart:
            grammar = self.grammars[event.name]
            self.apart[event.name] = GrammarApart(grammar, self.rules.cascade.alphabet, self.rules.lexicon)
        for apart in self.apart[event.name].readers:
            yield apart.alternative.name, apart.alternative.line, apart.machine

    def near_miss(self, miss: Missed) -> NearMissText:
        """Where a rule stopped, and what it wanted there."""
        read, after = miss.items[miss.begin : miss.at], miss.items[miss.at : miss.at + 1]
        expected = miss.machine.expected([item.signature for item in read])
        words = {spelled(name) for name in expected if name.startswith(WORD_PREFIX)}
        named = {name.lstrip("_") for name in expected if not name.startswith(WORD_PREFIX)} - {"NEVER"}
        phrases = {name for name in named if name.partition("_")[0].lower() in self.phrases}
        grammar = self.grammars[miss.name.partition(".")[0]]
        return NearMissText(
            miss.name,
            grammar.file,
            miss.line,
            span(miss.reading, read)[0],
            miss.stopped_at,
            miss.reading.passage.text[slice(*span(miss.reading, after))] if after else "",
            tuple(sorted(words | named)),
            tuple(sorted(words)),
            tuple(sorted(phrases)),
            tuple(self.told(grammar, name) for name in sorted(named - phrases)),
            miss.telling,
        )

    @cached_property
    def phrases(self) -> set[str]:
        """The phrases, by name."""
        outlines, _ = read_outlines(self.grammars, keeping=False)
        return {root for each in outlines.values() if each.is_phrase for root in each.roots} - {"verb", "participle"}

    @cached_property
    def classes(self) -> dict[str, list[tuple[Table, list[str]]]]:
        """For each class and column of words, the files that have it, those with most forms first, and some words."""
        found: dict[str, dict[str, tuple[Table, list[str]]]] = {}
        for table in self.tables.all:
            for row in table.rows:
                columns = [column for column in table.word_columns if row.cells[column]]
                for name in (*filter(None, row.cells.get("class", "").upper().split("|")), *columns):
                    _, words = found.setdefault(name, {}).setdefault(table.file, (table, []))
                    first = row.words(name if name in columns else columns[0])[0]
                    if len(words) < SHOWN_WORDS and first not in words:
                        words.append(first)
        # The forms of verbs are phrases of their own (MEET_ACTIVE), which no column is called like.
        return {name: sorted(files.values(), key=forms_of, reverse=True) for name, files in found.items()}

    def told(self, grammar: Grammar, terminal: str) -> ClassText:
        """A terminal in authors' terms: the class of words that it is, with some of these."""
        pattern = grammar.terminals.get(terminal) or grammar.terminals.get(f"_{terminal}")
        if pattern is not None:
            return ClassText(terminal, grammar.file, plain_words(pattern))
        name = terminal
        while name and name not in self.classes:
            name = name.rpartition("_")[0]
        if not name:
            return ClassText(terminal, "rules/shapes.csv", ())
        column = terminal.removeprefix(f"{name}_")
        files = self.classes[name]
        table, words = next((one for one in files if column in one[0].word_columns), files[0])
        return ClassText(terminal, table.file, tuple(words))


def plain_words(pattern: str) -> tuple[str, ...]:
    """Some of the words of an expression: of its alternatives those that are words as they stand, in their shortest
    form."""
    alternatives = re.sub(r"\w\?|\(\?[a-z]*:|[()]", "", pattern).split("|")
    words = [one for one in alternatives if re.fullmatch(r"\w[\w' -]*", one)]
    return tuple(words[:SHOWN_WORDS])


def forms_of(held: tuple[Table, list[str]]) -> int:
    """How many forms the words of a file have."""
    return len(held[0].word_columns)


def spelled(name: str) -> str:
    """The quoted word of a terminal."""
    letters = name.removeprefix(WORD_PREFIX).lower().split("_")
    coded = "".join(chr(int(part, 16)) if at % 2 else part for at, part in enumerate(letters))
    return f'"{coded}"'


def span(reading: Reading, items: Sequence[Item]) -> tuple[int, int]:
    """The offsets of a run of items."""
    return reading.passage.span(min(one.begin for one in items), max(one.end for one in items))


def untouched(reading: Reading, items: list[Item], matches: Sequence[Match]) -> Iterator[Stretch]:
    """The runs of items that no match read."""
    read = {at for match in matches for at in range(match.begin, match.end)}
    run: list[Item] = []
    for at in range(len(items) + 1):
        if at < len(items) and at not in read:
            run.append(items[at])
        elif run:
            start, stop = span(reading, run)
            text = reading.passage.text[start:stop]
            if any(map(str.isalnum, text)):
                yield Stretch(text, start, stop)
            run = []


def slots(reading: Reading, items: list[Item], children: list[object]) -> Iterator[SlotText]:
    """The slots that a rule filled, in order, each with the words that it took."""
    for child in children:
        if not isinstance(child, (tuple, list)) or len(child) != 3:
            continue
        leaves = [index for _, index in leaves_of(child[2])]
        start, stop = span(reading, items[min(leaves) : max(leaves) + 1]) if leaves else span(reading, items[:1])
        text = reading.passage.text[start:stop] if leaves else ""
        yield SlotText(child[0], child[1], text, start, stop if leaves else start)


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
