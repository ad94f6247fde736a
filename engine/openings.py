"""Openings: where what a sentence opens with ends and its subject begins.

"According to officials, Chile and Peru signed ..." holds no list of three: the verb after it would have no subject.
"""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.landmarks import Marks
from engine.layers import Item, Phrases

LED_BY = ("PREP", "of", "to", "by", "VERB_ING", "VERB_ACTIVE")
"""What stands right before actors that belong to the opening."""
NOT_LED_BY = ("SUB", "between", "among", "and")
BEFORE_SOURCES = ("PREP", "DET", "PLAIN", "of", "to", "by", "with", "VERB_ING", "VERB_ACTIVE")
"""What stands before people whose state a preposition tells: "according to officials from Chile"."""
OPENERS = ("PREP", "SUB", "VERB_ING", "PARTICIPLE", "when", "according", "to")
"""What an opening begins with."""
BEFORE_OPENERS = ("TIME", "ADV", "LY", "NUMBER", "NUMBER_WORD", "DET", "and", "but", "FRAME", "DATELINE")
BETWEEN = ("ADV", "LY", "TIME", "also", "each")
"""What may stand between a subject and its verb."""


def part_lists(layer: Phrases, items: list[Item]) -> list[Item]:
    """The sentence with each list of actors parted whose first is of the opening and whose others are the subject."""
    alphabet = layer.alphabet
    comma = alphabet.bits["COMMA"]
    parted: list[Item] = []
    for at, item in enumerate(items):
        parts = parts_of(alphabet, item) if at else []
        holds = any(alphabet.masks[part.signature] & comma for part in parts)
        two = halves(layer, parts) if holds and is_subject(layer, items, at) else None
        parted += two or [item]
    return parted


def parts_of(alphabet: Alphabet, item: Item) -> list[Item]:
    """The items of which a list of actors is made."""
    read = item.read_as(alphabet.bits["ACTORS"]) if item.reads else None
    return read[1] if read else []


def halves(layer: Phrases, parts: list[Item]) -> list[Item] | None:
    """A list of actors as the first of them, the comma after it and the others; None where these are none."""
    signatures = [part.signature for part in parts]
    word = layer.letters.word(signatures)
    comma, last = layer.alphabet.bits["COMMA"], len(parts)
    for at in range(1, last - 1):
        if layer.alphabet.masks[signatures[at]] & comma:
            if layer.joint.longest(word, 0, at) == at and layer.joint.longest(word, at + 1, last) == last:
                begin, end = (0, at), (at + 1, last)
                first, others = (layer.phrase(parts[a:b], signatures[a:b], word[a:b]) for a, b in (begin, end))
                return [first, parts[at], others]
            return None
    return None


def is_subject(layer: Phrases, items: list[Item], at: int) -> bool:
    """Whether the last actors of a list are the subject of the verb after it, and the first belong to the opening."""
    words = Opening(layer.alphabet, items)
    if not words.has(at - 1, *LED_BY) or words.has(at - 1, *NOT_LED_BY):
        return False
    verb = at + 1
    while words.has(verb, *BETWEEN) or (words.has(verb, "PREP") and words.has(verb + 1, "TIME")):
        verb += 1
    if not words.finite(verb) or words.resumes(verb):
        return False
    begin = at - 1
    while begin > 0 and not words.has(begin - 1, "COMMA", "that", "STOP", "QUOTE"):
        begin -= 1
    return words.opens(begin, at)


class Opening(Marks):
    """The items of a sentence before it is known which are subjects."""

    def opens(self, begin: int, end: int) -> bool:
        """Whether the items from `begin` to `end` (exclusive) open a sentence or clause before its subject."""
        while self.has(begin, *BEFORE_OPENERS) or (self.has(begin, "PREP") and self.has(begin + 1, "TIME", "PLACE")):
            begin += 1 if self.has(begin, *BEFORE_OPENERS) else 2
        if begin >= end or not self.has(begin, *OPENERS):
            return False
        # "At the summit leaders of Chile, Peru and Mali agreed": whoever agreed stands before the preposition.
        told = begin < end - 2 and self.has(end - 2, "NOUNS", "POSTS", "ACTORS") and not self.finite(end - 1)
        told = told and not self.has(end - 3, *BEFORE_SOURCES)
        verbs = sum(map(self.finite, range(begin + 1, end)))
        return not told and verbs <= int(self.has(begin, "SUB", "when"))

    def resumes(self, verb: int) -> bool:
        """Whether a form that may be a participle only tells of actors before it, as another clause has the subject:
        "In talks with Chile, Peru and Mali held in Rome, Kenya agreed"."""
        if not self.has(verb, "PARTICIPLE"):
            return False
        commas = (at for at in range(verb + 1, len(self.masks)) if self.has(at, "COMMA"))
        after = next(commas, len(self.masks))
        other = self.has(after + 1, "PERSON_RELATIVE", "which", "it") or self.has(after + 2, "SAY_ACTIVE")
        return self.has(after + 1, "ACTORS") and self.finite(after + 2) and not other
