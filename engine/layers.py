"""Layers: grammars that read in one pass over a sentence; those of phrases put a phrase in the place of its items."""

from __future__ import annotations

from typing import Any

from engine.automaton import Automaton, Node, Rows, closes, heads
from engine.compiling.alphabet import Alphabet, Letters, literal_terminal, numbers_in
from engine.compiling.program import Program, Reads
from engine.lexicon import Form

LONGEST_PHRASE = 120
"""Items that one phrase or event may span."""

MOST_READINGS = 2_000
"""Readings of runs of letters that a layer remembers before it forgets them all: bounds memory on any text."""


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


class Layer:
    """Grammars that read in one pass over a sentence: those of tables as one automaton, and others beside it.

    `names` are the grammars of the automaton's roots.
    """

    def __init__(self, alphabet: Alphabet, rows: Rows, programs: list[Program], others: list[Reads], seen: int) -> None:
        """`seen` are terminals that the layer must tell apart beside those that its grammars read."""
        self.alphabet = alphabet
        self.rows = rows
        self.programs = programs
        self.others = others
        read = [program for program in programs if not program.recursive]
        self.names = [program.name for program in read for _ in program.roots]
        # Other readers may tell all signatures apart.
        self.letters = Letters(alphabet, rows.labels, -1 if others else seen)
        self.joint = Automaton(rows, self.letters, list(range(len(self.names))))

    def alone(self, name: str) -> Automaton:
        """The automaton of one grammar by itself, which remembers its own steps."""
        return Automaton(self.rows, self.letters, [root for root, owner in enumerate(self.names) if owner == name])

    def longest(self, signatures: list[int], word: list[int], begin: int, end: int) -> int:
        """Where the longest reading from `begin` ends (exclusive), at `end` at the latest; `begin` if there is none."""
        limit = min(end, begin + LONGEST_PHRASE)
        found = self.joint.longest(word, begin, limit)
        for other in self.others:
            found = max(found, other.longest(signatures, begin, limit))
        return found

    def forget(self) -> None:
        """Drop all that was remembered of texts."""
        self.joint.forget()
        self.letters.forget()


NAMES = "person"
"""The phrase that names somebody and tells who he is."""
LISTS = "actors"
"""The phrase that lists whoever acts."""
OPENING = "dateline"
"""The phrase that tells something only where nothing stands before it."""


class Phrases(Layer):
    """Phrase grammars of one layer; what a run of letters reads as is remembered.

    `heads` are the classes whose terminals a phrase takes over from its head, each by its number.
    """

    def __init__(
        self, alphabet: Alphabet, rows: Rows, programs: list[Program], others: list[Reads], heads: dict[int, str]
    ) -> None:
        super().__init__(alphabet, rows, programs, others, sum(1 << number for number in heads))
        self.heads = heads
        opening = any(program.name == OPENING for program in programs)
        self.bracket = alphabet.bit(literal_terminal("(")) if opening else 0
        self.person = any(program.name == NAMES for program in programs)
        self.lists = any(program.name == LISTS for program in programs)
        self.spans: dict[tuple[int, ...], tuple[int, list[tuple[int, Node]]]] = {}
        self.joined: dict[tuple[int, int], int] = {}

    def only(self, name: str) -> Phrases:
        """A layer that reads no more than one of the grammars."""
        made = Phrases(self.alphabet, self.rows, self.programs, [], self.heads)
        made.joint = made.alone(name)
        return made

    def forget(self) -> None:
        """Drop all that was remembered of texts."""
        super().forget()
        self.spans.clear()
        self.joined.clear()

    def read(self, items: list[Item]) -> list[Item]:
        """The sentence with this layer's phrases in the place of the items they read.

        The stop that a phrase reads as END only tells that the sentence ends there, and stays in it.
        """
        signatures = [item.signature for item in items]
        word = self.letters.word(signatures)
        joint = self.joint
        read: list[Item] = []
        at, size = 0, len(items)
        while at < size:
            # Not by `longest`: a call more for each place at which a phrase might begin is felt.
            limit = min(size, at + LONGEST_PHRASE)
            best = joint.longest(word, at, limit)
            for other in self.others:
                best = max(best, other.longest(signatures, at, limit))
            if self.person and at < best < size:
                last = self.before_speaker(signatures, at, best)
                best = best if last == best else self.longest(signatures, word, at, last)
            while self.bracket and 0 < at < best - 1 and self.opens(signatures[at:best], word[at:best]):
                best = self.longest(signatures, word, at, best - 1)
            if best == at:
                read.append(items[at])
                at += 1
            else:
                read.append(self.phrase(items[at:best], signatures[at:best], word[at:best]))
                if best == size > at + 1 and closes(read[-1].reads[0][1]):
                    read[-1].end = items[-1].begin
                    read.append(items[-1])
                at = best
        return read

    def opens(self, signatures: list[int], word: list[int]) -> bool:
        """Whether a run reads only as what stands where a text begins: "Hamburg, Germany, Sept. 20.", and as no less
        elsewhere ("in Geneva, Xinhua reported") but for an agency in brackets."""
        if any(self.bracket & self.alphabet.masks[signature] for signature in signatures):
            return False
        return {tree[0] for _, tree in self.known(signatures, word)[1]} == {OPENING}

    def before_speaker(self, signatures: list[int], at: int, end: int) -> int:
        """Where a phrase ends at the latest that seems to tell who somebody is by whoever says so: "met Lahti, an envoy
        said"."""
        masks, bits = self.alphabet.masks, self.alphabet.bits
        speech = masks[signatures[end]]
        if not (speech & (bits["SAY"] | bits["TELL"]) and speech & (bits["VBD"] | bits["VBZ"])):
            return end
        comma, verbs = bits["COMMA"], bits["VBD"] | bits["VBZ"] | bits["VB"]
        last = next((here for here in range(end - 2, at, -1) if masks[signatures[here]] & comma), 0)
        own = masks[signatures[end - 1]] & comma or not masks[signatures[last + 1]] & bits["DET"]
        # A name after a comma or quotation mark begins a clause, whose subject it is.
        own = own or not at or masks[signatures[at - 1]] & (comma | bits["QUOTE"])
        return end if not last or own or not any(masks[one] & verbs for one in signatures[:at]) else last

    def phrase(self, parts: list[Item], signatures: list[int], word: list[int]) -> Item:
        """One item for the items that a phrase reads."""
        signature, trees = self.known(signatures, word)
        if len(parts) > 1:
            item = Item(signature, parts[0].begin, parts[-1].end, [])
        else:
            (inner,) = parts
            item = Item(self.both(inner.signature, signature), inner.begin, inner.end, inner.forms)
            item.inner = inner
        item.reads = [(bits, tree, parts) for bits, tree in trees]
        return item

    def known(self, signatures: list[int], word: list[int]) -> tuple[int, list[tuple[int, Node]]]:
        """What a run of items reads as, remembered."""
        key = tuple(word)
        known = self.spans.get(key)
        if known is None:
            if len(self.spans) >= MOST_READINGS:
                self.spans.clear()
            known = self.spans[key] = self.span(signatures, word)
        return known

    def both(self, word: int, phrase: int) -> int:
        """The signature of a word that is a phrase too."""
        key = word, phrase
        found = self.joined.get(key)
        if found is None:
            masks = self.alphabet.masks
            found = self.joined[key] = self.alphabet.signature(masks[word] | masks[phrase])
        return found

    def span(self, signatures: list[int], word: list[int]) -> tuple[int, list[tuple[int, Node]]]:
        """What a run of items reads as: the phrase's signature, and each tree with its terminals."""
        trees = [*self.joint.derive(word, 0, len(word))]
        for other in self.others:
            trees += other.derive(signatures, 0, len(signatures))
        read = [(self.terminals(tree, word), tree) for tree in trees]
        mask = 0
        for bits, _ in read:
            mask |= bits
        return self.alphabet.signature(mask), read

    def terminals(self, tree: Node, word: list[int]) -> int:
        """The terminals that a phrase reads as: its name, NAME_ALIAS, and CLASS_ALIAS for the classes of its
        head, and CLASS_CONTROL for those of the verb that governs the head."""
        rule, alias, _ = tree
        names = [rule, f"{rule}_{alias}"] if alias else [rule]
        for kind, index in heads(tree):
            for number in numbers_in(self.letters.kinds[word[index]]):
                if number in self.heads:
                    endings = [kind] if kind == "control" else [rule, alias or rule]
                    names += [f"{self.heads[number]}_{ending}" for ending in endings]
        found = 0
        for name in names:
            found |= self.alphabet.bits.get(name.upper(), 0)
        return found
