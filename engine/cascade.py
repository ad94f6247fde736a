"""The cascade: words, then phrases over words, phrases over phrases, and event grammars over these.

A phrase grammar may name lexicon terminals and the phrases of other files (in capitals), so the files order themselves
into layers. Each layer passes once over a sentence: at each place the longest phrase wins, and all kinds that read
exactly these words are kept until an event grammar decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.automaton import Automaton, Node, Rows, aside
from engine.compiling.alphabet import Alphabet
from engine.compiling.program import Program, Reads
from engine.deferred import with_objects
from engine.fronted import in_order
from engine.gaps import filled
from engine.interjected import without_interjected
from engine.layers import MOST_READINGS, Item, Layer, Phrases
from engine.openings import part_lists
from engine.recast import VERB, Recast
from engine.speakers import speaker_from
from engine.split import without_splits


@dataclass(slots=True)
class Match:
    """An event grammar's reading of the items from `begin` to `end` (exclusive) of a sentence."""

    grammar: str
    tree: Node
    begin: int
    end: int


ANYTHING = -1
"""What follows where nothing must."""
Lead = tuple[int, int]
"""The number of an event grammar, and the terminals, as bits, of which the next word must have one; or ANYTHING."""


class Event(Layer):
    """One event grammar; what a run of letters reads as is remembered.

    `needed` are terminals, as bits, of which each of its readings has one, `first` those with which one begins;
    `number` is its place among the event grammars.
    """

    def __init__(
        self, alphabet: Alphabet, rows: Rows, programs: list[Program], others: list[Reads], needed: int, number: int
    ) -> None:
        super().__init__(alphabet, rows, programs, others, 0)
        self.name = programs[0].name
        self.needed = -1 if others else needed
        self.first = -1 if others else rows.alphabetic(self.joint.begin().wanted)
        self.number = number
        self.trees: dict[tuple[int, ...], list[Node]] = {}
        self.leads: dict[int, Lead] = {}

    def forget(self) -> None:
        """Drop all that was remembered of texts."""
        super().forget()
        self.trees.clear()
        self.leads.clear()

    def lead(self, signature: int) -> Lead | None:
        """What must follow where a reading begins with a signature; None where none does."""
        if self.others:
            return self.number, ANYTHING
        state = self.joint.after(self.joint.begin(), self.letters.letter_of(signature))
        if not (state.accepts or state.wanted):
            return None
        found = self.leads.get(state.wanted)
        if found is None:
            following = ANYTHING if state.accepts else self.rows.alphabetic(state.wanted)
            found = self.leads[state.wanted] = self.number, following
        return found

    def read(self, signatures: list[int], places: list[int], speaker: int = 0) -> list[Match]:
        """What the grammar reads in a sentence, from the left, the longest at each of the places where it may begin, up
        to the `speaker` if it begins before."""
        word, free = self.letters.word(signatures), 0
        found: list[Match] = []
        for at in places:
            last = speaker if at < speaker else len(word)
            end = self.longest(signatures, word, at, last) if at >= free else at
            if end > at:
                trees = self.derived(signatures[at:end], word[at:end])
                found += [Match(self.name, tree, at, end) for tree in trees]
                inside = [at + leaf for tree in trees for leaf in aside(tree)]
                if inside:
                    starts = [start for start in places if at <= start < end]
                    told, end = self.within(signatures, word, starts, inside, end)
                    found += told
                free = end
        return found

    def within(
        self, signatures: list[int], word: list[int], places: list[int], told: list[int], end: int
    ) -> tuple[list[Match], int]:
        """What the grammar reads in an aside that one of its readings stepped over ("X, who met Y, will meet Z"), and
        where both end: an aside that comes last may go on after it ("ratified the treaty signed in 1994").

        `told` are the items there which tell of something, `end` is where the reading ends.
        """
        masks, comma = self.alphabet.masks, self.alphabet.bits["COMMA"]
        last = told[-1] == end - 1
        closing = next((at for at in range(told[-1], end) if masks[signatures[at]] & comma), end)
        # What the reading itself begins with is read up to its end already.
        for start in places[closing == end :]:
            if start > told[0]:
                break
            stop = self.longest(signatures, word, start, len(word) if last else closing)
            if told[0] < stop and (last or stop < end):
                trees = self.derived(signatures[start:stop], word[start:stop])
                if not any(told[0] - start in aside(tree) for tree in trees):
                    return [Match(self.name, tree, start, stop) for tree in trees], max(stop, end)
        return [], end

    def derived(self, signatures: list[int], word: list[int]) -> list[Node]:
        """The trees of a reading, remembered."""
        key = tuple(word)
        trees = self.trees.get(key)
        if trees is None:
            if len(self.trees) >= MOST_READINGS:
                self.trees.clear()
            trees = self.trees[key] = [*self.joint.derive(word, 0, len(word))]
            for other in self.others:
                trees += other.derive(signatures, 0, len(signatures))
        return trees


SPEECH = "statement"
"""The event that tells of its speaker, too."""
MOST_HELD_TOGETHER = 400_000
"""Steps, and rows of states, that all automata together may remember from one article to the next."""
KEPT_TOGETHER = 300_000
"""What is left of them where there were too many."""
MOST_SIGNATURES = 12_000
"""Signatures met before all that was remembered by them is forgotten: bounds memory on any text."""


@dataclass(slots=True)
class Cascade:
    """All layers of phrases and the event grammars above them."""

    alphabet: Alphabet
    layers: list[Phrases]
    events: list[Event]
    leads: dict[int, list[Lead]] = field(default_factory=dict)
    """For each signature the event grammars that may begin with it, each with what must follow."""
    verbs: int = -1
    """The layer that reads verb groups."""
    deeds: int = 0
    """The bits of the classes of verbs by which events are told, with a subject; 0 until they are asked for."""

    def __post_init__(self) -> None:
        self.verbs = self.stage_of(VERB) - 1

    @property
    def full(self) -> bool:
        """Whether so much is remembered that it must be forgotten before the next article."""
        return len(self.alphabet.masks) > MOST_SIGNATURES

    def shed(self) -> None:
        """Thin out the automata that remember most, where all together remember too many."""
        joints = sorted((layer.joint for layer in (*self.layers, *self.events)), key=lambda joint: -joint.held)
        held = sum(joint.held for joint in joints)
        # First what one step only led to, then, where that is not enough, all.
        for drop in (Automaton.thin, Automaton.forget) if held > MOST_HELD_TOGETHER else ():
            for joint in joints:
                held -= joint.held
                drop(joint)
                held += joint.held
                if held <= KEPT_TOGETHER:
                    return

    def forget(self) -> None:
        """Drop all that was remembered of texts; words and items made before mean nothing afterwards."""
        self.alphabet.forget()
        self.leads.clear()
        for layer in (*self.layers, *self.events):
            layer.forget()

    def phrases(self, items: list[Item]) -> list[Item]:
        """The sentence with all phrases read."""
        return self.stages(items)[-1]

    def stages(self, items: list[Item]) -> list[list[Item]]:
        """The sentence as words, and after each layer."""
        stages = [without_interjected(self.alphabet, items)]
        for number, layer in enumerate(self.layers):
            words = without_splits(self.alphabet, stages[-1]) if number == self.verbs else stages[-1]
            read = layer.read(words)
            stages.append(part_lists(layer, read) if layer.lists else read)
        stages[-1] = with_objects(self.alphabet, stages[-1])
        return stages

    def readings(self, items: list[Item]) -> list[tuple[list[Item], list[Match]]]:
        """What the event grammars read in a sentence, each with the items that it reads: what somebody says as it
        stands, what happens in the order in which most tell the same."""
        told = filled(self.alphabet, self.recast, in_order(self.alphabet, self.recast, items))
        if told is items:
            return [(items, self.matches(items))]
        return [(items, self.matches(items, speech=True)), (told, self.matches(told, speech=False))]

    @property
    def recast(self) -> Recast:
        """What makes verb groups anew."""
        return Recast(self.layers[self.verbs])

    def stage_of(self, phrase: str) -> int:
        """After how many layers a phrase is read."""
        for number, layer in enumerate(self.layers, 1):
            if any(program.name == phrase for program in layer.programs):
                return number
        return 0

    def matches(self, items: list[Item], *, speech: bool | None = None) -> list[Match]:
        """What the event grammars read in a sentence: for each the longest from the left; in their order in it. With
        `speech` only what somebody says, or only what else happens."""
        signatures = [item.signature for item in items]
        masks, known = self.alphabet.masks, self.leads
        present = 0
        for signature in set(signatures):
            present |= masks[signature]
        wanted = [speech is None or speech == (event.name == SPEECH) for event in self.events]
        asked = [mine and event.needed & present != 0 for mine, event in zip(wanted, self.events, strict=True)]
        places: dict[int, list[int]] = {}
        last = len(signatures) - 1
        for at, signature in enumerate(signatures):
            leads = known.get(signature)
            if leads is None:
                leads = known[signature] = self.lead(signature)
            if leads:
                following = masks[signatures[at + 1]] if at < last else 0
                for number, leading in leads:
                    if asked[number] and (leading < 0 or leading & following):
                        places.setdefault(number, []).append(at)
        found: list[Match] = []
        speaker = speaker_from(self.alphabet, signatures) if places else 0
        for number in sorted(places):
            event = self.events[number]
            found += event.read(signatures, places[number], 0 if event.name == SPEECH else speaker)
        found = [match for match in found if not said_again(items, match)]
        return sorted(found, key=lambda match: (match.begin, -match.end))

    def lead(self, signature: int) -> list[Lead]:
        """The event grammars that may begin with a signature, each with what must follow."""
        mask = self.alphabet.masks[signature]
        leads = [event.lead(signature) for event in self.events if event.first & mask]
        return [lead for lead in leads if lead is not None]


def said_again(items: list[Item], match: Match) -> bool:
    """Whether all that a reading takes in is put in again behind it, where it is read with its own clause."""
    first = items[match.begin]
    told = match.end - match.begin
    again = next((at for at in range(match.end, len(items) - told + 1) if items[at] is first), 0)
    return again > 0 and all(items[again + on] is items[match.begin + on] for on in range(1, told))
