"""Insets: what a web page sets into a sentence after a linked name: the whole name and headings of other articles."""

from __future__ import annotations

from itertools import pairwise

CLOSING = "MORE"
"""The word with which such headings end."""
LONGEST_NAME = 8
"""Tokens of a whole name, with the linked words before it, to which the first heading is stuck."""
LONGEST_INSET = 100
"""Tokens of all headings after one name."""


def without_insets(pieces: list[str]) -> tuple[list[str], list[int]]:
    """The tokens that are the article's own, and how long each is with what was inset after it.

    A heading stuck to the second of two equal names opens an inset ("Otieno Daniel Peter OtienoNorway wins ... MORE
    said"): it is gone from after the first one to the closing word.
    """
    kept: list[str] = []
    lengths: list[int] = []
    at = 0
    while at < len(pieces):
        end = closing(pieces, at) if is_stuck(pieces[at]) else 0
        back = linked(kept, pieces[at]) if end else 0
        if not back:
            kept.append(pieces[at])
            lengths.append(len(pieces[at]))
            at += 1
            continue
        inset = sum(lengths[-back:]) + sum(map(len, pieces[at:end]))
        kept, lengths = kept[:-back], lengths[:-back]
        last = pieces[end - 1]
        kept[-1] = kept[-1].rstrip() + last[len(last.rstrip()) :]
        lengths[-1] += inset
        at = end
    return kept, lengths


def is_stuck(piece: str) -> bool:
    """Whether a token has a capital or figure after a small letter: "OtienoNorway"."""
    return any(one.islower() and not other.islower() and other.isalnum() for one, other in pairwise(piece))


def closing(pieces: list[str], at: int) -> int:
    """Where the inset ends that a token opens; 0 where it does not end in its paragraph."""
    for end in range(at, min(at + LONGEST_INSET, len(pieces))):
        last = pieces[end].rstrip()
        # Without a heading the closing word is stuck to the name itself: "OtienoMORE".
        if last == CLOSING or (end == at and last.endswith(CLOSING)):
            return end + 1
        if "\n" in pieces[end]:
            return 0
    return 0


def linked(kept: list[str], piece: str) -> int:
    """How many tokens before a stuck one are of the inset: those after the linked name that it begins with."""
    for back in range(1, min(LONGEST_NAME, len(kept))):
        name = kept[-back - 1].rstrip()
        if len(name) > 1 and name[:1].isupper() and piece.startswith(name) and not piece[len(name) :][:1].islower():
            return back
    return 0
