"""Deferred: objects that stand behind the day or place of their verb: "signed here on Tuesday an agreement".

Day and place are put before the verb, where every wording takes them.
"""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.landmarks import FINITE, joined_bits
from engine.layers import Item

INTRANSITIVE = ("SAY_ACTIVE", "TELL_ACTIVE", "BE_ACTIVE", "ARRIVE_ACTIVE", "NOUNS")
"""Verb groups that have no such object, and words that are none."""
OF_DAYS = ("on", "in", "at")
"""What stands before a day."""
OBJECTS = (
    "DET",
    "each",
    "its",
    "his",
    "her",
    "their",
    "ACTORS",
    "GATHERING",
    "NUMBER",
    "NUMBER_WORD",
    "PLAIN",
    "NOUN",
    "NOUNS",
)
"""What an object begins with."""
NO_OBJECTS = ("TIME", "PLACE_HERE", "PREP", "ADV", "LY", "SUB", "REL", "COMMA", "STOP", "and", "that", "to", "as")
"""What else reads as one of these and begins none."""
MANNER = ("ADV", "LY")
"""What stays behind the verb where it stands among them: "met separately on Monday both ministers"."""
BEFORE_NOUNS = ("DET", "PREP", "its", "his", "her", "their")
"""After these stands no verb: "the planned Nov. 7 summit"."""
THINGS = ("NOUN", "NOUNS", "GATHERING")
"""What a participle after it may tell of: "talks held in Rome"."""


def with_objects(alphabet: Alphabet, items: list[Item]) -> list[Item]:
    """The sentence with each verb group before its object, and what stood between before the verb."""
    masks = [alphabet.masks[item.signature] for item in items]
    verbs, times = joined_bits(alphabet, "VERB_ACTIVE"), joined_bits(alphabet, "TIME", "PLACE", *MANNER)
    last = len(items) - 1
    ordered: list[Item] | None = None
    for at in range(1, last - 1):
        if masks[at] & verbs and (masks[at + 1] | masks[at + 2]) & times:
            behind = object_after(alphabet, masks, at)
            if behind:
                ordered = ordered or list(items)
                between = range(at + 1, behind)
                kept = [here for here in between if is_manner(alphabet, masks[here])]
                told = [here for here in between if here not in kept]
                ordered[at:behind] = [items[here] for here in (*told, at, *kept)]
    return ordered or items


def object_after(alphabet: Alphabet, masks: list[int], verb: int) -> int:
    """Where the object of a verb begins behind its day or place; 0 where no such thing stands between."""
    of_thing = masks[verb] & joined_bits(alphabet, "PARTICIPLE") and masks[verb - 1] & joined_bits(alphabet, *THINGS)
    if of_thing and not is_acting(alphabet, masks[verb - 1]):
        return 0
    if masks[verb] & joined_bits(alphabet, *INTRANSITIVE) or masks[verb - 1] & joined_bits(alphabet, *BEFORE_NOUNS):
        return 0
    behind, settled = verb + 1, False
    while length := circumstance(alphabet, masks, behind):
        settled = settled or not is_manner(alphabet, masks[behind])
        behind += length
    if not settled or behind >= len(masks) - 1 or masks[behind] & joined_bits(alphabet, *NO_OBJECTS):
        return 0
    finite = joined_bits(alphabet, *FINITE)
    # "Held in Rome last week Chile agreed" goes on with a subject.
    subject = is_acting(alphabet, masks[behind]) and masks[behind + 1] & finite
    return behind if masks[behind] & joined_bits(alphabet, *OBJECTS) and not subject else 0


def is_acting(alphabet: Alphabet, mask: int) -> bool:
    """Whether an item is whoever may do something."""
    return mask & joined_bits(alphabet, "ACTORS") != 0


def is_manner(alphabet: Alphabet, mask: int) -> bool:
    """Whether an item tells how something is done, and not where or when: no "here"."""
    return mask & joined_bits(alphabet, *MANNER) != 0 and not mask & joined_bits(alphabet, "TIME", "PLACE")


def circumstance(alphabet: Alphabet, masks: list[int], at: int) -> int:
    """How many items the day, place or manner takes that begins at one; 0 where none does."""
    if at >= len(masks) - 2:
        return 0
    here, following = masks[at], masks[at + 1]
    if here & joined_bits(alphabet, "TIME", "PLACE_HERE", *MANNER):
        return 1
    if here & joined_bits(alphabet, *OF_DAYS) and following & joined_bits(alphabet, "TIME"):
        return 2
    if not here & joined_bits(alphabet, "in", "at", "near", "outside"):
        return 0
    article = 1 if following & joined_bits(alphabet, "the") else 0
    return 2 + article if masks[at + 1 + article] & joined_bits(alphabet, "PLACE") else 0
