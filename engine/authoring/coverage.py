"""Coverage: how much of articles the rules read, and what they leave unread most often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.automaton import Node
from engine.cascade import Item
from engine.facts import Extraction
from engine.rules import Rules
from engine.words import LONGEST_SENTENCE, Passage, sentences_of

MOST_EXAMPLES = 3
"""Sentences kept as examples of a phrase."""
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
    """A verb, or a verb with the words behind it, that sentences have which no rule reads."""

    phrase: str
    count: int = 0
    examples: list[str] = field(default_factory=list)

    def note(self, sentence: str) -> None:
        """Count a sentence that has it."""
        self.count += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append(" ".join(sentence.split())[:LONGEST_EXAMPLE])


class Harvest:
    """Gathers the verbs and phrases of unread sentences, by the rules that did not read them.

    A phrase is a verb whose subject is somebody (ACTORS), with the next words up to the first that names something.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.found: dict[str, Unread] = {}
        self._firsts: dict[tuple[str, int], str] = {}

    def add(self, sentence: str) -> None:
        """Take in a sentence that no rule reads."""
        vocabulary = self.rules.vocabulary
        passage = vocabulary.passage(sentence)
        for begin, end in sentences_of(passage):
            items = self.rules.cascade.phrases(vocabulary.items(passage, begin, min(end, begin + LONGEST_SENTENCE)))
            for phrase in dict.fromkeys(self.phrases(passage, items)):
                self.found.setdefault(phrase, Unread(phrase)).note(sentence)

    def phrases(self, passage: Passage, items: list[Item]) -> Iterator[str]:
        """The verbs that follow an actor, each alone and with what stands behind it."""
        bits = self.rules.cascade.alphabet.bits
        for at in range(1, len(items)):
            if not self.is_a(items[at - 1], bits["ACTORS"]):
                continue
            verb = self.verb(passage, items[at])
            if verb is not None:
                yield verb
                behind = self.behind(passage, items[at + 1 : at + 3])
                if behind:
                    yield f"{verb} {behind}"

    def is_a(self, item: Item, bit: int) -> bool:
        """Whether an item is a terminal."""
        return bool(self.rules.cascade.alphabet.masks[item.signature] & bit)

    def verb(self, passage: Passage, item: Item) -> str | None:
        """The verb of an item as the lexicon lists it, or a word that may be an unknown verb, as written."""
        for _, tree, parts in item.reads:
            if tree[0] == "verb":
                head = next((parts[index] for index in heads(tree)), parts[-1])
                return self.lemma(passage, head)
        plain = not item.forms and self.is_a(item, self.rules.cascade.alphabet.bits["PLAIN"])
        return self.words(passage, item) if plain else None

    def lemma(self, passage: Passage, item: Item) -> str:
        """The first form of a verb's row."""
        for form in item.forms:
            if "VB" in form.terminals or form.terminals[0].startswith("VB"):
                return self.firsts.get((form.row.file, form.row.line)) or self.words(passage, item)
        return self.words(passage, item)

    @property
    def firsts(self) -> dict[tuple[str, int], str]:
        """The base form of each row of verbs, by file and line."""
        if not self._firsts:
            lexicon = self.rules.lexicon
            for listed in lexicon.listed.values():
                for text, reading, row in listed:
                    if lexicon.readings[reading][0] == "VB":
                        file, line, _ = lexicon.rows[row]
                        self._firsts.setdefault((file, line), text)
        return self._firsts

    def behind(self, passage: Passage, items: list[Item]) -> str:
        """The words behind a verb: function words as they are, and the first that names something."""
        found = []
        for item in items:
            text = self.words(passage, item)
            if not text[:1].isalpha() or item.reads:
                break
            found.append(text)
            if not any("WORD" in form.terminals for form in item.forms):
                break
        return " ".join(found)

    def words(self, passage: Passage, item: Item) -> str:
        """The words of an item, in small letters."""
        start, stop = passage.span(item.begin, item.end)
        return passage.text[start:stop].lower()

    def most(self, first: int) -> list[Unread]:
        """The most frequent, verbs and phrases together; a phrase as frequent as its verb stands for it."""
        counted = sorted(self.found.values(), key=lambda one: (-one.count, -len(one.phrase), one.phrase))
        kept: list[Unread] = []
        for one in counted:
            if len(kept) == first:
                break
            if not any(other.count == one.count and other.phrase.startswith(f"{one.phrase} ") for other in kept):
                kept.append(one)
        return kept


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
        for event in extraction.events:
            for evidence in event.evidence:
                self.matched[evidence.rule] += 1
                read_by.setdefault(evidence.rule.partition(".")[0], set()).add(evidence.sentence)
        for grammar, sentences in read_by.items():
            self.grammars[grammar] += len(sentences)
        for sentence in extraction.sentences:
            was_read = sentence.index in extraction.read
            for share in (self.all, agency):
                share.sentences += 1
                share.read += was_read
            if not was_read:
                self.harvest.add(article.text[sentence.start : sentence.end])

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
