"""The cascade: words, then phrases over words, phrases over phrases, and event grammars over these.

A phrase grammar may name lexicon terminals and the phrases of other files (in capitals), so the files order themselves
into layers. Each layer passes once over a sentence: at each place the longest phrase wins, and all kinds that read
exactly these words are kept until an event grammar decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from engine.alphabet import Alphabet
from engine.automaton import DEAD, Automaton, Node
from engine.lexicon import Form
from engine.program import SPLIT, Program

LONGEST_PHRASE = 120
"""Items that one phrase or event may span."""

MOST_READINGS = 20_000
"""Readings of runs of signatures that a layer remembers before it forgets them all: bounds memory on any text."""


class Item:
    """A word or phrase of a sentence: tokens `begin` to `end` (exclusive) of the article, with all its readings.

    `forms` are a word's lexicon readings; `reads` are (terminals as bits, tree, parts) of a phrase, `inner` the item it
    was read from when that was a single one.
    """

    __slots__ = ("begin", "drafts", "end", "forms", "inner", "reads", "signature")

    def __init__(self, signature: int, begin: int, end: int, forms: list[Form]) -> None:
        self.signature = signature
        self.begin = begin
        self.end = end
        self.forms = forms
        self.reads: list[tuple[int, Node, list[Item]]] = []
        self.inner: Item | None = None
        self.drafts: dict[int, Any] | None = None

    def read_as(self, bit: int) -> tuple[Node, list[Item]] | None:
        """The tree and its items by which this item is the terminal with that bit, if a phrase reads so."""
        item: Item | None = self
        while item is not None:
            for bits, tree, parts in item.reads:
                if bits & bit:
                    return tree, parts
            item = item.inner
        return None


class Reads(Protocol):
    """What reads a grammar: an automaton, or Lark's Earley parser where the grammar is recursive."""

    program: Program

    @property
    def first(self) -> int:
        """The terminals with which a reading can begin."""

    def longest(self, signatures: list[int], begin: int, end: int) -> int:
        """Where the longest reading from `begin` ends (exclusive), or `begin` if there is none."""

    def derive(self, signatures: list[int], begin: int, end: int) -> list[Node]:
        """The tree of each root that reads exactly these tokens; leaves hold indexes from `begin`."""


@dataclass(slots=True)
class Match:
    """An event grammar's reading of the items from `begin` to `end` (exclusive) of a sentence."""

    automaton: Reads
    tree: Node
    begin: int
    end: int


@dataclass
class Layer:
    """Phrase grammars that read in one pass; what a run of signatures reads as is remembered."""

    alphabet: Alphabet
    readers: list[Reads]
    head_classes: dict[str, int]
    spans: dict[tuple[int, ...], tuple[int, list[tuple[int, Node]]]] = field(default_factory=dict)

    @cached_property
    def automata(self) -> list[Automaton]:
        """The readers that are automata."""
        return [reader for reader in self.readers if isinstance(reader, Automaton)]

    @cached_property
    def others(self) -> list[Reads]:
        """The readers that are none."""
        return [reader for reader in self.readers if not isinstance(reader, Automaton)]

    @cached_property
    def joint(self) -> Automaton:
        """One automaton for all, which share their code: it passes over a sentence once."""
        if len(self.automata) == 1:
            return self.automata[0]
        code = self.automata[0].program.code if self.automata else []
        starts = [automaton.program.start for automaton in self.automata]
        program = Program("layer", "", [], [*code, (SPLIT, starts)], len(code))
        return Automaton(program, self.alphabet.bits, self.alphabet.masks)

    def read(self, items: list[Item]) -> list[Item]:
        """The sentence with this layer's phrases in the place of the items they read."""
        signatures = [item.signature for item in items]
        joint = self.joint
        start = joint.start
        read: list[Item] = []
        at, size = 0, len(items)
        while at < size:
            state = start[signatures[at]]
            best = at
            if state is not DEAD:
                limit = min(size, at + LONGEST_PHRASE)
                reach = at + 1
                while True:
                    if state.accepts:
                        best = reach
                    if reach == limit:
                        break
                    state = state[signatures[reach]]
                    if state is DEAD:
                        break
                    reach += 1
            for other in self.others:
                best = max(best, other.longest(signatures, at, min(size, at + LONGEST_PHRASE)))
            if best == at:
                read.append(items[at])
                at += 1
            else:
                read.append(self.phrase(items, signatures, at, best))
                at = best
        return read

    def phrase(self, items: list[Item], signatures: list[int], begin: int, end: int) -> Item:
        """One item for the items that a phrase reads."""
        key = tuple(signatures[begin:end])
        known = self.spans.get(key)
        if known is None:
            if len(self.spans) >= MOST_READINGS:
                self.spans.clear()
            known = self.spans[key] = self.span(signatures, begin, end)
        signature, trees = known
        parts = items[begin:end]
        item = Item(signature, parts[0].begin, parts[-1].end, parts[0].forms if end - begin == 1 else [])
        item.reads = [(bits, tree, parts) for bits, tree in trees]
        if end - begin == 1:
            item.inner = parts[0]
        return item

    def span(self, signatures: list[int], begin: int, end: int) -> tuple[int, list[tuple[int, Node]]]:
        """What a run of signatures reads as: the phrase's signature, and each tree with its terminals."""
        mask = self.alphabet.masks[signatures[begin]] if end - begin == 1 else 0
        trees = []
        readers: list[Reads] = [self.joint, *self.others]
        for tree in (tree for reader in readers for tree in reader.derive(signatures, begin, end)):
            bits = self.terminals(tree, signatures, begin)
            trees.append((bits, tree))
            mask |= bits
        return self.alphabet.signature(mask), trees

    def terminals(self, tree: Node, signatures: list[int], begin: int) -> int:
        """The terminals that a phrase reads as: its name, NAME_ALIAS, and CLASS_ALIAS for the classes of its
        head, and CLASS_CONTROL for those of the verb that governs the head."""
        rule, alias, _ = tree
        bits = self.alphabet.bits
        names = [rule.upper()] + ([f"{rule}_{alias}".upper()] if alias else [])
        found = 0
        for name in names:
            found |= bits.get(name, 0)
        for kind, index in heads(tree):
            mask = self.alphabet.masks[signatures[begin + index]]
            endings = [kind] if kind == "control" else [rule, alias or rule]
            for name, bit in self.head_classes.items():
                if mask & bit:
                    for ending in endings:
                        found |= bits.get(f"{name}_{ending}".upper(), 0)
        return found


def heads(tree: Node) -> list[tuple[str, int]]:
    """The tokens under the nodes named `head` and `control` of a phrase's tree."""
    found: list[tuple[str, int]] = []
    for child in tree[2]:
        if len(child) == 3:
            if child[0] in ("head", "control"):
                found += [(child[0], leaf[1]) for leaf in child[2] if len(leaf) == 2]
            else:
                found += heads(child)
    return found


@dataclass(slots=True)
class Cascade:
    """All layers of phrases and the event grammars above them."""

    alphabet: Alphabet
    layers: list[Layer]
    events: list[Reads]
    needed: list[int]
    trees: dict[tuple[str, tuple[int, ...]], list[Node]] = field(default_factory=dict)

    def phrases(self, items: list[Item]) -> list[Item]:
        """The sentence with all phrases read."""
        return self.stages(items)[-1]

    def stages(self, items: list[Item]) -> list[list[Item]]:
        """The sentence as words, and after each layer."""
        stages = [items]
        for layer in self.layers:
            stages.append(layer.read(stages[-1]))
        return stages

    def stage_of(self, phrase: str) -> int:
        """After how many layers a phrase is read."""
        for number, layer in enumerate(self.layers, 1):
            if any(reader.program.name == phrase for reader in layer.readers):
                return number
        return 0

    def matches(self, items: list[Item]) -> list[Match]:
        """What the event grammars read in a sentence: for each, the longest readings from the left."""
        signatures = [item.signature for item in items]
        masks = self.alphabet.masks
        present = 0
        for signature in set(signatures):
            present |= masks[signature]
        size = len(items)
        found = []
        for automaton, needed in zip(self.events, self.needed, strict=True):
            if not needed & present:
                continue
            first, at = automaton.first, 0
            while at < size:
                if masks[signatures[at]] & first:
                    end = automaton.longest(signatures, at, min(size, at + LONGEST_PHRASE))
                    if end > at:
                        trees = self.derived(automaton, signatures, at, end)
                        found += [Match(automaton, tree, at, end) for tree in trees]
                        at = end
                        continue
                at += 1
        return found

    def derived(self, reader: Reads, signatures: list[int], begin: int, end: int) -> list[Node]:
        """The trees of a reading, remembered."""
        key = (reader.program.name, tuple(signatures[begin:end]))
        trees = self.trees.get(key)
        if trees is None:
            if len(self.trees) >= MOST_READINGS:
                self.trees.clear()
            trees = self.trees[key] = reader.derive(signatures, begin, end)
        return trees
