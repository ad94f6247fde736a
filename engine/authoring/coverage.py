"""Coverage: how much of articles the rules read, and what they leave unread most often."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from engine.authoring.kinds import CLAUSES, kinds
from engine.automaton import Node
from engine.facts import Extraction
from engine.layers import Item
from engine.rules import Rules
from engine.words import LONGEST_SENTENCE, Passage, sentences_of

MOST_EXAMPLES = 3
"""Sentences kept as examples of a phrase."""
MOST_BETWEEN = 4
"""Words or phrases that stand between a verb and the second party at most."""
LONGEST_EXAMPLE = 240
"""Characters of a sentence shown as an example."""
UNTOLD = "unknown"
"""The agency of articles that tell none."""


@dataclass(slots=True)
class Share:
    """How many sentences there are, and how many of them are read."""

    sentences: int = 0
    read: int = 0


@dataclass(slots=True)
class Unread:
    """A verb between two parties, alone or with the words before the second, that no rule reads; `count` is in how many
    sentences."""

    phrase: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Count a sentence where it stands unread, with a party on either side."""
        self.count += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append(" ".join(sentence.split())[:LONGEST_EXAMPLE])


class Harvest:
    """Gathers what parties do to each other that no rule reads: a verb with a party on either side, alone and with the
    words between it and the second party."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.found: dict[str, tuple[str, Unread]] = {}
        self.everywhere: Counter[str] = Counter()
        self.bits = rules.cascade.alphabet.bits

    def add(self, sentence: str, read: Sequence[tuple[int, int]]) -> None:
        """Take in a sentence; `read` are the offsets of the words in it that rules read."""
        vocabulary = self.rules.vocabulary
        passage = vocabulary.passage(sentence)
        for begin, end in sentences_of(passage):
            items = self.rules.cascade.phrases(vocabulary.items(passage, begin, min(end, begin + LONGEST_SENTENCE)))
            verbs = [(at, verb) for at in range(len(items)) if (verb := self.verb(passage, items[at])) is not None]
            self.everywhere.update({verb for _, verb in verbs})
            left = [(at, verb) for at, verb in verbs if not covered(passage.span(items[at].begin, items[at].end), read)]
            between = {phrase: verb for at, verb in left for phrase in self.phrases(passage, items, at, verb)}
            for phrase, verb in between.items():
                self.found.setdefault(phrase, (verb, Unread(phrase)))[1].note(sentence)

    def phrases(self, passage: Passage, items: list[Item], at: int, verb: str) -> Iterator[str]:
        """A verb that stands between parties, alone and with the words before the second."""
        if not self.follows(items, at):
            return
        for place in range(at + 1, min(at + 2 + MOST_BETWEEN, len(items))):
            if self.is_party(items[place]):
                yield verb
                if place > at + 1:
                    yield f"{verb} {self.words(passage, items[at + 1 : place])}"
                return
            if not self.leads_on(items[place]):
                return

    def follows(self, items: list[Item], at: int) -> bool:
        """Whether a verb follows a party, but for an adverb."""
        before = at - 1
        if before > 0 and self.is_a(items[before], "ADV", "LY"):
            before -= 1
        return before >= 0 and self.is_party(items[before])

    def is_party(self, item: Item) -> bool:
        """Whether an item names a party, other than by a pronoun."""
        return self.is_a(item, "ACTORS") and not kinds(item) & CLAUSES

    def leads_on(self, item: Item) -> bool:
        """Whether a clause may go on with an item to the second party."""
        if kinds(item) & CLAUSES or any(tree[0] == "verb" for _, tree, _ in item.reads):
            return False
        return self.is_a(item, "PREP", "DET", "POSS", "ADV", "LY", "NOUN", "NOUNS", "PLAIN")

    def is_a(self, item: Item, *terminals: str) -> bool:
        """Whether an item is one of some terminals."""
        mask = self.rules.cascade.alphabet.masks[item.signature]
        return any(mask & self.bits[terminal] for terminal in terminals)

    def verb(self, passage: Passage, item: Item) -> str | None:
        """The verb of an item as the lexicon lists it, or a word that may be an unknown verb, as written."""
        for _, tree, parts in item.reads:
            if tree[0] == "verb":
                head = next((parts[index] for index in heads(tree)), parts[-1])
                return self.lemma(passage, head)
        text = self.words(passage, [item])
        unknown = not item.forms and self.is_a(item, "PLAIN") and text[-2:] in self.endings
        return text if unknown else None

    def lemma(self, passage: Passage, item: Item) -> str:
        """The first form of a verb's row."""
        for form in item.forms:
            if form.terminals[0].startswith("VB"):
                return self.firsts.get((form.row.file, form.row.line)) or self.words(passage, [item])
        return self.words(passage, [item])

    @cached_property
    def firsts(self) -> dict[tuple[str, int], str]:
        """The base form of each row of verbs, by file and line."""
        return {place: text for text, place in self.forms("VB")}

    @cached_property
    def endings(self) -> set[str]:
        """How most verbs end that tell of the past, by which an unknown one is told from a noun."""
        counted = Counter(text[-2:] for text, _ in self.forms("VBD"))
        return {ending for ending, count in counted.items() if count * 2 > counted.total()}

    def forms(self, column: str) -> Iterator[tuple[str, tuple[str, int]]]:
        """The words of a column, each with the file and line of its row."""
        lexicon = self.rules.lexicon
        for listed in lexicon.listed.values():
            for text, reading, row in listed:
                if lexicon.readings[reading][0] == column:
                    file, line, _ = lexicon.rows[row]
                    yield text, (file, line)

    def words(self, passage: Passage, items: list[Item]) -> str:
        """The words of some items, in small letters."""
        start, stop = passage.span(items[0].begin, items[-1].end)
        return " ".join(passage.text[start:stop].lower().split())

    def most(self, first: int) -> list[Unread]:
        """Those that tell most: how often one stands so, and how much more often than others its verb does; a phrase as
        frequent as its verb stands for it."""
        counts = {verb: one.count for verb, (of, one) in self.found.items() if verb == of}
        usual = sum(counts.values()) / max(self.everywhere.total(), 1)
        likely = {verb: math.log(count / self.everywhere[verb] / usual) for verb, count in counts.items()}
        worth = {phrase: one.count * likely[verb] for phrase, (verb, one) in self.found.items() if likely[verb] > 0}
        kept: list[Unread] = []
        for phrase in sorted(worth, key=lambda phrase: (-worth[phrase], -len(phrase), phrase)):
            if len(kept) == first:
                break
            one = self.found[phrase][1]
            if not any(other.count == one.count and other.phrase.startswith(f"{phrase} ") for other in kept):
                kept.append(one)
        return kept


def covered(span: tuple[int, int], read: Sequence[tuple[int, int]]) -> bool:
    """Whether a stretch is within one that was read."""
    return any(start <= span[0] and span[1] <= end for start, end in read)


def heads(tree: Node) -> Iterator[int]:
    """The words marked as heads in a phrase's tree."""
    for child in tree[2]:
        if len(child) == 3:
            yield from (leaf[1] for leaf in child[2] if child[0] == "head" and len(leaf) == 2)


@dataclass
class Survey:
    """What rules read of articles: all sentences, by grammar and by agency, which rules match, and the harvest."""

    rules: Rules
    articles: int = 0
    all: Share = field(default_factory=Share)
    agencies: dict[str, Share] = field(default_factory=dict)
    grammars: Counter[str] = field(default_factory=Counter)
    matched: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.harvest = Harvest(self.rules)

    def add(self, extraction: Extraction) -> None:
        """Take in an article as read."""
        self.articles += 1
        article = extraction.article
        agency = self.agencies.setdefault(article.agency or UNTOLD, Share())
        read_by: dict[str, set[int]] = {}
        spans: dict[int, list[tuple[int, int]]] = {}
        for event in extraction.events:
            for evidence in event.evidence:
                self.matched[evidence.rule] += 1
                spans.setdefault(evidence.sentence, []).append((evidence.start, evidence.end))
                read_by.setdefault(evidence.rule.partition(".")[0], set()).add(evidence.sentence)
        for grammar, sentences in read_by.items():
            self.grammars[grammar] += len(sentences)
        for sentence in extraction.sentences:
            was_read = sentence.index in extraction.read
            for share in (self.all, agency):
                share.sentences += 1
                share.read += was_read
            begin = sentence.start
            read = [(start - begin, end - begin) for start, end in spans.get(sentence.index, ())]
            self.harvest.add(article.text[begin : sentence.end], read)

    def never(self) -> list[str]:
        """The alternatives of event grammars that matched nothing, as file:line and name, in order."""
        found = []
        for grammar in self.rules.grammars().values():
            if "/phrases/" in grammar.file:
                continue
            for name, line in grammar.lines.items():
                rule, _, alias = name.partition(".")
                if rule in grammar.roots and alias and name not in self.matched:
                    found.append(f"{grammar.file}:{line}: {name}")
        return found
