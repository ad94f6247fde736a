"""Speakers: where what happened ends and who says so begins ("will hold drills, a spokesman said, adding that ...")."""

from __future__ import annotations

from engine.compiling.alphabet import Alphabet
from engine.landmarks import FINITE, NOT_FINITE, joined_bits

LONGEST = 8
"""Items of a speaker who is told before his verb."""
SAYS = ("SAY_ACTIVE", "TELL_ACTIVE")
NO_SPEAKER = tuple("COMMA QUOTE DASH STOP MARK PERSON_RELATIVE which that where when SUB VERB_TO VERB_ING and".split())


def speaker_from(alphabet: Alphabet, signatures: list[int]) -> int:
    """The item after the comma from which on a sentence only tells who says what went before; its end where none is."""
    masks = [alphabet.masks[signature] for signature in signatures]
    size = len(masks)
    says, comma = joined_bits(alphabet, *SAYS), joined_bits(alphabet, "COMMA")
    if not any(mask & says for mask in masks):
        return size
    verbs, others = joined_bits(alphabet, *FINITE), joined_bits(alphabet, *NOT_FINITE)
    actors, parts = joined_bits(alphabet, "ACTORS"), joined_bits(alphabet, *NO_SPEAKER)
    finite = [bool(mask & verbs) and not mask & others for mask in masks]
    first = next((at for at, is_verb in enumerate(finite) if is_verb), size)
    for at in range(first + 1, size - 1):
        if not masks[at] & comma:
            continue
        verb = next((on for on in range(at + 1, min(at + LONGEST, size)) if finite[on] or masks[on] & parts), at)
        if not (finite[verb] and masks[verb] & says):
            continue
        if verb > at + 1 or (verb + 2 < size and masks[verb + 1] & actors and not finite[verb + 2]):
            return at + 1
    return size
