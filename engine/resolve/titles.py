"""Titles: by what a gathering is called that has no name of its own."""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.interpret import Draft
from engine.lexicon import Lexicon
from engine.marks import HOLDER

CALLED = "called"
"""The mark of the word for a gathering that is called by whose it is."""
WHOSE = frozenset({HOLDER, "pair"})
"""The marks of a body that holds a gathering, and of a pair of regions; a pair of states are its sides, no name."""
ARTICLES = frozenset({"the", "a", "an", "this", "next", "last"})
NUMBERED = re.compile(r"\d+(?:st|nd|rd|th)|(?:19|20)\d\d|.*-day")
"""Words in digits that tell which one of its kind a gathering is, when, or how long."""


def title_of(draft: Draft, lexicon: Lexicon, words: Callable[[int, int], str]) -> str | None:
    """By what a gathering is called that is told by whose it is ("SAARC summit"): as written, without its article,
    number, year and length, and without what a body is called at length where its short name follows in brackets."""
    called = next((mark for mark in draft.drafts("reference") if mark.alias == CALLED), None)
    whose = next((side for side in draft.drafts("parties") if side.alias in WHOSE), None)
    if called is None or whose is None:
        return None
    text = words(whose.begin, called.end)
    _, opened, rest = text.rpartition("(")
    told = [word.strip("()") for word in (rest if opened else text).split()]
    kept = [word for word in told if word.lower() not in ARTICLES and not counts(word, lexicon)]
    return None if not kept or several(kept[-1], lexicon) else " ".join(kept)


def counts(word: str, lexicon: Lexicon) -> bool:
    """Whether a word tells which one of its kind a gathering is, when, or how long: "third", "2004", "two-day"."""
    numbered = any("number" in form.row.values for form in lexicon.look_up(word))
    return numbered or NUMBERED.fullmatch(word) is not None


def several(word: str, lexicon: Lexicon) -> bool:
    """Whether a word tells several: "talks" are no one gathering."""
    return any("NOUNS" in form.terminals for form in lexicon.look_up(word))
