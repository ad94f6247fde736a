"""Parted words: an article's own tokens, with words whole that a line's end parted, and without a web page's insets."""

from __future__ import annotations

import re

from engine.insets import CLOSING, without_insets
from engine.lexicon import Lexicon

PARTED = re.compile(r"[A-Za-z]- [A-Za-z]")
"""A word that a line ended in, after one of its hyphens: "a three- day visit"."""
PREFIXES = frozenset({"anti", "co", "counter", "ex", "inter", "mid", "multi", "non", "post", "pre", "pro", "re", "sub"})
"""What begins a word also before a capital: "mid- December"."""
BETWEEN = frozenset({"BE", "CONJ", "DET", "PREP", "PRON", "REL", "SUB"})
"""The classes of what goes on after a dash, or after the first of two words that end alike: "two- and three-day"."""


def own_pieces(text: str, pieces: list[str], lexicon: Lexicon) -> tuple[list[str], list[int]]:
    """The tokens that are the article's own, and how long each is in it."""
    if CLOSING in text:
        return without_insets(pieces)
    if PARTED.search(text):
        return rejoined(pieces, lexicon)
    return pieces, list(map(len, pieces))


def rejoined(pieces: list[str], lexicon: Lexicon) -> tuple[list[str], list[int]]:
    """The tokens with each parted word as one, and how long each is."""
    kept: list[str] = []
    lengths: list[int] = []
    at, last = 0, len(pieces)
    while at < last:
        piece, length = pieces[at], len(pieces[at])
        while at + 2 < last and pieces[at + 1] == "- " and is_parted(piece, pieces[at + 2].strip(), lexicon):
            length += len(pieces[at + 1]) + len(pieces[at + 2])
            piece = f"{piece}-{pieces[at + 2]}"
            at += 2
        kept.append(piece)
        lengths.append(length)
        at += 1
    return kept, lengths


def is_parted(first: str, second: str, lexicon: Lexicon) -> bool:
    """Whether two tokens on both sides of a hyphen and a space are one word: both small, or both with a capital."""
    if not first[-1:].isalpha() or not second[:1].isalpha():
        return False
    if any(not BETWEEN.isdisjoint(form.terminals) for form in lexicon.look_up(second.lower())):
        return False
    same = first[:1].isupper() == second[:1].isupper()
    return same or second[:1].islower() or first.rpartition("-")[2].lower() in PREFIXES
